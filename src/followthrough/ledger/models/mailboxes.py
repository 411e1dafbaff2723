"""Mailboxes that we read and write from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

BY_PASSWORD, BY_TOKEN = "password", "token"
TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"
WORKS, REFUSED, PAUSED = "works", "refused", "paused"


class Mailbox(models.Model):
    """A member writes from it and is answered in it; `shared` with the team, they look after it.

    `secret` is a password or a refresh token, sealed by `ledger/credentials.py`: the key is not in
    the database. `state` is REFUSED once the server would not let us in (`problem` says what it
    said), and nothing is sent until it does again. `per_hour` and `per_day` are how many messages
    may leave. `html`: mail has its words in HTML beside the plain ones. `keeps_copies`: whether the
    server files what we send by itself, None until learned; so with `plus_works`: whether mail to
    name+anything@… comes here. `canary`: whether it mails itself each day; None: as is usual, where
    it is shared.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="mailboxes"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="mailboxes")
    shared = models.BooleanField(default=False)
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True, default="")
    signature = models.TextField(blank=True, default="")
    html = models.BooleanField(default=False)
    sign_in = models.CharField(max_length=10, default=BY_PASSWORD)
    provider = models.CharField(max_length=20, blank=True, default="")
    username = models.CharField(max_length=254)
    secret = models.TextField()
    imap_host = models.CharField(max_length=253)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=10, default=TLS)
    smtp_host = models.CharField(max_length=253)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=10, default=TLS)
    state = models.CharField(max_length=10, default=WORKS)
    problem = models.CharField(max_length=300, blank=True, default="")
    problem_since = models.DateTimeField(null=True, blank=True)
    keeps_copies = models.BooleanField(null=True, blank=True)
    plus_works = models.BooleanField(null=True, blank=True)
    canary = models.BooleanField(null=True, blank=True)
    read_from = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    per_hour = models.PositiveIntegerField(default=60)
    per_day = models.PositiveIntegerField(default=400)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "address"],
                condition=Q(removed_at=None),
                name="a_mailbox_is_connected_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member"], name="mailboxes_of_member"),
        ]

    def __str__(self) -> str:
        return self.address
