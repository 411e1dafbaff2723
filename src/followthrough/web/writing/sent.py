"""A mail by itself: its proof, to look at and to take away; and the same words once more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from followthrough.ledger import clock, unsent
from followthrough.ledger.models import Message
from followthrough.ledger.models.outbox import CANCELLED, FAILED, SENT
from followthrough.ledger.opening import message_for
from followthrough.ledger.outbox import doubts, truths
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.writing import proof
from followthrough.web.writing.going import chip_address, going, when_it_goes
from followthrough.web.writing.told import said_of

# At this the list of the day looks whether anything of it has changed, as when one comes back.
LOOK = "visibilitychange"


@members_only
@require_GET
def mail(request: MemberRequest, pk: int) -> HttpResponse:
    message = message_for(request.member, pk)
    context = proof.page_of(message, request.member, clock.now())
    return render(request, "writing/proof.html", context)


@members_only
@require_GET
def now(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is, asked by the page every few seconds until it has left."""
    message, member, at = message_for(request.member, pk), request.member, clock.now()
    truth, chip = proof.truth_of(message), "chip" in request.GET
    if truth == truths.GOING and chip:
        going_on = {"text": when_it_goes(message, member, at), "tone": "lake"}
        return render(request, "writing/chip.html", going_on | {"url": chip_address(message, at)})
    if truth == truths.GOING:
        return render(request, "writing/going.html", {"going": going(message, member, at)})
    said = said_of(message, truth, member, at)
    if message.state == SENT and message.handover_at:
        left = say.clock(message.handover_at, member.own_zone())
        said |= {"text": _("Sent {time}").format(time=left), "tone": ""}
    if chip:
        response = render(request, "writing/chip.html", said | {"url": ""})
        response.headers["HX-Trigger"] = LOOK
        return response
    context = {"truth": said, "url": reverse("mail", args=[pk])}
    return render(request, "writing/gone.html", context)


@members_only
@require_GET
def proof_text(request: MemberRequest, pk: int) -> HttpResponse:
    message = message_for(request.member, pk)
    text = proof.as_text(message, request.member, clock.now())
    return _file(text.encode(), "text/plain; charset=utf-8", f"proof-{message.pk}.txt")


@members_only
@require_GET
def as_mail(request: MemberRequest, pk: int) -> HttpResponse:
    """The bytes as they left, to be opened in a mail program."""
    message = message_for(request.member, pk)
    return _file(bytes(message.raw), "message/rfc822", f"mail-{message.pk}.eml")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox"
    return response


@members_only
@require_POST
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """The same words once more, as a draft: the address can be mended before they go."""
    message, now = message_for(request.member, pk), clock.now()
    if message.state not in (FAILED, CANCELLED, SENT):
        messages.info(request, _("It is still on its way."))
        return redirect("mail", pk)
    draft = unsent.begin_again(message, request.member, at=now)
    if draft.followup_id:
        return redirect("write", draft.followup_id)
    return redirect("write_to", draft.party_id)


@members_only
@require_POST
def decided(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether it left, said by somebody who looked."""
    message: Message = message_for(request.member, pk)
    left = "left" in request.POST
    decide = doubts.it_left if left else doubts.send_again
    if decide(message, at=clock.now()):
        said = _("Kept: it did leave.") if left else _("It goes out once more.")
        messages.success(request, said)
    else:
        messages.info(request, _("That was decided already."))
    return redirect("mail", pk)
