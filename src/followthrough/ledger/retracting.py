"""Of an import that is taken back: who stays, and what it told of them goes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from followthrough.core.facts import Retracted
from followthrough.ledger import alarms, dead, spreading
from followthrough.ledger.balance import balance
from followthrough.ledger.books import history_of
from followthrough.ledger.holding import HELD
from followthrough.ledger.locks import lock, speakers_of
from followthrough.ledger.models import (
    Address,
    Fact,
    FollowUp,
    Intake,
    Party,
    Proposal,
    Want,
    Workspace,
)
from followthrough.ledger.proposals import HEARD, OPEN
from followthrough.ledger.record import Heard, Way, record_many
from followthrough.ledger.wants import follow_their_facts
from followthrough.ledger.writes import Writes

NO_MAIL = ("csv", "xlsx", "vcard")  # kinds of intake that oblige without a yes


def retract(intake: Intake, parties: Sequence[int], at: datetime) -> None:
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
