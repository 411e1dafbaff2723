"""The two pages of the mailboxes: all of them, and one by itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from followthrough.ledger import clock, keeping
from followthrough.ledger import mailboxes as books
from followthrough.ledger.models import Mailbox
from followthrough.ledger.models.mailboxes import BY_TOKEN
from followthrough.web.gate import MemberRequest
from followthrough.web.mailboxes import providers, services, shown
from followthrough.web.mailboxes.forms import KeeperForm, MailboxForm, PasswordForm, ServersForm

Context = dict[str, Any]


def list_page(
    request: MemberRequest,
    form: MailboxForm,
    servers: ServersForm | None = None,
    *,
    status: int = 200,
    asked: str = "",
) -> HttpResponse:
    """`asked` is why the servers are asked for."""
    found = books.of_member(request.member)
    context = {
        "boxes": shown.lines_of(found, request.member, clock.now()),
        "form": form, "servers": servers, "asked": asked,
        "doors": providers.doors_of(request.member.workspace),
    }  # fmt: skip
    if request.member.administers:
        context["providers"] = providers.lines_of(request.member.workspace)
    return page(request, "mailboxes/mailboxes.html", context, status=status)


def one_page(
    request: MemberRequest, box: Mailbox, form: PasswordForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form, **shown.page_of(box, request.member, clock.now()),
        "aliases": keeping.aliases_of(box),
        "door": providers.door_of(box), "by_token": box.sign_in == BY_TOKEN,
    }  # fmt: skip
    if box.shared and request.member.manages:
        initial = {"whose": box.member_id}
        context["keeper"] = KeeperForm(initial=initial, member=request.member)
    context |= services.told_of(request, box)
    return page(request, "mailboxes/mailbox.html", context, status=status)


def page(
    request: MemberRequest, template: str, context: Context, *, status: int = 200
) -> HttpResponse:
    whole = {"here": "settings", "tab": "mailboxes", "may": True, "page": "mailboxes", **context}
    response = render(request, template, whole, status=status)
    response["Cache-Control"] = "no-store"  # a password that was typed may stand on it
    return response
