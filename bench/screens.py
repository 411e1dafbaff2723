"""Each list page among very many people and open follow-ups; and finding one of ten thousand.

A new list page is a line in PAGES: its name and its address.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache

from bench.figures import Figure, milliseconds
from bench.pages import MANY, MONDAY, desk_with, page_times, part
from followthrough.core import facts
from followthrough.ledger.finding import find
from followthrough.ledger.models import FollowUp, Matter, Member, Party
from followthrough.ledger.parties import Known, find_or_add_many
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.statements import insert, insert_numbered
from followthrough.ledger.waiting import ALL

PAGES = {
    "people, by name": "/people/",
    "people, longest silent": "/people/?order=silence",
    "people, next step first": "/people/?order=next",
    "people, most at stake": "/people/?order=value",
    "people, quiet ones of mine by value": "/people/?owner=me&standing=quiet&order=value",
    "people, those of a colleague": "/people/?owner={colleague}",
    "people, nothing due this week": "/people/?standing=free",
    "people, by a word that many share": "/people/?name=ann",
    "people, an enquiry open, by silence": "/people/?kind=enquiry&order=silence",
    "waiting on them": "/waiting/",
    "waiting, they owe us a call": "/waiting/?kind=call",
    "the week": "/week/",
    "the week, a day to spread": "/week/?day={today}&spread=yes",
}
DAY = timedelta(days=1)
CONTACTS = 10_000
Bench = Callable[[], Iterator[Figure]]


def screens() -> Iterator[Figure]:
    mia = crowd()
    colleague = Member.objects.exclude(pk=mia.pk).filter(workspace=mia.workspace).latest("pk")
    for name, address in PAGES.items():
        there = address.format(colleague=colleague.pk, today=f"{MONDAY:%Y-%m-%d}")
        times, _ = page_times(mia, there)
        yield Figure(name=f"{name}, p50", unit="ms", limit=12, value=part(times, 50))
        yield Figure(name=f"{name}, p95", unit="ms", limit=30, value=part(times, 95))


def searching() -> Iterator[Figure]:
    """S35: by name, by a piece of a number, by a word of a note, and by a name misspelt."""
    mia = desk_with(1)
    parties = find_or_add_many(
        mia.workspace,
        [
            Known(name=f"Ann{n} Archer{n}", phones=(f"020 {7_000_0000 + n}",))
            for n in range(CONTACTS)
        ],
        owner=mia, at=MONDAY,
    )  # fmt: skip
    heard = [
        Heard(
            party=party, source=f"note:{n}", facts=[facts.Noted(at=MONDAY, matter="roof")],
            words=[("", f"The oven number {n} is broken, and they would like it before Easter.")],
        )
        for n, party in enumerate(parties)
    ]  # fmt: skip
    for place in range(0, len(heard), 250):
        record_many(heard[place : place + 250], at=MONDAY)
    asked = {
        "name": "archer77", "a name that all share": "ann", "phone": "0007777",
        "note": "oven 7777", "a word of every note": "oven", "misspelt": "archr7777",
    }  # fmt: skip
    for how, text in asked.items():
        yield Figure(
            name=f"find one of {CONTACTS:,} by {how}", unit="ms", limit=300,
            value=milliseconds(lambda text=text: find(mia, text), times=5),
        )  # fmt: skip


BENCHES: dict[str, Bench] = {"screens": screens, "searching": searching}


@cache
def crowd() -> Member:
    """Very many who are quiet, each with a follow-up, over the days around this Monday."""
    mia, many = desk_with(1), int(os.environ.get("BENCH_MANY", MANY))
    bob = Member.objects.create(
        workspace=mia.workspace, user=mia.user.__class__.objects.create_user("bob@bench.example"),
        name="Bob", joined_at=MONDAY,
    )  # fmt: skip
    like = FollowUp.objects.filter(workspace=mia.workspace, settled_at=None).first()
    if like is None:
        raise LookupError("There is no follow-up to be like.")
    for start in range(0, many, 5_000):
        _some(range(start, min(start + 5_000, many)), like, mia, bob)
    from django.db import connection  # noqa: PLC0415 - the tables must be there

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return mia


def _some(numbers: range, like: FollowUp, mia: Member, bob: Member) -> None:
    parties = [
        Party(
            workspace=mia.workspace, name=f"Ann {n * 7919 % 1_000_003:07}", firm=f"firm{n}",
            owner=mia if n % 500 else bob, created_at=MONDAY, worth=n * 31 % 9_000,
            silent_since=MONDAY - (n % 400) * DAY, last_contact_at=MONDAY - (n % 400) * DAY,
            next_at=MONDAY + (n % 36 - 5) * DAY, quiet=n % 3 == 0, contacts=n % 9,
        )
        for n in numbers
    ]  # fmt: skip
    insert_numbered(parties)
    matters = [
        Matter(workspace=mia.workspace, party=party, key="m", owner=mia, opened_at=MONDAY)
        for party in parties
    ]
    insert_numbered(matters)
    insert([_row(like, matter, n) for n, matter in zip(numbers, matters, strict=True)])


def _row(like: FollowUp, matter: Matter, n: int) -> FollowUp:
    names = [field.attname for field in like._meta.concrete_fields if not field.primary_key]
    row = FollowUp(**{name: getattr(like, name) for name in names})
    row.party, row.matter, row.band = matter.party, matter, 3
    row.rule, row.show_at = ALL[n % len(ALL)], MONDAY + (n % 36 - 5) * DAY
    row.due, row.rank = row.show_at, n
    return row
