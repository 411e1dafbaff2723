"""Who is on which list: read from the words on it, a page at a time, newest first."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from followthrough.core import facts
from followthrough.core.became import Became, what_became
from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import unpack
from followthrough.core.history import History
from followthrough.core.order import in_order
from followthrough.ledger.books import histories_of
from followthrough.ledger.models import Fact, Party, Workspace
from followthrough.ledger.models.facts import LIST_KINDS
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.place import Place
from followthrough.ledger.search import found

RETRACTED = facts.Retracted.__name__
SLICE = 100
MOST_LOOKED_AT = 2000  # in one request, where only some of them are asked for
On = dict[int, facts.JoinedList]  # by the id of who speaks for them


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Somebody on the list, by which word, and what became of our last one to them."""

    party: Party
    joined: facts.JoinedList
    became: Became
    history: History

    @property
    def takes_mail(self) -> bool:
        return not (self.history.stopped or self.history.refuses("email"))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`states` narrows to those of whom one of them became; `words`: a piece of a name, an address
    or a number."""

    words: str = ""
    states: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Page:
    """`after`: where the next page begins; `further`: many were looked at, and there are more."""

    people: list[Listed]
    after: Place | None = None
    further: bool = False


def lists_of(workspace: Workspace) -> Counter[str]:
    """How many are on each; one that everybody left is there still, with nobody on it."""
    counted: Counter[str] = Counter()
    for said in _last_words(workspace).values():
        for called, fact in said.items():
            counted[called] += isinstance(fact, facts.JoinedList)
    return counted


def on_list(workspace: Workspace, called: str) -> On:
    return {
        pk: fact
        for pk, said in _last_words(workspace).items()
        if isinstance(fact := said.get(called), facts.JoinedList)
    }


def page_of(
    workspace: Workspace, on: On, asked: Asked, after: Place | None, most: int
) -> Page:  # fmt: skip
    people: list[Listed] = []
    looked = 0
    for one in everybody(workspace, on, asked, after):
        if asked.states and one.became.what not in asked.states:
            looked += 1
            if looked >= MOST_LOOKED_AT:
                return Page(people=people, after=(one.joined.at, one.party.pk), further=True)
            continue
        if len(people) == most:
            last = people[-1]
            return Page(people=people, after=(last.joined.at, last.party.pk))
        people.append(one)
    return Page(people=people)


def everybody(
    workspace: Workspace, on: On, asked: Asked, after: Place | None = None
) -> Iterator[Listed]:  # fmt: skip
    """Read slice by slice, as far as somebody goes on asking."""
    if asked.words:
        among = set(found(workspace, asked.words).values_list("pk", flat=True))
        on = {pk: fact for pk, fact in on.items() if pk in among}
    places = sorted(((fact.at, pk) for pk, fact in on.items()), reverse=True)
    ids = [pk for at, pk in places if after is None or (at, pk) < after]
    for start in range(0, len(ids), SLICE):
        yield from _read(workspace, ids[start : start + SLICE], on)


def _read(workspace: Workspace, ids: list[int], on: Mapping[int, facts.JoinedList]) -> list[Listed]:
    known = dict(histories_of(_people(workspace, ids)))
    by_id = {party.pk: party for party in known}
    return [
        Listed(
            party=by_id[pk], joined=on[pk], became=what_became(known[by_id[pk]].facts),
            history=known[by_id[pk]],
        )
        for pk in ids
        if pk in by_id
    ]  # fmt: skip


def _people(workspace: Workspace, ids: Iterable[int]) -> list[Party]:
    rows = Party.objects.filter(
        workspace=workspace, pk__in=ids, merged_into=None, forgotten=False
    ).exclude(kind__in=UNLISTED)
    return list(rows.select_related("owner"))


# --- their last word on each list ----------------------------------------------------------------

COLUMNS = ("party", "kind", "at", "name", "by", "text", "own")


def _last_words(workspace: Workspace) -> dict[int, dict[str, Happened]]:
    """By the id of who speaks for them: what was said last on each list, and stands."""
    speaker = _speakers(workspace)
    told: dict[int, list[Happened]] = {}
    indexed = Fact.objects.filter(workspace=workspace, kind__in=LIST_KINDS)
    said = indexed.exclude(kind=RETRACTED)
    # An import that was taken back leaves very many, of people who are on no list.
    taken_back = indexed.filter(kind=RETRACTED, party__in=said.values("party"))
    rows = chain(said.values_list(*COLUMNS), taken_back.values_list(*COLUMNS))
    for party, kind, at, name, by, text, own in rows:
        common = {"at": at, "name": name, "by": by, "text": str(text or "")}
        told.setdefault(speaker.get(party, party), []).append(unpack(kind, common, own))
    gone = _gone(workspace)
    return {pk: _last(happened) for pk, happened in told.items() if pk not in gone}


def _last(happened: list[Happened]) -> dict[str, Happened]:
    said = in_order(happened) if len(happened) > 1 else happened
    return {
        fact.called: fact for fact in said if isinstance(fact, facts.JoinedList | facts.LeftList)
    }


def _speakers(workspace: Workspace) -> dict[int, int]:
    joined = Party.objects.filter(workspace=workspace, merged_into__isnull=False)
    into = dict(joined.values_list("pk", "merged_into"))
    return {pk: _top(pk, into) for pk in into}


def _top(pk: int, into: Mapping[int, int | None]) -> int:
    while parent := into.get(pk):
        pk = parent
    return pk


def _gone(workspace: Workspace) -> Container[int]:
    """Forgotten, or in no list of people: they are counted nowhere."""
    rows = Party.objects.filter(workspace=workspace)
    unlisted = rows.filter(forgotten=True) | rows.filter(kind__in=UNLISTED)
    return set(unlisted.values_list("pk", flat=True))
