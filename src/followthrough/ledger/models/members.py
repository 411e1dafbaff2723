"""Who we are: the workspace, its members, and those invited to join."""

from datetime import date, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

ADMINISTRATOR, MANAGER, MEMBER = "administrator", "manager", "member"
ROLES = (ADMINISTRATOR, MANAGER, MEMBER)
KEYS_ON, KEYS_OFF, KEYS_AS_IN_MAIL = "on", "off", "mail"
# During the day: on the page and then by mail, on the page alone, or in the morning's mail only.
BY_MAIL_TOO, ON_THE_PAGE, IN_THE_MORNING = "mail", "page", ""


class Workspace(models.Model):
    """One team, its calendar and its knobs. Every other row carries its workspace."""

    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, blank=True, default="")
    region = models.CharField(max_length=16, blank=True, default="")
    currency = models.CharField(max_length=3, default="EUR")
    language = models.CharField(max_length=8, blank=True, default="")  # "": as the browser asks
    workday_start = models.TimeField(default=time(9))
    workday_end = models.TimeField(default=time(17))
    workdays = models.CharField(max_length=7, default="12345")  # ISO: Monday is 1
    closed_days = models.JSONField(default=list, blank=True)  # "2026-12-24", …
    knobs = models.JSONField(default=dict, blank=True)
    # Which plan begins by itself with what, and since when: [kind, instant, key]; "" is none.
    begins = models.JSONField(default=list, blank=True)
    words_version = models.PositiveIntegerField(default=0)  # 0: all words are ready-made ones
    # Which sequences rest, or rested last: {id: [since, until]}; "" is until somebody says so.
    pauses = models.JSONField(default=dict, blank=True)
    postal = models.TextField(blank=True, default="")  # where a letter finds the firm
    tracks = models.BooleanField(default=False)  # whether mails tell that they were opened
    demo = models.BooleanField(default=False)  # to look around in; nothing in it is real
    terms_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_workday_ends_after_it_starts",
                condition=Q(workday_end__gt=F("workday_start")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> "User":
        user = self.model(email=email.strip().lower())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """The key to the door: an address and a password. Who they are to us is a Member."""

    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.email


class Member(models.Model):
    """A person of the team: what they may do, what they stand for, when they are away.

    `reminds` is how they are reminded during the day, `digest_at` when their morning's mail comes
    (None: when their day begins). `feed` is a number of which their calendar's address is made; 0:
    it has none. `plans_wait`: while they are away, what would leave by itself waits for them.
    `mails_held_at`: since then nothing leaves by itself in their name. `awake_since`: what of it
    was due long before that is not sent any more without a question.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, default=MEMBER)
    active = models.BooleanField(default=True)
    zone = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")  # "": as the team
    line = models.CharField(max_length=80, blank=True, default="")
    booking = models.CharField(max_length=300, blank=True, default="")  # where one takes a time
    keys = models.CharField(max_length=8, default=KEYS_ON)
    theme = models.CharField(max_length=5, blank=True, default="")  # "": as their device has it
    reminds = models.CharField(max_length=8, blank=True, default=BY_MAIL_TOO)
    digest = models.BooleanField(default=True)
    digest_at = models.TimeField(null=True, blank=True)
    feed = models.PositiveIntegerField(default=0)
    shows_names = models.BooleanField(default=True)  # on the lock screen of a device
    stand_in = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="stands_in_for"
    )
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    plans_wait = models.BooleanField(default=False)
    mails_held_at = models.DateTimeField(null=True, blank=True)
    awake_since = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "user"], name="a_user_joins_a_workspace_once"
            ),
            models.CheckConstraint(
                name="nobody_stands_in_for_themselves",
                condition=Q(stand_in=None) | ~Q(stand_in=F("id")),
            ),
            models.CheckConstraint(
                name="an_absence_has_two_ends_and_a_stand_in",
                condition=Q(away_from=None, away_until=None)
                | Q(stand_in__isnull=False, away_until__gte=F("away_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def administers(self) -> bool:
        return self.role == ADMINISTRATOR

    @property
    def manages(self) -> bool:
        return self.role in {ADMINISTRATOR, MANAGER}

    def own_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone or self.workspace.zone)

    def is_away(self, *, on: date) -> bool:
        return bool(self.away_from and self.away_until and self.away_from <= on <= self.away_until)


class Invitation(models.Model):
    """A link that lets one address in, once. Only the hash of its token is kept."""

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=20, default=MEMBER)
    name = models.CharField(max_length=120)
    token_hash = models.CharField(max_length=64)
    invited_by = models.ForeignKey(Member, models.PROTECT, related_name="invited")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "token_hash"], name="a_token_opens_one_door"
            ),
            models.UniqueConstraint(
                fields=["workspace", "email"],
                condition=Q(accepted_at=None),
                name="one_open_invitation_per_address",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["token_hash"], name="invitation_by_token")]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"
