"""A company: its people, what is open with each of them, and who comes and goes."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.facts import Moved
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Party, Person
from followthrough.ledger.opening import party_for
from followthrough.ledger.parties import Known, find_or_add, make_own, speaker_of
from followthrough.ledger.people import last_contacts, last_contacts_of_firms
from followthrough.ledger.record import record
from followthrough.ledger.search import make_findable
from followthrough.web import say
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.party.contact import last_contact
from followthrough.web.party.keeping import text_in
from followthrough.web.party.restoring import tell_done
from followthrough.web.party.show import speaking
from followthrough.web.tongue import tell

Context = dict[str, Any]
SHOWN = 50


class ColleagueForm(PlainForm):
    """Somebody else who works there."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Name"))
    role = forms.CharField(max_length=120, required=False, label=gettext_lazy("What they do there"))
    email = forms.CharField(max_length=254, required=False, label=gettext_lazy("Mail address"))
    phone = forms.CharField(max_length=60, required=False, label=gettext_lazy("Number"))

    def __init__(self, data: Any = None, *, party: Party) -> None:
        self.party = party
        super().__init__(data)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip()
        if email:
            try:
                validate_email(email)
            except ValidationError as wrong:
                said = _("That is not a whole mail address: name@firm.example")
                raise ValidationError(said) from wrong
            other = speaker_of(self.party.workspace, Known(emails=(email,)))
            if other:
                raise ValidationError(_("That belongs to {name} already.").format(name=other.name))
        return email

    def known(self) -> Known:
        kept = self.cleaned_data
        return Known(
            name=kept["name"], role=kept["role"],
            company=self.party.company or self.party.name,
            emails=(kept["email"],) if kept["email"] else (),
            phones=(kept["phone"],) if kept["phone"] else (),
        )  # fmt: skip


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: MemberRequest, pk: int) -> HttpResponse:
    """The company of this person; a POST adds somebody to it."""
    party, now = party_for(request.member, pk), clock.now()
    form = ColleagueForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid():
        new = find_or_add(party.workspace, form.known(), owner=request.member, at=now)
        messages.success(request, _("{name} stands in the books.").format(name=new.name))
        return redirect("person", new.pk)
    people = list(
        Party.objects.filter(
            workspace=party.workspace_id, firm=party.firm, merged_into=None, forgotten=False
        ).order_by("name", "pk")[: SHOWN + 1]
    )  # fmt: skip
    context = {
        "party": party, "form": form, "here": "people", "more": len(people) > SHOWN,
        "name": party.company or party.name,
        "contact": last_contact(last_contacts_of_firms([party]).get(party.firm), now),
        "people": lines_of(people[:SHOWN], request, now),
    }  # fmt: skip
    return render(request, "party/company.html", context, status=422 if form.is_bound else 200)


def lines_of(people: list[Party], request: MemberRequest, now: datetime) -> list[Context]:
    """Each with what they do there, the last contact, and the next step of what is open."""
    ids = [one.pk for one in people]
    theirs = {"workspace": request.member.workspace_id, "party__in": ids}
    work = dict(Person.objects.filter(**theirs).order_by("-pk").values_list("party", "role"))
    open_now: dict[int, list[FollowUp]] = defaultdict(list)
    for row in FollowUp.objects.filter(**theirs, settled_at=None):
        open_now[row.party_id].append(row)
    contacts, zone = last_contacts(people), request.member.own_zone()
    return [
        {
            "party": one,
            "role": work.get(one.pk, ""),
            "contact": last_contact(contacts.get(one.pk), now),
            "steps": [
                {"what": tell(row.what), "when": say.in_words(row.due, now, zone)}
                for row in speaking(open_now[one.pk], now)
            ],
        }
        for one in people
    ]


@members_only
@require_POST
def moved(request: MemberRequest, pk: int) -> HttpResponse:
    """They work somewhere else from now on: a dated fact, and it can be taken back."""
    party, now = party_for(request.member, pk), clock.now()
    to = text_in(request, "company", 200)
    if not to or to == party.company:
        messages.error(request, _("Write where they work now."))
        return redirect("person", party.pk)
    source = source_of(request, "moved", request.POST.get("token", "")[:60] or str(uuid4()))
    before = party.company
    fact = Moved(at=now, by=str(request.member.pk))
    words = [("", f"{before} → {to}" if before else f"→ {to}")]
    if record(party, fact, source=source, at=now, words=words):
        party.company = to
        party.save(update_fields=["company"])
        make_own(party)
        make_findable([party])
    said = _("{name} works at {company} now.").format(name=party.name, company=to)
    tell_done(request, said, party, {"company": before, "source": source})
    return redirect("person", party.pk)
