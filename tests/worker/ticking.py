"""The worker's minutes: each turn by a worker of its own, so that a restart is nothing special."""

from django.core import mail

from followthrough.ledger import alarms
from followthrough.ledger.models import Alarm, Notice
from followthrough.worker.loop import Loop


def turn(at):
    Loop().turn(at)


def bells(member, at):
    """What rings on the page of this member, unseen."""
    return [(alarm.what, alarm.at) for alarm in alarms.unseen(member, at=at)]


def told(member, way="page"):
    """When each telling reached them."""
    rows = Notice.objects.filter(member=member, way=way, alarm__isnull=False, sent_at__isnull=False)
    return [(row.alarm.what, row.sent_at) for row in rows.order_by("sent_at", "pk")]


def mails():
    """To whom, and about what."""
    return [(one.to[0].partition("@")[0], one.subject) for one in mail.outbox]


def see_all(member, at):
    Alarm.objects.filter(member=member, seen_at=None).update(seen_at=at)
