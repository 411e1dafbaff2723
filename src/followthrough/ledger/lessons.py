"""What leaving out teaches: whose mail, whose house, which turn of phrase is left unticked next.

Counts alone, so that each one can be shown, explained and forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from followthrough.core.saying import Saying, says
from followthrough.ledger.addresses import FREE_MAIL
from followthrough.ledger.models import Address, Lesson, Proposal, Workspace

# How many times somebody left it out before it is left unticked, and what it is called.
SENDER, HOUSE, CUE = "sender", "house", "cue"
ENOUGH = {SENDER: 1, HOUSE: 3, CUE: 5}
SAYS = {
    SENDER: says("You left {about} out before"),
    HOUSE: says("You left out {count} from {about}"),
    CUE: says("You left out {count} that said “{about}”"),
}
Key = tuple[str, str]


def said_of(kind: str, about: str, dismissed: int) -> Saying:
    return says(SAYS[kind].template, about=about, count=dismissed)


@dataclass(frozen=True, kw_only=True)
class Learned:
    """All lessons of a workspace, read once for a whole batch."""

    counts: dict[Key, tuple[int, int]]

    def why_not(self, keys: Iterable[Key]) -> str:
        """Why something with these marks is left unticked, or ""."""
        for kind, about in keys:
            dismissed, accepted = self.counts.get((kind, about), (0, 0))
            if dismissed >= ENOUGH[kind] and dismissed > accepted * 3:
                return said_of(kind, about, dismissed)
        return ""


def learned(workspace: Workspace) -> Learned:
    rows = Lesson.objects.filter(workspace=workspace)
    columns = rows.values_list("kind", "about", "dismissed", "accepted")
    return Learned(counts={(kind, about): (no, yes) for kind, about, no, yes in columns})


def marks(emails: Iterable[str], cue: str = "") -> list[Key]:
    """What a proposal is known by: its sender, their house, its turn of phrase."""
    found: list[Key] = []
    for email in emails:
        found.append((SENDER, email))
        house = email.partition("@")[2]
        if house and house not in FREE_MAIL:
            found.append((HOUSE, house))
    return [*found, (CUE, cue)] if cue else found


def teach(workspace: Workspace, decided: Iterable[Proposal], *, by: int = 1, at: datetime) -> None:
    """Count these decisions; `by` is -1 where one is taken back."""
    decided = list(decided)
    emails = emails_of(workspace, {one.party_id for one in decided})
    with transaction.atomic():
        for one in decided:
            field = "dismissed" if one.state == "dismissed" else "accepted"
            # A yes to a phrase says nothing of its sender, but a no says it of both.
            for kind, about in marks(emails.get(one.party_id, []), one.cue):
                row = _row(workspace, kind, about, at)
                setattr(row, field, max(0, getattr(row, field) + by))
                row.changed_at = at
                row.save(update_fields=[field, "changed_at"])


def _row(workspace: Workspace, kind: str, about: str, at: datetime) -> Lesson:
    named = {"workspace": workspace, "kind": kind, "about": about[:254]}
    row, _ = Lesson.objects.select_for_update().get_or_create(**named, defaults={"changed_at": at})
    return row


def emails_of(workspace: Workspace, parties: Iterable[int]) -> dict[int, list[str]]:
    rows = Address.objects.filter(workspace=workspace, party__in=list(parties), kind="email")
    found: dict[int, list[str]] = {}
    for party, canonical in rows.values_list("party", "canonical"):
        found.setdefault(party, []).append(canonical)
    return found


def telling(workspace: Workspace) -> QuerySet[Lesson]:
    """Those that leave something unticked, the strongest first."""
    rows = Lesson.objects.filter(workspace=workspace, dismissed__gt=F("accepted") * 3)
    enough = [
        pk for pk, kind, no in rows.values_list("pk", "kind", "dismissed") if no >= ENOUGH[kind]
    ]
    return rows.filter(pk__in=enough).order_by("-dismissed", "about")


def unlearn(workspace: Workspace, pk: int | None = None) -> int:
    """Forget one lesson, or all; how many."""
    rows = Lesson.objects.filter(workspace=workspace)
    gone, _ = (rows if pk is None else rows.filter(pk=pk)).delete()
    return gone
