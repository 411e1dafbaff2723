"""The key that a member's private words are sealed with, itself locked with the server's."""

from typing import ClassVar

from django.db import models


class OwnKey(models.Model):
    """Made with the first private word. Without it nobody, not even its member, can read them."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="own_keys")
    wrapped = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "member"], name="a_member_has_one_key_of_their_own"
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.pk}"
