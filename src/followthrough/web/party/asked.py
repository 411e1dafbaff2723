"""Who asked for this? Everybody who once wanted something, and a next step for each of them."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from followthrough.core import facts
from followthrough.core.calendar import Calendar
from followthrough.core.facts import Fact
from followthrough.core.when import Reading
from followthrough.ledger import clock, wants
from followthrough.ledger.models import Member, Party, Want, Workspace
from followthrough.ledger.opening import wants_for
from followthrough.ledger.place import ids_in
from followthrough.ledger.record import record
from followthrough.ledger.undo import name_to_tell
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.forms import open_matter
from followthrough.web.tongue import tell
from followthrough.web.undo import undo_all_address
from followthrough.web.when import calendar_of, fixed, reading_of

SUGGESTED = gettext_lazy("tomorrow 9am")


def who_asked(workspace: Workspace, text: str, member: Member, now: datetime) -> dict[str, Any]:
    """What the page of people shows below those whose name it is."""
    found = wants.who_asked(workspace, text)
    zone = member.own_zone()
    return {
        "asked": [
            {
                "party": party,
                "want": some[0].pk,
                "said": [(want.text, say.day(want.said_at, now, zone)) for want in some[:3]],
            }
            for party, some in found
        ],
        "asked_count": _counted(found),
        "token": str(uuid4()),
        "suggested": SUGGESTED,
    }


def _counted(found: list[tuple[Party, list[Want]]]) -> str:
    many = len(found)
    if sum(len(some) for _, some in found) >= wants.MOST_SHOWN:
        return _("{n} people and more").format(n=say.number(many))
    return ngettext("{n} person", "{n} people", many).format(n=say.number(many))


@members_only
@require_POST
def plan(request: MemberRequest) -> HttpResponse:
    """A follow-up for each of those that are ticked, on the day that was said."""
    member, now = request.member, clock.now()
    chosen = ids_in(request.POST.getlist("want"))
    reading = reading_of(request.POST.get("when", "")[:500], member, now)
    found = wants_for(member, chosen)
    if reading.due is None or not found:
        messages.error(
            request, tell(reading.sentence) if found else _("Choose at least one of them.")
        )
        return redirect("people")
    token = request.POST.get("token", "")[:60] or str(uuid4())
    planned = [_plan(want, reading, member, now, token) for want in found]
    when = say.in_words(reading.due, now, member.own_zone())
    many = ngettext("{n} person", "{n} people", len(found)).format(n=say.number(len(found)))
    who = say.first_name(found[0].party.name) if len(found) == 1 else many
    said = _("Planned: {who}, {day}.").format(who=who, day=when)
    messages.success(request, said, extra_tags=undo_all_address(planned))
    return redirect("people")


def _plan(
    want: Want, reading: Reading, member: Member, now: datetime, token: str
) -> tuple[Party, str]:
    party, source = want.party, f"asked:{member.pk}:{token}:{want.pk}"
    source = name_to_tell(party.workspace, source)
    common: dict[str, Any] = {"at": now, "by": str(member.pk)}
    told = step_facts(party, reading, common, open_matter(party), calendar_of(member))
    words = [(want.text, "") if isinstance(fact, facts.Opened) else ("", "") for fact in told]
    record(party, *told, source=source, at=now, words=words)
    return party, source


def step_facts(
    party: Party, reading: Reading, common: dict[str, Any], matter: str, calendar: Calendar
) -> list[Fact]:
    """In the talk that is open; where nothing is, it opens with what they wanted."""
    opened: list[Fact] = []
    if not matter:
        matter = f"enquiry-{common['at']:%Y%m%d%H%M%S%f}"
        owner = str(party.owner_id or common["by"])
        opened = [facts.Opened(kind="enquiry", matter=matter, owner=owner, **common)]
    due = reading.due or common["at"]
    return [
        *opened,
        facts.Planned(
            how=reading.how or "call", matter=matter, **fixed(due, calendar), **common
        ),
    ]  # fmt: skip
