"""What a newcomer tells us."""

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth import password_validation

from followthrough.ledger.membership import Founding
from followthrough.ledger.models import User
from followthrough.web.form import PlainForm


def zones() -> list[tuple[str, str]]:
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in sorted(named))]


class PasswordForm(PlainForm):
    """A name and a new password."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="10 characters or more.",
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


class SignUpForm(PasswordForm):
    workspace = forms.CharField(label="Your company or team", max_length=120)
    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput({"autocomplete": "username"})
    )
    zone = forms.ChoiceField(label="Time zone", choices=zones, initial="Europe/London")
    country = forms.CharField(
        label="Country",
        max_length=2,
        min_length=2,
        required=False,
        help_text="Two letters, such as GB. Decides the public holidays.",
    )
    field_order = ("workspace", "name", "email", "password", "zone", "country")

    def founding(self) -> Founding:
        return Founding(**self.cleaned_data)


class JoinForm(PasswordForm):
    def __init__(self, *args: object, address: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
