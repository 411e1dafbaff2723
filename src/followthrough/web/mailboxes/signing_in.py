"""Signing in at a provider's own page, and back: a mailbox is connected, or opened anew."""

import secrets
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from followthrough.inlets.servers.passes import client_for
from followthrough.inlets.servers.sign_in import Going, Tokens, first_tokens, new_verifier, page_of
from followthrough.inlets.servers.trial import Login, problems_with
from followthrough.inlets.servers.trouble import Trouble
from followthrough.ledger import clock, sign_ins
from followthrough.ledger import mailboxes as books
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import Mailbox, SignInClient
from followthrough.ledger.models.mailboxes import BY_KEY, BY_TOKEN
from followthrough.ledger.opening import colleague_for, mailbox_for
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.mailboxes.forms import MailboxForm, as_fields
from followthrough.web.mailboxes.pages import list_page, page
from followthrough.web.mailboxes.providers import name_of, servers_at
from followthrough.web.mailboxes.trials import problems_by, too_many
from followthrough.web.tongue import tell

ON_THE_WAY = "mailbox_sign_in"  # the place in the session
STRAY = "stray"


def begin_new(request: MemberRequest, form: MailboxForm, provider: str) -> HttpResponse:
    client = _client(request, provider)
    rows = books.of_member(request.member).exclude(sign_in=BY_KEY)
    if rows.filter(address=form.cleaned_data["address"]).exists():
        form.add_error("address", tell(books.ALREADY_THERE))
        return list_page(request, form, status=422)
    wishes = {
        "address": form.cleaned_data["address"], "whose": form.whose().pk,
        "shared": bool(form.cleaned_data.get("shared")),
        "read_from": form.read_from(clock.now().date()).isoformat(),
    }  # fmt: skip
    return _go(request, client, wishes)


@require_POST
@members_only
def again(request: MemberRequest, pk: int) -> HttpResponse:
    box = mailbox_for(request.member, pk)
    wishes = {"address": box.username, "mailbox": box.pk}
    return _go(request, _client(request, box.provider), wishes)


def _client(request: MemberRequest, provider: str) -> SignInClient:
    client = sign_ins.client_of(request.member.workspace, provider)
    if client is None:
        raise Http404(_("This sign-in is not set up."))
    return client


def _go(request: MemberRequest, client: SignInClient, wishes: dict[str, Any]) -> HttpResponse:
    """A page of ours says where they are about to go: a form may not lead to another site."""
    going = Going(
        state=secrets.token_urlsafe(24), verifier=new_verifier(), back=back_address(request)
    )
    request.session[ON_THE_WAY] = {**asdict(going), **wishes, "provider": client.provider}
    try:
        there = page_of(client_for(client), going, wishes["address"])
    except CouldNotUnlock:
        messages.error(request, _key_changed())
        return redirect("mailboxes")
    context = {
        "there": there,
        "address": wishes["address"],
        "name": name_of(client.provider, client),
    }
    return page(request, "mailboxes/going.html", context)


def back_address(request: MemberRequest) -> str:
    """What the provider has to know; it is where we are found, if that was said."""
    site = settings.SITE.geturl().rstrip("/")
    there = reverse("mailbox_signed_in")
    return f"{site}{there}" if site else request.build_absolute_uri(there)


@require_GET
@members_only
def signed_in(request: MemberRequest) -> HttpResponse:
    """They come back, with what fetches the tokens; or with why not. Each way is gone once."""
    wishes: dict[str, Any] = request.session.pop(ON_THE_WAY, {})
    state = request.GET.get("state", "")
    if not wishes or not constant_time_compare(state, wishes["state"]):
        messages.error(request, _("That sign-in was not begun here, or is over. Begin it again."))
        return redirect("mailboxes")
    if "code" not in request.GET:
        messages.error(request, _("The sign-in was not finished there. Nothing was changed."))
        return _back(wishes)
    if wait := too_many(request):
        messages.error(request, wait)
        return _back(wishes)
    try:
        return _open(request, wishes)
    except Trouble as why:
        messages.error(request, tell(why.said))
    except CouldNotUnlock:
        messages.error(request, _key_changed())
    except books.AlreadyConnected as why:
        messages.error(request, tell(why.args[0]))
    return _back(wishes)


def _open(request: MemberRequest, wishes: dict[str, Any]) -> HttpResponse:
    client = _client(request, wishes["provider"])
    going = Going(state=wishes["state"], verifier=wishes["verifier"], back=wishes["back"])
    code = request.GET["code"]
    tokens = first_tokens(client_for(client), going, code, inside=settings.MAIL_INSIDE)
    if "mailbox" in wishes:
        return _open_again(request, mailbox_for(request.member, wishes["mailbox"]), tokens)
    return _open_new(request, wishes, client, tokens)


def _open_again(request: MemberRequest, box: Mailbox, tokens: Tokens) -> HttpResponse:
    problems = problems_by(box, tokens.access, by_token=True)
    for one in problems:
        messages.error(request, tell(one))
    if not problems:
        now = clock.now()
        until = now + timedelta(seconds=tokens.seconds)
        sign_ins.signed_in_again(box, tokens.access, tokens.refresh, until=until, at=now)
        messages.success(request, _("Signed in. It is read and can send again."))
    return redirect("mailbox", box.pk)


def _open_new(
    request: MemberRequest, wishes: dict[str, Any], client: SignInClient, tokens: Tokens
) -> HttpResponse:
    servers, address, now = servers_at(client), wishes["address"], clock.now()
    login = Login(name=address, password=tokens.access, inside=settings.MAIL_INSIDE, by_token=True)
    if problems := problems_with(servers, login, None):
        for one in problems:
            messages.error(request, tell(one))
        return redirect("mailboxes")
    made = books.connect(
        colleague_for(request.member, wishes["whose"]), tokens.refresh, at=now, address=address,
        username=address, shared=wishes["shared"], provider=client.provider, sign_in=BY_TOKEN,
        read_from=date.fromisoformat(wishes["read_from"]), **as_fields(servers),
    )  # fmt: skip
    until = now + timedelta(seconds=tokens.seconds)
    sign_ins.keep_tokens(made, tokens.access, "", until=until, at=now)
    off = reverse("mailbox_removed", args=[made.pk])
    messages.success(request, _("Connected. It is read from now on."), extra_tags=off)
    return redirect("mailbox", made.pk)


def _back(wishes: dict[str, Any]) -> HttpResponse:
    return redirect("mailbox", wishes["mailbox"]) if "mailbox" in wishes else redirect("mailboxes")


def _key_changed() -> str:
    return _("The server’s key was changed. An administrator has to type the client’s secret anew.")
