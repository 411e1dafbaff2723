"""The devices on which a member is shown notices: their own browsers, each by its own yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q, QuerySet

from followthrough.core.saying import says
from followthrough.ledger.models import Device, Member, Notice, Workspace
from followthrough.ledger.models.reminders import MAIL
from followthrough.ledger.notices import let_go, mails_go_out

MOST = 10
KEPT = timedelta(days=1)  # after it was removed: so long it can come back
TOO_MANY = says("{n} devices are enough. Remove one first.", n=MOST)


class CouldNotAdd(Exception):
    """Said to the person as it stands."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a browser tells of itself when its owner says yes."""

    endpoint: str
    key: str
    auth: str
    name: str


def of_member(member: Member) -> QuerySet[Device]:
    rows = Device.objects.filter(workspace=member.workspace_id, member=member, removed_at=None)
    return rows.order_by("added_at", "pk")


def add(member: Member, told: Told, *, at: datetime) -> Device:
    """A browser belongs to whoever said yes in it last, so that nobody reads another's notices."""
    digest = sha256(told.endpoint.encode()).hexdigest()
    if of_member(member).exclude(digest=digest).count() >= MOST:
        raise CouldNotAdd(TOO_MANY)
    values = {
        "member": member, "endpoint": told.endpoint, "key": told.key, "auth": told.auth,
        "name": told.name, "added_at": at, "removed_at": None, "problem": "",
    }  # fmt: skip
    device, _ = Device.objects.update_or_create(
        workspace_id=member.workspace_id, digest=digest, defaults=values
    )
    return device


def remove(device: Device, *, at: datetime) -> bool:
    """False: it was removed already."""
    return of_member(device.member).filter(pk=device.pk).update(removed_at=at) == 1


def bring_back(device: Device) -> bool:
    mine = Device.objects.filter(workspace=device.workspace_id, pk=device.pk)
    return mine.exclude(removed_at=None).update(removed_at=None) == 1


def gone(device: Device) -> None:
    """Its push service knows it no more: nobody can be told there, ever."""
    Device.objects.filter(workspace=device.workspace_id, pk=device.pk).delete()


def shown(device: Device, *, at: datetime) -> None:
    mine = Device.objects.filter(workspace=device.workspace_id, pk=device.pk)
    mine.update(shown_at=at, problem="")


def failed(device: Device, problem: str) -> None:
    mine = Device.objects.filter(workspace=device.workspace_id, pk=device.pk)
    mine.update(problem=problem[:300])


def discard_removed(workspace: Workspace, *, at: datetime) -> int:
    """And those of members who have left."""
    gone = Q(removed_at__lte=at - KEPT) | Q(member__active=False)
    return Device.objects.filter(gone, workspace=workspace).delete()[0]


def mail_instead(notices: Iterable[Notice], *, at: datetime) -> None:
    """What no device can show is mailed, unless it is mailed already."""
    told = [one for one in notices if one.alarm_id]
    if told and mails_go_out(told[0].member.workspace):
        mailed = Notice.objects.filter(
            workspace=told[0].workspace_id, way=MAIL, gone_at=None, at__lte=at,
            alarm__in=[one.alarm_id for one in told],
        )  # fmt: skip
        known = set(mailed.values_list("alarm", flat=True))
        Notice.objects.bulk_create(
            [_by_mail(one, at) for one in told if one.alarm_id not in known],
            ignore_conflicts=True,
        )
    let_go(told, at=at)


def _by_mail(notice: Notice, at: datetime) -> Notice:
    nth = notice.key.rpartition(":")[2]
    return Notice(
        workspace_id=notice.workspace_id, member_id=notice.member_id, alarm_id=notice.alarm_id,
        way=MAIL, key=f"{notice.alarm_id}:instead:{nth}", at=notice.at, try_at=at,
    )  # fmt: skip
