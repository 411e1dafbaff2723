"""Steps of plans that leave by themselves: written, handed over to a sink, the next one decided.

Four workers on PostgreSQL: bin/with_postgres.py env BENCH_POSTGRES=yes python -m bench steps-four
"""

import multiprocessing
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import count
from time import perf_counter

from django.db import connection, connections

from bench.figures import Figure
from bench.ledger import _parties, _shop
from bench.sending import bare_loop
from bench.sink import sink
from followthrough.core.facts import Opened, WeWrote
from followthrough.core.plans import Step
from followthrough.ledger import by_itself, clock, sequences
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import (
    Address,
    FollowUp,
    Mailbox,
    Member,
    Message,
    Party,
    Sequence,
    Workspace,
)
from followthrough.ledger.outbox import pace, places
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.sequences import Draft
from followthrough.worker.plans.going_out import send_steps
from followthrough.worker.sending.dispatch import Way, send_all

PEOPLE, LINES, WORKERS = 600, 60, 4
HOUR = timedelta(hours=1)
_numbers = count()
Bench = Callable[[], Iterator[Figure]]
PLAN = Draft(
    name="Bench", talk_ends=False,
    steps=(
        Step(how="email", wait=1, unit="hours", alone=True, subject="Your sign",
             words="Hello {name},\n\nwith pleasure. {me}"),
        Step(how="email", wait=20, alone=True, words="Hello {name}"),
    ),
)  # fmt: skip


def one_worker() -> Iterator[Figure]:
    """From what is due in the books to the last byte, and the next step in the books."""
    with sink() as port:
        [box] = boxes = _mailboxes(port, 1)
        _begun(boxes, PEOPLE)
        start = perf_counter()
        while send_steps(box.workspace, clock.now()):
            pass
        written = PEOPLE / (perf_counter() - start)
        sent = _send(box)
        rate = sent / (perf_counter() - start)
        _all_went(box.workspace)
        bare = bare_loop(box, port, PEOPLE // 4)
    yield Figure(
        name="steps written into the outbox", unit="steps/s", limit=300, more_is_better=True,
        value=written,
    )  # fmt: skip
    yield Figure(
        name="steps decided and handed over, one worker", unit="mails/s", limit=300,
        more_is_better=True, value=rate,
    )  # fmt: skip
    yield Figure(
        name="the same, times a loop of two commits", unit="times", limit=3, more_is_better=True,
        value=rate / bare,
    )  # fmt: skip


def planning() -> Iterator[Figure]:
    """A step was done; the next one, with its day and its words, stands in the books."""
    with sink() as port:
        boxes = _mailboxes(port, 1)
        _begun(boxes, PEOPLE)
        now = clock.now()
        rows = FollowUp.objects.filter(workspace=boxes[0].workspace, settled_at=None)
        heard = [
            Heard(
                party=row.party, source=f"d:{next(_numbers)}",
                facts=[WeWrote(at=now, matter=row.matter.key, did=row.key)],
            )
            for row in rows.select_related("party", "matter")
        ]  # fmt: skip
        start = perf_counter()
        for place in range(0, len(heard), 100):
            record_many(heard[place : place + 100], at=now)
        rate = len(heard) / (perf_counter() - start)
    yield Figure(
        name="the next step planned", unit="steps/s", limit=1_000, more_is_better=True, value=rate
    )


def four_workers() -> Iterator[Figure]:
    """Each a process; each mailbox is one's own, the books are everybody's."""
    with sink() as port:
        boxes = _mailboxes(port, WORKERS)
        _begun(boxes, PEOPLE * 2)
        while send_steps(boxes[0].workspace, clock.now()):
            pass
        connections.close_all()
        workers = multiprocessing.get_context("fork")
        start = perf_counter()
        busy = [workers.Process(target=_send, args=[box]) for box in boxes]
        for one in busy:
            one.start()
        for one in busy:
            one.join()
        rate = PEOPLE * 2 / (perf_counter() - start)
        _all_went(boxes[0].workspace)
    yield Figure(
        name=f"steps handed over, four workers, {connection.vendor}", unit="mails/s", limit=500,
        more_is_better=True, value=rate,
    )  # fmt: skip


def _send(box: Mailbox) -> int:
    return send_all(box, Way(secret=lambda _mailbox: "", at_once=LINES))


def _all_went(shop: Workspace) -> None:
    gone = Message.objects.filter(workspace=shop, state="sent", told_at__isnull=False).count()
    left = by_itself.standing(shop).filter(due__lte=clock.now()).count()
    if left or gone < PEOPLE:
        raise ArithmeticError(f"{gone} were sent, and {left} are still to be written.")


# --- what there is -----------------------------------------------------------------------------


def _mailboxes(port: int, number: int) -> list[Mailbox]:
    """A shop that never closes, and so many who write for it."""
    pace.PER_DOMAIN = by_itself.ENOUGH = 1_000_000
    shop, now = _shop(), clock.now()
    shop.workdays, shop.country = "1234567", ""
    shop.workday_start, shop.workday_end = time(0), time(23, 59, 59)
    shop.save()
    if why := places.held(shop, at=now):
        raise RuntimeError(str(why))
    first = Member.objects.get(workspace=shop)
    members = [first, *(_member(shop, first, n) for n in range(1, number))]
    return [
        Mailbox.objects.create(
            workspace=shop, member=one, address=f"bob{n}@banners.example", username="bob",
            secret="", imap_host="127.0.0.1", smtp_host="127.0.0.1", smtp_port=port,
            smtp_security="plain", added_at=now, read_at=now + HOUR, per_hour=1_000_000,
            per_day=1_000_000,
        )
        for n, one in enumerate(members)
    ]  # fmt: skip


def _member(shop: Workspace, like: Member, n: int) -> Member:
    user = type(like.user).objects.create(email=f"bob{next(_numbers)}-{n}@steps.example")
    return Member.objects.create(workspace=shop, user=user, name="Bob", joined_at=like.joined_at)


def _begun(boxes: list[Mailbox], number: int) -> None:
    """Everybody was enrolled an hour ago: their first step is due since a minute."""
    shop, asked = boxes[0].workspace, clock.now() - HOUR - timedelta(minutes=1)
    plan = sequences.make(shop, PLAN, at=asked)
    parties = _parties(number, shop)
    Address.objects.bulk_create(
        [
            Address(
                workspace=shop, party=one, kind="email", value=f"a{one.pk}@home.example",
                canonical=f"a{one.pk}@home.example",
            )
            for one in parties
        ]
    )  # fmt: skip
    opened = [
        Heard(
            party=one, source=f"o:{next(_numbers)}",
            facts=[Opened(at=asked - HOUR, owner=str(boxes[n % len(boxes)].member_id))],
        )
        for n, one in enumerate(parties)
    ]  # fmt: skip
    for place in range(0, number, 100):
        record_many(opened[place : place + 100], at=asked)
    _enrolled(parties, plan, boxes[0].member, asked)


def _enrolled(parties: list[Party], plan: Sequence, by: Member, at: datetime) -> None:
    for one in parties:
        enrol(one, plan, by=by, at=at, source=f"e:{next(_numbers)}")


BENCHES: dict[str, Bench] = {"steps": one_worker, "planner": planning}
WHEN_ASKED: dict[str, Bench] = {"steps-four": four_workers}
