"""What they want, and what is good to know before the next word: added, changed, taken away."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.when_month import month_in
from followthrough.ledger import clock, details, wants
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Detail, Member, Party
from followthrough.ledger.opening import detail_for, party_for, want_for
from followthrough.web import say
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.keeping import refuse, too_long
from followthrough.web.party.restoring import set_values, tell_done
from followthrough.web.tongue import tell

LONGEST = 300
AT_A_GLANCE = 8  # so many lines stand above the fold
KINDS = {
    details.PERSONAL: gettext_lazy("About them"),
    details.COMMON_GROUND: gettext_lazy("We have in common"),
    details.GOAL: gettext_lazy("What they want to reach"),
    details.ROLE: gettext_lazy("Their part in it"),
    details.RESPONSIBILITY: gettext_lazy("What they answer for"),
    details.MISSION: gettext_lazy("What they stand for"),
}


class DetailForm(PlainForm):
    """One thing worth knowing. When it matters is read from its own words where nothing is said."""

    kind = forms.ChoiceField(
        choices=list(KINDS.items()), label=gettext_lazy("What is it?"), initial="personal"
    )
    text = forms.CharField(max_length=LONGEST, label=gettext_lazy("In a few words"))
    when = forms.CharField(
        max_length=60, required=False, label=gettext_lazy("When does it matter?"),
        help_text=gettext_lazy("A month, or a day in it: September, 14 June."),
    )  # fmt: skip

    def clean_when(self) -> str:
        when = str(self.cleaned_data["when"])
        if when and month_in(when) == (None, None):
            raise forms.ValidationError(_("Write a month, such as September, or 14 June."))
        return when

    def values(self) -> dict[str, Any]:
        kept = self.cleaned_data
        month, day = month_in(kept["when"] or kept["text"])
        return {"kind": kept["kind"], "text": kept["text"], "month": month, "day": day}


def known_of(party: Party, meetings: int, now: datetime, member: Member) -> dict[str, Any]:
    """What the person's page shows of it, and first of all what the next word should know."""
    zone, known = member.own_zone(), details.of_party(party)
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for one in known:
        line = {"pk": one.pk, "text": one.text, "when": when_of(one)}
        by_kind.setdefault(one.kind, []).append(line)
    talk = details.for_the_talk(known, now.astimezone(zone).date())
    first = [*talk, *details.before_the_next_word(known)]
    return {
        "known": [
            {"label": label, "kind": kind, "lines": by_kind.get(kind, [])}
            for kind, label in KINDS.items()
        ],
        "first_of_all": [
            {"label": KINDS.get(one.kind, ""), "text": one.text} for one in first[:AT_A_GLANCE]
        ],
        "to_ask": tell(details.to_ask(known, meetings)),
        "wants": [
            {"pk": want.pk, "text": want.text, "said": say.day(want.said_at, now, zone)}
            for want in wants.of_party(party)
        ],
    }


def when_of(detail: Detail) -> str:
    """ "September", "14 June"; "" for always."""
    if detail.month is None:
        return ""
    pattern = "LLLL" if detail.day is None else pgettext("date pattern of CLDR", "d MMMM")
    return say.dated(date(2000, detail.month, detail.day or 1), pattern)


# --- what they want ---------------------------------------------------------------------------


@members_only
@require_POST
def wants_of(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = party_for(request.member, pk), clock.now()
    text = request.POST.get("want", "").strip()
    if not text or len(text) > LONGEST:
        said = _("Write what they would like.") if not text else too_long(LONGEST)
        return refuse(request, party, said)
    want = wants.add(wants.Wanted(party=party, text=text, said_at=now))
    if want is None:
        messages.info(request, _("That stands there already."))
    else:
        tell_done(request, _("Kept. You will find them by it."), want, {"gone_at": now.isoformat()})
    return redirect("person", party.pk)


@members_only
@require_POST
def want_gone(request: MemberRequest, pk: int) -> HttpResponse:
    want = want_for(request.member, pk)
    wants.take_away(want, at=clock.now())
    tell_done(request, _("Taken away."), want, {"gone_at": None})
    return redirect("person", want.party_id)


# --- what is good to know -----------------------------------------------------------------------


@members_only
@require_POST
def known(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = party_for(request.member, pk), clock.now()
    form = DetailForm(request.POST)
    if not form.is_valid():
        return _page(request, party, form, None)
    with transaction.atomic():
        lock({party.pk})
        told = {"workspace": party.workspace, "party": party, **form.values()}
        if Detail.objects.filter(gone_at=None, **told).exists():
            messages.info(request, _("That stands there already."))
            return redirect("person", party.pk)
        detail = Detail.objects.create(said_at=now, by=request.member, **told)
    tell_done(request, _("Kept."), detail, {"gone_at": now.isoformat()})
    return redirect("person", party.pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def known_one(request: MemberRequest, pk: int) -> HttpResponse:
    """One of these is changed, or taken away."""
    detail = detail_for(request.member, pk)
    before = {name: getattr(detail, name) for name in ("kind", "text", "month", "day")}
    if request.method == "POST" and "remove" in request.POST:
        return _changed(request, detail, {"gone_at": clock.now()}, _("Taken away."))
    start = {"kind": detail.kind, "text": detail.text, "when": when_of(detail)}
    form = DetailForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        new = form.values()
        return _changed(request, detail, new, _("Kept."), before)
    return _page(request, detail.party, form, detail)


def _changed(
    request: MemberRequest, detail: Detail, values: dict[str, Any], said: str,
    before: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    set_values(detail, values)
    tell_done(request, said, detail, before or {"gone_at": None})
    return redirect("person", detail.party_id)


def _page(
    request: MemberRequest, party: Party, form: DetailForm, detail: Detail | None
) -> HttpResponse:
    context = {"form": form, "party": party, "detail": detail, "here": "people"}
    return render(request, "party/known.html", context, status=422 if form.is_bound else 200)
