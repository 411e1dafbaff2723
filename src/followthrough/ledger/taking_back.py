"""A whole import taken back: what nobody has touched since goes, everything else is retracted.

Whom the import added, and nobody else spoke of or changed since, is removed with all that came of
it. Everybody else stays; what the import told of them is retracted, and its addresses go.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from followthrough.core.facts import Retracted
from followthrough.ledger import alarms, dead, intakes, spreading
from followthrough.ledger.balance import balance
from followthrough.ledger.books import history_of
from followthrough.ledger.holding import HELD
from followthrough.ledger.locks import lock, speakers_of
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
    Workspace,
)
from followthrough.ledger.models.intake import DONE, GOING, UNDOING
from followthrough.ledger.proposals import HEARD, OPEN
from followthrough.ledger.record import Heard, Way, record_many
from followthrough.ledger.statements import delete, select
from followthrough.ledger.told_again import gone_ones, hand_on
from followthrough.ledger.unsaying import unsay
from followthrough.ledger.wants import follow_their_facts
from followthrough.ledger.writes import Writes

NO_MAIL = ("csv", "xlsx", "vcard")  # kinds of intake that oblige without a yes


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


# --- who stays ----------------------------------------------------------------------------


def _retract(intake: Intake, parties: Sequence[int], at: datetime) -> None:
    """Their facts are taken back, each beside the record that it was heard of."""
    if not parties:
        return
    theirs: dict[str, Any] = {
        "workspace": intake.workspace_id, "intake": intake.pk, "party__in": parties
    }  # fmt: skip
    _part(theirs, parties)
    Proposal.objects.filter(**theirs, state__in=(HEARD, OPEN)).delete()
    rows = Party.objects.in_bulk(parties)
    by = str(intake.member_id)
    taken = _standing(theirs)

    def calm(writes: Writes) -> None:
        _calm([row for row, _ in writes.opened], intake.workspace, at)

    record_many(
        [
            Heard(
                party=rows[party], source=f"intake:{intake.pk}:back:{party}:{at.isoformat()}",
                facts=[Retracted(at=at, what=name, by=by) for name in names],
            )
            for party, names in sorted(taken.items())
        ],
        at=at, way=Way(intake=intake.pk, before=calm),
    )  # fmt: skip
    roots = lock(parties)
    _take_wants(roots, taken, at)
    _revive(roots)
    balance({root.pk: root for root in roots.values()}.values(), at=at, before=calm)
    ids = {root.pk for root in roots.values()}
    alarms.stay_silent(intake.workspace, ids, since=at, at=at)


def _calm(opened: Sequence[FollowUp], workspace: Workspace, at: datetime) -> None:
    """What old mail obliges to again waits for a yes, and first touches for their day."""
    spreading.park(opened, workspace, at=at)
    names = {row.because for row in opened}
    whose = {row.party_id for row in opened}
    told = Fact.objects.filter(workspace=workspace, intake__isnull=False, name__in=names)
    old = told.filter(Q(party__in=whose) | Q(party__merged_into__in=whose))
    mails = set(old.exclude(intake__kind__in=NO_MAIL).values_list("name", flat=True))
    for row in opened:
        if row.because in mails:
            row.spread_to = row.show_at = HELD


def _part(theirs: dict[str, Any], parties: Sequence[int]) -> None:
    """Whom it added and somebody worked with since keeps their addresses, and is nobody's; of whom
    was known before the addresses go, and they are found by them no more."""
    ours = {"workspace": theirs["workspace"], "intake": theirs["intake"]}
    added = Party.objects.filter(**ours, pk__in=parties)
    Address.objects.filter(**ours, party__in=added.values("pk")).update(intake=None)
    added.update(intake=None)
    addresses = Address.objects.filter(**theirs)
    lose = speakers_of(addresses.values_list("party", flat=True).distinct())
    addresses.delete()
    Party.objects.filter(pk__in={*lose, *lose.values()}).update(firm="", compared=False)


def _take_wants(roots: dict[int, Party], taken: dict[int, list[str]], at: datetime) -> None:
    """What they wanted goes with the mail that said so."""
    names: dict[Party, list[str]] = defaultdict(list)
    for pk, told in taken.items():
        names[roots[pk]] += told
    homes = {*roots, *(root.pk for root in roots.values())}
    heard = Want.objects.filter(party__in=homes, gone_at=None).exclude(fact="")
    wanting = set(speakers_of(heard.values_list("party", flat=True)).values())
    for root, told in names.items():
        if root.pk in wanting:
            follow_their_facts(root, told, gone_at=at)


def _revive(roots: dict[int, Party]) -> None:
    """A mail that came back is not heard of any more: its address works."""
    homes = {*roots, *(root.pk for root in roots.values())}
    marked = Address.objects.filter(party__in=homes).exclude(dead_by__in=("", dead.BY_HAND))
    for root in set(speakers_of(marked.values_list("party", flat=True)).values()):
        dead.follow_their_facts(roots.get(root) or lock({root})[root])


def _standing(theirs: dict[str, Any]) -> dict[int, list[str]]:
    """Names of what was told of each party; what somebody took back already stays so."""
    told: dict[int, list[str]] = defaultdict(list)
    rows = Fact.objects.filter(**theirs).exclude(kind=Retracted.__name__)
    for party, name in rows.order_by("pk").values_list("party", "name"):
        told[party].append(name)
    undone = Fact.objects.filter(
        workspace=theirs["workspace"], party__in=list(told), kind=Retracted.__name__
    )
    for pk in set(undone.values_list("party", flat=True)):
        standing = {fact.name for fact in history_of(lock({pk})[pk]).facts}
        told[pk] = [name for name in told[pk] if name in standing]
    return told
