"""Joining, changing and leaving the team, so that nothing is left without an owner."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from babel.numbers import get_territory_currencies
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from followthrough.core.saying import says
from followthrough.ledger import circle, giving, handover, keeping, queries, sequences
from followthrough.ledger.models import Connection, Invitation, Member, User, Workspace
from followthrough.ledger.models.members import ADMINISTRATOR, ROLES

INVITATIONS_LAST = timedelta(days=14)


class CouldNotChangeTeam(Exception):
    """Said to the person as it stands."""


@dataclass(frozen=True, kw_only=True)
class Founding:
    workspace: str
    name: str
    email: str
    password: str
    zone: str
    country: str


def found(founding: Founding, *, at: datetime) -> Member:
    """The first person of this installation opens the workspace and administers it."""
    with transaction.atomic():
        one_at_a_time()
        if not nobody_yet():
            raise CouldNotChangeTeam(
                says("This Followthrough has a team already. Ask for an invitation.")
            )
        workspace = Workspace.objects.create(
            name=founding.workspace,
            zone=founding.zone,
            country=founding.country.upper(),
            currency=_currency_of(founding.country.upper()),
        )
        giving.keep_starters(workspace, at=at)  # so that each of them can be changed, and go
        sequences.take_all(workspace, at=at)
        user = User.objects.create_user(founding.email, founding.password)
        return Member.objects.create(
            workspace=workspace, user=user, name=founding.name, role=ADMINISTRATOR, joined_at=at
        )


def _currency_of(country: str) -> str:
    """Only a first guess."""
    return next(iter(get_territory_currencies(country)), "EUR") if country else "EUR"


def nobody_yet() -> bool:
    """A demo to look around in is nobody."""
    return not User.objects.exclude(memberships__workspace__demo=True).exists()


def one_at_a_time() -> None:
    """SQLite's transactions are alone anyway; PostgreSQL must be told, or two could be first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {User._meta.db_table} IN EXCLUSIVE MODE")


def invite(*, email: str, name: str, role: str, by: Member, at: datetime) -> str:
    """The token of the link. An earlier open invitation of the same address ends."""
    email = email.strip().lower()
    known_role(role)
    if User.objects.filter(email=email).exists():
        raise CouldNotChangeTeam(says("{email} has an account here already.", email=email))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(workspace=by.workspace, email=email, accepted_at=None).delete()
        Invitation.objects.create(
            workspace=by.workspace, email=email, name=name, role=role, token_hash=hashed(token),
            invited_by=by, at=at, expires_at=at + INVITATIONS_LAST,
        )  # fmt: skip
    return token


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def open_invitations(*, now: datetime) -> QuerySet[Invitation]:
    """Those that still open the door: not used, not too old, and whoever invited is still here."""
    return Invitation.objects.filter(
        accepted_at=None, expires_at__gt=now, invited_by__active=True
    ).select_related("workspace", "invited_by")


def join(token: str, *, name: str, password: str, at: datetime) -> Member:
    with transaction.atomic():
        used = open_invitations(now=at).filter(token_hash=hashed(token)).update(accepted_at=at)
        if not used:
            raise CouldNotChangeTeam(says("This invitation was used already, or it is too old."))
        invitation = Invitation.objects.get(token_hash=hashed(token))
        if User.objects.filter(email=invitation.email).exists():
            raise CouldNotChangeTeam(
                says("{email} has an account here already.", email=invitation.email)
            )
        terms_changed(invitation.workspace)
        return Member.objects.create(
            workspace=invitation.workspace,
            user=User.objects.create_user(invitation.email, password),
            name=name,
            role=invitation.role,
            joined_at=at,
        )


def give_role(member: Member, role: str) -> None:
    known_role(role)
    with transaction.atomic():
        hold_team_still(member)
        if role != ADMINISTRATOR:
            keep_an_administrator(member)
        member.role = role
        member.save(update_fields=["role"])
        terms_changed(member.workspace)


def give_line(member: Member, line: str) -> None:
    member.line = line
    member.save(update_fields=["line"])


