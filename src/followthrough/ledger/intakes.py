"""A file brought in: stored at once, looked at, and once it is told to go taken in by the worker
slice by slice, each slice once."""

import os
import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from django.conf import settings as project
from django.db.models import Q, QuerySet

from followthrough.ledger.models import Intake, Member, Workspace
from followthrough.ledger.models.intake import CALLED_OFF, DONE, GOING, READY, RECEIVED
from followthrough.ledger.plain import clean, cleaned

# What another worker may have changed: not whose it is.
MOVING = (
    "kind", "settings", "phase", "told", "preview", "cursor", "total", "counts", "problem",
    "lease", "lease_until", "began_at", "finished_at",
)  # fmt: skip
FREE: dict[str, Any] = {"lease": "", "lease_until": None, "problem": ""}  # of every worker
LEASE = timedelta(seconds=30)
PAUSE = timedelta(minutes=10)  # before an intake that got stuck is tried again
PIECE = 1 << 20
MAILBOX = "mailbox"  # the kind of what a connected mailbox held already
# Of a preview these hold nobody's words: they are kept when all is taken in.
PLAIN = ("headers", "header_row", "mapping", "what", "layout")


class LostTheLease(Exception):
    """Another worker went on with it: what this one was about to write is written already."""


def receive(  # noqa: PLR0913 - the page calls just this
    workspace: Workspace,
    member: Member,
    name: str,
    stream: BinaryIO,
    settings: Mapping[str, Any] | None = None,
    *,
    at: datetime,
    go: bool = True,
) -> Intake:
    """Store an uploaded file under a name of our own. The worker does the rest.

    Without `go` it stops after a first look, until somebody has seen the preview and tells it to.
    """
    if member.workspace_id != workspace.pk:
        raise PermissionError(f"{member} is not of {workspace}.")
    stored = _new_place()
    with os.fdopen(os.open(stored, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(stream, file, PIECE)
        file.flush()
        os.fsync(file.fileno())
    return _booked(member, name, stored, settings, at=at, go=go)


def of_mailbox(member: Member, address: str, *, total: int, at: datetime) -> Intake:
    """What a mailbox held when it was connected: brought in by its own reader, without a file."""
    lease = secrets.token_hex(16)
    return Intake.objects.create(
        workspace=member.workspace, member=member, kind=MAILBOX, file_name=address[:200],
        stored_as=secrets.token_hex(16), phase=GOING, told=True, total=total, lease=lease,
        created_at=at, began_at=at,
    )  # fmt: skip


def receive_folder(
    member: Member,
    folder: Path,
    settings: Mapping[str, Any] | None = None,
    *,
    at: datetime,
    go: bool = True,
) -> Intake:
    """The same for a folder of mails. Links are left out: they may lead anywhere."""
    stored = _new_place()
    shutil.copytree(folder, stored, ignore=_links, copy_function=_copy)
    return _booked(member, folder.name, stored, settings, at=at, go=go)


def stored_at(intake: Intake) -> Path:
    return _folder() / PurePath(intake.stored_as).name


def unfinished(workspace: Workspace) -> QuerySet[Intake]:
    """What the worker can go on with: not what waits for somebody's look at its preview, nor what
    a mailbox brings in as it is read."""
    rows = Intake.objects.filter(workspace=workspace, finished_at=None).exclude(phase=READY)
    rows = rows.exclude(kind=MAILBOX, phase=GOING)
    return rows.select_related("workspace", "member__user").order_by("pk")


def waiting(member: Member) -> QuerySet[Intake]:
    """Previews that wait for this member's look."""
    rows = Intake.objects.filter(workspace=member.workspace_id, member=member, phase=READY)
    return rows.order_by("pk")


# --- what a person decides ---------------------------------------------------------------


def tell_to_go(intake: Intake, *, settings: Mapping[str, Any] | None = None, at: datetime) -> bool:
    """Bring it in, with what was put right last. False: somebody else decided meanwhile."""
    said = intake.settings | cleaned(dict(settings or {}))
    going = {"phase": GOING, "told": True, "cursor": 0, "began_at": at, "settings": said}
    return _undecided(intake).filter(phase=READY).update(**going, **FREE) == 1


def look_again(intake: Intake, choices: Mapping[str, Any]) -> bool:
    """A look with other settings; one that goes on loses its lease. False: it is decided."""
    settings = intake.settings | cleaned(dict(choices))
    again = {"settings": settings, "phase": RECEIVED, "counts": {}, "total": 0}
    return _undecided(intake).update(**again, **FREE) == 1


def call_off(intake: Intake, *, at: datetime) -> bool:
    """Nothing of it comes in, and the file goes. False: it was told to go already."""
    ended = {"phase": CALLED_OFF, "finished_at": at, "preview": {}}
    off = _undecided(intake).update(**ended, **FREE) == 1
    if off:
        discard(stored_at(intake))
    return off


# --- what the worker does ------------------------------------------------------------------


def claim(intake: Intake, *, lease: str, at: datetime) -> bool:
    """Whether this worker may go on with it; the row is fresh afterwards."""
    free = Q(lease=lease) | Q(lease_until=None) | Q(lease_until__lte=at)
    rows = Intake.objects.filter(
        free, workspace=intake.workspace_id, pk=intake.pk, finished_at=None
    ).exclude(phase=READY)
    mine = rows.update(lease=lease, lease_until=at + LEASE)
    if mine:
        intake.refresh_from_db(fields=MOVING)
    return mine == 1


def advance(intake: Intake, *, by: int, counts: dict[str, Any], at: datetime) -> None:
    """Move the cursor, in the transaction of the slice. Who lost the lease writes nothing."""
    moved = _held(intake).update(cursor=intake.cursor + by, counts=counts, lease_until=at + LEASE)
    if not moved:
        raise LostTheLease(intake.pk)


def note(intake: Intake, **values: Any) -> None:
    """What is known before the first slice: the kind, how many there are, who we are."""
    if not _held(intake).update(**values):
        raise LostTheLease(intake.pk)
    for name, value in values.items():
        setattr(intake, name, value)


def looked(intake: Intake, *, total: int, preview: dict[str, Any], at: datetime) -> None:
    """A first look has ended: it goes on at once if it was told to, else it waits."""
    phase = GOING if intake.told else READY
    free = FREE if phase == READY else {}
    note(intake, total=total, preview=preview, phase=phase, began_at=at, **free)


def finish(intake: Intake, *, at: datetime, problem: str = "", phase: str = DONE) -> None:
    kept = {key: value for key, value in intake.preview.items() if key in PLAIN}
    ended = FREE | {"problem": problem[:300], "preview": kept, "phase": phase}
    note(intake, finished_at=at, **ended)
    discard(stored_at(intake))


def stuck(intake: Intake, *, problem: str, at: datetime) -> None:
    """It says why, keeps its file, and is tried again after a pause: nothing of it is lost."""
    note(intake, problem=problem[:300], lease="", lease_until=at + PAUSE)


def discard(stored: Path) -> None:
    if stored.is_dir():
        shutil.rmtree(stored)
    else:
        stored.unlink(missing_ok=True)


def discard_leftovers() -> int:
    """Files of finished intakes that a crash left behind; how many."""
    folder = _folder()
    wanted = set(Intake.objects.filter(finished_at=None).values_list("stored_as", flat=True))
    booked = set(Intake.objects.values_list("stored_as", flat=True)) - wanted
    left = [path for path in folder.iterdir() if path.name in booked]
    for path in left:
        discard(path)
    return len(left)


def _held(intake: Intake) -> QuerySet[Intake]:
    return Intake.objects.filter(
        workspace=intake.workspace_id,
        pk=intake.pk,
        cursor=intake.cursor,
        lease=intake.lease,
        finished_at=None,
    )


def _undecided(intake: Intake) -> QuerySet[Intake]:
    return Intake.objects.filter(
        workspace=intake.workspace_id, pk=intake.pk, phase__in=(RECEIVED, READY), told=False
    )


def _booked(  # noqa: PLR0913 - what both ways in say
    member: Member,
    name: str,
    stored: Path,
    settings: Mapping[str, Any] | None,
    *,
    at: datetime,
    go: bool,
) -> Intake:
    return Intake.objects.create(
        workspace=member.workspace, member=member, file_name=clean(PurePath(name).name)[:200],
        stored_as=stored.name, settings=cleaned(dict(settings or {})), created_at=at, told=go,
    )  # fmt: skip


def _new_place() -> Path:
    return _folder() / secrets.token_hex(16)


def _folder() -> Path:
    folder = Path(project.VAR) / "intakes"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_symlink()]


def _copy(source: str, target: str) -> None:
    if Path(source).is_file():
        shutil.copyfile(source, target)
        Path(target).chmod(0o600)
