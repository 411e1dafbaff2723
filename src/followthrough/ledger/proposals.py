"""What was found in old mail waits for a person's yes or no; until then it is held back from Today.

The books say from the first moment what is owed: holding back moves the day on which a follow-up
is shown and nothing else, so that nothing is lost if nobody ever looks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from followthrough.ledger.holding import HELD
from followthrough.ledger.models import FollowUp, Intake, Member, Party, Proposal, Workspace
from followthrough.ledger.statements import insert, update

HEARD, OPEN, ACCEPTED, DISMISSED, SETTLED = "heard", "open", "accepted", "dismissed", "settled"
# What a sentence is proposed as, by the kind of its finding; what a held follow-up is, by its rule.
PROMISED, THEY_PROMISED = "promised", "they_promised"
AWAY = "away"  # a machine says when they are back: until then it rests
PHONE, TITLE, PERSONAL = "phone", "title", "personal"
ASKED, QUIET, BOUNCED, OTHER = "asked", "quiet", "bounced", "other"
DETAILS = (PHONE, TITLE, PERSONAL)
# It holds nothing back, or what it holds back was neither done nor shown by other ways.
STILL_HELD = Q(followup=None) | Q(followup__settled_at=None, followup__show_at=HELD)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence of one fact of this party, to be proposed."""

    party: Party
    kind: str
    fact: str
    place: int
    sentence: str
    said_at: datetime
    cue: str = ""
    value: str = ""
    due: datetime | None = None


def hear(said: Iterable[Said], *, member: Member, intake: Intake | None = None) -> None:
    """Keep what a slice of an import found until all of it is read; without one it was found in
    mail that came just now. Heard again, it is no news."""
    rows = [_row(one, member, intake) for one in said]
    Proposal.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def _row(one: Said, member: Member, intake: Intake | None) -> Proposal:
    # One number stands under each mail of theirs, and is proposed once.
    key = f"{one.kind}:{one.value}" if one.kind in DETAILS else f"{one.fact}:{one.place}"
    return Proposal(
        workspace_id=member.workspace_id, party=one.party, member=member,
        intake=intake, key=key[:160], kind=one.kind, said=one.fact, sentence=one.sentence,
        cue=one.cue[:60], value=one.value[:200], said_at=one.said_at, due=one.due, state=HEARD,
    )  # fmt: skip


def held_back(workspace: Workspace) -> QuerySet[FollowUp]:
    """What is held back and was not proposed yet, whoever owes it."""
    rows = FollowUp.objects.filter(workspace=workspace, settled_at=None, show_at=HELD)
    proposed = Proposal.objects.filter(workspace=workspace, followup=OuterRef("pk"))
    return rows.filter(~Exists(proposed)).select_related("party", "matter").order_by("pk")


def heard_in(workspace: Workspace, intake: Intake | None) -> QuerySet[Proposal]:
    """What was heard and not proposed yet; of no intake is what came just now."""
    rows = Proposal.objects.filter(workspace=workspace, intake=intake, state=HEARD)
    return rows.select_related("party").order_by("pk")


def propose(rows: Sequence[Proposal]) -> None:
    insert(rows)


def to_decide(member: Member) -> QuerySet[Proposal]:
    """What waits for this member's yes or no, begging and angry words first. What was done
    meanwhile by other ways asks nothing any more."""
    rows = Proposal.objects.filter(
        STILL_HELD, workspace=member.workspace_id, member=member, state=OPEN
    )
    return rows.select_related("party", "followup", "intake").order_by("-rank", "id")


def people_waiting(member: Member) -> int:
    """How many people we would tick stand on the list."""
    rows = to_decide(member).filter(ticked=True).exclude(kind__in=DETAILS)
    return rows.order_by().values("party").distinct().count()


def anybody_decided(member: Member) -> bool:
    """Whether anybody whom we ticked has had a yes or a no."""
    rows = Proposal.objects.filter(workspace=member.workspace_id, member=member, ticked=True)
    return rows.exclude(kind__in=DETAILS).exclude(state__in=(OPEN, HEARD)).exists()


def settle_done(member: Member, *, at: datetime) -> int:
    """Put away what was done by other ways before anybody decided."""
    rows = Proposal.objects.filter(workspace=member.workspace_id, member=member, state=OPEN)
    done = rows.exclude(STILL_HELD)
    return done.update(state=SETTLED, decided_at=at)


def mark(rows: Iterable[Proposal], state: str, *, by: Member, at: datetime) -> None:
    """In one statement for all of them: a press may decide hundreds."""
    rows = list(rows)
    for row in rows:
        row.state, row.decided_by, row.decided_at = state, by, at
    update(rows, ("state", "decided_by", "decided_at", "followup", "did"))
