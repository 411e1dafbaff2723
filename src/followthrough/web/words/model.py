"""Settings: which language model may be asked for drafts. Off until an administrator names one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.inlets.servers.chat import Asked, draft_of, host_of
from followthrough.inlets.servers.trouble import Trouble
from followthrough.ledger import clock, drafting
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import LanguageModel
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, administrators_only
from followthrough.web.tongue import tell

TRY = (("user", "Answer with the one word: ready"),)
SECONDS = 20.0


class ModelForm(PlainForm):
    address = forms.CharField(
        label=later("Its address"), max_length=300,
        help_text=later("For OpenAI-compatible programs; it often ends in /v1."),
    )  # fmt: skip
    model = forms.CharField(label=later("The name of the model"), max_length=120)
    key = forms.CharField(
        label=later("Its key"), required=False, max_length=500,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=later(
            "It is kept sealed, with a key that is not in the database. Leave it empty to keep the "
            "one that is there; a model in your own house often has none."
        ),
    )  # fmt: skip

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().rstrip("/")
        address = address if "://" in address else f"https://{address}"
        try:
            host_of(address)
        except Trouble as trouble:
            raise ValidationError(tell(trouble.said)) from trouble
        return address


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def model(request: MemberRequest) -> HttpResponse:
    """It is asked once before it is kept: so that a wrong address is known at once."""
    there = drafting.model_of(request.member.workspace)
    if request.method != "POST":
        known = {"address": there.address, "model": there.model} if there else {}
        return _page(request, ModelForm(initial=known), there)
    form = ModelForm(request.POST)
    if not form.is_valid():
        return _page(request, form, there)
    said = form.cleaned_data
    key = said["key"] or _kept_key(there, said["address"])
    try:
        asked = Asked(address=said["address"], model=said["model"], key=key, says=TRY)
        draft_of(asked, inside=settings.MODEL_INSIDE, seconds=SECONDS)
    except Trouble as trouble:
        form.add_error(None, tell(trouble.said))
        return _page(request, form, there)
    drafting.ask_from_now_on(
        request.member.workspace, address=said["address"], model=said["model"],
        secret=said["key"] or None, at=clock.now(),
    )  # fmt: skip
    off = reverse("language_model_gone")
    messages.success(
        request, _("It answers. “Draft it for me” is there from now on."), extra_tags=off
    )
    return redirect("language_model")


def _kept_key(there: LanguageModel | None, address: str) -> str:
    """Never for another address than the one that it was given for."""
    if there is None or there.address != address:
        return ""
    try:
        return drafting.secret_of(there)
    except CouldNotUnlock:
        return ""


@administrators_only
@require_POST
def gone(request: MemberRequest) -> HttpResponse:
    if there := drafting.model_of(request.member.workspace):
        drafting.stop_asking(there, at=clock.now())
        back = reverse("language_model_back")
        messages.success(request, _("It is asked no more."), extra_tags=back)
    return redirect("language_model")


@administrators_only
@require_POST
def back(request: MemberRequest) -> HttpResponse:
    if there := drafting.known_before(request.member.workspace):
        drafting.stop_asking(there, at=None)
        messages.success(request, _("Taken back."))
    return redirect("language_model")


def _page(request: MemberRequest, form: ModelForm, there: LanguageModel | None) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "settings", "tab": "model", "may": True, "page": "words", "form": form,
        "there": there,
    }  # fmt: skip
    status = 422 if form.errors else 200
    response = render(request, "words/model.html", context, status=status)
    response["Cache-Control"] = "no-store"  # a key that was typed may stand on it
    return response
