"""A mailbox that only sends, by a service: added with its key, and the key changed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.channels.email.services import SERVICES
from followthrough.ledger import clock, hooks
from followthrough.ledger import mailboxes as books
from followthrough.ledger.models import Mailbox, Member
from followthrough.ledger.models.mailboxes import BY_KEY
from followthrough.ledger.opening import mailbox_for
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, administrators_only
from followthrough.web.mailboxes.pages import page
from followthrough.web.members.forms import MemberChoice
from followthrough.web.tongue import tell


class ServiceForm(PlainForm):
    address = forms.EmailField(label=gettext_lazy("It sends as"), max_length=254)
    service = forms.ChoiceField(
        label=gettext_lazy("Service"), choices=[(key, one.name) for key, one in SERVICES.items()]
    )
    key = forms.CharField(
        label=gettext_lazy("Its key (API key, server token)"), max_length=500,
        widget=forms.PasswordInput({"autocomplete": "off"}, render_value=True),
        help_text=gettext_lazy("It is kept sealed, with a key that is not in the database."),
    )  # fmt: skip
    signs = forms.CharField(
        label=gettext_lazy("Its signing key for webhooks"), max_length=500, required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}, render_value=True),
        help_text=gettext_lazy("Mailgun only: it signs what it tells with this one."),
    )  # fmt: skip
    whose = MemberChoice(
        label=gettext_lazy("Who looks after it"), required=False,
        empty_label=gettext_lazy("I do"), widget=forms.Select({"class": "input"}),
    )  # fmt: skip

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].queryset = Member.objects.filter(  # type: ignore[attr-defined]
            workspace=member.workspace_id, active=True
        ).exclude(pk=member.pk)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        service = SERVICES.get(said.get("service", ""))
        if service and service.signs and not said.get("signs"):
            self.add_error("signs", _("Without it nothing that the service tells can be believed."))
        return said


class KeyForm(PlainForm):
    key = ServiceForm.base_fields["key"]


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new(request: MemberRequest) -> HttpResponse:
    told = request.POST if request.method == "POST" else None
    form = ServiceForm(told, member=request.member)
    if form.is_valid():
        try:
            made = _connected(request.member, form.cleaned_data)
        except books.AlreadyConnected as why:
            form.add_error("address", tell(why.args[0]))
        else:
            off = reverse("mailbox_removed", args=[made.pk])
            said = _("It is there. Tell the service the address below, so that bounces are heard.")
            messages.success(request, said, extra_tags=off)
            return redirect("mailbox", made.pk)
    status = 422 if told is not None else 200
    return page(request, "mailboxes/service.html", {"form": form}, status=status)


def _connected(member: Member, said: dict[str, Any]) -> Mailbox:
    """Shared: whoever writes may write from it."""
    made = books.connect(
        said["whose"] or member, said["key"], at=clock.now(), address=said["address"],
        username=said["address"], shared=True, provider=said["service"], sign_in=BY_KEY,
        imap_host="", smtp_host="",
    )  # fmt: skip
    hooks.open_hook(made, said["signs"] if SERVICES[said["service"]].signs else "")
    return made


@require_POST
@administrators_only
def key(request: MemberRequest, pk: int) -> HttpResponse:
    """Another key: what waited leaves with it."""
    box = mailbox_for(request.member, pk)
    if box.sign_in != BY_KEY:
        raise Http404
    form = KeyForm(request.POST)
    if form.is_valid():
        books.change_secret(box, form.cleaned_data["key"])
        messages.success(request, _("The new key is kept."))
    else:
        messages.error(request, _("Type the key."))
    return redirect("mailbox", pk)
