"""What an administrator says about a member."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from followthrough.ledger.models import Member
from followthrough.ledger.models.members import ADMINISTRATOR, MANAGER, MEMBER
from followthrough.web.form import PlainForm

ROLE_WORDS = [
    (MEMBER, _("Member: own people and promises")),
    (MANAGER, _("Manager: sees and shares the team's load")),
    (ADMINISTRATOR, _("Administrator: also invites and changes settings")),
]


class InvitationForm(PlainForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_WORDS)


class RoleForm(PlainForm):
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_WORDS)


class LineForm(PlainForm):
    line = forms.CharField(
        label=_("Line of business"),
        max_length=80,
        required=False,
        help_text=_("Enquiries about it come to this member. For example: Franchises."),
    )


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among members of one's own team, each by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Member.objects.none(), **kwargs)


def away_of(member: Member) -> dict[str, Any]:
    """The absence that stands, as the form begins with it."""
    return {
        "first": member.away_from, "last": member.away_until, "stand_in": member.stand_in_id,
        "plans_wait": "yes" if member.plans_wait else "",
    }  # fmt: skip


class AbsenceForm(PlainForm):
    first = forms.DateField(label=_("First day away"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Last day away"), widget=forms.DateInput({"type": "date"}))
    stand_in = MemberChoice(label=_("Who stands in?"), empty_label=_("Choose a colleague"))
    plans_wait = forms.ChoiceField(
        label=_("Mails of sequences that leave by themselves"),
        choices=[("", _("Leave in the name of whoever stands in")), ("yes", _("Wait until then"))],
        required=False,
    )

    def clean_plans_wait(self) -> bool:
        return bool(self.cleaned_data["plans_wait"])

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = Member.objects.filter(  # type: ignore[attr-defined]
            workspace=member.workspace_id, active=True
        ).exclude(pk=member.pk)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("The last day comes before the first."))
        return said


class DepartureForm(PlainForm):
    to = MemberChoice(label=_("Give them all to"))

    def __init__(self, *args: Any, successors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = successors  # type: ignore[attr-defined]
