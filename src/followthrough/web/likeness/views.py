"""Perhaps the same: the list, two side by side, and what somebody decides about them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.ledger import clock, queries
from followthrough.ledger import likenesses as books
from followthrough.ledger.merge import CouldNotMerge
from followthrough.ledger.models import Likeness, Party
from followthrough.ledger.opening import likeness_for, party_for, record_for
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.likeness.columns import because, how_likely, lines_of, stays_first
from followthrough.web.tongue import tell

SHOWN = 50
ONE_ALREADY = gettext_lazy("These two are one already.")


@members_only
@require_GET
def likenesses(request: MemberRequest) -> HttpResponse:
    rows = list(books.open_ones(request.member.workspace)[: SHOWN + 1])
    pairs = [_pair(row) for row in rows]
    context = {"here": "people", "pairs": pairs[:SHOWN], "more": len(rows) > SHOWN, "shown": SHOWN}
    return render(request, "likeness/likenesses.html", context)


def _pair(row: Likeness) -> dict[str, Any]:
    said = {"likely": how_likely(row), "because": because(row)}
    return {"likeness": row, "url": _beside(row), **said}


@members_only
@require_GET
def find(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody knows that two are one, though nothing gives it away."""
    party = party_for(request.member, pk)
    words = request.GET.get("name", "").strip()[:80]
    found = queries.people_like(request.member.workspace, words) if words else []
    others = [one for one in found if one.pk != party.pk]
    context = {"here": "people", "party": party, "words": words, "others": others}
    return render(request, "likeness/find.html", context)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def side_by_side(request: MemberRequest, pk: int, other: int) -> HttpResponse:
    one, two = party_for(request.member, pk), party_for(request.member, other)
    if one.pk == two.pk:
        messages.info(request, ONE_ALREADY)
        return redirect("person", one.pk)
    if request.method == "POST":
        return _decided(request, one, two)
    return render(request, "likeness/side_by_side.html", _page(request, one, two))


def _page(request: MemberRequest, one: Party, two: Party) -> dict[str, Any]:
    workspace, likeness = request.member.workspace, books.between(one, two)
    asked = likeness if likeness and likeness.state == books.OPEN else None
    before = asked and books.beside(asked, workspace, before=True)
    after = asked and books.beside(asked, workspace)
    return {
        "here": "people",
        "one": one,
        "other": two,
        "pair": (one, two),
        "stays": stays_first(one, two),
        "lines": lines_of(one, two, request.member, clock.now()),
        "likeness": asked,
        "likely": asked and how_likely(asked),
        "because": asked and because(asked),
        "was_kept_apart": bool(likeness and likeness.state == books.KEPT_APART),
        "before": before and _beside(before),
        "after": after and _beside(after),
    }


def _decided(request: MemberRequest, one: Party, two: Party) -> HttpResponse:
    asked = books.between(one, two)
    then = _next(request, asked)
    try:
        decided, said = _decide(request, one, two)
    except CouldNotMerge as why:
        messages.error(request, tell(why.args[0]))
        return redirect("side_by_side", one.pk, two.pk)
    undo = reverse("likeness_undone", args=[decided.pk])
    messages.success(request, said, extra_tags=undo)
    return redirect(then or reverse("person", args=[party_for(request.member, one.pk).pk]))


def _next(request: MemberRequest, asked: Likeness | None) -> str:
    """The next two, for who goes through the list; "" for who came from a person's page."""
    if asked is None or asked.state != books.OPEN:
        return ""
    workspace = request.member.workspace
    after = books.beside(asked, workspace) or books.beside(asked, workspace, before=True)
    return _beside(after) if after else reverse("likenesses")


def _decide(request: MemberRequest, one: Party, two: Party) -> tuple[Likeness, str]:
    at, by = clock.now(), request.member
    if request.POST.get("decision") == "apart":
        return books.keep_apart(one, two, by=by, at=at), _("They stay two. We do not ask again.")
    chosen = {str(party.pk): party for party in (one, two)}.get(request.POST.get("stays", ""))
    stays = chosen or stays_first(one, two)
    gone = two if stays is one else one
    decided = books.join(gone, into=stays, by=by, at=at)
    return decided, _("{gone} is part of {stays} now.").format(gone=gone.name, stays=stays.name)


@members_only
@require_POST
def undone(request: MemberRequest, pk: int) -> HttpResponse:
    likeness = likeness_for(request.member, pk)
    if likeness.state == books.OPEN:
        messages.info(request, _("That was taken back already."))
    else:
        try:
            books.reopen(likeness, by=request.member, at=clock.now())
            messages.success(request, _("Taken back."))
        except CouldNotMerge as why:
            messages.error(request, tell(why.args[0]))
    return redirect(_beside(likeness))


@members_only
@require_POST
def apart(request: MemberRequest, pk: int) -> HttpResponse:
    """Later it turns out that they are two: each has again what was theirs."""
    record = record_for(request.member, pk)
    try:
        into = books.take_apart(record, by=request.member, at=clock.now())
    except CouldNotMerge:
        messages.info(request, _("{who} stands alone already.").format(who=record.name))
    else:
        said = _("{who} and {other} are two again.")
        messages.success(request, said.format(who=record.name, other=into.name))
    return redirect("person", record.pk)


def _beside(likeness: Likeness) -> str:
    return reverse("side_by_side", args=[likeness.first_id, likeness.second_id])
