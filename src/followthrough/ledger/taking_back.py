"""A whole import taken back: what nobody has touched since goes, everything else is retracted.

Whom the import added, and nobody else spoke of or changed since, is removed with all that came of
it. Everybody else stays; what the import told of them is retracted, and its addresses go.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from followthrough.ledger import intakes
from followthrough.ledger.locks import lock
from followthrough.ledger.models import (
    Address,
    Alarm,
    Detail,
    Fact,
    FollowUp,
    Intake,
    Likeness,
    LikenessKey,
    Link,
    MailHead,
    Matter,
    Message,
    Notice,
    Party,
    Person,
    Piece,
    Proposal,
    Retold,
    Role,
    Text,
    Unsent,
    Want,
    Word,
)
from followthrough.ledger.models.intake import DONE, GOING, UNDOING
from followthrough.ledger.retracting import retract
from followthrough.ledger.statements import delete, select
from followthrough.ledger.told_again import gone_ones, hand_on
from followthrough.ledger.unsaying import unsay


def take_back(intake: Intake, *, at: datetime) -> bool:
    """The worker does it. False: it still comes in, or is taken back already."""
    stuck = Q(phase=GOING) & ~Q(problem="")
    done = Intake.objects.filter(Q(phase=DONE) | stuck, workspace=intake.workspace_id, pk=intake.pk)
    ours = {"workspace": intake.workspace_id, "intake": intake.pk}
    told = Fact.objects.filter(**ours).values("party").distinct().count()
    many = max(told, Party.objects.filter(**ours).count())
    counts = intake.counts | {"to_take_back": many, "removed": 0, "kept": 0, "back_at": 0}
    undoing = {"phase": UNDOING, "finished_at": None, "began_at": at, "counts": counts}
    return done.update(**undoing, **intakes.FREE) == 1


def slice_back(intake: Intake, *, most: int, at: datetime) -> bool:
    """Take back some of it, in one transaction with how far it is. False: that was all.

    Raises LostTheLease, with nothing written, where another worker was faster.
    """
    counts = dict(intake.counts)
    some = _touched(intake, after=counts.get("back_at", 0), most=most)
    if not some:
        return False
    with transaction.atomic():
        lock(some)
        hand_on(intake, some)
        unsay(intake, some, at=at)
        lost = _untouched(intake, some)
        kept = [pk for pk in some if pk not in lost]
        _remove(intake, lost)
        retract(intake, kept, at)
        for name, many in (("removed", len(lost)), ("kept", len(kept))):
            counts[name] = counts.get(name, 0) + many
        counts["back_at"] = some[-1]
        intakes.advance(intake, by=0, counts=counts, at=at)
    intake.counts = counts
    return True


def _touched(intake: Intake, *, after: int, most: int) -> list[int]:
    """The next parties that it added, or told something of, by their ids."""
    ours = {"workspace": intake.workspace_id, "intake": intake.pk}
    added = Party.objects.filter(**ours, pk__gt=after).order_by("pk").values_list("pk", flat=True)
    found = set(added[:most])
    for model in (Fact, Address):
        rows = model.objects.filter(**ours, party__gt=after).order_by("party")
        found |= set(rows.values_list("party", flat=True).distinct()[:most])
    return sorted(found)[:most]


# --- whom nobody has touched ---------------------------------------------------------------


def _untouched(intake: Intake, parties: Iterable[int]) -> set[int]:
    """Those it added that nothing else speaks of."""
    added = Party.objects.filter(
        workspace=intake.workspace_id, intake=intake.pk, pk__in=list(parties),
        merged_into=None, has_absorbed=False, forgotten=False,
    )  # fmt: skip
    ids = set(added.values_list("pk", flat=True))
    theirs: dict[str, Any] = {"workspace": intake.workspace_id, "party__in": ids}
    others = ~Q(intake__in={intake.pk, *gone_ones(intake.workspace_id)}) | Q(intake=None)
    for model in (Fact, Address):
        ids -= set(model.objects.filter(others, **theirs).values_list("party", flat=True))
    by_hand = (
        Detail.objects.filter(**theirs),
        Want.objects.filter(**theirs, fact=""),
        Role.objects.filter(**theirs, by_hand=True),
        Message.objects.filter(**theirs),  # somebody wrote to them
        Unsent.objects.filter(**theirs),
        Link.objects.filter(**theirs),  # they were given one
    )
    for rows in by_hand:
        ids -= set(rows.values_list("party", flat=True))
    # Asked by party alone: with the workspace SQLite would walk through all that it has.
    pieces = Piece.objects.filter(others, party__in=ids)
    ids -= set(pieces.values_list("party", flat=True))
    joined = Party.objects.filter(merged_into__in=ids)
    return ids - set(joined.values_list("merged_into", flat=True))


def _remove(intake: Intake, parties: set[int]) -> None:
    if not parties:
        return
    Piece.objects.filter(party__in=parties).update(party=None, joined_by="")
    theirs: dict[str, Any] = {"workspace": [intake.workspace_id], "party": sorted(parties)}
    duties = [pk for (pk,) in select(FollowUp, ("id",), theirs)]
    of_duties = {"workspace": [intake.workspace_id], "followup": duties}
    rung = [pk for (pk,) in select(Alarm, ("id",), of_duties)]
    delete(Notice, {"workspace": [intake.workspace_id], "alarm": rung})
    delete(Alarm, of_duties)
    told = [pk for (pk,) in select(Fact, ("id",), theirs)]
    delete(Retold, {"workspace": [intake.workspace_id], "fact": told})
    # In this order each row goes before those that it points to.
    for side in ("first", "second"):
        delete(Likeness, {"workspace": [intake.workspace_id], side: sorted(parties)})
    for model in (
        Proposal, FollowUp, Matter, Fact, Text, Address, Person, Word, Want, LikenessKey, Role,
        MailHead,
    ):  # fmt: skip
        delete(model, theirs)
    delete(Party, {"id": sorted(parties)})
