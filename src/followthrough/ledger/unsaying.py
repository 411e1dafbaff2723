"""A yes or a no to what an import found goes with the import, where nothing else followed it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from followthrough.core.facts import Retracted
from followthrough.ledger import deciding
from followthrough.ledger.locks import speakers_of
from followthrough.ledger.models import Fact, Intake, Proposal
from followthrough.ledger.names import hashed
from followthrough.ledger.proposals import ACCEPTED, DISMISSED


def unsay(intake: Intake, parties: Sequence[int], *, at: datetime) -> None:
    """What the decisions had told counts as told by the import from then on: it keeps nobody."""
    decided = list(
        Proposal.objects.filter(
            workspace=intake.workspace_id, intake=intake.pk, party__in=parties,
            state__in=(ACCEPTED, DISMISSED),
        ).select_related("party__workspace", "followup__matter", "followup__workspace")
    )  # fmt: skip
    if not decided:
        return
    # A source is named by the moment of the decision, which goes with it.
    sources = {one.pk: hashed(deciding.source_of(one)) for one in decided}
    followed = _followed(decided, set(sources.values()))
    back = [one for one in decided if one.pk not in followed]
    deciding.take_back(back, by=intake.member, at=at)
    _make_ours(intake, {one.party_id for one in back}, {sources[one.pk] for one in back})


def _followed(decided: Iterable[Proposal], sources: set[str]) -> set[int]:
    """Those after which somebody did something with the party by other ways."""
    speaks = speakers_of({one.party_id for one in decided})
    homes = {*speaks, *speaks.values()}
    by_hand = Fact.objects.filter(party__in=homes, intake=None).exclude(source__in=sources)
    heard: dict[int, list[datetime]] = defaultdict(list)
    for party, moment in by_hand.values_list("party", "heard_at"):
        heard[speaks.get(party, party)].append(moment)
    return {
        one.pk
        for one in decided
        if one.decided_at and any(on > one.decided_at for on in heard[speaks[one.party_id]])
    }


def _make_ours(intake: Intake, parties: Iterable[int], sources: set[str]) -> None:
    told = Fact.objects.filter(workspace=intake.workspace_id, source__in=sources)
    names = set(told.values_list("name", flat=True))
    speaks = speakers_of(parties)
    takings = Fact.objects.filter(
        workspace=intake.workspace_id, party__in={*speaks, *speaks.values()}, intake=None,
        kind=Retracted.__name__,
    )  # fmt: skip
    ours = [row.pk for row in takings if row.own.get("what") in names]
    told.update(intake=intake.pk)
    Fact.objects.filter(pk__in=ours).update(intake=intake.pk)
