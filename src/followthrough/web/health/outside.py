"""The address outside that is called while all is well, named by an administrator."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.ledger import clock, pings
from followthrough.ledger.models import Member
from followthrough.web import say
from followthrough.web.form import PlainForm

NO_ADDRESS = gettext_lazy("Write it as https://hc.example.org/ping/your-key.")


class OutsideForm(PlainForm):
    address = forms.CharField(
        label=gettext_lazy("Address"), required=False, max_length=500,
        widget=forms.URLInput({"autocomplete": "off", "placeholder": "https://"}),
        help_text=gettext_lazy(
            "A service that watches programs gives you one. It tells you when it hears nothing. "
            "Left empty, nobody is called."
        ),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=gettext_lazy("Called each so many minutes"), min_value=pings.LEAST,
        max_value=pings.MOST,
    )  # fmt: skip

    def clean_address(self) -> str:
        said = str(self.cleaned_data["address"]).strip()
        allowed = ("https", "http") if settings.WEB_INSIDE else ("https",)
        try:
            parts = urlsplit(said)
            known = parts.scheme in allowed and parts.hostname and not parts.username
            known = known and (parts.port or 443) and said.isprintable() and " " not in said
        except ValueError:
            known = False
        if said and not known:
            raise forms.ValidationError(str(NO_ADDRESS))
        return said


def card_of(member: Member, form: OutsideForm | None = None) -> dict[str, Any]:
    ping = pings.of(member.workspace)
    initial = {"address": ping.address, "minutes": ping.minutes}
    return {"outside": form or OutsideForm(initial=initial), "called": _said(ping, member)}


def _said(ping: Any, member: Member) -> dict[str, str]:
    if not ping.address:
        return {}
    now, zone = clock.now(), member.own_zone()
    if ping.problem:
        text = _("It could not be called: {why}").format(why=ping.problem)
        return {"icon": "circle-alert", "tone": "honey", "text": text}
    if ping.worked_at is None:
        return {"icon": "clock", "text": _("It is about to be called.")}
    when = say.in_words(ping.worked_at, now, zone)
    return {"icon": "circle-check", "text": _("Last called {when}.").format(when=when)}
