"""What turns the handle leaves a sign of life, so that its silence can be seen."""

from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """When a step of the loop last ran for a workspace, what came of it, and what went wrong."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="heartbeats"
    )
    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    said = models.CharField(max_length=200, blank=True, default="")
    problem = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_heartbeat_per_step"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.at:%Y-%m-%d %H:%M})"
