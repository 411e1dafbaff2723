"""What is owed, in the books: a row per debt, never reused, settled by the fact that did it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from followthrough.core.saying import Saying

# The rules under which a promise of ours stands in the books until it is kept, and one of theirs.
OUR_WORDS = ("keep_promises", "call_when_we_said", "when_it_happens")
WORDS_GIVEN = (*OUR_WORDS, "ask_after_their_promise")


class FollowUp(models.Model):
    """`member` is None where the machine does it: then it leaves in the name of `sender`, who
    answers for it. Late is a query on `due`, never a status.

    `why` is in English; where it names numbers, `said` is what it was made of (`Saying.stored`).

    `tag` and `shows` are as in the core. `show_at` is from when it is worth showing (from its
    minute on where `exact`); `spread_to` is the day a load was spread to: it moves `show_at`,
    never `due`, and stays when the row is decided anew. `contacts`, `last_contact_at`,
    `our_word_at` and `given` are copies, kept by `record`, so that Today joins nothing. `because`,
    `evidence` and `settled_by` are names of facts. `rank` orders a band and holds no time.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="followups"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="followups")
    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="followups")
    member = models.ForeignKey("ledger.Member", models.PROTECT, null=True, related_name="followups")
    sender = models.ForeignKey(
        "ledger.Member", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    rule = models.CharField(max_length=40)
    occasion = models.CharField(max_length=140)
    because = models.CharField(max_length=120)
    evidence = models.JSONField(default=list)
    how = models.CharField(max_length=20)
    what = models.CharField(max_length=120)
    why = models.CharField(max_length=200)
    said = models.JSONField(null=True, blank=True)
    held = models.CharField(max_length=120, blank=True, default="")
    band = models.PositiveSmallIntegerField()
    rank = models.BigIntegerField(default=0)
    tag = models.CharField(max_length=20, blank=True, default="")
    shows = models.CharField(max_length=120, blank=True, default="")
    count = models.PositiveIntegerField(default=1)
    blocks = models.BooleanField(default=False)
    exact = models.BooleanField(default=False)
    due = models.DateTimeField()
    show_at = models.DateTimeField()
    spread_to = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField()
    contacts = models.PositiveIntegerField(default=0)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    our_word_at = models.DateTimeField(null=True, blank=True)
    given = models.CharField(max_length=80, blank=True, default="")
    digest = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "matter", "rule", "occasion"],
                condition=Q(settled_at=None),
                name="one_open_followup_per_debt",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "member", "band", "-rank", "due", "id", "show_at", "how"],
                condition=Q(settled_at=None),
                name="followup_in_order_of_day",
            ),
            models.Index(
                fields=["workspace", "member", "show_at", "id"],
                condition=Q(settled_at=None),
                name="followup_by_day",
            ),
            models.Index(
                fields=["workspace", "matter"],
                condition=Q(settled_at=None),
                name="followup_of_matter",
            ),
            models.Index(fields=["workspace", "party"], name="followup_of_party"),
            models.Index(
                fields=["workspace", "due", "id"],
                condition=Q(settled_at=None, sender__isnull=False),
                name="followup_by_itself",
            ),
            models.Index(
                fields=["workspace", "member", "rule", "show_at", "id"],
                condition=Q(settled_at=None, band=3),  # gone quiet: they are to move
                name="followup_they_are_to_move",
            ),
            models.Index(
                fields=["workspace", "member", "since", "id"],
                condition=Q(settled_at=None, blocks=True),
                name="followup_that_blocks",
            ),
            models.Index(
                fields=["workspace", "member", "settled_at"],
                condition=Q(settled_at__isnull=False),
                name="followup_done",
            ),
            models.Index(
                fields=["workspace", "member", "due", "id"],
                condition=Q(settled_at=None, rule__in=WORDS_GIVEN),
                name="word_to_keep",
            ),
            models.Index(
                fields=["workspace", "member", "-settled_at", "-id"],
                condition=Q(settled_at__isnull=False, rule__in=OUR_WORDS),
                name="word_that_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, because {self.why}"

    @property
    def reason(self) -> Saying:
        """`why`, to be told in the reader's language."""
        return Saying.read(self.said) if self.said else Saying(self.why)

    @property
    def key(self) -> str:
        return f"{self.rule}/{self.matter.key}/{self.occasion}"


class Alarm(models.Model):
    """Somebody is told at an instant. Written with the duty, so it fires with nobody looking.

    An alarm of the house itself (the audit found something) belongs to no follow-up.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="alarms"
    )
    followup = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="alarms"
    )
    member = models.ForeignKey("ledger.Member", models.PROTECT, related_name="alarms")
    at = models.DateTimeField()
    what = models.CharField(max_length=120)
    told_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "followup", "member", "at", "what"],
                name="an_alarm_rings_once",
            ),
            models.UniqueConstraint(
                fields=["workspace", "member", "at", "what"],
                condition=Q(followup=None),
                name="an_alarm_of_the_house_rings_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["at", "id", "workspace"], condition=Q(told_at=None), name="alarm_to_ring"
            ),
            models.Index(
                fields=["workspace", "member", "at"],
                condition=Q(seen_at=None),
                name="alarm_unseen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.at:%Y-%m-%d %H:%M})"
