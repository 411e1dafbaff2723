"""Two parties that may be one: what is asked, what was decided, and how it is taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from followthrough.core.saying import says
from followthrough.ledger.merge import CouldNotMerge, merge, unmerge
from followthrough.ledger.models import Likeness, LikenessKey, Member, Party, Workspace
from followthrough.ledger.statements import select

OPEN, KEPT_APART, MERGED = "open", "kept_apart", "merged"
A_QUESTION = 0.5  # the score of what only a person can decide
BY_HAND = [says("you said so")]
PART_OF_ANOTHER = says(
    "Both are part of {name} by now, so this cannot be undone here. "
    "Take them apart on the page of {name}."
)
COUNTED = 99  # beyond, counting stops


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A record that somebody else speaks for since `at`; None where nobody noted the day."""

    party: Party
    at: datetime | None


# --- what is asked -----------------------------------------------------------------------


def open_ones(workspace: Workspace) -> QuerySet[Likeness]:
    """The likeliest first. Where one was joined with somebody, the question rests."""
    rows = Likeness.objects.filter(workspace=workspace, state=OPEN)
    speaking = rows.filter(first__merged_into=None, second__merged_into=None)
    return speaking.select_related("first", "second").order_by("-score", "id")


def how_many(workspace: Workspace) -> int:
    """How many wait for a decision; counting stops at a hundred."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY, [workspace.pk, OPEN, COUNTED + 1])
        return int(cursor.fetchone()[0])


HOW_MANY = """
SELECT COUNT(*) FROM (
    SELECT l.id FROM ledger_likeness l
      JOIN ledger_party a ON a.id = l.first_id AND a.merged_into_id IS NULL
      JOIN ledger_party b ON b.id = l.second_id AND b.merged_into_id IS NULL
     WHERE l.workspace_id = %s AND l.state = %s LIMIT %s) AS first
"""


def of_party(party: Party) -> list[Likeness]:
    """What is asked about this party, the likeliest first."""
    where = {"workspace": [party.workspace_id]}
    sides = (select(Likeness, ("id",), where | {side: [party.pk]}) for side in ("first", "second"))
    if not any(any(True for _ in some) for some in sides):
        return []  # most are alike to nobody
    theirs = Q(first=party) | Q(second=party)
    return list(open_ones(party.workspace).filter(theirs)[:3])


def beside(after: Likeness, workspace: Workspace, *, before: bool = False) -> Likeness | None:
    """The question that follows this one, or that stands before it."""
    rows = open_ones(workspace).exclude(pk=after.pk)
    if before:
        rows = rows.filter(Q(score__gt=after.score) | Q(score=after.score, pk__lt=after.pk))
        return rows.order_by("score", "-id").first()
    return rows.filter(Q(score__lt=after.score) | Q(score=after.score, pk__gt=after.pk)).first()


def between(one: Party, other: Party) -> Likeness | None:
    """What was asked about these two, or decided."""
    first, second = sorted((one, other), key=lambda party: party.pk)
    rows = Likeness.objects.filter(workspace=one.workspace_id, first=first, second=second)
    return rows.select_related("first", "second").first()


def joined_into(party: Party) -> list[Joined]:
    """Records that this one speaks for, the last joined first."""
    if not party.has_absorbed:
        return []
    gone = Party.objects.filter(workspace=party.workspace_id, merged_into=party)
    rows = Likeness.objects.filter(
        Q(first__in=gone) | Q(second__in=gone), workspace=party.workspace_id, state=MERGED
    )
    decided = {pk: row for row in rows for pk in (row.first_id, row.second_id)}
    return [_joined(one, decided.get(one.pk)) for one in gone.order_by("-pk")]


def _joined(party: Party, decided: Likeness | None) -> Joined:
    return Joined(party=party, at=decided.decided_at if decided else None)


# --- what is decided -----------------------------------------------------------------------


def keep_apart(one: Party, other: Party, *, by: Member, at: datetime) -> Likeness:
    """They are two, and nobody is asked again."""
    return _decide(one, other, KEPT_APART, by=by, at=at)


def join(other: Party, *, into: Party, by: Member, at: datetime) -> Likeness:
    """They are one, and `into` keeps its name. Raises CouldNotMerge."""
    with transaction.atomic():
        merge(other, into=into, by=by, at=at)
        return _decide(into, other, MERGED, by=by, at=at)


def reopen(likeness: Likeness, *, by: Member, at: datetime) -> None:
    """Undo: as if nothing had been decided. Raises CouldNotMerge where both are part of
    a third by now."""
    with transaction.atomic():
        if likeness.state == MERGED and (gone := _gone_of(likeness)):
            unmerge(gone, by=by, at=at)
        likeness.state, likeness.decided_at, likeness.decided_by = OPEN, None, None
        likeness.save(update_fields=["state", "decided_at", "decided_by"])


def take_apart(other: Party, *, by: Member, at: datetime) -> Party:
    """It was wrong to join `other`: each has again what was theirs. Returns whom it was part of."""
    with transaction.atomic():
        into = other.merged_into or other
        unmerge(other, by=by, at=at)
        keep_apart(into, other, by=by, at=at)
        return into


def _decide(one: Party, other: Party, state: str, *, by: Member, at: datetime) -> Likeness:
    first, second = sorted((one, other), key=lambda party: party.pk)
    row, _ = Likeness.objects.update_or_create(
        workspace=by.workspace, first=first, second=second,
        defaults={"state": state, "decided_at": at, "decided_by": by},
        create_defaults={
            "state": state, "decided_at": at, "decided_by": by, "seen_at": at, "because": BY_HAND,
        },
    )  # fmt: skip
    return row


def _gone_of(likeness: Likeness) -> Party | None:
    """Who was joined when one of the two became part of the other; either may be part of a third
    by now. None where they were taken apart already."""
    first, second = _upwards(likeness.first), _upwards(likeness.second)
    for way, top in ((first, second[0]), (second, first[0])):
        for below, above in pairwise(way):
            if above.pk == top.pk:
                return below
    if first[-1].pk == second[-1].pk:
        raise CouldNotMerge(PART_OF_ANOTHER.format(name=first[-1].name))
    return None


def _upwards(party: Party) -> list[Party]:
    """Itself, whom it is part of, and so on."""
    rows = Party.objects.filter(workspace=party.workspace_id)
    way = [rows.get(pk=party.pk)]
    while way[-1].merged_into_id:
        way.append(rows.get(pk=way[-1].merged_into_id))
    return way


# --- how it is found -------------------------------------------------------------------------


def ask(
    workspace: Workspace, pairs: Sequence[tuple[Party, Party]], *, because: str, at: datetime
) -> None:
    """Whether these are one. What was asked before is not asked again."""
    pairs = [tuple(sorted(pair, key=lambda party: party.pk)) for pair in pairs]  # type: ignore[misc]
    Likeness.objects.bulk_create(
        [
            Likeness(
                workspace=workspace, first=first, second=second, score=A_QUESTION,
                because=[because], seen_at=at,
            )
            for first, second in pairs
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def look_again(parties: Iterable[Party]) -> None:
    """Something by which others may be alike has changed."""
    ids = {party.pk for party in parties}
    if ids:
        Party.objects.filter(pk__in=ids).update(compared=False)


def forget_likenesses(workspace_id: int, family: set[int]) -> None:
    """The reasons name names, and whoever is forgotten is like nobody."""
    theirs = Q(first__in=family) | Q(second__in=family)
    Likeness.objects.filter(theirs, workspace=workspace_id).delete()
    LikenessKey.objects.filter(workspace=workspace_id, party__in=family).delete()
