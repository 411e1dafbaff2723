"""What an administrator says of a form, a shop or a telephone; and how it was, so that it can be
again."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from followthrough.ledger.models import Connection, Member
from followthrough.ledger.models.doors import FORM, OTHER
from followthrough.web.doors.asking import BY_ITSELF, MAY, MUST, NO
from followthrough.web.form import PlainForm
from followthrough.web.tokens import signed

SALT = "followthrough.connection"
KEPT = ("title", "owner_id", "origin", "opens", "asks", "intro", "thanks", "goes_to")
GONE = "gone"
MOST_OPTIONS = 20
HOW = [(MUST, _("Must be filled")), (MAY, _("May be filled")), (NO, _("Is not asked"))]
OPENS = [("enquiry", _("An enquiry")), ("complaint", _("A complaint"))]


class ConnectionForm(PlainForm):
    title = forms.CharField(label=_("What do you call it?"), max_length=120)
    owner = forms.ModelChoiceField(
        queryset=Member.objects.none(), label=_("Who looks after those who are new?"),
        empty_label=None,
    )  # fmt: skip
    origin = forms.CharField(
        label=_("Where do they come from?"), max_length=120, required=False,
        help_text=_("For example: Website, or Spring fair. It stands with each enquiry."),
    )  # fmt: skip

    def __init__(self, *args: Any, member: Member, connection: Connection, **more: Any) -> None:
        self.connection = connection
        super().__init__(*args, initial=self.initial_of(connection, member), **more)
        team = Member.objects.filter(workspace=member.workspace_id, active=True)
        owner: Any = self.fields["owner"]
        owner.queryset = team.order_by("name", "pk")

    def initial_of(self, connection: Connection, member: Member) -> dict[str, Any]:
        return {
            "title": connection.title, "origin": connection.origin,
            "owner": connection.owner_id or member.pk,
        }  # fmt: skip

    def fill(self) -> None:
        """Sets what was said; the caller saves."""
        for name, value in self.cleaned_data.items():
            setattr(self.connection, name, value)


class SignedForm(ConnectionForm):
    """Of what the other side signs with: a new secret, or left empty the one that is there."""

    secret = forms.CharField(
        label=_("The secret that they sign with"), max_length=200, required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("It is kept sealed, and not shown again. Left empty, nothing changes."),
    )  # fmt: skip

    def fill(self) -> None:
        self.said = self.cleaned_data.pop("secret", "").strip()
        super().fill()


class WebForm(ConnectionForm):
    intro = forms.CharField(
        label=_("A sentence above it"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    name = forms.ChoiceField(label=_("Their name"), choices=HOW)
    email = forms.ChoiceField(label=_("Their mail address"), choices=HOW)
    phone = forms.ChoiceField(label=_("Their phone number"), choices=HOW)
    message = forms.ChoiceField(label=_("What they write"), choices=HOW)
    question = forms.CharField(label=_("A question of your own"), max_length=120, required=False)
    options = forms.CharField(
        label=_("Its answers, one on each line"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    opens = forms.ChoiceField(label=_("What does it open?"), choices=OPENS)
    thanks = forms.CharField(
        label=_("Words of thanks"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    goes_to = forms.CharField(
        label=_("Or a page of yours that they see then"), max_length=500, required=False,
        help_text=_("For example: https://example.com/thanks"),
    )  # fmt: skip
    field_order = ("title", "intro", "owner", "origin", "opens")

    def initial_of(self, connection: Connection, member: Member) -> dict[str, Any]:
        asks = BY_ITSELF | connection.asks
        plain = {
            name: getattr(connection, name) for name in ("intro", "opens", "thanks", "goes_to")
        }
        own = {"options": "\n".join(asks.get("options", [])), "question": asks.get("question", "")}
        hows = {name: asks[name] for name in BY_ITSELF}
        return super().initial_of(connection, member) | plain | hows | own

    def clean_options(self) -> list[str]:
        lines = [line.strip()[:120] for line in str(self.cleaned_data["options"]).splitlines()]
        return list(dict.fromkeys(filter(None, lines)))[:MOST_OPTIONS]

    def clean_goes_to(self) -> str:
        link = str(self.cleaned_data["goes_to"]).strip()
        try:
            if link:
                URLValidator(schemes=["http", "https"])(link)
        except forms.ValidationError as wrong:
            said = _("Write a link such as https://example.com/page, or leave it empty.")
            raise forms.ValidationError(said) from wrong
        return link

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("email") == NO and said.get("phone") == NO:
            self.add_error("phone", _("Ask for one of the two, or nobody could answer them."))
        return said

    def fill(self) -> None:
        said = self.cleaned_data
        names = (*BY_ITSELF, "question", "options")
        self.connection.asks = {name: said.pop(name) for name in names}
        super().fill()


def form_class(kind: str) -> type[ConnectionForm]:
    return WebForm if kind == FORM else ConnectionForm if kind == OTHER else SignedForm


def standing(connection: Connection) -> dict[str, Any]:
    return {name: getattr(connection, name) for name in KEPT} | {
        GONE: connection.removed_at is not None
    }


def as_before_address(connection: Connection, was: dict[str, Any]) -> str:
    """Where a POST makes it as it was, in what still is as it stands now."""
    told = {"pk": connection.pk, "was": was, "ours": standing(connection)}
    return reverse("connection_as_before", args=[signed(told, SALT)])
