"""What became of each piece of an import, as rows of a table to keep."""

from collections.abc import Iterator

from django.db.models import QuerySet

from followthrough.ledger.models import Intake, Piece

HEAD = ["where", "outcome", "why", "who", "known_by"]
PORTION = 1_000


def pieces_of(intake: Intake) -> QuerySet[Piece]:
    return Piece.objects.filter(workspace=intake.workspace_id, intake=intake).order_by("pk")


def report_of(intake: Intake) -> Iterator[list[str]]:
    """A line of headings, then each piece; cells that a spreadsheet would run are made text."""
    yield HEAD
    for piece in pieces_of(intake).select_related("party").iterator(chunk_size=PORTION):
        who = piece.party.name if piece.party else ""
        said = (piece.where, piece.outcome, piece.reason, who, piece.joined_by)
        yield [harmless(cell) for cell in said]


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \"'")[:1] in set("=+-@\t\r") else cell
