"""Files as people bring them in, and the worker that takes them in to the end."""

from datetime import UTC, datetime
from io import BytesIO

from followthrough.ledger import deciding, intakes, proposals
from followthrough.ledger.models import Intake, Member, Piece
from followthrough.worker.importing.job import Importer

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
OURS = "bob@banners.example"
ANN = "Ann <ann@customer.test>"
LIST = (
    b"Name,Email,Phone,Source,Do Not Email,Do Not Call,Stage,Amount,Created,Won date,Notes\n"
    b"Ann,ann@customer.test,,Fair,no,no,open,,,,Likes blue\n"
    b"Pat,pat@printer.test,,,yes,yes,open,1200,,,\n"
    b"Sid,sid@other.test,,,no,no,won,900,2025-03-01,2025-04-01,\n"
    b"Mia,mia@other.test,,,no,no,Closed Lost,,2025-03-01,,\n"
    b",,,Fair,no,no,open,,,,\n"
)


def bring_in(
    member: Member,
    raw: bytes,
    *,
    name: str = "file",
    at: datetime = MONDAY,
    ours: tuple[str, ...] = (),
) -> Intake:
    intake = intakes.receive(
        member.workspace, member, name, BytesIO(raw), {"ours": list(ours)}, at=at
    )
    return take_in(intake, at=at)


def take_in(intake: Intake, *, at: datetime = MONDAY, slices: int = 1_000) -> Intake:
    importer = Importer()
    for _ in range(slices):
        if intake.finished_at:
            break
        importer.slice_of(intake, at=at)
    return intake


def say_yes(member: Member, *, at: datetime = MONDAY) -> None:
    """To all that was found."""
    deciding.accept(list(proposals.to_decide(member)), by=member, at=at)


def mbox(*mails: bytes) -> bytes:
    return b"".join(
        b"From - Mon Mar  2 09:00:00 2026\n" + mail.rstrip() + b"\n\n" for mail in mails
    )


def letter(
    sender: str,
    to: str,
    body: str = "What would it cost?",
    *,
    subject: str = "A banner",
    day: int = 1,
    number: int = 1,
) -> bytes:
    return (
        f"From: {sender}\nTo: {to}\nSubject: {subject}\nMessage-ID: <{number}@mail.test>\n"
        f"Date: Thu, {day:02} Jan 2026 10:00:00 +0000\n\n{body}\n"
    ).encode()


def pieces(intake: Intake) -> list[tuple[str, str, str]]:
    rows = Piece.objects.filter(intake=intake).order_by("pk")
    return list(rows.values_list("where", "outcome", "reason"))
