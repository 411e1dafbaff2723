"""A whole import taken back: what nobody has touched since goes, everything else is retracted.

Whom the import added, and nobody else spoke of or changed since, is removed with all that came of
it. Everybody else stays; what the import told of them is retracted, and its addresses go.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from followthrough.core.facts import Retracted
from followthrough.ledger import intakes
from followthrough.ledger.balance import balance
from followthrough.ledger.books import history_of
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
    Matter,
    Party,
    Person,
    Piece,
    Proposal,
    Text,
    Want,
    Word,
)
from followthrough.ledger.models.intake import DONE, GOING, UNDOING, UNDONE
from followthrough.ledger.names import hashed
from followthrough.ledger.proposals import HEARD, OPEN
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.statements import delete, select

A_MOMENT = timedelta(microseconds=1)  # a taking-back comes after what it takes back


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
        lost = _untouched(intake, some)
        kept = [pk for pk in some if pk not in lost]
        _remove(intake, lost)
        _retract(intake, kept, at)
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
    others = ~Q(intake=intake.pk) | Q(intake=None)
    for model in (Fact, Address):
        ids -= set(model.objects.filter(others, **theirs).values_list("party", flat=True))
    by_hand = (Detail.objects.filter(**theirs), Want.objects.filter(**theirs, fact=""))
    for rows in by_hand:
        ids -= set(rows.values_list("party", flat=True))
    # Asked by party alone: with the workspace SQLite would walk through all that it has.
    pieces = Piece.objects.filter(others, party__in=ids).exclude(intake__phase=UNDONE)
    ids -= set(pieces.values_list("party", flat=True))
    joined = Party.objects.filter(merged_into__in=ids)
    return ids - set(joined.values_list("merged_into", flat=True))


def _remove(intake: Intake, parties: set[int]) -> None:
    if not parties:
        return
    Piece.objects.filter(party__in=parties).update(party=None, joined_by="")
    theirs: dict[str, Any] = {"workspace": [intake.workspace_id], "party": sorted(parties)}
    duties = [pk for (pk,) in select(FollowUp, ("id",), theirs)]
    delete(Alarm, {"workspace": [intake.workspace_id], "followup": duties})
    # In this order each row goes before those that it points to.
    for side in ("first", "second"):
        delete(Likeness, {"workspace": [intake.workspace_id], side: sorted(parties)})
    for model in (
        Proposal, FollowUp, Matter, Fact, Text, Address, Person, Word, Want, LikenessKey,
    ):  # fmt: skip
        delete(model, theirs)
    delete(Party, {"id": sorted(parties)})


# --- who stays ----------------------------------------------------------------------------


def _retract(intake: Intake, parties: Sequence[int], at: datetime) -> None:
    """Their facts are taken back, each beside the record that it was heard of."""
    if not parties:
        return
    theirs: dict[str, Any] = {
        "workspace": intake.workspace_id, "intake": intake.pk, "party__in": parties
    }  # fmt: skip
    Address.objects.filter(**theirs).delete()
    Proposal.objects.filter(**theirs, state__in=(HEARD, OPEN)).delete()
    rows = Party.objects.in_bulk(parties)
    by = str(intake.member_id)
    record_many(
        [
            Heard(
                party=rows[party], source=f"intake:{intake.pk}:back:{party}:{at.isoformat()}",
                facts=[Retracted(at=at, what=name, by=by) for name in names],
            )
            for party, names in sorted(_standing(theirs).items())
        ],
        at=at,
    )  # fmt: skip
    balance({root.pk: root for root in lock(parties).values()}.values(), at=at)


def _standing(theirs: dict[str, Any]) -> dict[int, list[str]]:
    """Names of what was told of each party; what somebody took back already stays so."""
    told: dict[int, list[str]] = defaultdict(list)
    for party, name in Fact.objects.filter(**theirs).order_by("pk").values_list("party", "name"):
        told[party].append(name)
    undone = Fact.objects.filter(
        workspace=theirs["workspace"], party__in=list(told), kind=Retracted.__name__
    )
    for pk in set(undone.values_list("party", flat=True)):
        standing = {fact.name for fact in history_of(lock({pk})[pk]).facts}
        told[pk] = [name for name in told[pk] if name in standing]
    return told


# --- the same again, after it was taken back ------------------------------------------------


def bring_back(intake: Intake, heard: Sequence[Heard], *, at: datetime) -> None:
    """What an import told that was taken back holds again, when another one tells it."""
    where: dict[str, Any] = {"workspace": [intake.workspace_id], "phase": [UNDONE]}
    gone = {pk for (pk,) in select(Intake, ("id",), where)} - {intake.pk}
    if not gone:
        return
    sources = {hashed(one.source) for one in heard}
    rows = Fact.objects.filter(
        workspace=intake.workspace_id, source__in=sources, intake__in=gone
    ).select_related("party__workspace")
    for whose, facts in _by_party(rows).items():
        _restore(whose, [fact.name for fact in facts], at=at, by=str(intake.member_id))
    Fact.objects.filter(pk__in=[row.pk for row in rows]).update(intake=intake.pk)


def _by_party(rows: Iterable[Fact]) -> dict[Party, list[Fact]]:
    found: dict[Party, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row.party].append(row)
    return found


def _restore(party: Party, names: Sequence[str], *, at: datetime, by: str) -> None:
    root = lock({party.pk})[party.pk]
    history = history_of(root)
    taken = [one for one in history.facts if isinstance(one, Retracted) and one.what in set(names)]
    later = max([at, *(one.at + A_MOMENT for one in taken)])
    facts = [Retracted(at=later, what=one.name, by=by) for one in taken]
    source = f"intake:again:{party.pk}:{later.isoformat()}"
    record_many([Heard(party=party, source=source, facts=facts)], at=at)
