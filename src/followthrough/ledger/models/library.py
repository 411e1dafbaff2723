"""What we can give people beside the ask, and who has had what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Gift(models.Model):
    """Something of value to give. `again`: it may be given to the same people more than once.

    `kind` is tip, article, photo, sample, introduction, or any other word. No longer offered it has
    `retired_at`, so that it can come back.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="gifts"
    )
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, default="tip")
    link = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField(blank=True, default="")
    again = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "title"], name="a_gift_stands_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "retired_at", "id"], name="gifts_on_offer"),
        ]

    def __str__(self) -> str:
        return self.title


class Giving(models.Model):
    """Who had what, told by which fact; it goes and comes back with that fact."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="givings"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="givings")
    gift = models.ForeignKey(Gift, models.PROTECT, related_name="givings")
    fact = models.CharField(max_length=120)
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "gift", "fact"], name="a_gift_is_given_once_by_a_fact"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "party"], name="givings_of_party"),
            models.Index(
                fields=["workspace", "gift", "at"],
                condition=Q(gone_at=None),
                name="givings_of_gift",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gift_id} on {self.at:%Y-%m-%d}"
