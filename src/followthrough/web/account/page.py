"""Your own page with its forms; one that was refused stands in it as it was typed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from followthrough.ledger.notices import mails_go_out
from followthrough.web.account.yours import ProfileForm
from followthrough.web.feed.secret import address_of
from followthrough.web.gate import MemberRequest
from followthrough.web.members.forms import AbsenceForm, away_of
from followthrough.web.reminders.devices import card_of
from followthrough.web.reminders.form import form_of


def profile_page(request: MemberRequest, *, status: int = 200, **refused: Any) -> HttpResponse:
    member = request.member
    page = {
        "here": "settings", "tab": "you", "may": True, "member": member,
        "form": ProfileForm(member=member),
        "absence_form": AbsenceForm(member=member, initial=away_of(member)),
        "reminders_form": form_of(member),
        "mails": mails_go_out(member.workspace),
        "feed": address_of(member), **card_of(request),
        **refused,
    }  # fmt: skip
    return render(request, "account/account.html", page, status=status)
