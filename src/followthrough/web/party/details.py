"""Names, numbers and notes: ordinary things, edited in place."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from followthrough.ledger.models import Party
from followthrough.ledger.parties import Known, add_addresses, make_own, speaker_of
from followthrough.ledger.search import make_findable
from followthrough.web.form import PlainForm


class DetailsForm(PlainForm):
    """What is known of somebody. A mail address that is another's is refused with
    their name; a number may be shared."""

    name = forms.CharField(max_length=200, label="Name")
    company = forms.CharField(max_length=200, required=False, label="Company")
    email = forms.CharField(max_length=254, required=False, label="Another mail address")
    phone = forms.CharField(max_length=60, required=False, label="Another number")
    about = forms.CharField(
        required=False, max_length=4000, label="Good to know before the next call",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, party: Party) -> None:
        self.party = party
        known = {"name": party.name, "company": party.company, "about": party.about}
        super().__init__(data, initial=known)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip()
        if email:
            try:
                validate_email(email)
            except ValidationError as wrong:
                raise ValidationError(
                    "That is not a whole mail address: name@firm.example"
                ) from wrong
            self._nobody_elses(Known(emails=(email,)))
        return email

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and sum(letter.isdigit() for letter in phone) < 4:
            raise ValidationError("Write the number with its digits, such as +49 89 1234567.")
        return phone

    def _nobody_elses(self, known: Known) -> None:
        other = speaker_of(self.party.workspace, known)
        if other and other.pk != self.party.pk:
            raise ValidationError(f"That belongs to {other.name} already.")

    def keep(self, *, at: datetime) -> None:
        kept, party = self.cleaned_data, self.party
        party.name, party.company, party.about = kept["name"], kept["company"], kept["about"]
        party.save(update_fields=["name", "company", "about"])
        make_own(party)  # from now on they are somebody's work, and no import's alone
        emails, phones = kept["email"], kept["phone"]
        make_findable([party])
        add_addresses(
            party,
            Known(emails=(emails,) if emails else (), phones=(phones,) if phones else ()),
            at=at,
        )
