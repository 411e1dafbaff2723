"""It will be later: they are told, the old day no longer binds, and a new one does."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from followthrough.core import facts
from followthrough.core.facts import Fact, unpack
from followthrough.core.matter import PRIVATE
from followthrough.ledger import circle
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Member
from followthrough.ledger.promises import Given
from followthrough.ledger.record import record
from followthrough.ledger.sealing import seal
from followthrough.web.party.forms import matter_of_fact
from followthrough.web.when import calendar_of, reading_of

CALLED, WROTE = "called", "wrote"


@dataclass(kw_only=True)
class Later:
    """What the form holds, valid or not; `told` is how they were told."""

    given: Given
    when: str = ""
    told: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: QueryDict, given: Given) -> "Later":
        when, told = (data.get(name, "").strip() for name in ("when", "told"))
        return cls(given=given, when=when[:500], told=told)

    @property
    def telling(self) -> bool:
        """A customer is told by a call or a mail of ours; among ourselves the new day is enough."""
        return circle.circle_of(self.given.followup.party) == circle.CUSTOMERS

    def keep(self, member: Member, source: str, now: datetime) -> bool:
        reading = reading_of(self.when, member, now)
        if reading.due is None:
            empty = _("To which day? “Friday noon” will do.")
            self.errors["when"] = empty if reading.kind == "empty" else str(reading.sentence)
        if self.telling and self.told not in (CALLED, WROTE):
            self.errors["told"] = _("Tell them first. Then say how: one press.")
        if self.errors or reading.due is None:
            return False
        happened = anew(
            self.given, reading.due, member, now, told=self.told if self.telling else ""
        )
        if not happened:
            self.errors["when"] = _("That promise is not in the books any more.")
            return False
        told, words = zip(*happened, strict=True)
        record(self.given.followup.party, *told, source=source, at=now, words=words)
        return True


Words = tuple[str, str]


def anew(
    given: Given, due: datetime, member: Member, now: datetime, *, told: str
) -> list[tuple[Fact, Words]]:
    """Our word with another day, in its own words, and by what we told them of it; theirs too.
    [] where it is not in the books any more."""
    matter = matter_of_fact(history_of(given.followup.party), given.name)
    if given.told is None or matter is None:
        return []
    common: dict[str, Any] = {"at": now, "matter": matter.name, "by": str(member.pk)}
    old = unpack(given.told.kind, {"at": given.told.at}, given.told.own)
    moved: dict[str, Any] = {"due": due}
    if isinstance(old, facts.WePromised):
        calendar = calendar_of(member)
        wall = calendar.local(due).strftime("%Y-%m-%d %H:%M")
        moved |= {"wall": wall, "zone": calendar.zone, "condition": "", "check_by": None}
    contact = [TELLING[told](**common)] if given.ours and told in TELLING else []
    ends = facts.PromiseReleased(promise=given.name, **common)
    words = _words(given, member, now)
    return [*((one, NONE) for one in (*contact, ends)), (replace(old, **moved, **common), words)]


NONE = ("", "")
TELLING: dict[str, type[Fact]] = {CALLED: facts.WeCalled, WROTE: facts.WeWrote}


def _words(given: Given, member: Member, now: datetime) -> Words:
    if circle.circle_of(given.followup.party) == PRIVATE:
        return "", seal(member, given.words, at=now)
    return "", given.words
