"""Who they are: parties, their people, and the addresses and numbers by which we reach them."""

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from followthrough.core.matter import PRIVATE

COLLEAGUE = "colleague"  # one of us, to whom others of us give their word
UNLISTED = (COLLEAGUE, PRIVATE)  # no list of people shows these
# Later than every day that anybody looks at: no contact yet, nothing to do.
NEVER = datetime(9999, 12, 1, tzinfo=UTC)


class Party(models.Model):
    """The unit of deciding: a company with its people, or a person alone.

    `last_contact_…`, `our_word_at`, `contacts`, `given` and `plays` are kept by `record`, so that
    no list needs the timeline. `last_contact_what` is the way in one word ("call"), `our_word_at`
    the last time that they heard from us, `plays` the roles that the books say by themselves.
    `silent_since`, `next_at` (when the next step is due), `worth` (of what is open) and `quiet` are
    what the list of people is ordered and narrowed by. `firm` is the company as one compares it,
    else the name. `merged_into` points to the party that speaks for this one. `intake` is the
    import that added them, until somebody changes them by hand. `compared` says that nothing by
    which others may be alike has changed since it was compared with them.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="parties"
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, default="person")
    company = models.CharField(max_length=200, blank=True, default="")
    firm = models.CharField(max_length=200, blank=True, default="")
    owner = models.ForeignKey(
        "ledger.Member", models.PROTECT, null=True, blank=True, related_name="parties"
    )
    zone = models.CharField(max_length=64, blank=True, default="")
    about = models.TextField(blank=True, default="")
    external = models.CharField(max_length=120, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    has_absorbed = models.BooleanField(default=False)
    forgotten = models.BooleanField(default=False)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    last_contact_by = models.CharField(max_length=20, blank=True, default="")
    last_contact_what = models.CharField(max_length=40, blank=True, default="")
    our_word_at = models.DateTimeField(null=True, blank=True)
    contacts = models.PositiveIntegerField(default=0)
    given = models.CharField(max_length=80, blank=True, default="")  # what of value, last
    plays = models.CharField(max_length=60, blank=True, default="")
    silent_since = models.DateTimeField(default=NEVER)
    next_at = models.DateTimeField(default=NEVER)
    worth = models.BigIntegerField(default=0)
    quiet = models.BooleanField(default=False)
    refuses = models.JSONField(default=list, blank=True)
    terms_version = models.PositiveIntegerField(default=0)
    compared = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    intake = models.ForeignKey(
        "ledger.Intake", models.PROTECT, null=True, blank=True, db_index=False,
        related_name="+",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external"],
                condition=~Q(external=""),
                name="one_party_per_number_of_another_system",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "name", "id"], name="party_by_name"),
            models.Index(fields=["workspace", "terms_version", "id"], name="party_by_terms"),
            models.Index(
                fields=["workspace", "intake", "id"],
                condition=Q(intake__isnull=False),
                name="party_of_intake",
            ),
            models.Index(fields=["workspace", "silent_since", "id"], name="party_by_silence"),
            models.Index(fields=["workspace", "next_at", "id"], name="party_by_next_step"),
            models.Index(fields=["workspace", "-worth", "id"], name="party_by_worth"),
            models.Index(fields=["workspace", "quiet", "id"], name="party_that_is_quiet"),
            models.Index(fields=["workspace", "firm"], name="parties_of_a_firm"),
            models.Index(
                fields=["workspace", "id"], condition=Q(compared=False), name="party_to_compare"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody at a party. A party that is a person alone has just one."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="people"
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="people")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "party"], name="people_of_party")]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """`canonical` is what two spellings of one address or number have in common.

    A number may be shared, by a family or behind a switchboard: `sharer` counts them from 0.
    `dead_by` says why it is no longer offered: the name of the fact by which mail came back, or
    "hand".
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="addresses"
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="addresses")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="addresses")
    kind = models.CharField(max_length=20)  # email, phone, post
    value = models.CharField(max_length=254)
    canonical = models.CharField(max_length=254)
    intake = models.ForeignKey(
        "ledger.Intake", models.PROTECT, null=True, blank=True, db_index=False,
        related_name="+",
    )  # fmt: skip
    sharer = models.PositiveSmallIntegerField(default=0)
    dead_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "canonical", "sharer"], name="one_party_per_address"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "party"], name="address_of_party"),
            models.Index(
                fields=["workspace", "intake", "party"],
                condition=Q(intake__isnull=False),
                name="address_of_intake",
            ),
        ]

    def __str__(self) -> str:
        return self.value
