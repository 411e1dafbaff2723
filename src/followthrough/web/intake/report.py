"""What became of each piece: on the page, as a table to keep, and what was left out to mend."""

import csv
import re
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from followthrough.ledger import pieces
from followthrough.ledger.models import Intake, Piece
from followthrough.ledger.models.intake import DONE, UNDONE
from followthrough.ledger.opening import intake_for
from followthrough.ledger.place import id_in
from followthrough.web import say
from followthrough.web.downloads import download, lines_of
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.intake.choosing import LISTS
from followthrough.web.intake.place import called, place_of
from followthrough.web.tongue import tell

SHOWN = 200
ROWS = ngettext_lazy(
    "{n} row is read, and accounted for.", "All {n} rows are read, and every one is accounted for."
)
CARDS = ngettext_lazy(
    "{n} card is read, and accounted for.",
    "All {n} cards are read, and every one is accounted for.",
)
MAILS = ngettext_lazy(
    "{n} mail is read, and accounted for.",
    "All {n} mails are read, and every one is accounted for.",
)
THINGS = dict.fromkeys(LISTS, ROWS) | {"vcard": CARDS}
OUTCOMES = [
    ("linked", _("taken in")),
    ("ignored", _("left out, each by a named rule")),
    ("quarantined", _("could not be read; kept as they are")),
]
BECAME = {"ignored": _("Left out"), "quarantined": _("Not readable")}
# The same words as on the page.
HEAD = (_("Where"), _("What became of it"), _("Why"), _("Who"), _("Known by"))
PORTION = 1_000


def report_of(request: HttpRequest, intake: Intake) -> dict[str, Any]:
    counts = intake.counts.get("outcomes", {})
    show, after = request.GET.get("show", ""), request.GET.get("after", "")
    rows = _filtered(intake, show, request.GET.get("rule", ""))
    if id_in(after):
        rows = rows.filter(pk__gt=id_in(after))
    read = sum(counts.get(name, 0) for name, _said in OUTCOMES)
    some = list(rows.select_related("party")[: SHOWN + 1])
    return {
        "show": show,
        "failed": bool(intake.problem) and intake.finished_at is not None and not read,
        "totals": [(said, counts.get(name, 0)) for name, said in OUTCOMES],
        "read": read,
        "all_read": str(THINGS.get(intake.kind, MAILS) % read).format(n=say.number(read)),
        "rules": sorted(intake.counts.get("rules", {}).items(), key=lambda rule: -rule[1]),
        "pieces": [_line(piece, intake) for piece in some[:SHOWN]],
        "more": some[SHOWN - 1].pk if len(some) > SHOWN else 0,
        "done": intake.phase == DONE,
        "reversible": intake.phase == DONE or bool(intake.told and intake.problem),
        "undecided": not intake.told and intake.finished_at is None,
        "taken_back": intake.phase == UNDONE,
        "mendable": intake.kind in THINGS and counts.get("quarantined", 0),
    }


def _filtered(intake: Intake, show: str, rule: str) -> QuerySet[Piece]:
    rows = pieces.pieces_of(intake)
    if show in dict(OUTCOMES):
        rows = rows.filter(outcome=show)
    return rows.filter(reason=rule.replace("\0", "")) if rule else rows


def _line(piece: Piece, intake: Intake) -> dict[str, Any]:
    return {
        "where": place_of(piece.where, intake.file_name),
        "called": "" if intake.kind in THINGS else called(piece),
        "became": _became(piece),
        "party": piece.party,
        "why": each_told(piece.reason),
    }


def each_told(remarks: str) -> str:
    """One after the other, each in the reader's language by itself."""
    ends = [*(found.end() for found in re.finditer(r"[.!?] ", remarks)), len(remarks)]
    for end in reversed(ends):
        said = remarks[:end].rstrip()
        if (told := tell(said)) != said or end == ends[0]:
            return " ".join(filter(None, [told, each_told(remarks[end:]) if remarks[end:] else ""]))
    return remarks


def _became(piece: Piece) -> str:
    if piece.outcome in BECAME:
        return str(BECAME[piece.outcome])
    if piece.joined_by:
        return gettext("Joined, known by {what}").format(what=piece.joined_by)
    return gettext("New") if piece.party_id else gettext("Taken in")


# --- to take along ------------------------------------------------------------------------


@members_only
@require_GET
def report(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Each piece with its outcome, as CSV; cells that a spreadsheet would run are made text."""
    one = intake_for(request.member, pk)
    return download(f"import-{one.pk}.csv", lines_of(_rows(one)))


def _rows(intake: Intake) -> Iterator[list[str]]:
    yield [str(said) for said in HEAD]
    for piece in pieces.pieces_of(intake).select_related("party").iterator(chunk_size=PORTION):
        who = piece.party.name if piece.party else ""
        said = (tell(piece.where), _became(piece), each_told(piece.reason), who, piece.joined_by)
        yield [pieces.harmless(cell) for cell in said]


@members_only
@require_GET
def left_out(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Only what could not be taken in, just as it was: to mend and bring in again."""
    one = intake_for(request.member, pk)
    if one.kind not in THINGS:
        return redirect("intake", one.pk)
    kept = _filtered(one, "quarantined", "").exclude(raw=None).iterator(chunk_size=1000)
    raws = (bytes(piece.raw or b"").decode("utf-8", "replace") for piece in kept)
    if one.kind == "vcard":
        return download(f"to-mend-{one.pk}.vcf", map(_card, raws))
    rows = (row for raw in raws for row in csv.reader([raw], delimiter="\t"))
    headers = [one.preview["headers"]] if one.preview.get("header_row") else []
    return download(f"to-mend-{one.pk}.csv", lines_of(headers, rows))


def _card(raw: str) -> str:
    """What stood between the two lines that make a card of it."""
    inside = raw.strip()
    whole = inside.upper().startswith("BEGIN:VCARD")
    return f"{inside}\r\n" if whole else f"BEGIN:VCARD\r\n{inside}\r\nEND:VCARD\r\n"
