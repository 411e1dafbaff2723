"""What somebody says about a mailbox: little at first, the servers where nobody finds them."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from followthrough.inlets.servers.places import (
    PLAIN,
    STARTTLS,
    TLS,
    Server,
    Servers,
    guesses,
    providers,
)
from followthrough.ledger.models import Member
from followthrough.web.form import PlainForm
from followthrough.web.members.forms import MemberChoice

MONTHS = (1, 3, 6, 12, 24)
USUAL_MONTHS = 6
MONTH = timedelta(days=30.44)
OTHER = "other"
SECURITY = [(TLS, _("TLS")), (STARTTLS, _("STARTTLS"))]


class MailboxForm(PlainForm):
    address = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("Password, or app password"),
        max_length=500,
        strip=False,
        # Who is told what to mend need not type it again.
        widget=forms.PasswordInput({"autocomplete": "off"}, render_value=True),
        help_text=_("It is kept sealed, with a key that is not in the database."),
    )
    provider = forms.ChoiceField(label=_("Kept by"), required=False)
    months = forms.TypedChoiceField(label=_("Read what is there already"), coerce=int)

    def __init__(self, *args: Any, member: Member, by_token: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["password"].required = not by_token
        kept_by = [(one.key, one.name) for one in providers().values()]
        choice = self.fields["provider"]
        choice.choices = [  # type: ignore[attr-defined]
            ("", _("Find it by the address")), *kept_by, (OTHER, _("Another server")),
        ]  # fmt: skip
        months = self.fields["months"]
        months.initial = USUAL_MONTHS
        months.choices = [  # type: ignore[attr-defined]
            (n, ngettext("The last month", "The last {n} months", n).format(n=n)) for n in MONTHS
        ]
        if member.manages:
            self._add_sharing()

    def _add_sharing(self) -> None:
        self.fields["shared"] = forms.BooleanField(
            label=_("The team shares it, such as info@ or sales@"), required=False
        )
        self.fields["whose"] = MemberChoice(
            label=_("Who looks after it"), required=False, empty_label=_("I do"),
            widget=forms.Select({"class": "input"}),
        )  # fmt: skip
        self.fields["whose"].queryset = Member.objects.filter(  # type: ignore[attr-defined]
            workspace=self.member.workspace_id, active=True
        ).exclude(pk=self.member.pk)

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).strip().lower()

    def whose(self) -> Member:
        return self.cleaned_data.get("whose") or self.member

    def read_from(self, today: date) -> date:
        months: int = self.cleaned_data["months"]
        return today - months * MONTH


class ServersForm(PlainForm):
    """Asked where nobody finds them."""

    username = forms.CharField(
        label=_("User name"), max_length=254, required=False,
        help_text=_("Where it is not the address."),
    )  # fmt: skip
    imap_host = forms.CharField(label=_("Server for reading (IMAP)"), max_length=253)
    imap_port = forms.IntegerField(label=_("Its port"), min_value=1, max_value=65535)
    imap_security = forms.ChoiceField(label=_("Its protection"), choices=SECURITY)
    smtp_host = forms.CharField(label=_("Server for sending (SMTP)"), max_length=253)
    smtp_port = forms.IntegerField(label=_("Its port"), min_value=1, max_value=65535)
    smtp_security = forms.ChoiceField(label=_("Its protection"), choices=SECURITY)

    def __init__(self, *args: Any, inside: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if inside == "machine":
            for name in ("imap_security", "smtp_security"):
                self.fields[name].choices = [*SECURITY, (PLAIN, _("None (this machine only)"))]  # type: ignore[attr-defined]

    @staticmethod
    def guessed(address: str) -> dict[str, Any]:
        (imap, *_more), (smtp, *_others) = guesses(address)
        return as_fields(Servers(imap=imap, smtp=smtp))

    def servers(self) -> Servers:
        said = self.cleaned_data
        imap, smtp = (
            Server(
                host=said[f"{way}_host"].strip().lower(), port=said[f"{way}_port"],
                security=said[f"{way}_security"],
            )
            for way in ("imap", "smtp")
        )  # fmt: skip
        return Servers(imap=imap, smtp=smtp)


class KeeperForm(PlainForm):
    """Of a shared mailbox."""

    whose = MemberChoice(
        label=_("Who looks after it"), empty_label=None, widget=forms.Select({"class": "input"})
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].queryset = Member.objects.filter(  # type: ignore[attr-defined]
            workspace=member.workspace_id, active=True
        ).order_by("name", "pk")


class PasswordForm(PlainForm):
    password = forms.CharField(
        label=_("Password, or app password"), max_length=500, strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )  # fmt: skip


def as_fields(servers: Servers) -> dict[str, Any]:
    return {
        f"{way}_{part}": getattr(server, part)
        for way, server in (("imap", servers.imap), ("smtp", servers.smtp))
        for part in ("host", "port", "security")
    }
