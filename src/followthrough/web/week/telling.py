"""What they count on moves only with their knowing: what they were told, and how."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import followup_for
from followthrough.ledger.promises import with_words
from followthrough.ledger.record import record
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.promises.later import CALLED, WROTE, anew
from followthrough.web.undo import undo_all_address
from followthrough.web.week.moving import (
    NO_DAY,
    back_to,
    day_ahead,
    day_in,
    moment_on,
    put_off,
    whose,
)
from followthrough.web.when import calendar_of

PROMISES = {"keep_promises", "call_when_we_said"}
LONGEST = 500


@members_only
@require_POST
def told(request: MemberRequest, pk: int) -> HttpResponse:
    """They know of the new day: our word is given anew, or what they wait for is put off with
    the reason."""
    row, now = followup_for(request.member, pk), clock.now()
    if row.party.kind in UNLISTED:  # among ourselves the new day is enough
        return redirect("promise_later", row.pk)
    member, telling = whose(request, str(row.member_id)), Telling.of(request, row, now)
    day = day_in(request.POST.get("day", ""))
    if row.settled_at or telling is None:
        messages.info(request, _("That has been done meanwhile.") if row.settled_at else NO_DAY)
        return back_to(member, day)
    missing = telling.missing(now)
    if missing:
        messages.error(request, missing)
        return back_to(member, day, asks=str(pk), to=telling.to.isoformat())
    _told(request, row, telling, now)
    asked = request.POST.get("asks", "").split(",")
    rest = [one for one in asked if one.isdecimal() and one != str(pk)]
    return back_to(member, day, asks=",".join(rest), to=telling.to.isoformat() if rest else "")


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The new day and its moment, what they were told, and (of our word) how."""

    to: date
    due: datetime
    note: str
    how: str
    word: bool

    @classmethod
    def of(cls, request: MemberRequest, row: FollowUp, now: datetime) -> "Telling | None":
        member = row.member or request.member
        to = day_ahead(request.POST.get("to", ""), member, now)
        if to is None:
            return None
        note = request.POST.get("note", "").strip()[:LONGEST]
        due = moment_on(to, row.due, calendar_of(member))
        how, word = request.POST.get("told", ""), row.rule in PROMISES
        return cls(to=to, due=due, note=note, how=how, word=word)

    def missing(self, now: datetime) -> str:
        if not self.note:
            return _("Write what you told them, in a few words.")
        if self.word and self.how not in (CALLED, WROTE):
            return _("Tell them first. Then say how: one press.")
        return str(NO_DAY) if self.word and self.due <= now else ""


def _told(request: MemberRequest, row: FollowUp, telling: Telling, now: datetime) -> None:
    member = row.member or request.member
    happened = _happened(row, telling, request.member, now)
    if not happened:
        messages.info(request, _("That has been done meanwhile."))
        return
    facts_told, words = zip(*happened, strict=True)
    token = request.POST.get("token", "")[:60] or str(uuid4())
    source = source_of(request, f"told:{row.pk}", token)
    record(row.party, *facts_told, source=source, at=now, words=words)
    undo = undo_all_address([(row.party, source)])
    who = say.first_name(row.party.name)
    start = calendar_of(member).day_start(telling.to)
    day = say.in_words(start, now, member.own_zone()).partition(",")[0]
    said = _("{who} knows, and it stands on {day}.").format(who=who, day=day)
    messages.success(request, said, extra_tags=undo)


def _happened(
    row: FollowUp, telling: Telling, by: Member, now: datetime
) -> list[tuple[Fact, tuple[str, str]]]:
    """A promise is given anew, in its own words; anything else is put off with the reason."""
    note = (telling.note[:120], telling.note)
    if not telling.word:
        return [(put_off(row, telling.to, calendar_of(row.member or by), by, now), note)]
    [given] = with_words(by, [row])
    happened = anew(given, telling.due, by, now, told=telling.how)
    noted = facts.Noted(at=now, matter=row.matter.key, by=str(by.pk))
    return [*happened, (noted, note)] if happened else []
