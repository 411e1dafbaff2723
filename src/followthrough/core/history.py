"""Everything that happened with one party; whose turn it is, matter by matter."""

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime

from followthrough.core import facts, offers
from followthrough.core.carts import settle_carts
from followthrough.core.changes import CHANGES
from followthrough.core.facts import OURS, THEIRS, Fact
from followthrough.core.known import Known
from followthrough.core.matter import BARE_WORDS, WAITS, Matter, they_came, we_went
from followthrough.core.order import in_order, parted_talks
from followthrough.core.party import ABOUT_PARTY
from followthrough.core.running import BEGINS, go_on, opened_with
from followthrough.core.stages import move_on
from followthrough.core.voices import Voice, Voices, join_talks, only_waits

# What stands beside the talk: loose words never land in it.
ASIDE = {"keep_in_touch", "supply", "cart", *BARE_WORDS}
# What is still owed where nothing is open: it opens something. In a closed matter it does too,
# for closed means closed, and whoever writes again begins anew.
OBLIGES = WAITS | {
    facts.Asked, facts.AskedForDays, facts.WePromised, facts.TheyPromised, facts.Planned,
    facts.NotNow, facts.QuoteSent, facts.Met, facts.Enrolled, facts.TheyLeftACart, facts.Offered,
    facts.PerhapsReplied, facts.TheyBooked,
}  # fmt: skip
# Meeting somebody again after the deal is service, not a new deal.
BEGINS_ANEW = OBLIGES - {facts.Met}
# Doing these, we come because they asked or because we gave our word.
AWAITED = ("answer_", "keep_promises/", "call_when_we_said/", "repair_", "when_it_happens/")
# Closings after which not even our word stands.
ENDS_OUR_WORD = {"forgotten", "spam", "duplicate", "joined"}


