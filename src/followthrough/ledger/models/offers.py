"""Offers with an end, and links that belong to one recipient each."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

OFFER, LIST, TARGET, OPENING = "offer", "list", "target", "opening"
TAKEN, DECLINED = "taken", "declined"


class Offer(models.Model):
    """What somebody may take up to `until`; `wall` is its last day there, in `zone`. `fact` is the
    name of the fact that made it, `answer` what they last said: taken, declined, or "" for nothing.

    `private`: whoever else opens it is asked to ask. `gone_at`: its making was taken back.
    `ended_by` is the fact by which one of us ended it early, `end_gone_at` when that was taken
    back.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="offers"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, db_index=False, related_name="offers")
    member = models.ForeignKey("ledger.Member", models.PROTECT, db_index=False, related_name="+")
    matter = models.CharField(max_length=80)
    fact = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    terms = models.TextField(blank=True, default="")
    more = models.CharField(max_length=500, blank=True, default="")
    wall = models.DateField()
    zone = models.CharField(max_length=64)
    until = models.DateTimeField()
    private = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ended_by = models.CharField(max_length=120, blank=True, default="")
    end_gone_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "fact"], name="an_offer_is_made_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "party", "-id"], name="offers_of_party"),
        ]

    def __str__(self) -> str:
        return self.title


class Link(models.Model):
    """An address of ours that belongs to one recipient. `token` is its part of it, 128 bit.

    `purpose`: an offer, joining a list (`called`), or in a mail an address of somebody else's
    (`target`) and its being opened; `message` is then the key of that mail. `browser` is the hash
    of the first that showed it, `others` those of the ones after it: they are not counted as them.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="links"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, db_index=False, related_name="links")
    offer = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, db_index=False, related_name="links"
    )
    purpose = models.CharField(max_length=20)
    token = models.CharField(max_length=40)
    target = models.CharField(max_length=2000, blank=True, default="")
    called = models.CharField(max_length=60, blank=True, default="")
    message = models.CharField(max_length=120, blank=True, default="")
    matter = models.CharField(max_length=80, blank=True, default="")
    thread = models.CharField(max_length=300, blank=True, default="")
    made_at = models.DateTimeField()
    browser = models.CharField(max_length=32, blank=True, default="")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen = models.PositiveIntegerField(default=0)
    others = models.JSONField(default=list, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "token"], name="a_token_opens_one_link"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["token"], name="link_by_token"),
            models.Index(fields=["workspace", "party"], name="links_of_party"),
            models.Index(
                fields=["workspace", "offer"],
                condition=Q(offer__isnull=False),
                name="links_of_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.party_id}"
