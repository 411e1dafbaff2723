"""What a member chooses of how they are reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from followthrough.ledger.models import Member
from followthrough.ledger.models.members import BY_MAIL_TOO, IN_THE_MORNING, ON_THE_PAGE
from followthrough.web.form import PlainForm

WAYS = [
    (BY_MAIL_TOO, gettext_lazy("On the page, and by mail if nothing happens")),
    (ON_THE_PAGE, gettext_lazy("On the page")),
    (IN_THE_MORNING, gettext_lazy("Not during the day")),
]
OWN = ("reminds", "shows_names", "digest", "digest_at")


class RemindersForm(PlainForm):
    reminds = forms.ChoiceField(
        label=gettext_lazy("During the day"), required=False, choices=WAYS, widget=forms.RadioSelect
    )
    shows_names = forms.BooleanField(
        label=gettext_lazy("Names of people stand in the notices"), required=False
    )
    digest = forms.BooleanField(label=gettext_lazy("A mail on each working day"), required=False)
    digest_at = forms.TimeField(
        label=gettext_lazy("At"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Left empty, it comes when your working day begins."),
    )


def form_of(member: Member, data: Any = None) -> RemindersForm:
    return RemindersForm(data, initial={name: getattr(member, name) for name in OWN}, prefix="")
