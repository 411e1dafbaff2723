"""A copy of the books must send nothing: what each machine handed over last is kept outside them.

A backup that is played back says of a mail that it waits, though it went out. So a machine that the
books do not know, or that has seen more than they have, holds all sending until an administrator
says that this is the only copy.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from followthrough.core.saying import Saying, says
from followthrough.ledger.models import Message, Sending, Workspace
from followthrough.ledger.models.outbox import CLAIMED, IN_DOUBT, QUEUED
from followthrough.ledger.outbox.telling import ring_administrators

MOVED = says("Mail is sent from another machine or folder than before.")
RESTORED = says("These books are older than the last mail that was sent from here.")
HELD = says("Nothing is sent until you say that this is the only copy")
LARGEST = 64 << 10  # bytes; then the file begins anew
ADMITTED, KNOWN = "admitted", "known"


@dataclass(frozen=True, kw_only=True)
class Place:
    """This machine and folder; `seen` is the highest handover made here, None if it was kept
    nowhere."""

    name: str
    file: Path
    seen: int | None


def held(workspace: Workspace, *, at: datetime) -> Saying | None:
    """Why nothing is sent from here, if so. To be asked once for each start of a process."""
    with transaction.atomic():
        row = _row(workspace)
        place = here(row)
        why = _why(row, place)
        if why:
            _ask(row, place, why, at=at)
            return why
        if row.places.get(place.name) != KNOWN:
            row.places = {**row.places, place.name: KNOWN}
            row.save(update_fields=["places"])
    note(row.installation, row.handovers)
    return None


def _why(row: Sending, place: Place) -> Saying | None:
    if not row.places and not row.handovers:
        return None  # nothing was ever sent: this is the first place
    if place.name not in row.places:
        return MOVED
    if place.seen is None:
        return None if row.places[place.name] == ADMITTED else RESTORED
    return RESTORED if place.seen > row.handovers else None


def _ask(row: Sending, place: Place, why: Saying, *, at: datetime) -> None:
    known = row.asks.get(place.name)
    row.asks = {
        **row.asks,
        place.name: {"why": why.stored(), "seen": place.seen or 0, "at": at.isoformat()},
    }
    row.save(update_fields=["asks"])
    if known is None:
        ring_administrators(row.workspace, HELD, at=at)


def waiting(workspace: Workspace) -> list[Saying]:
    """Why sending is held, for the screen; empty where it is not."""
    row = Sending.objects.filter(workspace=workspace).first()
    return [Saying.read(one["why"]) for one in row.asks.values()] if row else []


def this_is_the_only_copy(workspace: Workspace, *, at: datetime) -> int:
    """An administrator says so. What should have left by now may have left from elsewhere: it is in
    doubt, and evidence or a person decides. How many these are."""
    with transaction.atomic():
        row = _row(workspace)
        row.places = {**row.places, **dict.fromkeys(row.asks, ADMITTED)}
        row.handovers = max([row.handovers, *(one["seen"] for one in row.asks.values())])
        row.asks = {}
        row.save(update_fields=["places", "handovers", "asks"])
        due = Message.objects.filter(
            workspace=workspace, state__in=(QUEUED, CLAIMED), not_before__lte=at
        )
        return due.update(state=IN_DOUBT, handover_at=at, lease_until=None, claim="")


def note(installation: str, number: int) -> None:
    """On disk before the last byte: a crash between the two holds too much, never too little."""
    path = _file(installation)
    path.parent.mkdir(parents=True, exist_ok=True)
    large = path.exists() and path.stat().st_size > LARGEST
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    file = os.open(path.with_suffix(".new") if large else path, flags, 0o600)
    try:
        os.write(file, f"{number}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)
    if large:
        path.with_suffix(".new").replace(path)


def here(row: Sending) -> Place:
    return Place(name=_fingerprint(), file=_file(row.installation), seen=_seen(row.installation))


def _seen(installation: str) -> int | None:
    try:
        lines = _file(installation).read_text("ascii", errors="replace").split()
    except FileNotFoundError:
        return None
    return max((int(line) for line in lines if line.isdigit()), default=None)


def _file(installation: str) -> Path:
    return Path(settings.VAR) / "sent" / installation


def _fingerprint() -> str:
    """The machine, and the folder with what is kept beside the books: the place of a copy is
    another one. A container that is made anew keeps its folder."""
    folder = Path(settings.VAR)
    folder.mkdir(parents=True, exist_ok=True)
    machine = Path("/etc/machine-id")
    marks = [
        machine.read_text("ascii").strip() if machine.exists() else "",
        str(folder),
        str(folder.stat().st_ino),
    ]
    return blake2b("|".join(marks).encode(), digest_size=8).hexdigest()


def _row(workspace: Workspace) -> Sending:
    Sending.objects.get_or_create(workspace=workspace, defaults={"installation": token_hex(16)})
    rows = Sending.objects.select_for_update(of=("self",)).select_related("workspace")
    return rows.get(workspace=workspace)
