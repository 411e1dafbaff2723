"""On Today: what goes out by itself in one’s name, and the question about what came too late."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from followthrough.ledger import clock, late_steps
from followthrough.ledger.lateness import limits_of
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.outbox import switches
from followthrough.ledger.outbox.stopping import going_out
from followthrough.ledger.today import end_of_day
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.paths import path_to
from followthrough.web.tongue import tell
from followthrough.web.undo import undo_all_address

SHOWN = 8
Context = dict[str, Any]


def late_of(member: Member | None) -> Context:
    """Nothing to ask as a rule: the gate has counted already."""
    if member is None or not getattr(member, "leaving", 0):
        return {}
    late = late_steps.asked(member)
    return {"late": late, "late_said": _late_said(late), "token": str(uuid4())} if late else {}


def leaving_of(member: Member | None) -> Context:
    """What leaves today."""
    if member is None or not getattr(member, "leaving", 0):
        return {}
    now = clock.now()
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, sender=member, settled_at=None,
        due__lt=end_of_day(member, now), due__gte=limits_of(member.workspace).of(member.pk),
    ).select_related("party", "matter").order_by("due", "pk")  # fmt: skip
    shown = list(rows[: SHOWN + 1])
    return {
        "leaving": _lines(shown[:SHOWN], member, now),
        "more": len(shown) > SHOWN,
        "held": _held(member) if shown else "",
        "token": str(uuid4()),
    }


def _lines(rows: list[FollowUp], member: Member, now: datetime) -> list[Context]:
    messages_of = going_out(rows)
    return [
        {
            "pk": row.pk, "party": row.party_id, "who": row.party.name,
            "url": path_to("person", row.party_id), "matter": row.matter.key,
            "what": tell(row.what),
            "when": _when(row, messages_of[row.pk].not_before if row.pk in messages_of else None,
                          member, now),
        }
        for row in rows
    ]  # fmt: skip


def _when(row: FollowUp, leaves: datetime | None, member: Member, now: datetime) -> str:
    return say.in_words(max(leaves or row.due, now), now, member.own_zone())


def _held(member: Member) -> str:
    if switches.sending_of(member.workspace).held_at:
        return _("Held for the whole team: nothing leaves by itself now.")
    return _("Held: nothing leaves by itself in your name.") if member.mails_held_at else ""


def _late_said(n: int) -> str:
    said = ngettext(
        "{n} mail of a plan should have left long ago, while nothing was sent from here.",
        "{n} mails of plans should have left long ago, while nothing was sent from here.", n,
    )  # fmt: skip
    return said.format(n=say.number(n))


@members_only
@require_POST
def late(request: MemberRequest) -> HttpResponse:
    source = source_of(request, "late", request.POST.get("token", "")[:60])
    told = late_steps.answer(
        request.member, request.POST.get("answer", ""), at=clock.now(), source=source
    )
    if told:
        said = ngettext("{n} mail arranged.", "{n} mails arranged.", len(told))
        pairs = [(one.party, one.source) for one in told]
        said = said.format(n=say.number(len(told)))
        messages.success(request, said, extra_tags=undo_all_address(pairs))
    return redirect("today")
