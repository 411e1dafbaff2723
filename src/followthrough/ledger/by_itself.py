"""Steps of plans that leave by themselves: which are due, in which hours, which came too late."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from followthrough.core.plans import BEFORE_END
from followthrough.core.terms import Terms
from followthrough.ledger import stuck
from followthrough.ledger.lateness import Limits, limits_of
from followthrough.ledger.models import (
    Address,
    FollowUp,
    Mailbox,
    Member,
    Message,
    Party,
    Workspace,
)
from followthrough.ledger.models.outbox import CANCELLED, QUEUED, STOPPABLE
from followthrough.ledger.offers import page_to_tell_of
from followthrough.ledger.outbox.stopping import OTHERWISE, cancel_as
from followthrough.ledger.plans import plans_of
from followthrough.ledger.reach import addresses_of
from followthrough.ledger.statements import adapted_moment
from followthrough.ledger.terms import terms_of
from followthrough.ledger.zones import zone_of

ENOUGH = 100  # mails in the outbox in one name


ANYTHING = f"""\
SELECT EXISTS (SELECT 1 FROM ledger_followup
                WHERE workspace_id = %s AND settled_at IS NULL AND sender_id IS NOT NULL
                  AND due <= %s)
    OR EXISTS (SELECT 1 FROM ledger_message
                WHERE workspace_id = %s AND plan <> '' AND state = '{QUEUED}')
"""  # noqa: S608 - our own names


@dataclass(frozen=True, kw_only=True)
class Hours:
    """From when to when it may leave on the day that is next."""

    opens: datetime
    closes: datetime


def standing(workspace: Workspace) -> QuerySet[FollowUp]:
    """All that is to leave by itself, and has no mail in the outbox yet."""
    rows = FollowUp.objects.filter(
        workspace=workspace, settled_at=None, sender__isnull=False
    ).order_by("due", "pk")
    its = Message.objects.filter(workspace=workspace, followup=OuterRef("pk"))
    return rows.filter(~Exists(its.exclude(state=CANCELLED)))


def due(workspace: Workspace, *, at: datetime, most: int) -> list[FollowUp]:
    """Those that leave now; not those of which a person is asked first, and of nobody more than
    can leave for a while: the others stay in the books, where they can still change."""
    rows = standing(workspace).filter(due__lte=at).exclude(limits_of(workspace).too_late())
    rows = rows.exclude(sender__in=_enough_waits_for(workspace))
    return list(rows.select_related("party", "matter", "sender")[:most])


def _enough_waits_for(workspace: Workspace) -> list[int]:
    counted = _queued(workspace).values("member").annotate(n=Count("pk"))
    return list(counted.filter(n__gte=ENOUGH).values_list("member", flat=True))


def anything(workspace: Workspace, *, at: datetime) -> bool:
    """One question, asked at each turn."""
    with connection.cursor() as cursor:
        cursor.execute(ANYTHING, [workspace.pk, adapted_moment(at), workspace.pk])
        return bool(cursor.fetchone()[0])


def still_due(ids: Sequence[int], *, at: datetime) -> list[int]:
    """Of these, asked again under the lock."""
    rows = FollowUp.objects.filter(
        pk__in=ids, settled_at=None, sender__isnull=False, due__lte=at
    )  # fmt: skip
    its = Message.objects.filter(followup=OuterRef("pk")).exclude(state=CANCELLED)
    return list(rows.filter(~Exists(its)).values_list("pk", flat=True))


def taken_back_before(ids: Collection[int]) -> dict[int, list[str]]:
    """Why mails that were written for these were taken back, for each."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, why in Message.objects.filter(followup__in=ids).values_list("followup", "reason"):
        found[pk].append(why)
    return found


def came_too_late(workspace: Workspace, member: Member | None = None) -> QuerySet[FollowUp]:
    """What was due long before we were there again: sent now it might surprise somebody."""
    rows = standing(workspace).filter(limits_of(workspace).too_late())
    return rows.filter(sender=member) if member else rows


def hours_for(
    party: Party, terms: Terms, at: datetime, known: Sequence[Address] | None = None
) -> Hours:  # fmt: skip
    """Theirs, from this moment on: in the zone in which an offer to them ends, too."""
    theirs = replace(terms.contact, zone=zone_of(party, known=known))
    opens = theirs.opening(at)
    return Hours(opens=opens, closes=theirs.day_end(theirs.local(opens).date()))


def keep_hours(workspace: Workspace, *, at: datetime) -> int:
    """Mails of plans that could not leave in time wait for the next day that is open to both; the
    zone and the holidays of that moment count. How many were moved."""
    rows = _queued(workspace).filter(not_before__lte=at).select_related("party")
    waiting = list(rows.defer("raw"))
    if not waiting:
        return 0
    terms, known = terms_of(workspace), addresses_of({row.party for row in waiting})
    moved = []
    for row in waiting:
        row.party.workspace = workspace
        hours = hours_for(row.party, terms, at, known[row.party.pk])
        if hours.opens > at or row.not_after != hours.closes:
            row.not_before, row.not_after = max(row.not_before, hours.opens), hours.closes
            moved.append(row)
    if moved:
        Message.objects.bulk_update(moved, ["not_before", "not_after"])
    return len(moved)


def take_back_what_is_otherwise(workspace: Workspace, *, at: datetime) -> int:
    """What was put off, paused or handed over since, and what came too late, is no longer on its
    way: it is written anew when its time comes."""
    rows = list(_queued(workspace).select_related("followup", "mailbox", "party").defer("raw"))
    if not rows:
        return 0
    unreached = stuck.ask_about_what_is_stuck(workspace, rows, at=at)
    limits = limits_of(workspace)
    wrong = [
        row.pk
        for row in rows
        if row.pk in unreached or not _stands(row, limits, at) or _has_ended(row, at)
    ]
    return cancel_as(wrong, OTHERWISE, at=at)


def _stands(row: Message, limits: Limits, at: datetime) -> bool:
    duty = row.followup
    return bool(
        duty and duty.settled_at is None and duty.sender_id == row.member_id
        and limits.of(row.member_id) <= duty.due <= at
    )  # fmt: skip


def _has_ended(row: Message, at: datetime) -> bool:
    """It tells of the last day of an offer that stands no more."""
    plan = plans_of(row.workspace_id, {row.plan}).get(row.plan)
    step = plan.steps[row.place] if plan and row.place < len(plan.steps) else None
    if row.followup is None or step is None or step.unit != BEFORE_END:
        return False
    return not page_to_tell_of(row.party, row.followup.since, at)


def _queued(workspace: Workspace) -> QuerySet[Message]:
    return Message.objects.filter(workspace=workspace, state=QUEUED).exclude(plan="")


def last_planned(mailboxes: Sequence[Mailbox]) -> dict[int, datetime]:
    """When the last mail of a plan that waits is to leave from each."""
    rows = Message.objects.filter(mailbox__in=mailboxes, state__in=STOPPABLE).exclude(plan="")
    found: dict[int, datetime] = {}
    for box, moment in rows.values_list("mailbox", "not_before"):
        found[box] = max(moment, found.get(box, moment))
    return found
