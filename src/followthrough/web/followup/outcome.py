"""What happened, what it gave, and what comes next, turned into facts. Nothing else ends a
follow-up, and none of the three ways out leaves the matter without a date or a reason."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict

from followthrough.core import facts
from followthrough.core.facts import THEIRS, Fact
from followthrough.core.followups import WAITING, WORD
from followthrough.ledger.models import FollowUp, Member
from followthrough.web.when import calendar_of, reading_of

NEXT, NOT_NOW, CLOSE = "next", "not_now", "close"
# Half a year, with room for a weekend: beyond 180 days the day itself would be asked about.
HALF_A_YEAR = timedelta(days=172)
HELLO = "hello-"
LONGEST_NOTE = 20_000

SPOKE = ("spoke", "We spoke", "phone-call")
MESSAGE = ("message", "Left a message", "message-square")
NO_ANSWER = ("no_answer", "No answer", "phone-missed")
WROTE = ("wrote", "I wrote", "send")
CAME = ("came", "They wrote back", "reply")
POSTED = ("posted", "Posted it", "mailbox")
MET = ("met", "We met", "handshake")
DONE = ("done", "Done, as promised", "circle-check")
DECIDED = ("decided", "I thought about it", "circle-help")

OUTCOMES = {
    "call": (SPOKE, MESSAGE, NO_ANSWER, WROTE),
    "email": (WROTE, SPOKE, NO_ANSWER, CAME),
    "sms": (WROTE, SPOKE, NO_ANSWER, CAME),
    "card": (POSTED, SPOKE, WROTE, CAME),
    "post": (DONE, SPOKE, WROTE, CAME),
    "meeting": (MET, SPOKE, WROTE, NO_ANSWER),
    "decide": (DECIDED, SPOKE, WROTE, CAME),
    "find": (DECIDED, SPOKE, WROTE, CAME),
}
# What we had promised is done when they have it. A promised call, and saying sorry, are told by
# the touch itself; and what has not happened yet cannot be kept.
WORD_GIVEN = {"keep_promises", "when_it_happens"}
GIVES = {"spoke", "wrote", "posted", "met", "done"}
NOT_YET = ":check"
GIFTS = ("An answer", "A photo", "A tip", "Samples", "An introduction", "Nothing this time")
REASONS = {
    "won": ("won", "They said yes"),
    "elsewhere": ("lost", "Chose someone else"),
    "no_need": ("lost", "No need any more"),
    "dropped": ("lost", "We did not follow up"),
    "stop": ("lost", "Asked us to stop"),
    "settled": ("settled", "Settled, nothing open"),
    "mistake": ("mistake", "Never was one"),
}


@dataclass(kw_only=True)
class Sheet:
    """What the sheet holds, valid or not; `errors` say what to do."""

    outcome: str = ""
    note: str = ""
    gifts: list[str] = field(default_factory=list)
    mode: str = NEXT
    when: str = ""
    reason: str = ""
    hello: bool = False
    beside: bool = False  # what they know was settled meanwhile: this stands beside it
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: QueryDict) -> "Sheet":
        mode = data.get("mode", NEXT)
        return cls(
            outcome=data.get("outcome", ""),
            note=data.get("note", "").replace("\x00", "").strip(),
            gifts=[gift for gift in data.getlist("gift") if gift in GIFTS],
            mode=mode if mode in (NEXT, NOT_NOW, CLOSE) else NEXT,
            when=data.get("when", "").strip()[:500],
            reason=data.get("reason", ""),
            hello=data.get("hello") == "yes",
            beside=data.get("beside") == "yes",
        )

    def facts(self, followup: FollowUp, member: Member, now: datetime) -> list[Fact]:
        """The facts to record; [] and `errors` filled where something is missing."""
        happened = self._happened(followup, member, now)
        coming = self._coming(followup, member, now, happened)
        if len(self.note) > LONGEST_NOTE:
            self.errors["note"] = f"That is longer than we can keep: {LONGEST_NOTE:,} letters."
        if not happened and not self._leaves_early:
            self.errors["outcome"] = "Say what happened: one press is enough."
        return [] if self.errors else [*happened, *coming]

    @property
    def _leaves_early(self) -> bool:
        """Putting off and closing need no outcome: nothing happened is an answer too."""
        return self.mode in (NOT_NOW, CLOSE) and not self.outcome

    # --- what happened --------------------------------------------------------------

    def _happened(self, followup: FollowUp, member: Member, now: datetime) -> list[Fact]:
        common: dict[str, Any] = {
            "at": now, "matter": followup.matter.key, "by": str(member.pk),
            "did": "" if self.beside else followup.key,
        }  # fmt: skip
        given = "" if "Nothing this time" in self.gifts else ", ".join(self.gifts)
        touched = _touch(self.outcome, followup, given, common)
        if not touched or self.beside:
            return touched
        return [*touched, *_kept(self.outcome, followup, common)]

    # --- what comes next ---------------------------------------------------------------

    def _coming(
        self, followup: FollowUp, member: Member, now: datetime, happened: list[Fact]
    ) -> list[Fact]:
        common: dict[str, Any] = {"at": now, "matter": followup.matter.key, "by": str(member.pk)}
        if self.mode == CLOSE:
            return self._closing(followup, member, common)
        reading = reading_of(self.when, member, now)
        if reading.due is None:
            empty = "Pick a next step, a date or a reason. Then it’s finished."
            self.errors["when"] = empty if reading.kind == "empty" else reading.sentence
            return []
        if self.mode == NOT_NOW:
            return self._resting(followup, reading.due, common, happened)
        step = _step(reading.due, reading.how or "call", member, common)
        return [step, *_looked_at_again(followup, reading.due, common)]

    def _resting(
        self, followup: FollowUp, until: datetime, common: dict[str, Any], happened: list[Fact]
    ) -> list[Fact]:
        """Not now, for the matter; but who waits for us is only put off, and never by silence.

        A word that reached them settles what they waited for. An attempt may have (we rang when
        we had said so), so that the day is kept for both.
        """
        resting = facts.NotNow(until=until, **common)
        ours = [fact for fact in happened if fact.turn != THEIRS]
        if followup.band not in (WAITING, WORD) or any(fact.reached for fact in ours):
            return [resting]
        if not self.note:
            self.errors["note"] = "They count on this. Write why it moves, in a few words."
            return []
        put_off = facts.PutOff(what=followup.key, until=until, **(common | {"matter": ""}))
        return [resting, put_off] if any(fact.turn for fact in ours) else [put_off]

    def _closing(self, followup: FollowUp, member: Member, common: dict[str, Any]) -> list[Fact]:
        if self.reason not in REASONS:
            self.errors["reason"] = "Say why it ends. One press is enough."
            return []
        outcome, reason = REASONS[self.reason]
        closing: list[Fact] = [facts.Closed(outcome=outcome, reason=reason, **common)]
        if self.reason == "stop":
            closing.append(facts.OptedOut(**(common | {"matter": ""})))
        elif self.hello:
            closing += _hello(followup, member, common)
        return closing


def _step(due: datetime, how: str, member: Member, common: dict[str, Any]) -> Fact:
    calendar = calendar_of(member)
    wall = calendar.local(due).strftime("%Y-%m-%d %H:%M")
    return facts.Planned(due=due, how=how, wall=wall, zone=calendar.zone, **common)


def _looked_at_again(followup: FollowUp, due: datetime, common: dict[str, Any]) -> list[Fact]:
    """What has not happened yet is asked about again on the day of the next step."""
    if not followup.occasion.endswith(NOT_YET):
        return []
    return [facts.PutOff(what=followup.key, until=due, **(common | {"matter": ""}))]


def _hello(followup: FollowUp, member: Member, common: dict[str, Any]) -> list[Fact]:
    """Once, on a day of its own."""
    apart = common | {"matter": f"{HELLO}{followup.pk}"}
    due = calendar_of(member).opening(common["at"] + HALF_A_YEAR)
    opened = facts.Opened(kind="keep_in_touch", days=HALF_A_YEAR.days, **apart)
    return [opened, _step(due, "call", member, apart)]


def _touch(outcome: str, followup: FollowUp, given: str, common: dict[str, Any]) -> list[Fact]:
    channel = followup.how if followup.how in ("email", "sms") else "email"
    makers: dict[str, Callable[[], Fact]] = {
        "spoke": lambda: facts.WeCalled(outcome="spoke", given=given, **common),
        "message": lambda: facts.WeCalled(outcome="message", given=given, **common),
        "no_answer": lambda: facts.WeCalled(outcome="no_answer", given=given, **common),
        "wrote": lambda: facts.WeWrote(channel=channel, given=given, **common),
        "posted": lambda: facts.CardPosted(given=given, **common),
        "met": lambda: facts.Met(given=given, **common),
        "came": lambda: facts.TheyWrote(**common),
        "done": lambda: facts.Noted(**common),
        "decided": lambda: facts.Noted(**common),
    }
    return [makers[outcome]()] if outcome in makers else []


def _kept(outcome: str, followup: FollowUp, common: dict[str, Any]) -> list[Fact]:
    """What was owed by its own name is settled by name: a promise, a question, a thing to send."""
    if outcome not in GIVES or followup.occasion.endswith(NOT_YET):
        return []
    if followup.rule in WORD_GIVEN:
        return [facts.PromiseKept(promise=followup.because, **common)]
    asked = followup.rule == "answer_questions" and outcome in ("spoke", "wrote", "done", "posted")
    if asked and followup.what != "Ask whether it arrived":
        by_post = followup.how == "post" and outcome in ("done", "posted")
        return [
            facts.Provided(
                asked=followup.because, channel="post" if by_post else "email",
                proof=f"{outcome} {common['at']:%Y-%m-%d}", **common,
            )
        ]  # fmt: skip
    return []
