"""What happened, as it was heard: append-only, and bare of names and texts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

# What says who is on a list; one that was taken back says nothing.
LIST_KINDS = ("JoinedList", "LeftList", "Retracted")


class Text(models.Model):
    """The words that go with a fact. `forget` empties these; the fact keeps only the id.

    Private words stand in `sealed`, which only their owner's key opens; the rest is empty then.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="texts"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="texts")
    title = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="")
    sealed = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "party"], name="text_of_party")]

    def __str__(self) -> str:
        return self.title or self.body[:80]


class Fact(models.Model):
    """One fact; the kind is a plain string, what only that kind knows is in `own`.

    `source` says where it was heard, as a keyed hash: hearing it again is no news.
    `name` is how other facts of the same party refer to it. `intake` brought it in, if any did.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="facts"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    heard_at = models.DateTimeField()
    source = models.CharField(max_length=64)
    ordinal = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    matter = models.CharField(max_length=80, blank=True, default="")
    person = models.CharField(max_length=20, blank=True, default="")
    by = models.CharField(max_length=20, blank=True, default="")
    did = models.CharField(max_length=240, blank=True, default="")
    text = models.ForeignKey(Text, models.PROTECT, null=True, blank=True, related_name="facts")
    own = models.JSONField(default=dict, blank=True)
    intake = models.ForeignKey(
        "ledger.Intake", models.PROTECT, null=True, blank=True, db_index=False,
        related_name="+",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "source", "party", "kind", "ordinal"],
                name="a_source_tells_us_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "party", "at", "id"], name="timeline_of_party"),
            models.Index(
                fields=["workspace", "intake", "party"],
                condition=Q(intake__isnull=False),
                name="fact_of_intake",
            ),
            models.Index(
                fields=["workspace", "party"],
                condition=Q(kind__in=LIST_KINDS),
                name="fact_of_lists",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
