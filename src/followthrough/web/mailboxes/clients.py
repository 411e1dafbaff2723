"""What a provider calls us: an administrator types it once, and members sign in at its own page."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.inlets.servers.places import SignInPages, providers
from followthrough.ledger import clock, sign_ins
from followthrough.ledger.models import SignInClient
from followthrough.ledger.models.mailboxes import OWN_PROVIDER
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, administrators_only
from followthrough.web.mailboxes.forms import ServersForm, as_fields
from followthrough.web.mailboxes.pages import page
from followthrough.web.mailboxes.providers import WHERE, keys, name_of
from followthrough.web.mailboxes.signing_in import back_address
from followthrough.web.tokens import opened, signed

SALT = "followthrough.sign_in_client"
KEPT = ("name", "client_id", "secret", "authorize_at", "token_at", "scopes", "servers")


class ClientForm(PlainForm):
    """`own`: a provider that nobody knows here also says what it is called."""

    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=80)
    client_id = forms.CharField(
        label=gettext_lazy("Client id"), max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    secret = forms.CharField(
        label=gettext_lazy("Client secret"), max_length=500, required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=gettext_lazy("It is kept sealed. Left empty, the one that is kept stays."),
    )  # fmt: skip
    authorize_at = forms.URLField(
        label=gettext_lazy("Where one signs in"), max_length=500, assume_scheme="https"
    )
    token_at = forms.URLField(
        label=gettext_lazy("Where tokens are fetched"), max_length=500, assume_scheme="https"
    )
    scopes = forms.CharField(
        label=gettext_lazy("What is asked for (scopes)"), max_length=500, required=False
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own:
            del self.fields["name"]

    def clean_authorize_at(self) -> str:
        return self._protected("authorize_at")

    def clean_token_at(self) -> str:
        return self._protected("token_at")

    def _protected(self, name: str) -> str:
        said = str(self.cleaned_data[name])
        if not said.startswith("https://") and settings.MAIL_INSIDE != "machine":
            raise forms.ValidationError(_("It has to begin with https://"))
        return said


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def client(request: MemberRequest, key: str) -> HttpResponse:
    if key not in keys():
        raise Http404
    own = key == OWN_PROVIDER
    row = sign_ins.client_of(request.member.workspace, key)
    told = request.POST if request.method == "POST" else None
    form = ClientForm(told, own=own, initial=_standing(row, key))
    servers = None
    if own:
        known = row.servers if row else {}
        servers = ServersForm(told, initial=known, inside=settings.MAIL_INSIDE)
        del servers.fields["username"]
    if not form.is_valid() or (servers and not servers.is_valid()):
        context = {
            "form": form, "servers": servers, "name": name_of(key, row), "client": row, "key": key,
            "where": WHERE.get(key, ""), "back": back_address(request),
        }  # fmt: skip
        status = 422 if told is not None else 200
        return page(request, "mailboxes/client.html", context, status=status)
    was = _as_it_was(row)
    row = _keep(row or SignInClient(provider=key), form, servers, request)
    undo = reverse("sign_in_client_before", args=[signed([key, was], SALT, request.member)])
    messages.success(request, _("Kept. Members can sign in there now."), undo)
    return redirect("mailboxes")


def _standing(row: SignInClient | None, key: str) -> dict[str, Any]:
    if row:
        return {name: getattr(row, name) for name in KEPT if name not in ("secret", "servers")}
    known = providers().get(key)
    pages = (known.sign_in if known else None) or SignInPages(authorize="", token="", scopes="")
    return {"authorize_at": pages.authorize, "token_at": pages.token, "scopes": pages.scopes}


def _as_it_was(row: SignInClient | None) -> dict[str, Any] | None:
    return {name: getattr(row, name) for name in KEPT} if row else None


def _keep(
    row: SignInClient, form: ClientForm, servers: ServersForm | None, request: MemberRequest
) -> SignInClient:
    said = form.cleaned_data
    for name in ("name", "client_id", "authorize_at", "token_at", "scopes"):
        setattr(row, name, said.get(name, getattr(row, name)))
    row.workspace, row.added_at = request.member.workspace, row.added_at or clock.now()
    if said["secret"]:
        sign_ins.give_client_secret(row, said["secret"])
    if servers:
        row.servers = as_fields(servers.servers())
    row.save()
    return row


@require_POST
@administrators_only
def removal(request: MemberRequest, key: str) -> HttpResponse:
    """Mailboxes that are opened by it cannot be read until it is there again."""
    if key not in keys():
        raise Http404
    row = sign_ins.client_of(request.member.workspace, key)
    if row:
        undo = reverse(
            "sign_in_client_before", args=[signed([key, _as_it_was(row)], SALT, request.member)]
        )
        row.delete()
        messages.success(request, _("Taken away: nobody signs in there any more."), undo)
    return redirect("mailboxes")


@require_POST
@administrators_only
def as_before(request: MemberRequest, token: str) -> HttpResponse:
    key, was = opened(token, SALT, request.member)
    row = sign_ins.client_of(request.member.workspace, key)
    if was is None and row:
        row.delete()
    elif was is not None:
        row = row or SignInClient(
            workspace=request.member.workspace, provider=key, added_at=clock.now()
        )
        for name in KEPT:
            setattr(row, name, was[name])
        row.save()
    messages.success(request, _("Taken back."))
    return redirect("mailboxes")
