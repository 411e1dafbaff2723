"""Names, numbers and notes: ordinary things, edited in place."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.ledger.balance import balance
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address
from followthrough.ledger.parties import Known, add_addresses, make_own, speaker_of
from followthrough.ledger.person import PersonPage
from followthrough.ledger.search import make_findable
from followthrough.web.form import PlainForm

OF_PARTY = ("name", "company", "about", "zone")


class DetailsForm(PlainForm):
    """What is known of somebody. A mail address that is another's is refused with
    their name; a number may be shared."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Name"))
    role = forms.CharField(max_length=120, required=False, label=gettext_lazy("What they do there"))
    company = forms.CharField(max_length=200, required=False, label=gettext_lazy("Company"))
    email = forms.CharField(
        max_length=254, required=False, label=gettext_lazy("Another mail address")
    )
    phone = forms.CharField(max_length=60, required=False, label=gettext_lazy("Another number"))
    zone = forms.CharField(
        max_length=64, required=False, label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Where their clock is not yours: Europe/Lisbon, America/New_York."),
    )  # fmt: skip
    about = forms.CharField(
        required=False, max_length=4000,
        label=gettext_lazy("What they said about themselves, and what is good to know first"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, page: PersonPage) -> None:
        self.page, self.party = page, page.party
        self.was = {name: getattr(page.party, name) for name in OF_PARTY}
        self.was["role"] = page.people[0].role if page.people else ""
        super().__init__(data, initial=self.was)

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip().replace(" ", "_")
        if zone and zone not in available_timezones():
            raise ValidationError(_("Write it as a city of its zone: Europe/Lisbon."))
        return zone

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip()
        if email:
            try:
                validate_email(email)
            except ValidationError as wrong:
                raise ValidationError(
                    _("That is not a whole mail address: name@firm.example")
                ) from wrong
            self._nobody_elses(Known(emails=(email,)))
        return email

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and sum(letter.isdigit() for letter in phone) < 4:
            raise ValidationError(_("Write the number with its digits, such as +49 89 1234567."))
        return phone

    def _nobody_elses(self, known: Known) -> None:
        other = speaker_of(self.party.workspace, known)
        if other and other.pk != self.party.pk:
            raise ValidationError(_("That belongs to {name} already.").format(name=other.name))

    def keep(self, *, at: datetime) -> dict[str, Any]:
        """What it was before, so that it can be so again."""
        kept, party = self.cleaned_data, self.party
        for name in OF_PARTY:
            setattr(party, name, kept[name])
        party.save(update_fields=[*OF_PARTY])
        make_own(party)  # from now on they are somebody's work, and no import's alone
        self._keep_role(kept["role"])
        emails, phones = kept["email"], kept["phone"]
        make_findable([party])
        had = {one.pk for one in self.page.addresses}
        known = Known(emails=(emails,) if emails else (), phones=(phones,) if phones else ())
        add_addresses(party, known, at=at)
        if kept["zone"] != self.was["zone"]:  # their clock decides when a call is polite
            balance(lock({party.pk}).values(), at=at)
        now = Address.objects.filter(workspace=party.workspace_id, party=party)
        return self.was | {"added": sorted(set(now.values_list("pk", flat=True)) - had)}

    def _keep_role(self, role: str) -> None:
        if role == self.was["role"]:
            return
        if self.page.people:
            person = self.page.people[0]
            person.role = role
            person.save(update_fields=["role"])
        else:
            self.party.people.create(
                workspace=self.party.workspace, name=self.party.name, role=role
            )
