"""We met: what they want to reach, their part, what they answer for and what they stand for."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from followthrough.core.facts import Met
from followthrough.ledger import clock
from followthrough.ledger.details import AT_A_MEETING, of_party
from followthrough.ledger.models import Detail, Party
from followthrough.ledger.names import fact_name
from followthrough.ledger.opening import party_for
from followthrough.ledger.record import record
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import HEARD, source_of
from followthrough.web.party.known import KINDS, LONGEST
from followthrough.web.undo import undo_address

MOST_LINES = 12


class MeetingForm(PlainForm):
    """A line each; what is known already stands beside the field."""

    note = forms.CharField(
        max_length=20_000, required=False, label=gettext_lazy("What happened"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, known: list[Detail]) -> None:
        super().__init__(data)
        for kind in AT_A_MEETING:
            said = [one.text for one in known if one.kind == kind]
            self.fields[kind] = forms.CharField(
                max_length=MOST_LINES * LONGEST, required=False, label=KINDS[kind],
                widget=forms.Textarea(attrs={"rows": 2, "class": "input"}),
                help_text=_("Known so far: {what}").format(what="; ".join(said)) if said
                else _("A line for each. Nothing is known yet."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for kind in AT_A_MEETING:
            lines = lines_of(kept.get(kind, ""))
            if len(lines) > MOST_LINES or any(len(line) > LONGEST for line in lines):
                self.add_error(kind, _("Say it in a few short lines."))
        if not self.errors and not any(kept.values()):
            raise forms.ValidationError(_("Write a few words first: what was said?"))
        return kept


def lines_of(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip(" -•") for line in text.splitlines() if line.strip(" -•")))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: MemberRequest, pk: int) -> HttpResponse:
    """One meeting, with all that was told in it; it is taken back as one."""
    party = party_for(request.member, pk)
    form = MeetingForm(request.POST or None, known=of_party(party))
    if request.method == "POST" and form.is_valid():
        return _keep(request, party, form)
    context = {"form": form, "party": party, "here": "people", "token": str(uuid4())}
    return render(request, "party/meeting.html", context, status=422 if form.is_bound else 200)


def _keep(request: MemberRequest, party: Party, form: MeetingForm) -> HttpResponse:
    now, kept = clock.now(), form.cleaned_data
    token = request.POST.get("token", "")[:60] or str(uuid4())
    source = source_of(request, "meeting", token)
    with transaction.atomic():
        met = Met(at=now, by=str(request.member.pk))
        news = record(party, met, source=source, at=now, words=[("", kept["note"])])
        if news:
            Detail.objects.bulk_create(
                Detail(
                    workspace=party.workspace, party=party, kind=kind, text=line, said_at=now,
                    by=request.member, fact=fact_name(source, Met.__name__),
                )
                for kind in AT_A_MEETING for line in lines_of(kept[kind])
            )  # fmt: skip
    tell = messages.success if news else messages.info
    said = _("Kept. It stands first before the next word.") if news else HEARD
    tell(request, said, extra_tags=undo_address(party, source))
    return redirect("person", party.pk)
