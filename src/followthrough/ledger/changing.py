"""A change of the team's settings: wished, made, and taken back. Each is kept, with who made it."""

from copy import copy
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F

from followthrough.core.calendar import Calendar, NoSlot
from followthrough.core.saying import says
from followthrough.ledger.calendars import holidays_of
from followthrough.ledger.models import Change, Member, Workspace
from followthrough.ledger.numbers import NUMBERS

# What of a team is one plain value; and the two that hold many, of which a change names some.
PLAIN = (
    "name",
    "currency",
    "language",
    "postal",
    "tracks",
    "zone",
    "country",
    "region",
    "workdays",
)
HOURS = ("workday_start", "workday_end")
KNOBS, CLOSED = "knobs", "closed_days"
MOVES_NOTHING = {"name", "currency", "language", "postal", "tracks"}


class CouldNotChange(Exception):
    """Said to the person as it stands."""


def wish(member: Member, wanted: dict[str, Any], *, at: datetime) -> Change | None:
    """Nothing is changed by it yet. None: everything is so already."""
    ours = member.workspace
    new = {name: value for name, value in wanted.items() if name not in (KNOBS, CLOSED)}
    new = {name: value for name, value in new.items() if value != _plain(ours, name)}
    for name in (KNOBS, CLOSED):
        had = _held(ours, name)
        if some := {k: v for k, v in wanted.get(name, {}).items() if had.get(k) != v}:
            new[name] = some
    if not new:
        return None
    _refuse_nonsense(changed(ours, new))
    Change.objects.filter(workspace=ours, member=member, made_at=None).delete()  # thought again
    return Change.objects.create(
        workspace=ours, member=member, wanted=new, before=_before(ours, new), at=at,
        looking=bool(new.keys() - MOVES_NOTHING),
    )  # fmt: skip


def make(change: Change, *, at: datetime) -> bool:
    """False: it was made already."""
    with transaction.atomic():
        ours, change = _locked(change)
        if change.made_at:
            return False
        change.before = _before(ours, change.wanted)
        change.made_at, change.looking = at, False
        change.save(update_fields=["before", "made_at", "looking"])
        _write(ours, change.wanted)
    return True


def take_back(change: Change, *, at: datetime) -> bool:
    """As it was before, but for what was changed again since. False: nothing of it stands."""
    with transaction.atomic():
        ours, change = _locked(change)
        if not change.made_at or change.undone_at:
            return False
        change.undone_at = at
        change.save(update_fields=["undone_at"])
        now = _before(ours, change.wanted)
        _write(ours, _still(change.before, change.wanted, now))
    return True


def changed(workspace: Workspace, wanted: dict[str, Any]) -> Workspace:
    """The team as it would be; nothing is written."""
    other = copy(workspace)
    for name, value in wanted.items():
        if name in HOURS:
            setattr(other, name, time.fromisoformat(value))
        elif name in (KNOBS, CLOSED):
            held = _held(workspace, name) | value
            setattr(other, name, _as_stored(name, held))
        else:
            setattr(other, name, value)
    return other


def _as_stored(name: str, held: dict[str, Any]) -> Any:
    if name == CLOSED:
        return sorted(day for day, closed in held.items() if closed)
    return {knob: value for knob, value in held.items() if value is not None}


def _held(workspace: Workspace, name: str) -> dict[str, Any]:
    """Numbers by their name, None being the default; days, and whether they are closed."""
    if name == CLOSED:
        return dict.fromkeys(workspace.closed_days, True)
    return dict(workspace.knobs)


def _plain(workspace: Workspace, name: str) -> Any:
    value = getattr(workspace, name)
    return value.isoformat("minutes") if name in HOURS else value


def _before(workspace: Workspace, wanted: dict[str, Any]) -> dict[str, Any]:
    """What stands now where a change is wanted."""
    return {
        name: {key: _held(workspace, name).get(key) for key in value}
        if name in (KNOBS, CLOSED)
        else _plain(workspace, name)
        for name, value in wanted.items()
    }


def _still(before: dict[str, Any], wanted: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """The earlier values of what stands as it was wanted."""
    found: dict[str, Any] = {}
    for name, value in wanted.items():
        if name in (KNOBS, CLOSED):
            some = {key: before[name][key] for key in value if now[name][key] == value[key]}
            found |= {name: some} if some else {}
        elif now[name] == value:
            found[name] = before[name]
    return found


def _locked(change: Change) -> tuple[Workspace, Change]:
    ours = Workspace.objects.select_for_update().get(pk=change.workspace_id)
    return ours, Change.objects.get(workspace=ours, pk=change.pk)


def _write(ours: Workspace, wanted: dict[str, Any]) -> None:
    if not wanted:
        return
    after = changed(ours, wanted)
    after.save(update_fields=list(wanted))
    if wanted.keys() - MOVES_NOTHING:
        rows = Workspace.objects.filter(pk=ours.pk)
        rows.update(terms_version=F("terms_version") + 1)


def _refuse_nonsense(after: Workspace) -> None:
    for name, value in after.knobs.items():
        knob = NUMBERS.get(name)
        if knob and not knob.least <= value <= knob.most:
            raise CouldNotChange(
                says("A number from {least} to {most}, please.", least=knob.least, most=knob.most)
            )
    try:
        Calendar(
            zone=after.zone, days=frozenset(map(int, after.workdays)),
            start=after.workday_start, end=after.workday_end,
        )  # fmt: skip
        if after.country:
            holidays_of(after.country, after.region, [2026])
    except NoSlot as no_slot:
        raise CouldNotChange(no_slot.advice) from no_slot
    except ValueError as unknown:
        raise CouldNotChange(str(unknown)) from unknown


def own_days(workspace: Workspace) -> list[date]:
    """The days that the team closes besides the holidays, first first."""
    return sorted(date.fromisoformat(day) for day in workspace.closed_days)
