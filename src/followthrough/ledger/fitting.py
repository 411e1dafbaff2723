"""Whether somebody is whom is looked for: filters over all people, each in bounded time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from followthrough.ledger.locks import speakers_of
from followthrough.ledger.models import Matter, Party, Role, Word, Workspace
from followthrough.ledger.models.parties import NEVER, UNLISTED
from followthrough.ledger.search import asked_of
from followthrough.ledger.statements import select

FEW = 1_000  # up to so many are looked at one by one
NO_CONTACT, NOBODY, BY_HAND = "never", "nobody", "hand"
Line = dict[str, Any]
COLUMNS = (
    "id", "name", "owner", "merged_into", "forgotten", "firm", "silent_since", "next_at", "worth",
    "quiet", "intake", "kind", "workspace",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Whom somebody looks for. `firm` is a company as one compares it; `owner` a member's id or
    "nobody"; `kind` is of something open; `silent` are days without a contact, or "never";
    `quiet`: they are to move; `free`: nothing is due before this moment; `source` is the id of an
    import, or "hand"; `role` what they are to us.
    """

    words: str = ""
    firm: str = ""
    owner: str = ""
    kind: str = ""
    silent: str = ""
    quiet: bool = False
    free: datetime | None = None
    source: str = ""
    role: str = ""
    order: str = ""

    @property
    def narrows(self) -> bool:
        return replace(self, order="") != Looking()


def few(workspace: Workspace, looking: Looking, now: datetime) -> list[int] | None:
    """The ids that one of the filters leaves, where these are few. Each question is bounded, and
    names only what its own index holds."""
    if looking.words and not any(asked_of(looking.words)):
        return []  # signs alone
    for rows in _filters(workspace, looking, now):
        ids = list(rows[: FEW + 1])
        if len(ids) <= FEW:
            return list(set(speakers_of(ids).values()) if looking.kind else set(ids))
    return None


def _filters(workspace: Workspace, looking: Looking, now: datetime) -> Iterator[Any]:
    ours = Party.objects.filter(workspace=workspace)
    for word in asked_of(looking.words):
        yield Word.objects.filter(word, workspace=workspace).values_list("party", flat=True)
    if looking.kind:
        yield _open(workspace, looking.kind).values_list("party", flat=True)
    if looking.role:
        yield _playing(workspace, looking.role).values_list("party", flat=True)
    if looking.owner.isdecimal():
        # Without the workspace, which another index would answer: whose they are is seen below.
        yield Party.objects.filter(owner=int(looking.owner)).values_list("pk", flat=True)
    asked = (
        Q(firm=looking.firm) if looking.firm else None,
        Q(intake=int(looking.source)) if looking.source.isdecimal() else None,
        Q(quiet__in=[True]) if looking.quiet else None,  # as an equation, which an index answers
        Q(next_at__gte=looking.free) if looking.free else None,
        _silent(looking.silent, now) if looking.silent else None,
    )
    for one in asked:
        if one is not None:
            yield ours.filter(one).values_list("pk", flat=True)


def _open(workspace: Workspace, kind: str) -> Any:
    return Matter.objects.filter(workspace=workspace, kind=kind, closed_at=None)


def _playing(workspace: Workspace, role: str) -> Any:
    return Role.objects.filter(workspace=workspace, name=role)


def _silent(silent: str, now: datetime) -> Q:
    if silent == NO_CONTACT:
        return Q(silent_since__gte=NEVER)
    return Q(silent_since__lt=now - timedelta(days=int(silent)))


def lines_of(pks: Sequence[int]) -> Iterator[Line]:
    return told(select(Party, COLUMNS, {"id": pks})) if pks else iter(())


def told(rows: Iterable[tuple[Any, ...]]) -> Iterator[Line]:
    return (dict(zip(COLUMNS, row, strict=True)) for row in rows)


def fitting(
    lines: Iterable[Line], workspace: Workspace, looking: Looking, now: datetime
) -> list[Line]:
    """Those of ours that stand for themselves and are what was asked for, in their order."""
    ours = (line for line in lines if line["workspace"] == workspace.pk)
    fit = [line for line in ours if _stands(line) and _fits(line, looking, now)]
    if looking.role:
        rows = _playing(workspace, looking.role).filter(party__in=_ids(fit))
        fit = _among(fit, set(rows.values_list("party", flat=True)))
    for word in asked_of(looking.words):
        rows = Word.objects.filter(word, workspace=workspace)
        fit = _among(fit, set(rows.filter(party__in=_ids(fit)).values_list("party", flat=True)))
    if looking.kind:
        joined = Party.objects.filter(workspace=workspace, merged_into__in=_ids(fit))
        theirs = {*_ids(fit), *joined.values_list("pk", flat=True)}
        rows = _open(workspace, looking.kind).filter(party__in=theirs)
        speaks = speakers_of(set(rows.values_list("party", flat=True)))
        fit = _among(fit, set(speaks.values()))
    return fit


def _ids(lines: Iterable[Line]) -> list[int]:
    return [line["id"] for line in lines]


def _among(lines: list[Line], ids: set[int]) -> list[Line]:
    return [line for line in lines if line["id"] in ids]


def _stands(line: Line) -> bool:
    listed = not line["forgotten"] and line["kind"] not in UNLISTED
    return listed and line["merged_into"] is None


def _fits(line: Line, looking: Looking, now: datetime) -> bool:
    asked = (
        not looking.firm or line["firm"] == looking.firm,
        not looking.owner or str(line["owner"] or NOBODY) == looking.owner,
        not looking.source or str(line["intake"] or BY_HAND) == looking.source,
        not looking.quiet or line["quiet"],
        looking.free is None or line["next_at"] >= looking.free,
        not looking.silent or _is_silent(line["silent_since"], looking.silent, now),
    )
    return all(asked)


def _is_silent(since: datetime, silent: str, now: datetime) -> bool:
    return since >= NEVER if silent == NO_CONTACT else since < now - timedelta(days=int(silent))
