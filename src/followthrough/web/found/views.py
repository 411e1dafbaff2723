"""The list of what was found, the words behind each line, and the yes or no."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import clock, deciding, proposals
from followthrough.ledger.models import Fact, Member, Proposal
from followthrough.ledger.opening import proposal_for
from followthrough.ledger.place import ids_in
from followthrough.ledger.proposals import DETAILS
from followthrough.web import say
from followthrough.web.found import lines
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened, signed

SHOWN, ALL = 25, 500
SALT = "followthrough.found"
YES, NO = "yes", "no"


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        _decide(request, clock.now())
        return redirect("found")
    member, now = request.member, clock.now()
    proposals.settle_done(member, at=now)
    rows = proposals.to_decide(member)
    return render(request, "found/found.html", _page(request, rows, member, now))


def _page(
    request: MemberRequest, rows: QuerySet[Proposal], member: Member, now: datetime
) -> dict[str, Any]:
    people = rows.exclude(kind__in=DETAILS)
    ticked, unticked = people.filter(ticked=True), people.filter(ticked=False)
    most = ALL if request.GET.get("all") else SHOWN
    count = ticked.count()
    kinds = Counter(ticked.order_by().values_list("kind", flat=True))
    return {
        "here": "found",
        "waiting": proposals.people_waiting(member),
        "totals": lines.totals(kinds),
        "decided": count > 0 or proposals.anybody_decided(member),
        "people": lines.by_person(ticked.select_related("followup__matter")[:most], member, now),
        "count": count,
        "below": max(0, count - most),
        "upto": ticked.order_by("-pk").values_list("pk", flat=True).first(),
        "unticked": lines.by_person(
            unticked.select_related("followup__matter")[:ALL], member, now
        ),
        "unticked_count": unticked.count(),
        "details": lines.by_person(rows.filter(kind__in=DETAILS)[:ALL], member, now),
    }  # fmt: skip


def _decide(request: MemberRequest, now: datetime) -> None:
    """The shown ones as they are ticked; those below, which nobody unticked, go with them."""
    member, given = request.member, request.POST
    shown, picked = ids_in(given.getlist("shown")), ids_in(given.getlist("pick"))
    rows = list(proposals.to_decide(member).filter(pk__in=shown))
    yes = [row for row in rows if row.pk in picked]
    no = [row for row in rows if row.pk not in picked]
    for upto in ids_in(given.getlist("rest")):  # what was found since was not seen
        part = proposals.to_decide(member).filter(ticked=True, pk__lte=upto)
        yes += list(part.exclude(kind__in=DETAILS).exclude(pk__in=shown))
    done = deciding.accept(yes, by=member, at=now), deciding.dismiss(no, by=member, at=now)
    _tell(request, *done, now)


def _tell(request: MemberRequest, yes: list[Proposal], no: list[Proposal], now: datetime) -> None:
    kept = [row for row in yes if row.kind not in DETAILS]
    put, written, left = len(kept), len(yes) - len(kept), len(no)
    told = (
        (put, ngettext("{n} line put on your list", "{n} lines put on your list", put)),
        (written, ngettext("{n} detail written down", "{n} details written down", written)),
        (left, ngettext("{n} left out", "{n} left out", left)),
    )
    said = [words.format(n=say.number(count)) for count, words in told if count]
    if said:
        token = signed(now.isoformat(), SALT, request.member)
        undo_it = reverse("found_undo", args=[token])
        messages.success(request, f"{', '.join(said)}.", extra_tags=undo_it)


@members_only
@require_POST
def undo(request: MemberRequest, token: str) -> HttpResponse:
    stamp = opened(token, SALT, request.member)
    rows = Proposal.objects.filter(
        workspace=request.member.workspace_id, decided_by=request.member,
        decided_at=datetime.fromisoformat(stamp),
    )  # fmt: skip
    back = deciding.take_back(
        list(rows.select_related("party", "followup", "workspace")), by=request.member,
        at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Taken back.") if back else _("That was taken back already."))
    return redirect("found")


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole mail with the sentence marked; a yes or a no to this one alone."""
    member, now = request.member, clock.now()
    row = proposal_for(member, pk)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and row.state == proposals.OPEN and answer in (YES, NO):
        yes = deciding.accept([row], by=member, at=now) if answer == YES else []
        no = deciding.dismiss([row], by=member, at=now) if answer == NO else []
        _tell(request, yes, no, now)
        row.refresh_from_db()
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "found/decided.html", {"row": row})
    if request.method == "POST":
        return redirect("found")
    context = {
        "here": "found", "line": lines.line_of(row, member, now), "party": row.party,
        "open": row.state == proposals.OPEN, **_words(row),
    }  # fmt: skip
    return render(request, "found/one.html", context)


def _words(row: Proposal) -> dict[str, Any]:
    fact = (
        Fact.objects.filter(workspace=row.workspace_id, party=row.party_id, name=row.said)
        .select_related("text").first()
    )  # fmt: skip
    text = fact.text if fact else None
    body = text.body if text else ""
    before, marked, after = body.partition(row.sentence) if row.sentence else (body, "", "")
    return {
        "title": text.title if text else "",
        "before": before if marked else body, "marked": marked, "after": after if marked else "",
    }  # fmt: skip
