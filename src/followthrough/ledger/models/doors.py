"""By which programs knock: forms, shops and telephones; and what each of them brought."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

FORM, OTHER, SHOPIFY, WOOCOMMERCE, STRIPE, TELEPHONE = (
    "form", "other", "shopify", "woocommerce", "stripe", "telephone",
)  # fmt: skip
# RECEIVED: stored, and not yet understood. HELD: it looks like a machine, and waits for a person;
# NOBODY: a person said that it was one.
RECEIVED, TAKEN_IN, NOTHING, UNREADABLE, HELD, NOBODY, TEST = (
    "received", "taken_in", "nothing", "unreadable", "held", "nobody", "test",
)  # fmt: skip


class Connection(models.Model):
    """`key` is its part of an address, and stands in no other place.

    `owner` looks after whoever is new, `origin` says where they come from, `opens` what a form
    opens. `asks` are a form's fields: how each is asked for, and the choices of one. `secret` is
    what the other side signs with, sealed by `ledger/credentials.py`; `secret_before` counts beside
    it while the other side changes over. `refused` counts what was signed wrongly.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="connections"
    )
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    owner = models.ForeignKey("ledger.Member", models.PROTECT, related_name="connections")
    opens = models.CharField(max_length=40, default="enquiry")
    origin = models.CharField(max_length=120, blank=True, default="")
    asks = models.JSONField(default=dict, blank=True)
    intro = models.CharField(max_length=500, blank=True, default="")
    thanks = models.CharField(max_length=500, blank=True, default="")
    goes_to = models.CharField(max_length=500, blank=True, default="")
    secret = models.TextField(blank=True, default="")
    secret_before = models.TextField(blank=True, default="")
    refused = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "key"], name="a_key_opens_one_connection"),
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="connection_by_key")]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """What was brought, as it was, and what became of it.

    `their_id` is what the other side calls it: brought again, it is not news. `raw` is emptied when
    the person is forgotten. `problem` says why it came to nothing.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="receipts"
    )
    connection = models.ForeignKey(
        Connection, models.PROTECT, db_index=False, related_name="receipts"
    )
    their_id = models.CharField(max_length=120)
    at = models.DateTimeField()
    topic = models.CharField(max_length=80, blank=True, default="")
    raw = models.BinaryField(null=True, blank=True)
    outcome = models.CharField(max_length=20, default=RECEIVED)
    problem = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=160, blank=True, default="")
    party = models.ForeignKey(
        "ledger.Party", models.PROTECT, null=True, blank=True, db_index=False,
        related_name="receipts",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "connection", "their_id"], name="a_receipt_comes_in_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "connection", "-at", "-id"], name="receipts_newest"),
            models.Index(
                fields=["workspace", "party"],
                condition=Q(party__isnull=False),
                name="receipts_of_party",
            ),
            models.Index(fields=["workspace", "outcome", "at"], name="receipts_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.their_id}"
