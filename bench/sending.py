"""Mail from the outbox to a sink on this machine, beside a bare loop of two commits a message."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from time import perf_counter

from django.db import connection, transaction

from bench.figures import Figure
from bench.ledger import _parties, _shop
from bench.sink import sink
from followthrough.channels.email.letter import Letter, ready
from followthrough.core.facts import TheyEnquired
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Mailbox, Member, Message
from followthrough.ledger.outbox import places
from followthrough.ledger.outbox.queueing import For, queue
from followthrough.ledger.record import Heard, record_many
from followthrough.worker.sending.dispatch import Way, send_all

MESSAGES, LINES = 1_200, 60
_numbers = count()
Bench = Callable[[], Iterator[Figure]]


def dispatching() -> Iterator[Figure]:
    """Claimed, staged, handed over, answered, settled, and its follow-up done."""
    with sink() as port:
        mailbox = _mailbox(port)
        _queue(mailbox, MESSAGES)
        start = perf_counter()
        sent = send_all(mailbox, Way(secret=lambda _mailbox: "", at_once=LINES, inside="machine"))
        rate = sent / (perf_counter() - start)
        done = Message.objects.filter(mailbox=mailbox, state="sent", told_at__isnull=False)
        if done.count() != MESSAGES:
            raise ArithmeticError(f"{done.count()} of {MESSAGES} were sent.")
        bare = bare_loop(mailbox, port, MESSAGES // 4)
    yield Figure(
        name="dispatch, one worker", unit="mails/s", limit=300, more_is_better=True, value=rate
    )
    yield Figure(
        name="dispatch, times a loop of two commits", unit="times", limit=3,
        more_is_better=True, value=rate / bare,
    )  # fmt: skip


def bare_loop(mailbox: Mailbox, port: int, number: int) -> float:
    """Marks, connects, sends and marks, one after the other."""
    raw = bytes(Message.objects.filter(mailbox=mailbox).values_list("raw", flat=True)[0])
    start = perf_counter()
    for _ in range(number):
        _raw_commit()
        with smtplib.SMTP("127.0.0.1", port) as line:
            line.sendmail("bob@banners.example", ["ann@home.example"], raw)
        _raw_commit()
    return number / (perf_counter() - start)


def _raw_commit() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_raw (a, b) VALUES (%s, %s)", ["a" * 60, "b" * 200])


# --- what there is -----------------------------------------------------------------------------


def _mailbox(port: int) -> Mailbox:
    shop = _shop()
    now = clock.now()
    mailbox = Mailbox.objects.create(
        workspace=shop, member=Member.objects.get(workspace=shop), address="bob@banners.example",
        username="bob", secret="", imap_host="127.0.0.1", smtp_host="127.0.0.1", smtp_port=port,
        smtp_security="plain", added_at=now, per_hour=1_000_000, per_day=1_000_000,
    )  # fmt: skip
    if why := places.held(shop, at=now):
        raise RuntimeError(str(why))
    return mailbox


def _queue(mailbox: Mailbox, number: int) -> None:
    now = clock.now() - timedelta(minutes=1)
    parties = _parties(number, mailbox.workspace)
    asked = [TheyEnquired(at=now)]
    heard = [Heard(party=one, source=f"q:{next(_numbers)}", facts=asked) for one in parties]
    for place in range(0, number, 100):
        record_many(heard[place : place + 100], at=now)
    duties = FollowUp.objects.filter(workspace=mailbox.workspace, settled_at=None)
    with transaction.atomic():
        for duty in duties.select_related("party", "matter"):
            what = For(
                key=f"b:{duty.pk}", party=duty.party, member=mailbox.member, mailbox=mailbox,
                followup=duty,
            )  # fmt: skip
            queue(ready(_letter(mailbox), at=now), what, at=now)


def _letter(mailbox: Mailbox) -> Letter:
    return Letter(
        sender=mailbox.address, name="Bob", to="ann@home.example", subject="Your sign",
        text="Hello Ann,\n\nwith pleasure. " * 20,
    )  # fmt: skip


BENCHES: dict[str, Bench] = {"sending": dispatching}
