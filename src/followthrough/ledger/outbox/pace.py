"""How many mails a mailbox may send now: its limits, and the patience that its server asked for."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from followthrough.ledger.models import Mailbox, Message, Pace
from followthrough.ledger.models.outbox import CLAIMED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SLOWEST = 1  # an hour
RECOVERS = timedelta(hours=6)  # to twice as many
PER_DOMAIN = 30  # an hour, of what leaves by itself
# What could have left so long ago leaves one after the other, with so much between two.
LATE, GAP = timedelta(minutes=10), timedelta(seconds=30)
STRANGERS = 3  # so many domains that refuse what we write are no chance


def room(mailbox: Mailbox, *, at: datetime) -> int:
    """How many may be claimed. Locks the mailbox's pace: of two who ask, the second counts what
    the first took."""
    pace = locked(mailbox)
    if pace.rests_until and pace.rests_until > at:
        return 0
    rows = Message.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox)
    used = rows.filter(Q(handover_at__gt=at - DAY) | Q(state=CLAIMED)).aggregate(
        day=Count("pk"), hour=Count("pk", filter=Q(handover_at__gt=at - HOUR) | Q(state=CLAIMED))
    )
    return int(
        max(0, min(per_hour(mailbox, pace, at) - used["hour"], mailbox.per_day - used["day"]))
    )


def tired_domains(mailbox: Mailbox, *, at: datetime) -> list[str]:
    """Where so much went within the hour that what leaves by itself waits."""
    rows = Message.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox)
    lately = rows.filter(Q(handover_at__gt=at - HOUR) | Q(state=CLAIMED)).exclude(plan="")
    counted = lately.values("domain").annotate(n=Count("pk")).filter(n__gte=PER_DOMAIN)
    return list(counted.values_list("domain", flat=True))


def per_hour(mailbox: Mailbox, pace: Pace, at: datetime) -> int:
    if not pace.slowed_to or not pace.slowed_at:
        return mailbox.per_hour
    doubled = max(0, min((at - pace.slowed_at) // RECOVERS, 30))
    return int(min(mailbox.per_hour, pace.slowed_to * 2**doubled))


def slow_down(mailbox: Mailbox, *, at: datetime) -> None:
    """Half as fast as now, not this message alone."""
    with transaction.atomic():
        pace = locked(mailbox)
        pace.slowed_to = max(SLOWEST, per_hour(mailbox, pace, at) // 2)
        pace.slowed_at = at
        pace.save(update_fields=["slowed_to", "slowed_at"])


def rest(mailbox: Mailbox, *, until: datetime | None) -> None:
    with transaction.atomic():
        pace = locked(mailbox)
        pace.rests_until = until
        pace.save(update_fields=["rests_until"])


def refused_by(mailbox: Mailbox, domain: str) -> bool:
    """Whether that is one domain too many: then it lies with us."""
    with transaction.atomic():
        pace = locked(mailbox)
        if domain not in pace.refused:
            pace.refused = [*pace.refused, domain]
            pace.save(update_fields=["refused"])
    return len(pace.refused) >= STRANGERS


def accepted(mailbox: Mailbox) -> None:
    Pace.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox).exclude(refused=[]).update(
        refused=[]
    )


def locked(mailbox: Mailbox) -> Pace:
    """Inside a transaction."""
    mine: dict[str, Any] = {"workspace_id": mailbox.workspace_id, "mailbox_id": mailbox.pk}
    found = Pace.objects.select_for_update().filter(**mine).first()
    if found is None:
        Pace.objects.get_or_create(**mine)
        found = Pace.objects.select_for_update().get(**mine)
    return found
