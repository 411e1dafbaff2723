"""What a form holds back: somebody says whether a person wrote it or a machine."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.inlets import doors
from followthrough.ledger import clock, receipts
from followthrough.ledger.models.doors import HELD, NOBODY
from followthrough.ledger.opening import receipt_for
from followthrough.web.gate import MemberRequest, administrators_only
from followthrough.web.undo import undo_address


@require_POST
@administrators_only
def taken(request: MemberRequest, pk: int) -> HttpResponse:
    """It was a person after all."""
    receipt = receipt_for(request.member, pk)
    if receipt.outcome == HELD:
        doors.take_in(receipt, at=clock.now())
    if receipt.party and receipt.source:
        said = _("{who} is on the list now.").format(who=receipt.party.name)
        messages.success(request, said, undo_address(receipt.party, receipt.source))
    return redirect("connection", receipt.connection_id)


@require_POST
@administrators_only
def nobody(request: MemberRequest, pk: int) -> HttpResponse:
    """It was a machine: nobody has to look at it again."""
    receipt = receipt_for(request.member, pk)
    if receipts.decide(receipt, HELD, NOBODY):
        back = reverse("receipt_held", args=[pk])
        messages.success(request, _("It is no longer held: nobody was written down."), back)
    return redirect("connection", receipt.connection_id)


@require_POST
@administrators_only
def held_again(request: MemberRequest, pk: int) -> HttpResponse:
    receipt = receipt_for(request.member, pk)
    if receipts.decide(receipt, NOBODY, HELD):
        messages.success(request, _("Taken back."))
    return redirect("connection", receipt.connection_id)
