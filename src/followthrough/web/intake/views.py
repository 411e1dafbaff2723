"""Bring files in, watch them being read, and see what became of each piece."""

import csv
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from followthrough.ledger import clock
from followthrough.ledger.intakes import receive
from followthrough.ledger.models import Intake, Piece
from followthrough.ledger.opening import intake_for
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only

SHOWN = 200
THINGS = {"csv": "rows", "vcard": "cards"}
NOTHING_CHOSEN = "Choose a file first: a mailbox, a list or an address book."
OUTCOMES = [
    ("linked", "taken in"),
    ("ignored", "left out, each by a named rule"),
    ("quarantined", "could not be read; kept as they are"),
]
BECAME = {"linked": "taken in", "ignored": "left out", "quarantined": "not readable"}


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def intakes(request: MemberRequest) -> HttpResponse:
    member = request.member
    files = request.FILES.getlist("file")
    problem = NOTHING_CHOSEN if request.method == "POST" and not files else ""
    if files:
        received = [_receive(request, file) for file in files]
        return redirect("intake", received[-1].pk)
    past = Intake.objects.filter(workspace=member.workspace_id).select_related("member")
    past = past if member.manages else past.filter(member=member)
    return render(
        request, "intake/intakes.html",
        {
            "here": "import", "problem": problem, "address": member.user.email,
            "ours": _ours(request),
            "past": [_line(one, member) for one in past.order_by("-id")[:20]],
        },
        status=422 if problem else 200,
    )  # fmt: skip


def _receive(request: MemberRequest, file: Any) -> Intake:
    settings = {"ours": _ours(request)[:1000].replace(",", " ").split()}
    member, name = request.member, str(file.name or "file")
    return receive(member.workspace, member, name, file, settings, at=clock.now())


def _ours(request: MemberRequest) -> str:
    """PostgreSQL takes no NUL."""
    return request.POST.get("ours", "").replace("\x00", "")


def _line(intake: Intake, member: Any) -> dict[str, Any]:
    counts = intake.counts.get("outcomes", {})
    return {
        "intake": intake,
        "when": say.moment(intake.created_at, clock.now(), member.own_zone()),
        "read": sum(counts.get(name, 0) for name, _ in OUTCOMES),
    }


@members_only
@require_GET
def intake(request: MemberRequest, pk: int) -> HttpResponse:
    one = intake_for(request.member, pk)
    outcome = request.GET.get("show", "")
    pieces = Piece.objects.filter(workspace=request.member.workspace_id, intake=one)
    if outcome in dict(OUTCOMES):
        pieces = pieces.filter(outcome=outcome)
    counts = one.counts.get("outcomes", {})
    context = {
        "here": "import", "intake": one, "show": outcome,
        "totals": [(name, said, counts.get(name, 0)) for name, said in OUTCOMES],
        "read": sum(counts.get(name, 0) for name, _ in OUTCOMES),
        "things": THINGS.get(one.kind, "mails"),
        "rules": sorted(one.counts.get("rules", {}).items(), key=lambda rule: -rule[1]),
        "pieces": [
            (piece, BECAME.get(piece.outcome, piece.outcome))
            for piece in pieces.select_related("party").order_by("pk")[:SHOWN]
        ],
        "progress_text": _how_far(one, sum(counts.values())),
        "shown": SHOWN, "waits": one.finished_at is None and not one.problem,
    }  # fmt: skip
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "intake/intake.html", context)
    # Once it is done, the whole page has more to say than the progress.
    return (
        render(request, "intake/progress.html", context)
        if context["waits"]
        else HttpResponseClientRefresh()
    )


def _how_far(one: Intake, read: int) -> str:
    if one.total:
        return f"{read:,} of {one.total:,} taken in"
    seen = one.counts.get("seen", 0)
    return f"{seen:,} looked at so far" if seen else "Opening it…"


@members_only
@require_GET
def report(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Each piece with its outcome, as CSV; cells that a spreadsheet would run are made text."""
    one = intake_for(request.member, pk)
    pieces = Piece.objects.filter(workspace=request.member.workspace_id, intake=one)
    writer = csv.writer(_Echo())
    rows = pieces.select_related("party").order_by("pk").iterator(chunk_size=1000)
    lines = (
        writer.writerow(
            [_text(p.where), p.outcome, _text(p.reason), _text(p.party.name if p.party else "")]
        )
        for p in rows
    )
    head = writer.writerow(["where", "outcome", "reason", "who"])
    response = StreamingHttpResponse(_all(head, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{one.pk}.csv"'
    return response


class _Echo:
    def write(self, line: str) -> str:
        return line


def _all(head: str, lines: Any) -> Any:
    yield head
    yield from lines


def _text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \"'")[:1] in set("=+-@\t\r") else cell
