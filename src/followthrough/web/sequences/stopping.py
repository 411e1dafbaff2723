"""What holds mail that leaves by itself: a sequence paused, one's own mail, or that of all."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger import by_itself, clock, pausing
from followthrough.ledger.opening import sequence_for
from followthrough.ledger.outbox import switches
from followthrough.web.gate import MemberRequest, administrators_only, members_only
from followthrough.web.sequences.views import only_who_manages
from followthrough.web.tokens import opened, signed
from followthrough.web.tongue import tell

SALT = "followthrough.pauses"


@members_only
@require_POST
def rest(request: MemberRequest, pk: int) -> HttpResponse:
    """Paused, or it goes on."""
    only_who_manages(request)
    sequence, now = sequence_for(request.member, pk), clock.now()
    name = tell(sequence.name)
    if request.POST.get("on"):
        if pausing.go_on(sequence, at=now):
            said = _("“{name}” goes on. What fell due meanwhile waits anew, a part of it each day.")
            messages.success(request, said.format(name=name))
    elif pausing.pause(sequence, at=now):
        said = _("“{name}” is paused for everybody in it.").format(name=name)
        undo = reverse("sequence_unpaused", args=[signed(sequence.pk, SALT)])
        messages.success(request, said, extra_tags=undo)
    return redirect("sequence", sequence.pk)


@members_only
@require_POST
def unpaused(request: MemberRequest, token: str) -> HttpResponse:
    only_who_manages(request)
    sequence = sequence_for(request.member, opened(token, SALT, request.member))
    back = pausing.never_paused(sequence)
    messages.success(request, _("Taken back.") if back else _("That was taken back already."))
    return redirect("sequence", sequence.pk)


@members_only
@require_POST
def mine(request: MemberRequest) -> HttpResponse:
    """What leaves by itself in one's own name."""
    now = clock.now()
    if request.POST.get("on"):
        with transaction.atomic():
            switches.let_go_on_of(request.member, at=now)
            by_itself.take_back_what_is_otherwise(request.member.workspace, at=now)
        messages.success(request, _("Your mails leave by themselves again."))
    else:
        switches.hold_of(request.member, at=now)
        messages.success(request, _("Nothing leaves by itself in your name now."))
    return redirect(f"{reverse('sequences')}#by-itself")


@administrators_only
@require_POST
def everybodys(request: MemberRequest) -> HttpResponse:
    """For the whole team; also after the clock went forward."""
    workspace, now = request.member.workspace, clock.now()
    if request.POST.get("on"):
        with transaction.atomic():
            switches.let_go_on(workspace, at=now)
            by_itself.take_back_what_is_otherwise(workspace, at=now)
        messages.success(request, _("Mails leave by themselves again."))
    else:
        switches.hold(workspace, at=now)
        messages.success(request, _("Nothing leaves by itself now, for the whole team."))
    return redirect(f"{reverse('sequences')}#by-itself")
