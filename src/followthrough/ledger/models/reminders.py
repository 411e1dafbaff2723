"""What a member was told, and by which way: stored before it is sent, so that it cannot be lost."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PAGE, MAIL, PUSH = "page", "mail", "push"


class Notice(models.Model):
    """One telling of one member. `alarm` is what rang; None is the morning's mail.

    `at` is when it should be there, `try_at` when it is tried next. `gone_at`: it was no longer
    needed, as it was done meanwhile, or there was nothing to say. `key` is what keeps it from being
    written twice. `problem` is what the mail server said last.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="notices"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="notices")
    alarm = models.ForeignKey(
        "ledger.Alarm", models.CASCADE, null=True, blank=True, related_name="notices"
    )
    way = models.CharField(max_length=10)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()
    try_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "key"], name="nothing_is_told_twice"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "try_at", "id"],
                condition=Q(sent_at=None, gone_at=None),
                name="notice_to_send",
            ),
            models.Index(fields=["workspace", "member", "-at", "-id"], name="notices_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.key}"
