"""Anything open between us and a party that must not be dropped."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Matter(models.Model):
    """Opened, owned and closed by facts; `record` keeps these columns true to them.

    `value` is in the smallest unit of the workspace's currency. `key` is the matter's name in the
    facts; a matter whose words were joined to another one is closed with the outcome "joined".
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="matters"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="matters")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, default="enquiry")
    title = models.CharField(max_length=200, blank=True, default="")
    owner = models.ForeignKey("ledger.Member", models.PROTECT, null=True, related_name="matters")
    value = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "key"], name="a_matter_stands_once_in_a_party"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "id"], condition=Q(closed_at=None), name="matter_that_is_open"
            ),
            models.Index(
                fields=["workspace", "-value", "id"],
                condition=Q(closed_at=None, value__gt=0),
                name="matter_by_value",
            ),
        ]

    # The text that names it, until it has its first row; not a column.
    text_id: str = ""

    def __str__(self) -> str:
        return self.title or self.kind
