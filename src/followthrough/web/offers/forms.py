"""What is said when an offer is made; and what somebody writes on its page."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from followthrough.ledger.offers import Terms
from followthrough.ledger.parties import Known
from followthrough.ledger.plain import clean
from followthrough.web.form import PlainForm

LONGEST = 366  # days ahead; what never ends is no offer with an end


class LastDayForm(PlainForm):
    last = forms.DateField(
        label=gettext_lazy("Its last day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the last day. It ends at midnight, in their zone."),
            "invalid": gettext_lazy("Choose a day, such as 2026-12-06."),
        },
        help_text=gettext_lazy("It ends at midnight, where they are."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        self.today = today
        super().__init__(*args, **more)
        self.fields["last"].widget.attrs["min"] = today.isoformat()

    def clean_last(self) -> date:
        last: date = self.cleaned_data["last"]
        if last < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or a later one."))
        if (last - self.today).days > LONGEST:
            raise forms.ValidationError(_("That is more than a year ahead: choose an earlier day."))
        return last


class OfferForm(LastDayForm):
    title = forms.CharField(
        max_length=200, label=gettext_lazy("What do you offer?"),
        error_messages={"required": gettext_lazy("Say what it is: they read this first.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    terms = forms.CharField(
        max_length=2000, required=False, label=gettext_lazy("At what price, or with what benefit?"),
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    more = forms.CharField(
        max_length=500, required=False, label=gettext_lazy("A page that tells more"),
        help_text=gettext_lazy("For example: https://example.com/awnings"),
    )  # fmt: skip
    private = forms.BooleanField(
        required=False, label=gettext_lazy("For them only: whoever else opens it is asked to ask"),
        widget=forms.CheckboxInput({"class": "tick"}),
    )  # fmt: skip

    field_order = ("title", "terms", "last", "more", "private")

    def clean_more(self) -> str:
        return web_address(self.cleaned_data["more"])

    def as_terms(self, matter: str) -> Terms:
        said = self.cleaned_data
        return Terms(
            title=clean(said["title"]), last=said["last"], terms=clean(said["terms"]),
            more=clean(said["more"]), private=said["private"], matter=matter,
        )  # fmt: skip


def web_address(said: str) -> str:
    """As somebody types it, with https where they left that out; "" stays empty."""
    link = said.strip()
    link = link if not link or "://" in link else f"https://{link}"
    try:
        if link:
            URLValidator(schemes=["http", "https"])(link)
    except forms.ValidationError as wrong:
        said = _("Write a link such as https://example.com/page, or leave it empty.")
        raise forms.ValidationError(said) from wrong
    return link


class QuestionForm(PlainForm):
    """Whose link it is need say only what they want to know."""

    message = forms.CharField(
        max_length=8000, label=gettext_lazy("What would you like to know?"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write your question first.")},
    )  # fmt: skip


class StrangerForm(QuestionForm):
    """Somebody to whom it was passed on says who they are, too."""

    name = forms.CharField(
        label=pgettext_lazy("of a visitor", "Your name"), max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("This is missing still.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"), max_length=200,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("This is missing still."),
            "invalid": gettext_lazy("Write a mail address such as ann@example.com."),
        },
    )  # fmt: skip
    field_order = ("name", "email", "message")

    def who(self) -> Known:
        email = clean(self.cleaned_data["email"])
        return Known(name=clean(self.cleaned_data["name"]), emails=(email,))
