"""How mail leaves from a mailbox: the name that others see, the signature, and whether in HTML."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger.models import Mailbox
from followthrough.ledger.opening import mailbox_for
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened, signed

SALT = "followthrough.outgoing"
FIELDS = ("name", "signature", "html")


class OutgoingForm(PlainForm):
    name = forms.CharField(
        label=later("The name that they see"), max_length=120, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    signature = forms.CharField(
        label=later("Signature"), max_length=2000, required=False,
        help_text=later("It stands below each mail that leaves from here."),
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    html = forms.BooleanField(
        label=later("The words in HTML, too"), required=False,
        help_text=later("Plain text is what people write to each other, and arrives best."),
        widget=forms.CheckboxInput({"class": "tick"}),
    )  # fmt: skip


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def outgoing(request: MemberRequest, pk: int) -> HttpResponse:
    box = mailbox_for(request.member, pk)
    before = {name: getattr(box, name) for name in FIELDS}
    form = OutgoingForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        _keep(box, form.cleaned_data)
        back = reverse("mailbox_outgoing_back", args=[pk, signed(before, SALT)])
        messages.success(request, _("Kept. Mail leaves like this from now on."), extra_tags=back)
        return redirect("mailbox", pk)
    context = {
        "here": "settings", "tab": "mailboxes", "may": True, "page": "mailboxes", "box": box,
        "form": form,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "mailboxes/outgoing.html", context, status=status)


@members_only
@require_POST
def back(request: MemberRequest, pk: int, token: str) -> HttpResponse:
    _keep(mailbox_for(request.member, pk), opened(token, SALT, request.member))
    messages.success(request, _("Taken back."))
    return redirect("mailbox", pk)


def _keep(box: Mailbox, values: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(box, name, values[name])
    box.save(update_fields=[*FIELDS])
