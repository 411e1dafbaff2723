"""What a newcomer tells us."""

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from followthrough.ledger.membership import Founding
from followthrough.ledger.models import User
from followthrough.web.form import PlainForm
from followthrough.web.settings import places


class PasswordForm(PlainForm):
    """A name and a new password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("10 characters or more."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    address = ""

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if password := said.get("password"):
            user = User(email=str(said.get("email") or self.address))
            try:
                password_validation.validate_password(password, user)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return said


NOWHERE = "-"


def _countries() -> places.Choices:
    [(_empty, none), *others] = places.country_choices()
    return [("", gettext("The country of your time zone")), (NOWHERE, none), *others]


class SignUpForm(PasswordForm):
    workspace = forms.CharField(label=_("Your company or team"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput({"autocomplete": "username"})
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=places.zone_choices, initial="Europe/London"
    )
    country = forms.ChoiceField(label=_("Public holidays of"), required=False, choices=_countries)
    field_order = ("workspace", "name", "email", "password", "zone", "country")

    def founding(self) -> Founding:
        """Whoever chose no country is taken for one of the zone's; the settings change it."""
        said = self.cleaned_data
        guessed = said["country"] or places.country_of(said["zone"])
        return Founding(**said | {"country": guessed if guessed != NOWHERE else ""})


class JoinForm(PasswordForm):
    def __init__(self, *args: object, address: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
