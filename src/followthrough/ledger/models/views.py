"""A way of looking at the list of people that somebody keeps, for themselves or for the team."""

from typing import ClassVar

from django.db import models


class SavedView(models.Model):
    """`query` is the address of the list without its page. Deleted it has `gone_at`, so that it
    can come back. `place` orders the tabs of its member; shared ones come after one's own."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="views"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500, blank=True, default="")
    shared = models.BooleanField(default=False)
    place = models.PositiveIntegerField(default=0)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member", "place"], name="view_of_member"),
        ]

    def __str__(self) -> str:
        return self.name
