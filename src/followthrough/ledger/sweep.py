"""The nightly sweep: decide every party anew. How many rows were wrong must be 0."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Subquery

from followthrough.ledger.balance import balance
from followthrough.ledger.locks import lock
from followthrough.ledger.made_late import asking_about, tidy
from followthrough.ledger.models import Party, Workspace
from followthrough.ledger.search import make_findable
from followthrough.ledger.writes import write_alarms

logger = logging.getLogger(__name__)

FAULTS = (OperationalError, InterfaceError)  # of the database, not of a party
SLICE = 100  # parties per transaction, so that others can write between


class CouldNotDecide(Exception):
    """All others are decided; these parties are as they were, and need a person's look."""

    def __init__(self, parties: list[int], why: Exception) -> None:
        named = ", ".join(map(str, parties[:10])) + (" and more" if len(parties) > 10 else "")
        super().__init__(f"{len(parties)} could not be decided (person {named}): {why!r}")
        self.parties = parties


@dataclass(kw_only=True)
class _Round:
    """One walk over many parties; one that cannot be decided does not stop it."""

    at: datetime
    wrong: int = 0
    failed: list[int] = field(default_factory=list)
    why: Exception | None = None

    def balance(self, ids: list[int]) -> None:
        if not ids:
            return
        try:
            self.wrong += _balance(ids, self.at)
        except FAULTS:
            raise
        except Exception as error:
            if len(ids) > 1:
                for pk in ids:
                    self.balance([pk])
                return
            logger.exception("Party %s could not be decided", ids[0])
            self.failed += ids
            self.why = error

    def end(self) -> None:
        if self.why:
            raise CouldNotDecide(self.failed, self.why) from self.why


def sweep(workspace: Workspace, *, at: datetime) -> int:
    """Balance every party; how many rows had to be put right."""
    walk, last = _Round(at=at), 0
    while ids := _after(workspace, last):
        walk.balance(ids)
        last = ids[-1]
    tidy(workspace)
    walk.end()
    return walk.wrong


def catch_up(workspace: Workspace, *, at: datetime, most: int = 500) -> int:
    """Balance parties decided on older terms (a knob, an absence); how many there were."""
    version = Workspace.objects.filter(pk=workspace.pk).values("terms_version")
    stale = Party.objects.filter(
        workspace=workspace, merged_into=None, terms_version__lt=Subquery(version)
    ).order_by("-terms_version", "pk")
    walk, ids = _Round(at=at), list(stale.values_list("pk", flat=True)[:most])
    for start in range(0, len(ids), SLICE):
        walk.balance(ids[start : start + SLICE])
    walk.end()
    return len(ids)


def put_right(parties: Iterable[int], *, at: datetime) -> int:
    """Balance some parties, as many as a person can wait for; those that fail stay uncovered."""
    walk = _Round(at=at)
    walk.balance(sorted(parties)[:SLICE])
    return walk.wrong


def _after(workspace: Workspace, last: int) -> list[int]:
    rows = Party.objects.filter(workspace=workspace, merged_into=None, pk__gt=last)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:SLICE])


def _balance(ids: Iterable[int], at: datetime) -> int:
    with transaction.atomic():
        # Two of them may have been merged a moment ago: each speaker is balanced once.
        roots = {party.pk: party for party in lock(ids).values()}
        teams = {party.workspace_id for party in roots.values()}
        with asking_about(roots, teams, at):
            writes = balance(roots.values(), at=at)
        # Brought in before there were words to find by, or written by hand.
        make_findable(one for one in roots.values() if not (one.firm or one.forgotten))
        return len(writes) + write_alarms(writes.kept)
