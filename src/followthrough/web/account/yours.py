"""What each says of themselves: name, language, zone, look."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.ledger.models import Member
from followthrough.web.form import PlainForm
from followthrough.web.offers.forms import web_address
from followthrough.web.settings import places

THEMES = [
    ("", gettext_lazy("As my device")),
    ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
]
OWN = ("name", "zone", "language", "theme", "line", "booking")


class ProfileForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: places.language_choices(_("As the team")),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices=lambda: [("", _("As the team")), *places.zone_choices()],
        help_text=gettext_lazy("Your working hours run in it."),
    )
    line = forms.CharField(
        label=gettext_lazy("What you look after"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Enquiries about it come to you. For example: Franchises."),
    )
    booking = forms.CharField(
        label=gettext_lazy("Where people take a time with you"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "The address of your own booking page, for example https://example.com/bob. Your "
            "mails can hold it."
        ),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Look"), required=False, choices=THEMES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, initial=own_of(member), **kwargs)
        # Where enquiries go is for administrators to say; everybody sees it.
        self.fields["line"].disabled = not member.administers

    def clean_booking(self) -> str:
        return web_address(self.cleaned_data["booking"])


def own_of(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in OWN}
