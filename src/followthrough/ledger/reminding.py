"""Reminders by the clock: the hours that people chose, the second time, and then somebody else."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from followthrough.core.matter import PRIVATE
from followthrough.core.rule import Knob, knob
from followthrough.core.saying import says
from followthrough.core.terms import Terms
from followthrough.ledger.models import Alarm, FollowUp, Member, Notice, Workspace
from followthrough.ledger.models.reminders import PAGE
from followthrough.ledger.notices import A_PLAN, is_a_day, let_go, still_speaks, waiting
from followthrough.ledger.terms import terms_of

TO_MANAGER = Knob(
    default=1, unit=says("working days"), asks=says("Reminded in vain, the manager is told after")
)
CHOSEN = says("Now is the time that you chose")
STILL_OPEN = says("Still open, after two reminders")
A_DAY = timedelta(days=1)
MOST = 500


def ring_plans(workspace: Workspace, *, at: datetime) -> int:
    """A bell for each next step whose chosen time has come; `alarms.ring` tells of them. What is
    older than a day was missed otherwise, and is in the morning's mail."""
    bells = []
    for member in Member.objects.filter(workspace=workspace, active=True):
        rows = FollowUp.objects.filter(
            workspace=workspace, member=member, settled_at=None, rule=A_PLAN,
            show_at__gt=at - A_DAY, show_at__lte=at, due__gt=at - A_DAY, due__lte=at,
            opened_at__lt=F("due"),
        )  # fmt: skip
        rung = Alarm.objects.filter(workspace=workspace, followup__in=rows, what=CHOSEN)
        known = set(rung.values_list("followup", "at"))
        bells += [
            Alarm(workspace=workspace, followup=row, member=member, at=row.due,
                  what=str(CHOSEN))
            for row in rows if (row.pk, row.due) not in known
        ]  # fmt: skip
    Alarm.objects.bulk_create(bells, ignore_conflicts=True)
    return len(bells)


def repeat(workspace: Workspace, *, at: datetime) -> int:
    """Ring again on the page for what nobody has acted on, and have the manager told later."""
    rung, silent = 0, []
    terms = terms_of(workspace)
    for notice in waiting(workspace, PAGE, at=at)[:MOST]:
        if not still_speaks(notice, at=at) or notice.alarm is None:
            silent.append(notice)
            continue
        with transaction.atomic():
            mine = Notice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=at)
            if mine:  # of two workers one
                Alarm.objects.filter(pk=notice.alarm.pk).update(seen_at=None)
                _tell_manager_later(notice.alarm, terms, at)
        rung += mine
    let_go(silent, at=at)
    return rung


def _tell_manager_later(alarm: Alarm, terms: Terms, at: datetime) -> None:
    duty = alarm.followup
    if duty is None or not _may_be_told(alarm, duty, terms):
        return
    manager = terms.present(terms.manager, at=at)
    bells = Alarm.objects.filter(workspace=alarm.workspace_id, followup=duty)
    if manager == str(duty.member_id) or bells.exclude(member=duty.member_id).exists():
        return  # it is theirs, or the rule itself has them told
    days = knob(terms, "remind.manager", TO_MANAGER)
    then = terms.calendar_of(manager).working_days_after(at, days)
    Alarm.objects.create(
        workspace_id=alarm.workspace_id, followup=duty, member_id=int(manager), at=then,
        what=str(STILL_OPEN),
    )  # fmt: skip


def _may_be_told(alarm: Alarm, duty: FollowUp, terms: Terms) -> bool:
    """Not of private words; not of a day that was planned, which Uncovered and the list count; not
    of what another duty speaks for next."""
    own = alarm.member_id == duty.member_id
    private = duty.matter.kind == PRIVATE
    calendar = terms.calendar_of(str(duty.member_id))
    return own and not private and duty.until is None and not is_a_day(duty, calendar)
