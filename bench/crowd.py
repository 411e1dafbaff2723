"""A shop with very many people, each with something open and a follow-up: what the screens show."""

import os
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bench.pages import HOUR, MANY, MONDAY, desk_with
from followthrough.core import facts
from followthrough.ledger.audit import check
from followthrough.ledger.models import Fact, FollowUp, Matter, Member, Party, Text
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.search import make_new_findable
from followthrough.ledger.statements import insert, insert_numbered
from followthrough.ledger.waiting import ALL

DAY = timedelta(days=1)
KINDS = {7: (1, "answer_them"), 8: (2, "keep_promises"), 9: (4, "stay_in_touch")}
LANES = ("enquiry", "talking", "quoted", "agreed", "resting", ":promise")
AT_ONCE = 5_000
KEPT = 400  # words whose hour is over
TALKER, TALKS = "Ann Archer", 100  # of one person: as many words of theirs as of ours


@cache
def crowd() -> Member:
    """Over the days around this Monday, in every band. Mia manages; Bob has every 500th."""
    mia, many = desk_with(1), int(os.environ.get("BENCH_MANY", MANY))
    like = FollowUp.objects.get(workspace=mia.workspace, settled_at=None)
    user = mia.user.__class__.objects.create_user("bob@bench.example")
    bob = Member.objects.create(workspace=mia.workspace, user=user, name="Bob", joined_at=MONDAY)
    for start in range(0, many, AT_ONCE):
        _some(range(start, min(start + AT_ONCE, many)), like, (mia, bob))
    _kept(like, mia)
    _talker(mia)
    check(mia.workspace, at=MONDAY)
    from django.db import connection  # noqa: PLC0415 - the tables must be there

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return mia


def _some(numbers: range, like: FollowUp, members: tuple[Member, Member]) -> None:
    parties = [_party(n, members[not n % 500]) for n in numbers]
    insert_numbered(parties)
    make_new_findable(parties, [])
    matters = [_matter(n, party) for n, party in zip(numbers, parties, strict=True)]
    insert_numbered(matters)
    rows = [_row(like, matter, n) for n, matter in zip(numbers, matters, strict=True)]
    words = {row.because: row for row in rows if row.rule == "keep_promises"}
    _told(words, "WePromised")
    insert(rows)


def _party(n: int, owner: Member) -> Party:
    return Party(
        workspace=owner.workspace, name=f"Ann {n * 7919 % 1_000_003:07}", firm=f"firm{n}",
        owner=owner, created_at=MONDAY, worth=n * 31 % 9_000,
        silent_since=MONDAY - (n % 400) * DAY, last_contact_at=MONDAY - (n % 400) * DAY,
        next_at=_day(n), quiet=n % 3 == 0, contacts=n % 9,
    )  # fmt: skip


def _day(n: int) -> datetime:
    return MONDAY + (n % 36 - 5) * DAY


def _matter(n: int, party: Party) -> Matter:
    return Matter(
        workspace=party.workspace, party=party, key="m", owner=party.owner, opened_at=MONDAY,
        lane=LANES[n % len(LANES)], value=n * 31 % 9_000 * 100, next_due=_day(n),
        title=f"Banner {n}", touched_at=MONDAY - (n % 400) * DAY,
    )  # fmt: skip


def _row(like: FollowUp, matter: Matter, n: int) -> FollowUp:
    """Of ten, seven who are to move, one who asked, one word of ours, one to keep warm."""
    names = [field.attname for field in like._meta.concrete_fields if not field.primary_key]
    row = FollowUp(**{name: getattr(like, name) for name in names})
    row.party, row.matter, row.member = matter.party, matter, matter.owner
    row.band, row.rule = KINDS.get(n // 7 % 10, (3, ALL[n % len(ALL)]))
    row.due = row.show_at = _day(n)
    row.rank, row.because = n, fact_name(f"bench:{n}", "WePromised")
    return row


def _told(words: dict[str, FollowUp], kind: str) -> None:
    """The facts by which these words were given or kept, with what was said."""
    texts = [
        Text(workspace=row.workspace, party=row.party, body="The banner is up before Easter.")
        for row in words.values()
    ]
    insert_numbered(texts)
    insert([
        Fact(
            workspace=row.workspace, party=row.party, kind=kind, name=name, text=text,
            at=row.due - 2 * DAY, heard_at=MONDAY, source=name.partition(".")[0], matter="m",
            own={"promise": row.because} if kind == "PromiseKept" else {},
        )
        for (name, row), text in zip(words.items(), texts, strict=True)
    ])  # fmt: skip


def _kept(like: FollowUp, mia: Member) -> None:
    """Words that were kept within the last half year."""
    rows = []
    matters = Matter.objects.filter(owner=mia, party__name__startswith="Ann 0")
    for n, matter in enumerate(matters.select_related("party", "owner").order_by("pk")[:KEPT]):
        row = _row(like, matter, n)
        row.rule, row.band, row.because = "keep_promises", 2, fact_name(f"kept:{n}", "WePromised")
        row.due = row.show_at = row.settled_at = MONDAY - n % 180 * DAY - HOUR
        row.settled_by = fact_name(f"kept:{n}", "PromiseKept")
        rows.append(row)
    given = {row.because: row for row in rows}
    _told(given, "WePromised")
    _told({row.settled_by: row for row in rows}, "PromiseKept")
    insert(rows)


def _talker(mia: Member) -> None:
    """One with two hundred facts; the last word is theirs."""
    ann = Party.objects.create(workspace=mia.workspace, name=TALKER, owner=mia, created_at=MONDAY)
    told: list[Any] = []
    for n in range(TALKS):
        at = MONDAY - (2 * n + 2) * HOUR
        told += [facts.WeWrote(at=at - HOUR, matter="roof"), facts.TheyWrote(at=at, matter="roof")]
    record_many([Heard(party=ann, source="bench:talk", facts=told)], at=MONDAY)
