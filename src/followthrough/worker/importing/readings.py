"""Which reading a stored file wants, with what its team knows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from followthrough.inlets.spreadsheet import Choices, read_rows
from followthrough.ledger.models import Intake, Member, Workspace
from followthrough.worker.importing.cards import CardReading
from followthrough.worker.importing.mail import MailReading
from followthrough.worker.importing.outcomes import Reading
from followthrough.worker.importing.sheet import SheetReading


def reading_of(intake: Intake, path: Path) -> Reading:
    workspace = intake.workspace
    if intake.kind in ("csv", "xlsx"):
        sheet = SheetReading(
            path, at=intake.created_at, region=workspace.country or None,
            zone=ZoneInfo(workspace.zone), choices=choices_of(intake.settings),
        )  # fmt: skip
        sheet.members = addresses_of_members(workspace) | names_of_members(workspace)
        return sheet
    if intake.kind == "vcard":
        return CardReading(path, region=workspace.country or None)
    said = frozenset(address.strip().lower() for address in intake.settings.get("ours", []))
    members = addresses_of_members(workspace)
    mails = MailReading(
        path, called=intake.file_name, said=said, members=members, at=intake.created_at
    )
    mails.guesses = not intake.settings.get("nobody")
    return mails


def place_of(path: Path, column: str) -> tuple[int | None, tuple[str, ...]]:
    """Where a list has the column of this heading, and which headings it has."""
    headers = read_rows(path).headers
    named = [header.strip().casefold() for header in headers]
    wanted = column.strip().casefold()
    return (named.index(wanted) if wanted in named else None), headers


def choices_of(settings: Mapping[str, Any]) -> Choices:
    """What somebody put right about a list, as the intake keeps it."""
    fields = {int(place): field for place, field in settings.get("fields", {}).items()}
    return Choices(
        fields=fields,
        what=settings.get("what", ""),
        day_first=settings.get("day_first"),
        header_row=settings.get("header_row"),
    )


def addresses_of_members(workspace: Workspace) -> dict[str, str]:
    """Whose each address is. Who left wrote for us all the same."""
    members = Member.objects.filter(workspace=workspace).select_related("user").order_by("pk")
    return {member.user.email.lower(): str(member.pk) for member in members}


def names_of_members(workspace: Workspace) -> dict[str, str]:
    members = Member.objects.filter(workspace=workspace, active=True).order_by("-pk")
    return {member.name.lower(): str(member.pk) for member in members}
