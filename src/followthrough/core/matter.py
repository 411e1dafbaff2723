"""One open thing between us and them, and how each word and each touch changes where it stands."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from followthrough.core import facts
from followthrough.core.facts import BOTH, Fact
from followthrough.core.offers import Open
from followthrough.core.running import Runs

# A step done this long before its time is that step, not another one.
EARLY = timedelta(hours=12)
CALL_EARLY = timedelta(hours=1)  # a promised call has its minute
# An enquiry and the mail that follows on its heels are one attempt to reach us.
SAME_BREATH = timedelta(minutes=5)
PRIVATE, BARE_WORDS = "private", {"promise", "team_commitment", "private"}  # end with their word
# More than money can weigh: hurt people and strong yeses are ranked above it.
MOST_WORTH = 10**11 - 1


@dataclass(slots=True)
class Matter:
    """Where one matter stands. Built by the fold of `History`; rules only read it."""

    name: str
    opened: Fact
    last: Fact
    kind: str = "enquiry"
    home: str = ""  # the joined record that it comes from
    owner: str = ""
    value: int = 0  # in cents
    chance: int = 50  # in per cent
    days: int = 0  # the rhythm of a keep-in-touch matter
    stage: str = ""  # how far a deal has come, by the key of its stage
    expected: date | None = None  # when they may say yes
    closed: facts.Closed | None = None
    listed: Fact | None = None
    waiting: list[Fact] = field(default_factory=list)  # what they said since our last answer
    upset: Fact | None = None  # what hurt them, until we answer
    tried: Fact | None = None  # our last attempt at answering that reached nobody
    theirs: Fact | None = None  # their last sign of life
    word: Fact | None = None  # our last word, with nothing from them since
    touch: Fact | None = None  # our last touch, attempts too, with nothing from them since
    quote: facts.QuoteSent | None = None  # the open quote, with nothing from them since
    cart: facts.TheyLeftACart | None = None  # chosen in a shop, and not ordered
    returned: facts.Bounced | None = None  # our mail came back, with nothing from either side since
    perhaps: list[facts.PerhapsReplied] = field(default_factory=list)  # a person decides
    gone: facts.AutoReplied | None = None  # they work there no more, and nobody has looked
    called: facts.WeCalled | None = None  # our last call, with nothing from them since
    talk: Fact | None = None  # the last time both sides spoke, with nothing since
    unreached: int = 0  # calls without answer since their last sign of life
    elsewhere: int = 0  # touches by other ways since the first of those calls
    silence: int = 0  # our touches since their last sign of life
    touches: int = 0  # our touches in all
    plan: facts.Planned | facts.NotNow | None = None
    agreed: str = ""  # the name of their last yes to an appointment
    hot: facts.Qualified | None = None
    struck: bool = False  # the strong yes has had its next word
    asked: dict[str, facts.Asked] = field(default_factory=dict)
    days_asked: list[date] = field(default_factory=list)  # on which they want something of us
    provided: list[facts.Provided] = field(default_factory=list)  # no sign of arrival yet
    promises: dict[str, facts.WePromised] = field(default_factory=dict)
    happened: dict[str, datetime] = field(default_factory=dict)  # since when, by promise
    sorry: set[str] = field(default_factory=set)  # broken promises that we have owned up to
    their_promises: dict[str, facts.TheyPromised] = field(default_factory=dict)
    offers: dict[str, Open] = field(default_factory=dict)  # neither taken nor refused
    seen: Fact | None = None  # they looked at our last word, as far as one can see
    runs: Runs = field(default_factory=dict)  # plans, and how far they have come
    notes: list[str] = field(default_factory=list)  # names of facts with words worth rereading

    @property
    def worth(self) -> int:
        """Money times chance: the order inside a band. Holds no time."""
        return max(0, min(self.value * self.chance // 100, MOST_WORTH))

    @property
    def is_hot(self) -> bool:
        """A strong yes that has had no next word."""
        return self.hot is not None and not self.struck

    @property
    def is_to_meet(self) -> bool:
        """An appointment stands ahead."""
        return isinstance(self.plan, facts.Planned) and self.plan.how == "meeting"

    @property
    def they_agreed(self) -> bool:
        """What stands ahead is what they said yes to, not a day that we chose alone."""
        return bool(self.plan and self.plan.name and self.plan.name == self.agreed)

    @property
    def quote_is_quiet(self) -> bool:
        """A quote without a word from them and without a call from us."""
        return self.quote is not None and (self.called is None or self.called.at < self.quote.at)

    @property
    def day_was_chosen(self) -> bool:
        """They wait, and after their last word one of us chose the day of the next step."""
        plan = self.plan
        chosen = isinstance(plan, facts.Planned) and not self.they_agreed
        return bool(chosen and plan and self.waiting and plan.at >= self.waiting[-1].at)

    @property
    def came_back_otherwise(self) -> bool:
        """Whether our word is not met with silence: it came back, they left, or it may have an
        answer."""
        return bool(self.returned or self.gone or self.perhaps)

    @property
    def is_tried_again(self) -> bool:
        """We tried after their last word, and then chose the day of the next attempt."""
        tried = self.tried
        return self.day_was_chosen and bool(
            tried and self.plan and self.plan.at >= tried.at >= self.waiting[-1].at
        )

    @property
    def attempts(self) -> list[Fact]:
        """How often they tried to reach us in vain: the first word of each breath."""
        found: list[Fact] = []
        last: datetime | None = None
        for fact in self.waiting:
            if last is None or fact.at - last > SAME_BREATH:
                found.append(fact)
            last = fact.at
        return found


# What leaves somebody waiting for our word.
WAITS = {facts.TheyEnquired, facts.TheyWrote, facts.TheyCalled, facts.TheyTookIt}


def they_came(matter: Matter, fact: Fact) -> None:
    matter.theirs = fact
    matter.perhaps, matter.gone = [], None
    _silence_broken(matter, fact)
    if isinstance(matter.plan, facts.NotNow) or _is_called_off(matter, fact):
        matter.plan = None
    if getattr(fact, "answered", False):
        _answered(matter, fact)
        matter.talk = matter.word = fact
        _follow_the_yes(matter, fact)
        _do_plan(matter, fact)
    elif type(fact) in WAITS:
        they_wait(matter, fact)


def _is_called_off(matter: Matter, fact: Fact) -> bool:
    return bool(matter.agreed and matter.they_agreed and getattr(fact, "calls_off", False))


def they_wait(matter: Matter, fact: Fact) -> None:
    matter.waiting.append(fact)
    if matter.upset is None and _hurts(fact):
        matter.upset = fact


def _hurts(fact: Fact) -> bool:
    return isinstance(fact, facts.Opened) or getattr(fact, "upset", False)


def we_went(matter: Matter, fact: Fact) -> None:
    # One mail may make several facts: that is one touch.
    once = matter.touch is None or matter.touch.at != fact.at
    matter.touches += once
    if matter.plan is not None:
        _do_plan(matter, fact)
    if matter.promises:
        _keep_our_word(matter, fact)
    _follow_the_yes(matter, fact)
    spoke = fact.turn == BOTH or (type(fact) is facts.WeCalled and fact.reached)
    if spoke:
        _silence_broken(matter, fact)
        matter.theirs = fact
    else:
        matter.silence += once
        if matter.their_promises or matter.provided:
            _ask_after(matter, fact)
    _note_touch(matter, fact, spoke)


def _note_touch(matter: Matter, fact: Fact, spoke: bool) -> None:  # noqa: FBT001
    matter.talk = fact if spoke else None
    matter.touch = fact
    matter.returned = matter.gone = None
    if isinstance(fact, facts.WeCalled):
        matter.called = fact
    if fact.reached:
        _answered(matter, fact)
        matter.word = fact
        matter.elsewhere += bool(matter.unreached)
    else:
        matter.tried = fact
        matter.unreached += 1


def _silence_broken(matter: Matter, fact: Fact) -> None:
    matter.word = matter.touch = matter.quote = matter.called = matter.talk = None
    matter.returned = None
    matter.unreached = matter.elsewhere = matter.silence = 0
    if matter.their_promises:
        matter.their_promises = {
            name: promise
            for name, promise in matter.their_promises.items()
            if not _does_theirs(promise, fact)
        }
    if matter.provided:
        matter.provided = []


def _does_theirs(promise: facts.TheyPromised, fact: Fact) -> bool:
    """A word long before their day is another word: the day still stands."""
    if promise.how == "call" and type(fact) is facts.TheyCalled:
        return True
    return fact.at >= promise.due - EARLY


def _answered(matter: Matter, fact: Fact) -> None:
    matter.tried = None
    if matter.waiting:
        matter.waiting = [said for said in matter.waiting if not _is_heard(said, fact)]
        matter.upset = next((said for said in matter.waiting if _hurts(said)), None)


def _is_heard(said: Fact, fact: Fact) -> bool:
    """A word to one person leaves a colleague waiting, unless it is in the same talk."""
    if fact.turn == BOTH or not (said.person and fact.person) or said.person == fact.person:
        return True
    thread = getattr(fact, "thread", "")
    return bool(thread and thread == getattr(said, "thread", "")) or fact.did.startswith(
        "answer_them/"
    )


def _follow_the_yes(matter: Matter, fact: Fact) -> None:
    if matter.hot is not None and fact.at > matter.hot.at:
        matter.struck = True


def _do_plan(matter: Matter, fact: Fact) -> None:
    plan = matter.plan
    if plan is None:
        return
    when = plan.due if isinstance(plan, facts.Planned) else plan.until
    if _does(fact, plan.name) or fact.at >= when - EARLY:
        matter.plan = None


def _keep_our_word(matter: Matter, fact: Fact) -> None:
    for name, promise in tuple(matter.promises.items()):
        repairs = fact.did.startswith("repair_broken_promises/") and _does(fact, name)
        if _is_that_call(promise, fact) or (_does(fact, name) and fact.reached and not repairs):
            del matter.promises[name]
        elif repairs and fact.reached:
            matter.sorry.add(name)


def _is_that_call(promise: facts.WePromised, fact: Fact) -> bool:
    """We rang when we had said so: the word is kept, even where nobody picked up."""
    if promise.how != "call" or promise.due is None or promise.condition:
        return False
    return type(fact) is facts.WeCalled and fact.at >= promise.due - CALL_EARLY


def _ask_after(matter: Matter, fact: Fact) -> None:
    """Our question on their day, or whether a parcel arrived, is asked by this touch."""
    for name, promise in tuple(matter.their_promises.items()):
        curious = fact.did.endswith(":before")
        if _does(fact, name) or (not curious and fact.at >= promise.due - EARLY):
            del matter.their_promises[name]
    if matter.provided:
        calls = type(fact) is facts.WeCalled
        matter.provided = [
            sent for sent in matter.provided if not calls and not _does(fact, sent.name)
        ]


def _does(fact: Fact, name: str) -> bool:
    """Whether this fact did the follow-up that a fact of that name had caused."""
    return bool(name) and fact.did.endswith(f"/{name}")
