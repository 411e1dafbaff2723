"""Alarms ring by the clock: whoever is to be told is told once, whether or not anybody looks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Alarm, Member, Notice, Workspace
from followthrough.ledger.models.reminders import PAGE
from followthrough.ledger.notices import Ringing, sum_up, write
from followthrough.ledger.statements import moment_of
from followthrough.ledger.terms import terms_of

# A mail that is older is brought in with others of its age; a younger one has just come.
RECENT = timedelta(days=4)
SLICE = 500


def ring(workspace: Workspace, *, at: datetime, awake: datetime | None = None) -> int:
    """Tell all that is due and untold; how many. Two who ring at once tell nothing twice. `awake`
    is when this was last done: what was due since then and is told only now, is late."""
    ringing = Ringing(
        workspace=workspace, terms=terms_of(workspace), at=at, awake=awake or at
    )  # fmt: skip
    told: list[Alarm] = []
    while some := _tell_some(ringing):
        told += some
    sum_up(ringing, told)
    return len(told)


def _tell_some(ringing: Ringing) -> list[Alarm]:
    """A slice at a time, so that others may write in between."""
    due = Alarm.objects.filter(workspace=ringing.workspace, told_at=None, at__lte=ringing.at)
    due = due.select_related("followup", "member").order_by("at", "pk")
    with transaction.atomic():
        some = list(due.select_for_update(skip_locked=True, of=("self",))[:SLICE])
        pks = [alarm.pk for alarm in some]
        Alarm.objects.filter(pk__in=pks).update(told_at=ringing.at)
        write(ringing, some)
    return some


def unseen(member: Member, *, at: datetime) -> QuerySet[Alarm]:
    """What this member is to be told and has not seen, oldest first. An alarm whose duty was
    done meanwhile is silent."""
    # Of those about no follow-up, that join finds none, and so none that is settled.
    rows = Alarm.objects.filter(
        workspace=member.workspace_id, member=member, seen_at=None, at__lte=at,
        followup__settled_at=None,
    ).exclude(followup__show_at=HELD)  # fmt: skip
    return rows.select_related("followup__party", "followup__matter").order_by("at", "pk")


@dataclass(frozen=True, kw_only=True)
class Bell:
    """An alarm as it is shown; `party` is None where the house itself is meant."""

    pk: int
    what: str
    at: datetime
    followup: int | None
    party: int | None
    name: str


NEWEST = """
SELECT a.id, a.what, a.at, a.followup_id, f.party_id, p.name
  FROM ledger_alarm a
  LEFT JOIN ledger_followup f ON f.id = a.followup_id LEFT JOIN ledger_party p ON p.id = f.party_id
 WHERE a.workspace_id = %s AND a.member_id = %s AND a.seen_at IS NULL AND a.at <= %s
   AND f.settled_at IS NULL AND (f.id IS NULL OR f.show_at < %s)
 ORDER BY a.at DESC, a.id DESC LIMIT %s
"""


def newest_unseen(member: Member, *, at: datetime, most: int) -> list[Bell]:
    """The newest of what `unseen` tells, in plain SQL: every visit of Today asks it."""
    stored = connection.ops.adapt_datetimefield_value
    values = [member.workspace_id, member.pk, stored(at.astimezone(UTC)), stored(HELD), most]
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, values)
        return [
            Bell(pk=pk, what=what, at=moment_of(rung), followup=row, party=party, name=name or "")
            for pk, what, rung, row, party, name in cursor.fetchall()
        ]


def see_all_of(alarm: Alarm, *, at: datetime) -> int:
    """Seen, with all that this member was told before about the same duty."""
    told = Alarm.objects.filter(
        workspace=alarm.workspace_id, member=alarm.member_id, seen_at=None, at__lte=alarm.at
    )
    same = told.filter(_shown_together_with(alarm))
    pks = list(same.values_list("pk", flat=True))
    _note_seen(alarm, pks, at)
    return Alarm.objects.filter(pk__in=pks).update(seen_at=at)


def _shown_together_with(alarm: Alarm) -> Q:
    """About the same duty, or rung for the same reason at the same minute."""
    if not alarm.followup_id:
        return Q(pk=alarm.pk)
    return Q(followup=alarm.followup_id) | Q(at=alarm.at, what=alarm.what)


def see(alarm: Alarm, *, at: datetime) -> bool:
    """False: it was seen before."""
    mine = Alarm.objects.filter(workspace=alarm.workspace_id, pk=alarm.pk, seen_at=None)
    _note_seen(alarm, [alarm.pk], at)
    return mine.update(seen_at=at) == 1


def are_over(workspace: int, *what: str, at: datetime) -> None:
    """What was told of the house itself and is not so any more: nobody need press *Seen*."""
    said = [one[:120] for one in what]
    about = Alarm.objects.filter(workspace=workspace, followup=None, seen_at=None, what__in=said)
    for alarm in about:
        see(alarm, at=at)


def _note_seen(alarm: Alarm, pks: list[int], at: datetime) -> None:
    told = Notice.objects.filter(
        workspace=alarm.workspace_id, alarm__in=pks, way=PAGE, seen_at=None, sent_at__isnull=False
    )
    told.update(seen_at=at)


def stay_silent(workspace: Workspace, parties: set[int], *, since: datetime, at: datetime) -> int:
    """Old mail brought in is on the list at once; it rings no bell for each word of years ago.
    What was to be told in the last few days still is, over a weekend too.
    """
    rows = Alarm.objects.filter(
        workspace=workspace, told_at=None, at__lte=at - RECENT,
        followup__party__in=parties, followup__opened_at__gte=since,
    )  # fmt: skip
    return rows.update(told_at=at, seen_at=at)
