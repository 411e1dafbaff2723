"""What stayed without an answer, and why: as people learned it, and else as the books show it.

A silence is a row of our touches after which nothing came for two weeks. Where somebody wrote down
why, that counts. Where nobody did and none of these touches gave them anything, it gave no value.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from followthrough.core.facts import (
    BOTH,
    NOBODYS,
    OURS,
    THEIRS,
    Retracted,
    SilenceExplained,
    unpack,
)
from followthrough.core.facts import KINDS as FACTS
from followthrough.core.facts import Fact as Happened
from followthrough.core.giving import GIVE
from followthrough.core.order import in_order
from followthrough.ledger.models import Fact, Workspace
from followthrough.reports.shares import Share

WINDOW, SILENT = timedelta(days=365), timedelta(days=14)
MOST = 20_000  # the latest facts that are looked at
NO_VALUE, UNKNOWN = "no_value", "unknown"
TOLD = [
    *(name for name, kind in FACTS.items() if kind.turn != NOBODYS), SilenceExplained.__name__,
    Retracted.__name__,
]  # fmt: skip


@dataclass(kw_only=True)
class Silence:
    """`last` is when we last went to them in vain."""

    party: int
    last: datetime
    gave: bool = False
    why: str = ""

    @property
    def reason(self) -> str:
        return self.why or (UNKNOWN if self.gave else NO_VALUE)


@dataclass(frozen=True, kw_only=True)
class Reason:
    why: str
    share: Share


@dataclass(frozen=True, kw_only=True)
class NoAnswer:
    """`reasons` by how often; `still` are those who are silent now and of whom nobody knows why,
    the latest first, as numbers of parties."""

    reasons: list[Reason] = field(default_factory=list)
    of: int = 0
    still: list[int] = field(default_factory=list)


def no_answer(workspace: Workspace, *, at: datetime) -> NoAnswer:
    """One query."""
    ended: list[Silence] = []
    still: list[Silence] = []
    for party, told in groupby(_told(workspace, at), key=attrgetter("party_id")):
        past, current = silences(party, in_order(map(_happened, told)), at=at)
        ended += past
        still += [current] if current else []
    found = [*ended, *still]
    counted = Counter(one.reason for one in found).most_common()
    unexplained = sorted((one for one in still if not one.why), key=attrgetter("last"))
    return NoAnswer(
        reasons=[Reason(why=why, share=Share(done=n, of=len(found))) for why, n in counted],
        of=len(found), still=[one.party for one in reversed(unexplained)],
    )  # fmt: skip


def silences(
    party: int, told: Iterable[Happened], *, at: datetime
) -> tuple[list[Silence], Silence | None]:
    """Those that are over, and the one that lasts; what was answered in time is none."""
    over: list[Silence] = []
    row: Silence | None = None
    for fact in told:
        if isinstance(fact, SilenceExplained):
            if row:
                row.why = fact.why
        elif fact.turn in (THEIRS, BOTH) or _spoke(fact):
            over += [row] if row and fact.at - row.last > SILENT else []
            row = None
        elif fact.turn == OURS:
            row = row or Silence(party=party, last=fact.at)
            row.last = fact.at
            row.gave = row.gave or bool(getattr(fact, "given", "")) or isinstance(fact, GIVE)
    return over, row if row and at - row.last > SILENT else None


def _spoke(fact: Happened) -> bool:
    return getattr(fact, "outcome", "") == "spoke"


def _told(workspace: Workspace, at: datetime) -> Iterator[Fact]:
    rows = Fact.objects.filter(workspace=workspace, kind__in=TOLD, at__gt=at - WINDOW, at__lte=at)
    newest = rows.order_by("-at", "-pk").values("pk")[:MOST]
    kept = Fact.objects.filter(workspace=workspace, pk__in=newest)
    yield from kept.order_by("party_id", "at", "pk").iterator(chunk_size=2000)


def _happened(row: Fact) -> Happened:
    return unpack(row.kind, {"at": row.at, "name": row.name}, row.own)
