"""What an administrator says about a member."""

from typing import Any

from django import forms

from followthrough.ledger.models import Member
from followthrough.ledger.models.members import ADMINISTRATOR, MANAGER, MEMBER
from followthrough.web.form import PlainForm

ROLE_WORDS = [
    (MEMBER, "Member: own people and promises"),
    (MANAGER, "Manager: sees and shares the team's load"),
    (ADMINISTRATOR, "Administrator: also invites and changes settings"),
]


class InvitationForm(PlainForm):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address")
    role = forms.ChoiceField(label="Role", choices=ROLE_WORDS)


class RoleForm(PlainForm):
    role = forms.ChoiceField(label="Role", choices=ROLE_WORDS)


class LineForm(PlainForm):
    line = forms.CharField(
        label="Line of business",
        max_length=80,
        required=False,
        help_text="Enquiries about it come to this member. For example: Franchises.",
    )


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among members of one's own team, each by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Member.objects.none(), **kwargs)


class AbsenceForm(PlainForm):
    first = forms.DateField(label="First day away", widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label="Last day away", widget=forms.DateInput({"type": "date"}))
    stand_in = MemberChoice(label="Who stands in?")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = Member.objects.filter(  # type: ignore[attr-defined]
            workspace=member.workspace_id, active=True
        ).exclude(pk=member.pk)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", "The last day comes before the first.")
        return said


class DepartureForm(PlainForm):
    to = MemberChoice(label="Give them all to")

    def __init__(self, *args: Any, successors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = successors  # type: ignore[attr-defined]
