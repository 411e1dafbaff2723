"""Anything open between us and a party that must not be dropped, and the stages of a deal."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Matter(models.Model):
    """Opened, owned and closed by facts; `record` keeps these columns true to them.

    `value` is in the smallest unit of the workspace's currency. `key` is the matter's name in the
    facts; a matter whose words were joined to another one is closed with the outcome "joined".
    `lane` is as in the core. `next_due` (of its first next step) and `touched_at` (our last contact
    with them, else when it was opened) are copies, so that lists of deals join nothing. So is
    how it stands in a plan: `plan` is its version, `plan_step` the steps that lie behind.
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
    lane = models.CharField(max_length=60, blank=True, default="")
    expected = models.DateField(null=True, blank=True)
    next_due = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    plan = models.CharField(max_length=16, blank=True, default="")
    plan_step = models.PositiveSmallIntegerField(default=0)
    plan_state = models.CharField(max_length=10, blank=True, default="")
    plan_why = models.CharField(max_length=20, blank=True, default="")
    plan_since = models.DateTimeField(null=True, blank=True)
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
                fields=["workspace", "lane", "next_due", "id"],
                condition=Q(closed_at=None),
                name="matter_by_its_next_step",
            ),
            models.Index(
                fields=["workspace", "lane", "touched_at", "id", "value"],
                condition=Q(closed_at=None),
                name="matter_by_its_last_touch",
            ),
            models.Index(
                fields=["workspace", "lane", "-value", "id"],
                condition=Q(closed_at=None),
                name="matter_by_its_money",
            ),
            models.Index(
                fields=["workspace", "owner", "lane", "next_due", "id", "value"],
                condition=Q(closed_at=None),
                name="matter_of_its_owner",
            ),
            models.Index(
                fields=["workspace", "-value", "id"],
                condition=Q(closed_at=None, value__gt=0),
                name="matter_by_value",
            ),
            models.Index(
                fields=["workspace", "kind", "party"],
                condition=Q(closed_at=None),
                name="open_matter_by_kind",
            ),
            models.Index(
                fields=["workspace", "plan", "plan_state"],
                condition=~Q(plan=""),
                name="matter_in_a_plan",
            ),
        ]

    # The text that names it, until it has its first row; not a column.
    text_id: str = ""

    def __str__(self) -> str:
        return self.title or self.kind


class Stage(models.Model):
    """A stage as the team calls and orders it; `chance` in per cent. Until a team changes them,
    there are no rows: the defaults hold."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="stages"
    )
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    chance = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "key"], name="a_stage_has_a_key_of_its_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name
