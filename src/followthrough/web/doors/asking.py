"""The form that a visitor fills: its fields as the team asks for them, and what is missing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from followthrough.ledger.models import Connection
from followthrough.ledger.plain import clean
from followthrough.web.form import PlainForm

MUST, MAY, NO = "must", "may", "no"
BY_ITSELF = {"name": MUST, "email": MUST, "phone": MAY, "message": MUST}
LURE = "website"  # nobody sees it; machines fill it
LEAST_DIGITS = 4
MOST = {"name": 200, "email": 200, "phone": 60, "message": 8000, "choice": 200}


def asks_of(connection: Connection) -> dict[str, Any]:
    return BY_ITSELF | {name: how for name, how in connection.asks.items() if how}


class VisitorForm(PlainForm):
    name = forms.CharField(
        label=pgettext_lazy("of a visitor", "Your name"), max_length=MOST["name"],
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"), max_length=MOST["email"],
        error_messages={"invalid": gettext_lazy("Write a mail address such as ann@example.com.")},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Your phone number"), max_length=MOST["phone"],
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    choice = forms.ChoiceField(label="")
    message = forms.CharField(
        label=gettext_lazy("What can we do for you?"), max_length=MOST["message"],
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, connection: Connection) -> None:
        super().__init__(data)
        self.asks = asks_of(connection)
        for name in BY_ITSELF:
            how = self.asks[name]
            if how == NO:
                del self.fields[name]
            else:
                self.fields[name].required = how == MUST
                self.fields[name].error_messages["required"] = _("This is missing still.")
        self._offer_choices()

    def _offer_choices(self) -> None:
        options = [str(one) for one in self.asks.get("options", [])]
        if not options:
            del self.fields["choice"]
            return
        field: Any = self.fields["choice"]
        field.label = self.asks.get("question") or _("What is it about?")
        field.required = False
        field.choices = [("", _("Please choose")), *((one, one) for one in options)]

    def clean_phone(self) -> str:
        said = str(self.cleaned_data["phone"]).strip()
        if said and sum(letter.isdigit() for letter in said) < LEAST_DIGITS:
            raise forms.ValidationError(_("Write a number such as 089 1234567."))
        return said

    def clean(self) -> dict[str, Any]:
        """Without an address or a number nobody could answer them."""
        said = super().clean() or {}
        reach = [name for name in ("email", "phone") if name in self.fields]
        if not any(said.get(name) for name in reach) and not self.errors:
            self.add_error(reach[0], _("Write where we reach you: one of the two is enough."))
        return said

    def told(self) -> dict[str, Any]:
        """As it is stored: what they wrote, and their choice with the words it was asked in."""
        said = {name: clean(str(value)) for name, value in self.cleaned_data.items()}
        chosen = said.pop("choice", "")
        more = {str(self.fields["choice"].label): chosen} if chosen else {}
        return {name: value for name, value in said.items() if value} | {"more": more}
