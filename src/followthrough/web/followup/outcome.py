"""What happened, what it gave, and what comes next, turned into facts. Nothing else ends a
follow-up, and none of the three ways out leaves the matter without a date or a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from followthrough.core import facts
from followthrough.core.facts import THEIRS, Fact
from followthrough.core.followups import WAITING, WORD
from followthrough.ledger.after_a_yes import thanks_for
from followthrough.ledger.models import FollowUp, Member
from followthrough.web import say
from followthrough.web.followup.offered import ANSWER, NOTHING, REASONS
from followthrough.web.followup.promised import promise, promises_in
from followthrough.web.followup.touch import NOT_YET, kept, touch
from followthrough.web.sequences.going_on import PLAN, is_offered, talk_ends
from followthrough.web.when import calendar_of, fixed, reading_of

NEXT, NOT_NOW, CLOSE = "next", "not_now", "close"
SPOKEN, ANSWERED, UNHAPPY = ("spoke", "met"), "came", "unhappy"
# Half a year, with room for a weekend: beyond 180 days the day itself would be asked about.
HALF_A_YEAR = timedelta(days=172)
HELLO = "hello-"
LONGEST_NOTE = 20_000
MOST_GIFTS, LONGEST_GIFT = 12, 80
WORDS_OF_A_STEP = 6
LONGEST_TALK = 600  # minutes


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
    minutes: str = ""
    promises: list[str] = field(default_factory=list)  # sentences of the note, said yes to
    back: str = ""  # where one goes on; "" is Today
    then: str = ""  # when it happened, where the form waited without network
    beside: bool = False  # what they know was settled meanwhile: this stands beside it
    topic: str = ""  # what it is about, for what is opened in its place
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: QueryDict) -> "Sheet":
        mode = data.get("mode", "")
        return cls(
            outcome=data.get("outcome", ""),
            note=data.get("note", "").strip(),
            gifts=[gift[:LONGEST_GIFT] for gift in data.getlist("gift")[:MOST_GIFTS]],
            mode=mode if mode in (NEXT, NOT_NOW, CLOSE, PLAN) else NEXT,
            when=data.get("when", "").strip()[:500],
            reason=data.get("reason", ""),
            hello=data.get("hello") == "yes",
            minutes=data.get("minutes", "").strip()[:4],
            promises=data.getlist("promise")[:MOST_GIFTS],
            back=data.get("back", "")[:20],
            then=(data.get("typed_at") or data.get("happened_at", ""))[:40],
            beside=data.get("beside") == "yes",
        )

    def facts(self, followup: FollowUp, member: Member, now: datetime) -> list[Fact]:
        """The facts to record; [] and `errors` filled where something is missing."""
        self.topic = followup.matter.title
        happened = self._happened(followup, member, now)
        coming = self._coming(followup, member, now, happened)
        if len(self.note) > LONGEST_NOTE:
            too_long = _("That is longer than we can keep: {n} letters.")
            self.errors["note"] = too_long.format(n=say.number(LONGEST_NOTE))
        if not happened and not self._leaves_early:
            self.errors["outcome"] = _("Say what happened: one press is enough.")
        if self.errors:
            return []
        return [*happened, *self._promised(followup, member, now), *coming]

    def words(self, happened: Sequence[Fact]) -> list[tuple[str, str]]:
        """The title and the words that go with each fact: the note with the first that is not a
        promise, with each promise its sentence, and with a step the words in which it was said."""
        said, sentences = [], iter(self.promises)
        note = (self.note[:120], self.note)
        for fact in happened:
            if isinstance(fact, facts.WePromised):
                said.append((next(sentences, "")[:300], ""))
            elif isinstance(fact, facts.Planned) and self._says_what:
                said.append((self.when[:120], self.when))
            elif isinstance(fact, facts.Opened) and fact.kind == "order":
                said.append((self.topic, ""))
            else:
                said.append(note)
                note = ("", "")
        return said

    @property
    def given(self) -> list[str]:
        return [] if NOTHING in self.gifts else self.gifts

    @property
    def _says_what(self) -> bool:
        """A few words are a day and a way; more of them say what to do."""
        return self.mode == NEXT and len(self.when.split()) >= WORDS_OF_A_STEP

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
        if self.outcome == UNHAPPY:
            return _complained(followup, common)
        touched = touch(self.outcome, followup, ", ".join(self.given), common)
        if touched and self.outcome == "spoke" and self.minutes.isdecimal():
            talked = min(int(self.minutes), LONGEST_TALK)
            touched = [replace(touched[0], minutes=talked)]  # type: ignore[call-arg]
        if not touched or self.beside:
            return touched
        answered = str(ANSWER) in self.gifts
        return [*touched, *kept(self.outcome, followup, common, answered=answered)]

    def _promised(self, followup: FollowUp, member: Member, now: datetime) -> list[Fact]:
        """Only what stands in the note, whatever the form says."""
        heard = promises_in(self.note, member, now) if self.promises else []
        yes = [one for one in heard if one.sentence in self.promises]
        self.promises = [one.sentence for one in yes]
        return [promise(one, followup.matter.key, member, now) for one in yes]

    # --- what comes next ---------------------------------------------------------------

    def _coming(
        self, followup: FollowUp, member: Member, now: datetime, happened: list[Fact]
    ) -> list[Fact]:
        common: dict[str, Any] = {"at": now, "matter": followup.matter.key, "by": str(member.pk)}
        if self.mode == CLOSE:
            return self._closing(followup, member, common)
        if self.mode == PLAN and self._may_go_on(followup):
            return []
        if self.errors:
            return []
        reading = reading_of(self.when, member, now)
        if reading.due is None:
            empty = _("Pick a next step, a date or a reason. Then it’s finished.")
            self.errors["when"] = empty if reading.kind == "empty" else reading.sentence
            return []
        if self.mode == NOT_NOW:
            return self._resting(followup, reading.due, common, happened)
        step = _step(reading.due, reading.how or "call", member, common)
        return [step, *_looked_at_again(followup, reading.due, common)]

    def _may_go_on(self, followup: FollowUp) -> bool:
        """Whether the plan says what comes next, so that nobody need choose."""
        ends = self.outcome == ANSWERED or (self.outcome in SPOKEN and talk_ends(followup))
        if is_offered(followup) and not ends:
            return True
        self.mode = NEXT
        if ends and not self.when:
            self.errors["when"] = _("You have spoken, so the plan ends. Choose what comes next.")
        return False

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
            self.errors["note"] = _("They count on this. Write why it moves, in a few words.")
            return []
        put_off = facts.PutOff(what=followup.key, until=until, **(common | {"matter": ""}))
        return [resting, put_off] if any(fact.turn for fact in ours) else [put_off]

    def _closing(self, followup: FollowUp, member: Member, common: dict[str, Any]) -> list[Fact]:
        if self.reason not in REASONS:
            self.errors["reason"] = _("Say why it ends. One press is enough.")
            return []
        outcome, reason = REASONS[self.reason]
        closing: list[Fact] = [facts.Closed(outcome=outcome, reason=str(reason), **common)]
        closing += thanks_for(followup.matter, self.reason, common)
        if self.reason == "stop":
            closing.append(facts.OptedOut(**(common | {"matter": ""})))
        elif self.hello:
            closing += _hello(followup, member, common)
        return closing


def _complained(followup: FollowUp, common: dict[str, Any]) -> list[Fact]:
    """They are not happy: that is a complaint, told in their words, and nothing more is asked of
    them until it is put right (S73)."""
    apart = common | {"matter": f"complaint-{followup.pk}", "did": ""}
    return [
        facts.Opened(kind="complaint", **apart),
        facts.WeCalled(outcome="spoke", ball="us", **common),
        facts.Unenrolled(**(common | {"did": ""})),
    ]


def _step(due: datetime, how: str, member: Member, common: dict[str, Any]) -> Fact:
    return facts.Planned(how=how, **fixed(due, calendar_of(member)), **common)


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
