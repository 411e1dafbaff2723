"""What was found in old mail, to be accepted or left out by a person; and what that teaches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Proposal(models.Model):
    """Something that may be owed, with the sentence that says so. Nothing is added silently.

    `key` names it within its party: the follow-up it holds back, or the fact and the place in its
    text. `said` is the name of the fact whose words are the evidence. `state` is heard (its file
    is still being read), open, accepted, dismissed or settled (what followed shows that it was
    done). `why_not` says why it was left unticked.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="proposals"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="proposals")
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="proposals")
    intake = models.ForeignKey(
        "ledger.Intake", models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    followup = models.ForeignKey(
        "ledger.FollowUp", models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    tone = models.CharField(max_length=10, blank=True, default="")
    said = models.CharField(max_length=120, blank=True, default="")
    sentence = models.TextField(blank=True, default="")
    cue = models.CharField(max_length=60, blank=True, default="")
    value = models.CharField(max_length=200, blank=True, default="")
    said_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    rank = models.BigIntegerField(default=0)
    ticked = models.BooleanField(default=True)
    why_not = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, default="open")
    did = models.JSONField(default=dict, blank=True)  # rows that a yes wrote down, by their ids
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "ledger.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "key"], name="a_finding_is_proposed_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "member", "-rank", "id"],
                condition=Q(state="open"),
                name="proposal_to_decide",
            ),
            models.Index(fields=["workspace", "intake", "state", "id"], name="proposal_of_intake"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.sentence[:60]}"


class Lesson(models.Model):
    """How often people left out, or took all the same, what came from one sender, one house or
    one turn of phrase. `about` is an address, a domain or a cue, as it is shown."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="lessons"
    )
    kind = models.CharField(max_length=10)  # sender, house, cue
    about = models.CharField(max_length=254)
    dismissed = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "about"], name="one_lesson_about_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}: {self.dismissed} left out"
