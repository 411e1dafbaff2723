"""The library's forms at the door, in our words and without a label said twice."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django.utils.translation import gettext as _


def say(form: Any, **labels: str) -> None:
    """The fields of these names get these labels; none keeps its placeholder."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)


class SignIn(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, login=_("Your e-mail address"), password=_("Password"))


class SureItIsYou(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, password=_("Password"))


class NewPassword(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ""
        say(
            self, oldpassword=_("The one you have"), password1=_("The new one"),
            password2=_("The new one again"),
        )  # fmt: skip


class Forgotten(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, email=_("Your e-mail address"))


class AnotherPassword(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ""
        say(self, password1=_("The new one"), password2=_("The new one again"))


class SixFigures(second_step.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=_("Figures or recovery code"))


class TurnOnApp(app.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=_("The six figures"))


class AddPasskey(passkeys.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, name=_("Name"), passwordless=_("It opens the door alone"))
        if alone := self.fields.get("passwordless"):
            alone.initial = True
            alone.help_text = _(
                "You need no password then: your device asks for your finger, your face or its own "
                "code."
            )
