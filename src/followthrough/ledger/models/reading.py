"""What was read of each mailbox: stored first, thought about later, so that nothing gets lost."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

# Folders by what they are to us; every other one is left alone.
INBOX, SENT, JUNK = "inbox", "sent", "junk"
# Stored and not thought about yet; then it told of somebody, was left aside, or was no news.
WAITING, READ, ASIDE, COPY, UNREADABLE = "waiting", "read", "aside", "copy", "unreadable"
# What a mail names besides itself, as keyed hashes.
REFERS, TO, LIST = "refers", "to", "list"


class Reading(models.Model):
    """How far a mailbox is read. `lease` names the worker that reads it now.

    `caught_up_at`: all that it held when it was connected is stored. `intake` brings that in, as
    an import does. `aliases` are addresses that its Sent folder writes from, `not_ours` those of
    which somebody said that they are not. `try_at` is when it is looked at again, `failing_since`
    since when that has not worked, `told_at` when somebody was told of it. `filing_problem`: why no
    copy of what we sent could be laid there; the next one is tried at `file_at`.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="readings"
    )
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, related_name="readings")
    intake = models.ForeignKey(
        "ledger.Intake", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    aliases = models.JSONField(default=list, blank=True)
    not_ours = models.JSONField(default=list, blank=True)
    lease = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    try_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    caught_up_at = models.DateTimeField(null=True, blank=True)
    filing_problem = models.CharField(max_length=300, blank=True, default="")
    file_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "mailbox"], name="a_mailbox_is_read_by_one"
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.mailbox_id}"


class Folder(models.Model):
    """`next_uid` is the first number that we have not stored. A server that counts anew gives
    another `uidvalidity`. `on_server` is how many were there when we last counted, `missing` how
    many of them we had not stored."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="mail_folders"
    )
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, related_name="folders")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=10)
    uidvalidity = models.BigIntegerField(default=0)
    next_uid = models.BigIntegerField(default=1)
    caught_up_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    on_server = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "mailbox", "name"], name="a_folder_is_read_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StoredMail(models.Model):
    """A mail as it came, kept whole until it was thought about; where it cannot be read, for good.

    What stays are keyed hashes, so that a later mail is known to answer it: `message_id`,
    `sender` and `thread`. `ours`: one of us wrote it. `old`: it lay there already, so what it
    obliges to waits for a yes. `key` names what it says: the same mail in another folder is a
    copy.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="mails"
    )
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, related_name="mails")
    folder = models.ForeignKey(Folder, models.PROTECT, related_name="mails")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    size = models.PositiveBigIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField()
    raw = models.BinaryField(null=True)
    state = models.CharField(max_length=12, default=WAITING)
    reason = models.CharField(max_length=200, blank=True, default="")
    old = models.BooleanField(default=False)
    key = models.CharField(max_length=64)
    message_id = models.CharField(max_length=32, blank=True, default="")
    sender = models.CharField(max_length=32, blank=True, default="")
    thread = models.CharField(max_length=32, blank=True, default="")
    ours = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "mailbox", "folder", "uidvalidity", "uid"],
                name="a_mail_is_stored_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "mailbox", "old", "id"],
                condition=Q(state="waiting"),
                name="mail_to_think_about",
            ),
            models.Index(fields=["workspace", "mailbox", "state"], name="mail_by_state"),
            models.Index(fields=["workspace", "key"], name="mail_by_key"),
            models.Index(fields=["workspace", "message_id"], name="mail_by_message_id"),
            models.Index(fields=["workspace", "sender"], name="mail_by_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"


class MailTrace(models.Model):
    """An id that a mail answers, an address that ours went to, or a mailing list: hashes all."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="mail_traces"
    )
    mail = models.ForeignKey(StoredMail, models.PROTECT, related_name="traces")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=32)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "kind", "value"], name="mail_trace_by_value"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class MailHead(models.Model):
    """What an answer needs to stand in its conversation: of the newest mail of each one with
    somebody. `thread` is its name in the facts, `references` the ids before its own, `address`
    where an answer finds them. Without `mailbox` it was brought in by a file."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="mail_heads"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="mail_heads")
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, null=True, related_name="+")
    thread = models.CharField(max_length=32)
    message_id = models.CharField(max_length=998)
    references = models.JSONField(default=list, blank=True)
    subject = models.CharField(max_length=300, blank=True, default="")
    address = models.CharField(max_length=254, blank=True, default="")
    ours = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "thread"], name="a_conversation_has_one_newest_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_id


class MailSum(models.Model):
    """The sum of one day: what lies on the server, and what became of all that was stored."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="mail_sums"
    )
    mailbox = models.ForeignKey("ledger.Mailbox", models.PROTECT, related_name="sums")
    day = models.DateField()
    on_server = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    stored = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "mailbox", "day"], name="a_mailbox_is_summed_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.stored} stored"