class History:
    """One party's facts in their order, folded once into the state of each matter."""

    def __init__(self, party: str, happened: Iterable[Fact]) -> None:
        self.party = party
        self.facts = in_order(happened)
        self.matters: dict[str, Matter] = {}
        self.owner = ""
        self.refused: set[str] = set()
        self.known = Known()
        self.stopped: Fact | None = None  # they asked us to stop altogether
        self.put_off: dict[str, facts.PutOff] = {}
        self.waived: dict[str, facts.Waived] = {}
        self.touched: list[datetime] = []  # when we went to them, over all matters
        self.starts: list[datetime] = []  # when we did so unasked, since they last came to us
        self.contact: Fact | None = None  # the last real contact, over all matters
        self.our_word: Fact | None = None  # our last word to them, over all matters
        self.asked_first: set[str] = set()  # what they wrote before we kept our word to them
        self.given: Fact | None = None  # the last touch that gave them something
        self._promised: dict[str, Matter] = {}
        self._voices = Voices()
        self._parted = parted_talks(self.facts)
        self._began: dict[str, Matter] = {}  # where each of these was begun
        for fact in self.facts:
            self._see(fact)
        settle_carts(self.open_matters(), self.facts)

    @classmethod
    def of(cls, party: str, happened: Iterable[Fact]) -> "History":
        return cls(party, [_named(fact, n) for n, fact in enumerate(happened)])

    def open_matters(self) -> list[Matter]:
        return [matter for matter in self.matters.values() if matter.closed is None]

    def refuses(self, channel: str) -> bool:
        return "*" in self.refused or channel in self.refused

    def named(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == name), None)

    def threads_of(self, matter: str) -> set[str]:
        return self._voices.threads_of(matter)

    # --- the fold ---------------------------------------------------------------

    def _see(self, fact: Fact) -> None:
        kind = type(fact)
        if kind in ABOUT_PARTY and not (kind is facts.HandedOver and fact.matter):
            ABOUT_PARTY[kind](self, fact)
            return
        matter = self._place(fact)
        if fact.turn:
            self._note_contact(fact, matter)
        if matter is not None:
            self._change(matter, fact)

    def _change(self, matter: Matter, fact: Fact) -> None:
        matter.last = fact
        if fact.turn:
            if fact.turn == THEIRS:
                self._they_came(matter, fact)
            else:
                we_went(matter, fact)
            if fact.text:
                matter.notes.append(fact.name)
            move_on(matter, fact)
        kind = type(fact)
        if matter.offers:
            offers.hear(matter.offers, fact)
        if matter.runs or kind in BEGINS_PLANS:
            go_on(matter.runs, fact)
        seen = CHANGES.get(kind)
        if seen:
            seen(matter, fact)
            self._keep_words(matter, fact)

    def _they_came(self, matter: Matter, fact: Fact) -> None:
        if matter.promises and type(fact) in WAITS:
            self.asked_first.add(fact.name)
        they_came(matter, fact)
        # Anger is about what was open: from here on that is a complaint, until it is closed.
        if getattr(fact, "upset", False) and matter.kind not in ASIDE:
            matter.kind = "complaint"

    def _keep_words(self, matter: Matter, fact: Fact) -> None:
        """Whose promise it is; in what is closed our word stands."""
        if type(fact) in WORDS:
            self._promised[fact.name] = matter
        elif isinstance(fact, facts.Closed) and matter.promises:
            self._word_outlives(matter, fact)

    def _word_outlives(self, matter: Matter, closing: facts.Closed) -> None:
        """A closed matter is closed, but what we promised in it still binds us."""
        promises, matter.promises = matter.promises, {}
        if matter.kind in BARE_WORDS or closing.outcome in ENDS_OUR_WORD:
            return
        first = next(iter(promises.values()))
        voice = self._voices.of(closing.home)
        heir = self._open(_fresh(voice, "promise", self.matters), first, kind="promise")
        heir.owner, heir.last, heir.promises = matter.owner, closing, promises
        heir.happened, heir.sorry = dict(matter.happened), set(matter.sorry)
        self._promised |= dict.fromkeys(promises, heir)

    def _note_contact(self, fact: Fact, matter: Matter | None) -> None:
        self.known.see(fact)
        if fact.reached:
            self.contact = fact
            if fact.turn != THEIRS or getattr(fact, "answered", False):
                self.our_word = fact
        if fact.turn == THEIRS:
            self.starts.clear()
            return
        if not self.touched or self.touched[-1] != fact.at:
            self.touched.append(fact.at)
            if _unasked(fact, matter):
                self.starts.append(fact.at)
        if getattr(fact, "given", ""):
            self.given = fact

    def _place(self, fact: Fact) -> Matter | None:
        """The matter a fact belongs to. Loose words join the talk that is open, or open one."""
        kind, matter = type(fact), self.matters.get(fact.matter)
        voice = self._voices.of(fact.home)
        if kind in KEEPS and fact.promise in self._promised:  # type: ignore[attr-defined]
            return self._promised[fact.promise]  # type: ignore[attr-defined]
        if fact.matter and matter is None:
            matter = self._open(fact.matter, fact)
        elif matter is None or (matter.closed is not None and kind in BEGINS_ANEW):
            matter = self._joins(fact, voice)
        if matter is not None and fact.turn:
            thread = getattr(fact, "thread", "")
            if thread:
                voice.threads[thread] = matter
                if thread in self._parted:
                    self._also_heard_where_it_began(thread, matter, fact)
            if matter.kind not in ASIDE:
                voice.current = matter
        return matter

    def _also_heard_where_it_began(self, thread: str, matter: Matter, fact: Fact) -> None:
        """Words in a conversation may be about something else: the plan in which it was begun
        hears them all the same, and writes no more."""
        began = self._began.setdefault(thread, matter)
        if began is not matter and fact.turn == THEIRS:
            go_on(began.runs, fact)

    def _joins(self, fact: Fact, voice: Voice) -> Matter | None:
        kind = type(fact)
        if kind is facts.Opened:
            return self._open_implied(fact)
        known = voice.threads.get(getattr(fact, "thread", "")) if voice.threads else None
        if known and known.closed is None:
            return known
        current = self._talk_of(voice)
        if current is not None:
            return current
        spoken = self._spoken(voice)
        awaited = next((m for m in spoken if m.promises and m.closed is None), None)
        if awaited and kind in WAITS:
            awaited.kind = "enquiry"  # they ask for what we promised: now we talk about it
            return awaited
        if kind is facts.Reopened and spoken:
            return spoken[-1]
        new = not spoken and (fact.turn or kind is facts.Listed)
        opens = new or fact.turn == THEIRS or kind in OBLIGES or _moves_next(fact)
        return self._open_implied(fact) if opens else None

    @property
    def open_talk(self) -> Matter | None:
        """The talk that was last moved, over all records that speak with one voice."""
        talks = [matter for matter in self.open_matters() if matter.kind not in ASIDE]
        return max(talks, key=lambda matter: matter.last.at, default=None)

    def talk(self, fact: Fact) -> Matter | None:
        """The talk that was last moved and is open, else the newest open one."""
        return self._talk_of(self._voices.of(fact.home))

    def _talk_of(self, voice: Voice) -> Matter | None:
        current = voice.current
        if current is not None and current.closed is None and current.kind not in ASIDE:
            return current
        open_ones = (matter for matter in self._spoken(voice) if matter.closed is None)
        talks = [matter for matter in open_ones if matter.kind not in ASIDE]
        return talks[-1] if talks else None

    def join(self, fact: facts.Merged) -> None:
        """Two talks in which they only wait become one; whatever else is open stays itself."""
        gone, stays = self._voices.join(fact.other, fact.home)
        ours, theirs = stays.current, gone.current
        if ours is None or theirs is None or ours is theirs:
            stays.current = ours or theirs
        elif ours.waiting and ours.closed is None and only_waits(theirs):
            join_talks(theirs, ours)
            del self.matters[theirs.name]
            stays.threads |= {
                thread: ours for thread, talk in stays.threads.items() if talk is theirs
            }

    def part(self, fact: facts.Unmerged) -> None:
        self._voices.part(fact.other)

    def _spoken(self, voice: Voice) -> list[Matter]:
        return [m for m in self.matters.values() if self._voices.of(m.home) is voice]

    def _open_implied(self, fact: Fact) -> Matter:
        voice = self._voices.of(fact.home)
        return self._open(_fresh(voice, "enquiry", self.matters), fact)

    def _open(self, name: str, fact: Fact, kind: str = "enquiry") -> Matter:
        voice = self._voices.of(fact.home)
        matter = self.matters[name] = Matter(name, fact, fact, kind, voice.home)
        matter.runs = opened_with(fact, first=fact is self.facts[0])
        if isinstance(fact, facts.Opened | facts.TheyLeftACart):
            matter.kind = getattr(fact, "kind", "cart")
        if matter.kind not in ASIDE:
            voice.current = matter
        return matter


def _fresh(voice: Voice, kind: str, taken: Container[str]) -> str:
    voice.implied += 1
    while voice.key(f"{kind}-{voice.implied}") in taken:
        voice.implied += 1
    return voice.key(f"{kind}-{voice.implied}")


WORDS = {facts.WePromised, facts.TheyPromised}
BEGINS_PLANS = {facts.Enrolled, *BEGINS}
KEEPS = {facts.PromiseKept, facts.PromiseReleased}


def _unasked(fact: Fact, matter: Matter | None) -> bool:
    asked_for = (matter and matter.waiting) or type(fact) in (facts.Provided, facts.QuoteSent)
    return fact.turn == OURS and not asked_for and not fact.did.startswith(AWAITED)


def _moves_next(fact: Fact) -> bool:
    """A call that ended with somebody's next move is an open thing."""
    return isinstance(fact, facts.WeCalled) and fact.reached and bool(fact.ball)


def _named(fact: Fact, n: int) -> Fact:
    return fact if fact.name else replace(fact, name=f"{n}:{type(fact).__name__}")
