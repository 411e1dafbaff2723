"""What they want, and what is good to know before the next word: added, changed, taken away."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.when_month import month_in
from followthrough.ledger import clock, details, wants
from followthrough.ledger.models import Detail, Member, Party, Want
from followthrough.ledger.opening import detail_for, party_for, want_for
from followthrough.web import say
from followthrough.web.form import PlainForm
from followthrough.web.gate import MemberRequest, members_only

SALT = "followthrough.known"
LONGEST = 300
KINDS = {
    details.PERSONAL: "About them",
    details.COMMON_GROUND: "We have in common",
    details.GOAL: "What they want to reach",
    details.ROLE: "Their part in it",
}


class DetailForm(PlainForm):
    """One thing worth knowing. When it matters is read from its own words where nothing is said."""

    kind = forms.ChoiceField(choices=list(KINDS.items()), label="What is it?", initial="personal")
    text = forms.CharField(max_length=LONGEST, label="In a few words")
    when = forms.CharField(
        max_length=60, required=False, label="When does it matter?",
        help_text="A month, or a day in it: September, 14 June.",
    )  # fmt: skip

    def clean_when(self) -> str:
        when = str(self.cleaned_data["when"])
        if when and month_in(when) == (None, None):
            raise forms.ValidationError("Write a month, such as September, or 14 June.")
        return when

    def values(self) -> dict[str, Any]:
        kept = self.cleaned_data
        month, day = month_in(kept["when"] or kept["text"])
        return {"kind": kept["kind"], "text": kept["text"], "month": month, "day": day}


def known_of(party: Party, now: datetime, member: Member) -> dict[str, Any]:
    """What the person's page shows of it."""
    zone = member.own_zone()
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for one in details.of_party(party):
        line = {"pk": one.pk, "text": one.text, "when": when_of(one)}
        by_kind.setdefault(one.kind, []).append(line)
    return {
        "known": [
            {"label": label, "kind": kind, "lines": by_kind.get(kind, [])}
            for kind, label in KINDS.items()
        ],
        "known_any": bool(by_kind),
        "wants": [
            {"pk": want.pk, "text": want.text, "said": say.day(want.said_at, now, zone)}
            for want in wants.of_party(party)
        ],
    }


def when_of(detail: Detail) -> str:
    """ "September", "14 June"; "" for always."""
    if detail.month is None:
        return ""
    month = datetime(2000, detail.month, 1).strftime("%B")  # noqa: DTZ001 - only its name
    return f"{detail.day} {month}" if detail.day else month


# --- what they want ---------------------------------------------------------------------------


@members_only
@require_POST
def wants_of(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = party_for(request.member, pk), clock.now()
    text = request.POST.get("want", "").replace("\x00", "").strip()
    if not text or len(text) > LONGEST:
        said = "Write what they would like." if not text else _too_long()
        messages.error(request, said)
        return redirect("person", party.pk)
    want = wants.add(wants.Wanted(party=party, text=text, said_at=now))
    if want is None:
        messages.info(request, "That stands there already.")
    else:
        _tell(request, "Kept. You will find them by it.", want, {"gone_at": now.isoformat()})
    return redirect("person", party.pk)


@members_only
@require_POST
def want_gone(request: MemberRequest, pk: int) -> HttpResponse:
    want = want_for(request.member, pk)
    wants.take_away(want, at=clock.now())
    _tell(request, "Taken away.", want, {"gone_at": None})
    return redirect("person", want.party_id)


# --- what is good to know -----------------------------------------------------------------------


@members_only
@require_POST
def known(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = party_for(request.member, pk), clock.now()
    form = DetailForm(request.POST)
    if not form.is_valid():
        return _page(request, party, form, None)
    detail = Detail.objects.create(
        workspace=party.workspace, party=party, said_at=now, by=request.member, **form.values()
    )
    _tell(request, "Kept.", detail, {"gone_at": now.isoformat()})
    return redirect("person", party.pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def known_one(request: MemberRequest, pk: int) -> HttpResponse:
    """One of these is changed, or taken away."""
    detail = detail_for(request.member, pk)
    before = {name: getattr(detail, name) for name in ("kind", "text", "month", "day")}
    if request.method == "POST" and "remove" in request.POST:
        return _changed(request, detail, {"gone_at": clock.now()}, "Taken away.")
    start = {"kind": detail.kind, "text": detail.text, "when": when_of(detail)}
    form = DetailForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        new = form.values()
        return _changed(request, detail, new, "Kept.", before)
    return _page(request, detail.party, form, detail)


def _changed(
    request: MemberRequest, detail: Detail, values: dict[str, Any], said: str,
    before: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    _set(detail, values)
    _tell(request, said, detail, before or {"gone_at": None})
    return redirect("person", detail.party_id)


def _page(
    request: MemberRequest, party: Party, form: DetailForm, detail: Detail | None
) -> HttpResponse:
    context = {"form": form, "party": party, "detail": detail, "here": "people"}
    return render(request, "party/known.html", context, status=422 if form.is_bound else 200)


# --- and back again -------------------------------------------------------------------------------


@members_only
@require_POST
def restore(request: MemberRequest, token: str) -> HttpResponse:
    """Undo: what was added goes, what was changed or taken away is as it was."""
    try:
        kind, pk, values = signing.loads(token, salt=SALT)
    except signing.BadSignature as broken:
        raise Http404("This undo is not one of ours.") from broken
    found = want_for(request.member, pk) if kind == "Want" else detail_for(request.member, pk)
    if isinstance(found, Want) and values["gone_at"] is None:
        wants.bring_back(found)
    else:
        _set(found, values)
    messages.success(request, "Taken back.")
    return redirect("person", found.party_id)


def _set(row: Want | Detail, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _tell(request: MemberRequest, said: str, row: Want | Detail, back: dict[str, Any]) -> None:
    messages.success(request, said, extra_tags=restore_address(row, back))


def restore_address(row: Want | Detail, back: dict[str, Any]) -> str:
    """Where a POST gives the row these values back."""
    token = signing.dumps([type(row).__name__, row.pk, back], salt=SALT, compress=True)
    return reverse("restore", args=[token])


def _too_long() -> str:
    return f"That is longer than we can keep: {LONGEST} letters."
