"""Who may be written down twice: the question, what a person decided, and how they are found."""

from typing import ClassVar

from django.db import models


class Likeness(models.Model):
    """Two parties that may be one; `first` is the one written down earlier.

    `state` is open, kept_apart or merged; what was decided is never asked again. `score` lies
    between 0 and 1, `because` holds short sentences, the strongest first.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="likenesses"
    )
    first = models.ForeignKey(
        "ledger.Party", models.PROTECT, db_index=False, related_name="likenesses_as_first"
    )
    second = models.ForeignKey(
        "ledger.Party", models.PROTECT, db_index=False, related_name="likenesses_as_second"
    )
    score = models.FloatField(default=0)
    because = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=20, default="open")
    seen_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "ledger.Member", models.PROTECT, db_index=False, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "first", "second"], name="one_question_for_two_parties"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "state", "-score", "id"], name="likeness_to_decide"),
            models.Index(fields=["workspace", "second"], name="likeness_of_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.state}"


class LikenessKey(models.Model):
    """A keyed hash of something that those who are alike have in common; it tells nothing."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="likeness_keys"
    )
    party = models.ForeignKey(
        "ledger.Party", models.PROTECT, db_index=False, related_name="likeness_keys"
    )
    key = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "key", "party"], name="one_key_of_a_party"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "party"], name="likeness_keys_of_party")
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.key}"
