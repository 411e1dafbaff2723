"""What people decide about a mailbox: who looks after it, that it sends again, what is not ours."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger import keeping
from followthrough.ledger import mailboxes as books
from followthrough.ledger.models import Mailbox
from followthrough.ledger.opening import colleague_for, mailbox_for
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.mailboxes.forms import KeeperForm
from followthrough.web.tokens import opened, signed

SALT = "followthrough.mailboxes"


@require_POST
@members_only
def keeper(request: MemberRequest, pk: int) -> HttpResponse:
    """A shared one is handed to somebody else."""
    box = _shared(request, pk)
    form = KeeperForm(request.POST, member=request.member)
    if not form.is_valid():
        messages.error(request, _("Choose a colleague"))
        return redirect("mailbox", pk)
    before = reverse("mailbox_keeper_back", args=[pk, box.member_id])
    books.give_to(box, form.cleaned_data["whose"])
    said = _("{who} looks after it now.").format(who=box.member.name)
    messages.success(request, said, extra_tags=before)
    return redirect("mailbox", pk)


@require_POST
@members_only
def keeper_back(request: MemberRequest, pk: int, whose: int) -> HttpResponse:
    books.give_to(_shared(request, pk), colleague_for(request.member, whose))
    messages.success(request, _("Taken back."))
    return redirect("mailbox", pk)


def _shared(request: MemberRequest, pk: int) -> Mailbox:
    box = mailbox_for(request.member, pk)
    if not (box.shared and request.member.manages):
        raise PermissionDenied(_("Only who manages the team hands on a shared mailbox."))
    return box


# --- it was paused ---------------------------------------------------------------------------


@require_POST
@members_only
def sends_again(request: MemberRequest, pk: int) -> HttpResponse:
    box = mailbox_for(request.member, pk)
    stop = keeping.stop_of(box)
    if stop and keeping.let_send(box):
        since = stop.since.isoformat() if stop.since else ""
        back = signed([pk, stop.state, stop.problem, since], SALT, request.member)
        said = _("It sends again. What waited leaves now.")
        messages.success(request, said, reverse("mailbox_paused", args=[back]))
    return redirect("mailbox", pk)


@require_POST
@members_only
def paused_again(request: MemberRequest, token: str) -> HttpResponse:
    pk, state, problem, since = opened(token, SALT, request.member)
    stop = keeping.Stop(
        state=state, problem=problem, since=parse_datetime(since) if since else None
    )
    if keeping.stop_again(mailbox_for(request.member, pk), stop):
        messages.success(request, _("Taken back."))
    return redirect("mailbox", pk)


# --- addresses that we learned from its sent mail ---------------------------------------------


@require_POST
@members_only
def not_ours(request: MemberRequest, pk: int) -> HttpResponse:
    box, address = mailbox_for(request.member, pk), request.POST.get("address", "")
    if keeping.disown(box, address):
        back = reverse("mailbox_ours", args=[signed([pk, address], SALT, request.member)])
        said = _("{address} is somebody else’s from now on.").format(address=address)
        messages.success(request, said, back)
    return redirect("mailbox", pk)


@require_POST
@members_only
def ours_again(request: MemberRequest, token: str) -> HttpResponse:
    pk, address = opened(token, SALT, request.member)
    if keeping.own(mailbox_for(request.member, pk), address):
        messages.success(request, _("Taken back."))
    return redirect("mailbox", pk)
