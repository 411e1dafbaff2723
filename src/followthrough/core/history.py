"""Everything that happened with one party; whose turn it is, matter by matter."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from followthrough.core import facts
from followthrough.core.facts import THEIRS, Fact
from followthrough.core.matter import CHANGES, Matter, they_came, we_went

# What stands beside the talk: loose words never land in it.
ASIDE = {"keep_in_touch", "promise", "supply", "team_commitment"}
# Facts at one instant take this order, so that the order of hearing never matters.
FIRST, TALK, DECIDED, LAST = 0, 1, 2, 3
_ORDER: dict[type[Fact], int] = {
    facts.Opened: FIRST,
    facts.Listed: FIRST,
    facts.Planned: DECIDED,
    facts.NotNow: DECIDED,
    facts.Closed: LAST,
    facts.Retracted: LAST,
}


class History:
    """One party's facts in their order, folded once into the state of each matter."""

    def __init__(self, party: str, happened: Iterable[Fact]) -> None:
        self.party = party
        self.facts = in_order(happened)
        self.matters: dict[str, Matter] = {}
        self.owner = ""
        self.refused: set[str] = set()
        self.put_off: dict[str, facts.PutOff] = {}
        self.waived: dict[str, facts.Waived] = {}
        self.touched: list[datetime] = []  # when we went to them, over all matters
        self.contact: Fact | None = None  # the last real contact, over all matters
        self.given: Fact | None = None  # the last touch that gave them something
        self._threads: dict[str, Matter] = {}
        self._current: Matter | None = None
        self._implied = 0
        for fact in self.facts:
            self._see(fact)

    @classmethod
    def of(cls, party: str, happened: Iterable[Fact]) -> "History":
        return cls(party, [_named(fact, n) for n, fact in enumerate(happened)])

    def open_matters(self) -> list[Matter]:
        return [matter for matter in self.matters.values() if matter.closed is None]

    def refuses(self, channel: str) -> bool:
        return "*" in self.refused or channel in self.refused

    def named(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == name), None)

    # --- the fold ---------------------------------------------------------------

    def _see(self, fact: Fact) -> None:
        kind = type(fact)
        if fact.turn:
            self._note_contact(fact)
        elif kind in ABOUT_PARTY and not (kind is facts.HandedOver and fact.matter):
            ABOUT_PARTY[kind](self, fact)
            return
        matter = self._place(fact)
        if matter is None:
            return
        matter.last = fact
        if fact.turn == THEIRS:
            they_came(matter, fact)
        elif fact.turn:
            we_went(matter, fact)
        seen = CHANGES.get(kind)
        if seen:
            seen(matter, fact)

    def _note_contact(self, fact: Fact) -> None:
        if fact.turn != THEIRS:
            self.touched.append(fact.at)
            if getattr(fact, "given", ""):
                self.given = fact
        if fact.reached:
            self.contact = fact

    def _place(self, fact: Fact) -> Matter | None:
        """The matter a fact belongs to. Loose words join the talk that is open, or open one."""
        if fact.matter:
            matter = self.matters.get(fact.matter) or self._open(fact.matter, fact)
        else:
            found = self._joins(fact)
            if found is None:
                return None
            matter = found
        thread = getattr(fact, "thread", "")
        if thread:
            self._threads[thread] = matter
        return matter

    def _joins(self, fact: Fact) -> Matter | None:
        known = self._threads.get(getattr(fact, "thread", ""))
        if known and known.closed is None:
            return known
        current = self._current
        if current is None or current.closed is not None:
            talk = [m for m in self.matters.values() if m.closed is None and m.kind not in ASIDE]
            current = talk[-1] if talk else None
        if current is not None:
            return current
        opens = fact.turn == THEIRS or (fact.turn and not self.matters)
        return self._open_implied(fact) if opens or isinstance(fact, facts.Listed) else None

    def _open_implied(self, fact: Fact) -> Matter:
        self._implied += 1
        return self._open(f"enquiry-{self._implied}", fact)

    def _open(self, name: str, fact: Fact) -> Matter:
        matter = self.matters[name] = Matter(name, fact, fact)
        if isinstance(fact, facts.Opened):
            matter.kind = fact.kind
        if matter.kind not in ASIDE:
            self._current = matter
        return matter


def in_order(happened: Iterable[Fact]) -> list[Fact]:
    """Facts by instant, ties broken by what they are, without those that were taken back."""
    ordered = sorted(happened, key=_place_in_time)
    if any(type(fact) is facts.Retracted for fact in ordered):
        gone = _taken_back(ordered)
        ordered = [fact for fact in ordered if fact.name not in gone]
    return ordered


def _place_in_time(fact: Fact) -> tuple[datetime, int, str]:
    return (fact.at, _ORDER.get(type(fact), TALK), fact.name)


def _taken_back(ordered: list[Fact]) -> set[str]:
    """Names that no longer count; taking back a taking-back brings the fact back."""
    gone: set[str] = set()
    for fact in reversed(ordered):
        if isinstance(fact, facts.Retracted) and fact.name not in gone:
            gone.add(fact.what)
    return gone


def _named(fact: Fact, n: int) -> Fact:
    return fact if fact.name else replace(fact, name=f"{n}:{type(fact).__name__}")


# --- what is about the party as a whole -------------------------------------------


def _handed_over(history: History, fact: facts.HandedOver) -> None:
    history.owner = fact.to
    for matter in history.open_matters():
        matter.owner = fact.to


def _opted_out(history: History, fact: facts.OptedOut) -> None:
    history.refused.update(fact.channels)


def _opted_in(history: History, fact: facts.OptedIn) -> None:
    history.refused.difference_update(fact.channels)
    if "*" in fact.channels:
        history.refused.clear()


def _put_off(history: History, fact: facts.PutOff) -> None:
    history.put_off[fact.what] = fact


def _waived(history: History, fact: facts.Waived) -> None:
    history.waived[fact.what] = fact


def _told(_history: History, _fact: Fact) -> None:
    """Stands in the timeline and obliges nobody."""


ABOUT_PARTY: dict[type[Fact], Callable[..., None]] = {
    facts.HandedOver: _handed_over,
    facts.OptedOut: _opted_out,
    facts.OptedIn: _opted_in,
    facts.PutOff: _put_off,
    facts.Waived: _waived,
    facts.Noted: _told,
    facts.Merged: _told,
    facts.Unmerged: _told,
    facts.Retracted: _told,
}
