"""Words that somebody began to write and has not sent: nothing that was typed gets lost."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Unsent(models.Model):
    """One for each member and what they write it for: a follow-up, else the person alone."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, db_index=False, related_name="+")
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="unsent")
    followup = models.ForeignKey(
        "ledger.FollowUp", models.PROTECT, null=True, blank=True, related_name="+"
    )
    mailbox = models.ForeignKey(
        "ledger.Mailbox", models.PROTECT, null=True, blank=True, related_name="+"
    )
    to = models.CharField(max_length=254, blank=True, default="")
    subject = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField(blank=True, default="")
    when = models.CharField(max_length=500, blank=True, default="")  # what comes next
    choice = models.CharField(max_length=80, blank=True, default="")  # which template it came from
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "member", "followup"],
                condition=Q(followup__isnull=False),
                name="one_draft_for_a_followup",
            ),
            models.UniqueConstraint(
                fields=["workspace", "member", "party"],
                condition=Q(followup=None),
                name="one_draft_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.text[:80]


class UnsentFile(models.Model):
    """A file that is to go with it."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    unsent = models.ForeignKey(Unsent, models.CASCADE, db_index=False, related_name="files")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "unsent"], name="files_of_a_draft"),
        ]

    def __str__(self) -> str:
        return self.name
