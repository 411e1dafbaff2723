"""What is known of people beside what happened: what they want, and what to speak about."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Want(models.Model):
    """Something that somebody would like to have from us, in their own words.

    `fact` names what it was heard by ("" where it was written down by hand). Taken away or taken
    back it has `gone_at`, so that it can come back.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="wants"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="wants")
    text = models.CharField(max_length=300)
    said_at = models.DateTimeField()
    fact = models.CharField(max_length=120, blank=True, default="")
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "fact", "text"],
                condition=Q(gone_at=None),
                name="a_want_stands_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "party"], name="wants_of_party")]

    def __str__(self) -> str:
        return self.text


class Detail(models.Model):
    """Something worth knowing before the next word: common_ground, personal, goal, role,
    responsibility or mission.

    `month` and `day` say when it matters; a month alone is the whole month, none is always. `fact`
    names the meeting it was told in ("" where it was written down alone), and goes with it.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="details"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, related_name="details")
    kind = models.CharField(max_length=20, default="personal")
    text = models.CharField(max_length=300)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    said_at = models.DateTimeField()
    by = models.ForeignKey("ledger.Member", models.PROTECT, null=True, related_name="details")
    fact = models.CharField(max_length=120, blank=True, default="")
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_day_has_its_month",
                condition=Q(month=None, day=None) | Q(month__gte=1, month__lte=12),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "party"], name="details_of_party")]

    def __str__(self) -> str:
        return self.text


class Role(models.Model):
    """What somebody is to us: prospect, customer, supplier or referrer, several at once.

    What the books say by themselves is kept by `record`; `by_hand` is what somebody ticked.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="roles"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, db_index=False, related_name="roles")
    name = models.CharField(max_length=20)
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "party", "name", "by_hand"], name="a_role_is_played_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "name", "party"], name="parties_by_role")
        ]

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word by which somebody or a want is found, folded; a word of a want is cut to its stem.

    `kind` is name (of a person or company), mail, tel (a number from each of its digits on) or
    want.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="words"
    )
    party = models.ForeignKey("ledger.Party", models.PROTECT, db_index=False, related_name="words")
    want = models.ForeignKey(Want, models.CASCADE, null=True, related_name="words")
    kind = models.CharField(max_length=10)
    word = models.CharField(max_length=80)

    class Meta:
        indexes: ClassVar = [
            # By pattern, so that a beginning is found whatever the database's language is.
            models.Index(
                fields=["workspace", "kind", "word", "party"],
                opclasses=["int8_ops", "varchar_pattern_ops", "varchar_pattern_ops", "int8_ops"],
                name="words_by_beginning",
            ),
            models.Index(fields=["workspace", "party", "kind"], name="words_of_party"),
        ]

    def __str__(self) -> str:
        return self.word
