"""What is answered at once, by itself; and the no of those who are not known any more."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

# An enquiry that may be answered at once: it waits for its letter, has it, or goes without.
TO_ANSWER, ANSWERED, LEFT_OUT = "to_answer", "answered", "left_out"


class AtOnce(models.Model):
    """How a form or a mailbox answers by itself: `on`, and in which words ("" are ours). Without a
    row a form does, and a mailbox does not."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    connection = models.ForeignKey(
        "ledger.Connection", models.PROTECT, null=True, blank=True, related_name="+"
    )
    mailbox = models.ForeignKey(
        "ledger.Mailbox", models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.BooleanField(default=True)
    words = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "connection"], name="a_form_answers_one_way"
            ),
            models.UniqueConstraint(
                fields=["workspace", "mailbox"], name="a_mailbox_answers_one_way"
            ),
        ]

    def __str__(self) -> str:
        return "answers at once" if self.on else "does not answer at once"


class Acknowledgement(models.Model):
    """One enquiry that is to be answered at once. `source` names it, so that it is answered once.

    `connection` or `mailbox` is by which it came. `to` and `topic` are what the letter needs, and
    are emptied with it; `whom` is a keyed hash of the address, which stays: nobody gets the same
    twice in a week. `why` says why none left.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, db_index=False, related_name="+")
    connection = models.ForeignKey(
        "ledger.Connection", models.PROTECT, null=True, blank=True, related_name="+"
    )
    mailbox = models.ForeignKey(
        "ledger.Mailbox", models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.ForeignKey(
        "ledger.Message", models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=32)
    at = models.DateTimeField()
    to = models.CharField(max_length=254, blank=True, default="")
    whom = models.CharField(max_length=32)
    topic = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=12, default=TO_ANSWER)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "source"], name="an_enquiry_is_answered_at_once_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "id"], condition=Q(state=TO_ANSWER), name="ack_to_write"
            ),
            models.Index(fields=["workspace", "whom", "-at"], name="ack_by_whom"),
            models.Index(fields=["workspace", "party"], name="ack_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.state}"


class Doubt(models.Model):
    """Who wrote a mail that may be the answer of this party, and which one. `said` is the fact;
    `answer` what somebody decided, and `did` what followed, so that it can be taken back."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, db_index=False, related_name="+")
    said = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    message_id = models.CharField(max_length=998, blank=True, default="")
    mailbox = models.ForeignKey(
        "ledger.Mailbox", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=10, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    did = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "said"], name="a_doubt_is_put_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} {self.answer or '?'}"


class Topic(models.Model):
    """They answered an old conversation under a new subject: somebody says what it is about. `said`
    is the fact; `answer` is new, same, or the key of the matter where it belongs."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, db_index=False, related_name="+")
    said = models.CharField(max_length=120)
    answer = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "said"], name="a_topic_is_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} {self.answer or '?'}"


class Refusal(models.Model):
    """Somebody who was forgotten had asked us not to write: all that is kept of them is a keyed
    hash of the address, so that it still holds when it comes back."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    whom = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "whom"], name="a_no_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.whom
