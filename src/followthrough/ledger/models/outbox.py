"""What leaves us: each mail a row from before its first attempt until its end, and beyond."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from followthrough.ledger.models.parties import Party

QUEUED, CLAIMED, HANDOVER = "queued", "claimed", "handover"
SENT, IN_DOUBT, FAILED, CANCELLED = "sent", "in_doubt", "failed", "cancelled"
STOPPABLE = (QUEUED, CLAIMED)
IN_FLIGHT = (CLAIMED, HANDOVER, IN_DOUBT)
TRANSACTIONAL, CONVERSATION, MARKETING = "transactional", "conversation", "marketing"
BY_ANSWER, BY_COPY, BY_REPORT, BY_PERSON = "answer", "copy", "report", "person"


class Message(models.Model):
    """One mail to one address. What an attempt sends is fixed before the first one: `message_id`,
    `envelope` (what reports name it by), `recipient` and the bytes in `raw`; a retry
    sends the same.

    `key` is what it is queued for: the same key is never queued twice. `automatic`: nobody pressed
    send. `did` is the key of the follow-up that it does, `followup` that row. `claim` is the token
    of the worker that has it until `lease_until`; `handover_at` is the commit after which its last
    byte may have left. `answer` is what the server said, `evidence` how we know that it left (the
    server's answer, a copy in the Sent folder, a report, a person). `then` are facts that come true
    with it: what it keeps, the next step that was chosen. `asked_at`: nothing tells, so
    a person was asked. `told_at`: the timeline has it. `filed_at`: a copy of ours lies among the
    sent mail. `reason` says why it did not go; it is in English, and `said` what it was made of.
    The moments below `told_at` are what came back later.
    `plan` is the version of the sequence that it is a step of ("" for none), `place` which step of
    it, `version` with which of two wordings; it leaves before `not_after`, where their day ends;
    what is no step is taken back then.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="messages"
    )
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, db_index=False, related_name="+")
    member = models.ForeignKey("ledger.Member", models.PROTECT, db_index=False, related_name="+")
    # NULL where a mailbox writes to itself; whoever asks for the mail of people never meets one.
    party: "models.ForeignKey[Party, Party]" = models.ForeignKey(  # type: ignore[misc]
        "ledger.Party", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    followup = models.ForeignKey(
        "ledger.FollowUp", models.PROTECT, null=True, blank=True, related_name="messages"
    )
    matter = models.CharField(max_length=80, blank=True, default="")
    did = models.CharField(max_length=240, blank=True, default="")
    thread = models.CharField(max_length=300, blank=True, default="")
    key = models.CharField(max_length=120)
    purpose = models.CharField(max_length=20, default=CONVERSATION)
    automatic = models.BooleanField(default=False)
    message_id = models.CharField(max_length=300)
    envelope = models.CharField(max_length=64)
    sender = models.CharField(max_length=254)
    recipient = models.CharField(max_length=254)
    canonical = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True, default="")
    words = models.TextField(blank=True, default="")
    raw = models.BinaryField()
    attached = models.JSONField(default=list, blank=True)  # name, size and sha256 of each
    then = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, default=QUEUED)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    plan = models.CharField(max_length=16, blank=True, default="")
    place = models.PositiveSmallIntegerField(default=0)
    version = models.CharField(max_length=1, blank=True, default="")
    domain = models.CharField(max_length=253, blank=True, default="")
    attempt = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)  # for the first time
    claim = models.CharField(max_length=40, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    handover_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True, default="")
    evidence = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    said = models.JSONField(null=True, blank=True)
    dead = models.BooleanField(default=False)  # it failed, since there is no such address
    returned = models.BooleanField(default=False)  # it failed at their end, and not at ours
    asked_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    delayed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "key"], name="a_message_is_queued_once"),
            models.UniqueConstraint(
                fields=["workspace", "message_id"], name="a_message_has_its_own_name"
            ),
            models.UniqueConstraint(
                fields=["workspace", "envelope"], name="a_message_has_its_own_envelope"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "mailbox", "not_before", "id"],
                condition=Q(state=QUEUED),
                name="message_to_send",
            ),
            models.Index(
                fields=["workspace", "state", "lease_until"],
                condition=Q(state__in=IN_FLIGHT),
                name="message_in_flight",
            ),
            models.Index(
                fields=["workspace", "party"],
                condition=Q(state__in=STOPPABLE),
                name="message_to_stop",
            ),
            models.Index(
                fields=["workspace", "id"],
                condition=Q(state__in=(SENT, FAILED), told_at=None),
                name="message_to_tell",
            ),
            models.Index(
                fields=["workspace", "mailbox", "ended_at"],
                condition=Q(state=SENT, filed_at=None),
                name="message_to_file",
            ),
            models.Index(
                fields=["workspace", "mailbox", "handover_at"],
                condition=Q(handover_at__isnull=False),
                name="message_of_this_hour",
            ),
            models.Index(fields=["workspace", "party", "-id"], name="message_of_party"),
            models.Index(
                fields=["workspace", "plan", "place"],
                condition=~Q(plan=""),
                name="message_of_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class Attempt(models.Model):
    """A try that did not send a message: when it ended, as what, and the server's own words. The
    one that did is the message's own `answer`, at `ended_at`."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    message = models.ForeignKey(
        Message, models.PROTECT, db_index=False, related_name="attempts"
    )  # fmt: skip
    at = models.DateTimeField()
    state = models.CharField(max_length=12)  # what the message became by it
    answer = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "message", "id"], name="attempts_of_message"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.answer}"


class Pace(models.Model):
    """How fast a mailbox may send now; the row that its senders lock while they count.

    `slowed_to` messages an hour since `slowed_at`, after its server asked for patience: it recovers
    by itself. `rests_until`: nothing is tried before. `refused` are the domains that refused what
    we wrote since a message was last accepted.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, db_index=False, related_name="+")
    slowed_to = models.PositiveIntegerField(null=True, blank=True)
    slowed_at = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    refused = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "mailbox"], name="one_pace_per_mailbox"),
        ]

    def __str__(self) -> str:
        return f"{self.slowed_to or 'any'} an hour"


class Sending(models.Model):
    """Which machines may send for a workspace, so that a copy of the books sends nothing.

    `handovers` counts the commits after which something left; each machine keeps the highest that
    it made outside the database, under the name `installation`. `places` are the machines that
    send, `asks` those that wait until an administrator says that they may, with why. `held_at`:
    since then nothing leaves by itself; `held_why` is "clock" where nobody chose so.
    `awake_since`: what was due long before that is not sent any more without a question.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    installation = models.CharField(max_length=32)
    handovers = models.PositiveBigIntegerField(default=0)
    places = models.JSONField(default=dict, blank=True)
    asks = models.JSONField(default=dict, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_why = models.CharField(max_length=10, blank=True, default="")
    awake_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace"], name="a_workspace_sends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.handovers} handed over"
