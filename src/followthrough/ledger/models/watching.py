"""The machine watching itself, and the devices on which a member is shown a notice."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Device(models.Model):
    """A browser that shows notices: `endpoint` is where its push service takes them, `key` and
    `auth` are what only that browser can read with (RFC 8291). `digest` tells endpoints apart.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="devices"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="devices")
    digest = models.CharField(max_length=64)
    endpoint = models.TextField()
    key = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    name = models.CharField(max_length=80, blank=True, default="")
    added_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "digest"], name="a_device_is_one_members"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member"], name="devices_of_member"),
        ]

    def __str__(self) -> str:
        return self.name


class Fault(models.Model):
    """Something of the machine that is wrong, from when it began until it was over.

    `key` says what, and only one such is open at a time. `what` is the sentence, in English, for
    whom `mailbox` belongs to and for administrators. `told_at`: they had an alarm.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="faults"
    )
    mailbox = models.ForeignKey(
        "ledger.Mailbox", models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=60)
    what = models.CharField(max_length=200)
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "key"],
                condition=Q(over_at=None),
                name="a_fault_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Canary(models.Model):
    """A mail of a mailbox to itself. `plus`: to an address of it with a plus in it.

    `token` is the first half of its Message-ID, so that a report about it is known as well.
    `came_at`: it was read; `lost_at`: it came back, or its time was over.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="canaries"
    )
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, related_name="canaries")
    message = models.ForeignKey("ledger.Message", models.PROTECT, related_name="+")
    token = models.CharField(max_length=64)
    plus = models.BooleanField(default=False)
    at = models.DateTimeField()
    came_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "token"], name="a_canary_flies_once"),
        ]

    def __str__(self) -> str:
        return f"{self.token} of {self.mailbox_id}"


class Ping(models.Model):
    """An address outside that is called while all is well: once it hears nothing, it tells."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="pings"
    )
    address = models.CharField(max_length=500, blank=True, default="")
    minutes = models.PositiveIntegerField(default=5)
    tried_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace"], name="a_workspace_calls_one_address"),
        ]

    def __str__(self) -> str:
        return self.address