def send_away(
    member: Member, *, first: date, last: date, stand_in: Member, plans_wait: bool = False
) -> None:
    """Without somebody who stands in things would drop; what leaves by itself may wait."""
    with transaction.atomic():
        hold_team_still(member)
        can_be_away(member, first=first, last=last, stand_in=stand_in)
        member.away_from, member.away_until, member.stand_in = first, last, stand_in
        member.plans_wait = plans_wait
        member.save(update_fields=["away_from", "away_until", "stand_in", "plans_wait"])
        terms_changed(member.workspace)


def can_be_away(member: Member, *, first: date, last: date, stand_in: Member) -> None:
    """Refused with the reason, before anything is saved."""
    if stand_in.pk == member.pk:
        raise CouldNotChangeTeam(says("Choose somebody else to stand in."))
    stand_in = Member.objects.get(workspace=member.workspace, pk=stand_in.pk)
    if not stand_in.active or overlaps(stand_in, first, last):
        raise CouldNotChangeTeam(says("{who} is not there in those days.", who=stand_in.name))
    if Member.objects.filter(
        stand_in=member, active=True, away_from__lte=last, away_until__gte=first
    ).exists():
        raise CouldNotChangeTeam(
            says("{who} stands in for somebody in those days.", who=member.name)
        )


def overlaps(member: Member, first: date, last: date) -> bool:
    return bool(
        member.away_from
        and member.away_until
        and member.away_from <= last
        and member.away_until >= first
    )


def call_back(member: Member) -> None:
    """The absence ends now."""
    with transaction.atomic():
        member.away_from = member.away_until = member.stand_in = None
        member.plans_wait = False
        member.save(update_fields=["away_from", "away_until", "stand_in", "plans_wait"])
        terms_changed(member.workspace)


def successors(member: Member, *, today: date) -> QuerySet[Member]:
    """Who may take over: active, and neither away now nor going away with a date set."""
    present = Q(away_until=None) | Q(away_until__lt=today)
    colleagues = Member.objects.filter(present, workspace=member.workspace, active=True)
    return colleagues.exclude(pk=member.pk).order_by("name", "pk")


def let_go(member: Member, *, to: Member, by: Member, at: datetime) -> None:
    """The member leaves; everything of theirs has a new owner in the same transaction."""
    with transaction.atomic():
        hold_team_still(member)
        keep_an_administrator(member)
        if not successors(member, today=at.date()).filter(pk=to.pk).exists():
            raise CouldNotChangeTeam(
                says("{who} cannot take over now. Choose somebody present.", who=to.name)
            )
        handover.hand_over_everything(member, to=to, by=by, at=at)
        circle.shut(member, at=at)
        left = queries.open_items_of(member)
        if left:
            raise CouldNotChangeTeam(
                says("{who} still has {n} open items.", who=member.name, n=left)
            )
        Connection.objects.filter(workspace=member.workspace_id, owner=member).update(owner=to)
        keeping.leave_with(member, to=to, at=at)
        Member.objects.filter(stand_in=member).exclude(pk=to.pk).update(stand_in=to)
        Member.objects.filter(stand_in=member).update(
            stand_in=None, away_from=None, away_until=None
        )
        member.active = False
        member.away_from = member.away_until = member.stand_in = None
        member.save(update_fields=["active", "away_from", "away_until", "stand_in"])
        terms_changed(member.workspace)


def welcome_back(member: Member) -> None:
    with transaction.atomic():
        member.active = True
        member.save(update_fields=["active"])
        keeping.come_back_with(member)
        terms_changed(member.workspace)


def known_role(role: str) -> None:
    if role not in ROLES:
        raise CouldNotChangeTeam(says("There is no role called {role}.", role=role))


def keep_an_administrator(member: Member) -> None:
    others = Member.objects.filter(
        workspace=member.workspace, active=True, role=ADMINISTRATOR
    ).exclude(pk=member.pk)
    if member.role == ADMINISTRATOR and not others.exists():
        raise CouldNotChangeTeam(
            says("{who} is the only administrator. Make somebody else one first.", who=member.name)
        )


def hold_team_still(member: Member) -> None:
    """Two changes to one team wait for each other, or two administrators could both leave."""
    Workspace.objects.select_for_update().get(pk=member.workspace_id)
    member.refresh_from_db()


def terms_changed(workspace: Workspace) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(terms_version=F("terms_version") + 1)
