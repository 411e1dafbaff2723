"""What was brought in, and what became of each piece of it."""

from typing import ClassVar

from django.db import models

# Received, looked at, told to go; done, and perhaps taken back. Or called off before it began.
RECEIVED, READY, GOING, DONE = "received", "ready", "going", "done"
UNDOING, UNDONE, CALLED_OFF = "undoing", "undone", "called_off"


class Intake(models.Model):
    """One file or folder brought in. It goes on from `cursor` after a crash.

    Nothing of it is in the books before it is `told` to go: until then `preview` says what would
    be. `lease` names the worker that has it now; when `lease_until` is over, another may go on.
    `began_at` is when the worker began with what it does now.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="intakes"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="intakes")
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200)
    settings = models.JSONField(default=dict, blank=True)
    phase = models.CharField(max_length=20, default=RECEIVED)
    told = models.BooleanField(default=False)
    preview = models.JSONField(default=dict, blank=True)
    cursor = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=300, blank=True, default="")
    lease = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-id"], name="intake_newest_first")]

    def __str__(self) -> str:
        return self.file_name


class Piece(models.Model):
    """One mail or row of an intake, and its one outcome: linked, ignored or quarantined.

    `joined_by` is the address, number or id by which somebody was known already; "" where nobody
    was. `raw` is the piece as it was, where it could not be taken in.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="pieces"
    )
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="pieces")
    where = models.CharField(max_length=300)
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=200, blank=True, default="")
    joined_by = models.CharField(max_length=254, blank=True, default="")
    party = models.ForeignKey("ledger.Party", models.PROTECT, null=True, related_name="pieces")
    raw = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "intake", "where"], name="a_piece_has_one_outcome"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "intake", "outcome"], name="pieces_by_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.outcome}"


class Retold(models.Model):
    """A fact that this intake told too, though another had brought it: it stays with the one if
    the other is taken back."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    intake = models.ForeignKey(Intake, models.PROTECT, db_index=False, related_name="+")
    fact = models.ForeignKey("ledger.Fact", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "fact", "intake"], name="an_intake_retells_a_fact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} too"


class Checked(models.Model):
    """One run of the audit: how much was open, and how much of it nobody would have done."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="checks"
    )
    at = models.DateTimeField()
    open = models.PositiveIntegerField()
    uncovered = models.PositiveIntegerField()
    money = models.BigIntegerField(default=0)  # the value of what is uncovered

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-at"], name="check_newest_first")]

    def __str__(self) -> str:
        return f"{self.open} open, {self.uncovered} uncovered"
