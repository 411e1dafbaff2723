"""Mailboxes that we read and write from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

BY_PASSWORD, BY_TOKEN, BY_KEY = "password", "token", "key"
TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"
WORKS, REFUSED, PAUSED = "works", "refused", "paused"
OWN_PROVIDER = "own"  # none of the known ones


class Mailbox(models.Model):
    """A member writes from it and is answered in it; `shared` with the team, they look after it.

    `secret` is a password or a refresh token, sealed by `ledger/credentials.py`: the key is not in
    the database. `state` is REFUSED once the server would not let us in (`problem` says what it
    said), and nothing is sent until it does again. `per_hour` and `per_day` are how many messages
    may leave. `html`: mail has its words in HTML beside the plain ones. `keeps_copies`: whether the
    server files what we send by itself, None until learned; so with `plus_works`: whether what is
    written to bob+x@ lies in the box of bob@. `canary`: whether it mails itself each day; None: as
    is usual, where it is shared.
    `sign_in` says what the secret is: a password, a refresh token (OAuth 2), or the key of a
    service that only sends, and then there is no `imap_host`. `left`: it was removed because its
    member left, and comes back with them.
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
    left = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "address"],
                condition=Q(removed_at=None) & ~Q(sign_in=BY_KEY),
                name="a_mailbox_is_connected_once",
            ),
            models.UniqueConstraint(
                fields=["workspace", "address"],
                condition=Q(removed_at=None, sign_in=BY_KEY),
                name="an_address_sends_by_one_service",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member"], name="mailboxes_of_member"),
        ]

    def __str__(self) -> str:
        return self.address


class SignInClient(models.Model):
    """What a provider calls us (OAuth 2): an administrator registers us there and types it here.

    `provider` is a key of the known ones, whose endpoints are known too, or OWN_PROVIDER with
    endpoints and servers of its own. `secret` is sealed; a public client has none.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="sign_in_clients"
    )
    provider = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True, default="")
    client_id = models.CharField(max_length=300)
    secret = models.TextField(blank=True, default="")
    authorize_at = models.URLField(max_length=500, blank=True, default="")
    token_at = models.URLField(max_length=500, blank=True, default="")
    scopes = models.CharField(max_length=500, blank=True, default="")
    servers = models.JSONField(default=dict, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "provider"], name="we_are_known_to_a_provider_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.provider


class AccessToken(models.Model):
    """What opens a mailbox for an hour; the refresh token that fetches the next one is the secret
    of the mailbox. `fetched_by` names who fetches it now, until `fetching_until`."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, db_index=False, related_name="+")
    token = models.TextField(blank=True, default="")
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    fetched_by = models.CharField(max_length=32, blank=True, default="")
    fetching_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "mailbox"], name="one_token_per_mailbox"),
        ]

    def __str__(self) -> str:
        return f"token of {self.mailbox_id}"


class ServiceHook(models.Model):
    """Where a service that sends for us tells what became of it: `key` is its part of the address,
    `secret` (sealed) what it has to say besides. `heard_at`: the last time that it told."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, db_index=False, related_name="hooks")
    key = models.CharField(max_length=40)
    secret = models.TextField()
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "key"], name="a_key_opens_one_hook"),
            models.UniqueConstraint(fields=["workspace", "mailbox"], name="one_hook_per_mailbox"),
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="hook_by_key")]

    def __str__(self) -> str:
        return f"hook of {self.mailbox_id}"
