"""Plans that a team has written down. A version never changes: who runs in it keeps it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Sequence(models.Model):
    """`ready` is the key of the ready-made plan that it was taken from; `begins` with what it
    begins by itself (see `core/running.py`), "" for none. `paused_at`: since then none of its
    steps is owed, whoever is in it."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="sequences"
    )
    name = models.CharField(max_length=80)
    ready = models.CharField(max_length=20, blank=True, default="")
    begins = models.CharField(max_length=10, blank=True, default="")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                condition=Q(retired_at=None),
                name="a_sequence_has_a_name_of_its_own",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SequenceVersion(models.Model):
    """`key` is its name in the facts. `steps` are those of `core/plans.py` as plain values."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    sequence = models.ForeignKey(Sequence, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    steps = models.JSONField(default=list)
    talk_ends = models.BooleanField(default=True)
    member = models.ForeignKey("ledger.Member", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "sequence", "number"], name="a_version_has_its_number_once"
            ),
            models.UniqueConstraint(
                fields=["workspace", "key"], name="a_version_has_a_key_of_its_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
