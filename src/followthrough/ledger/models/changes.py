"""What the team's administrators change, and what that made late at once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Change(models.Model):
    """A change of the team's settings: wished, looked at, made, and perhaps taken back.

    `wanted` and `before` name settings and their values. While it is only a wish, `seen` holds
    what it would move, `cursor` the last party looked at and `looked` how many those were.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="changes"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="changes")
    wanted = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    seen = models.JSONField(default=dict, blank=True)
    cursor = models.BigIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    looking = models.BooleanField(default=True)
    at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-id"], name="change_newest_first"),
            models.Index(
                fields=["workspace", "id"],
                condition=Q(looking=True, made_at=None),
                name="change_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.wanted)


class MadeLate(models.Model):
    """A follow-up that changed terms made late at once: its member is asked, all in one question.

    `followup` is its number, and no reference: it may be gone with an import that is taken back.
    `answer` is "" while it is asked.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, db_index=False, related_name="+")
    followup = models.BigIntegerField()
    was_due = models.DateTimeField()
    was_shown = models.DateTimeField()
    at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "followup"],
                condition=Q(answer=""),
                name="what_was_made_late_is_asked_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member", "answered_at"], name="made_late_by_answer"),
            models.Index(
                fields=["workspace", "member", "id"],
                condition=Q(answer=""),
                name="made_late_to_ask",
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.followup}, due {self.was_due:%Y-%m-%d} before"
