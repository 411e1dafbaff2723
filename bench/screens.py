"""Each list page among very many people and open follow-ups; and finding one of ten thousand.

A new list page is a line in PAGES: its name and its address.
"""

from collections.abc import Callable, Iterator

from bench.crowd import TALKER, crowd
from bench.figures import Figure, milliseconds
from bench.pages import MONDAY, MOST_QUERIES, desk_with, page_times, part
from followthrough.core import facts
from followthrough.ledger.finding import find
from followthrough.ledger.models import FollowUp, Member, Party
from followthrough.ledger.parties import Known, find_or_add_many
from followthrough.ledger.record import Heard, record_many

PAGES = {
    "Today": "/",
    "Today, the list anew": "/today/day/",
    "the panel of a line": "/followups/{line}/panel/",
    "one at a time": "/one/",
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
    "promises": "/promises/",
    "promises, everybody’s": "/promises/?whose=everybody",
    "how I keep my word": "/promises/kept/",
    "deals, the board": "/deals/?view=board",
    "deals, the list": "/deals/?view=list",
    "deals, mine by money": "/deals/?view=list&owner={mia}&order=money",
    "the week": "/week/",
    "the week, a day to spread": "/week/?day={today}&spread=yes",
    "uncovered": "/health/",
    "a person with 200 facts": "/people/{person}/",
    "find": "/find/?q=ann",
}
LIMITS = {"find": (300, 300)}  # S35; all others are pages that are opened all day
CONTACTS = 10_000
ROUNDS = 40
Bench = Callable[[], Iterator[Figure]]


def screens() -> Iterator[Figure]:
    mia = crowd()
    colleague = Member.objects.exclude(pk=mia.pk).filter(workspace=mia.workspace).latest("pk")
    line = FollowUp.objects.filter(member=mia, settled_at=None, band=1).earliest("pk")
    there = {
        "mia": mia.pk, "colleague": colleague.pk, "line": line.pk, "today": f"{MONDAY:%Y-%m-%d}",
        "person": Party.objects.get(workspace=mia.workspace, name=TALKER).pk,
    }  # fmt: skip
    for name, address in PAGES.items():
        times, asked = page_times(mia, address.format(**there), ROUNDS)
        middle, most = LIMITS.get(name, (12, 30))
        yield Figure(name=f"{name}, p50", unit="ms", limit=middle, value=part(times, 50))
        yield Figure(name=f"{name}, p95", unit="ms", limit=most, value=part(times, 95))
        if name == "Today":
            yield Figure(name=f"{name}, questions", unit="queries", limit=MOST_QUERIES, value=asked)


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
