"""What a mailbox writes to itself: its words, for whoever finds it in the inbox, and its switch."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from followthrough.ledger.models import Mailbox
from followthrough.ledger.opening import mailbox_for
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tongue import tongue_for

SO = {"yes": True, "no": False, "usual": None}


def words_of(mailbox: Mailbox, _at: datetime) -> tuple[str, str]:
    """Subject and text, in the language of whose mailbox it is."""
    with override(tongue_for(mailbox.member)):
        return _("Followthrough: a test mail to itself"), _(
            "This mailbox writes to itself once a day, so that Followthrough notices if mail does "
            "not leave or does not arrive. You can delete it, or have your mail program file it "
            "away by its subject. To end it, open Settings, Mailboxes."
        )


@require_POST
@members_only
def chosen(request: MemberRequest, pk: int) -> HttpResponse:
    box = mailbox_for(request.member, pk)
    was = next(name for name, so in SO.items() if so is box.canary)
    _set(box, SO["yes"] if request.POST.get("on") == "yes" else SO["no"])
    said = _("It writes to itself each day from now on.") if box.canary else _(
        "It does not write to itself any more."
    )  # fmt: skip
    messages.success(request, said, extra_tags=reverse("mailbox_itself_back", args=[pk, was]))
    return redirect("mailbox", pk)


@require_POST
@members_only
def undone(request: MemberRequest, pk: int, was: str) -> HttpResponse:
    _set(mailbox_for(request.member, pk), SO.get(was))
    messages.success(request, _("Taken back."))
    return redirect("mailbox", pk)


def _set(box: Mailbox, so: bool | None) -> None:  # noqa: FBT001 - three ways
    box.canary = so
    box.save(update_fields=["canary"])
