"""The workspace's terms as one frozen value for the core, made once for each way that they are."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from followthrough.core.calendar import Calendar
from followthrough.core.facts import Listed
from followthrough.core.plans import Begin, Pause
from followthrough.core.terms import Standing, Terms
from followthrough.ledger.books import Books
from followthrough.ledger.calendars import holidays_of
from followthrough.ledger.models import Member, Workspace
from followthrough.ledger.models.members import ADMINISTRATOR, MANAGER
from followthrough.ledger.plans import chosen_in, plans_of, with_plans
from followthrough.ledger.statements import select
from followthrough.ledger.zones import zone_by

# Old mail is imported and far plans are made: the holidays of all these years are known.
YEARS = range(2000, 2041)
WAYS_OF = {"phone": ("call", "sms"), "email": ("email",), "post": ("post",)}


MEMBER = tuple(field.name for field in Member._meta.concrete_fields)
# What of the workspace the terms are made of.
TEAM = (
    "pk", "zone", "country", "region", "workday_start", "workday_end", "workdays", "closed_days",
    "knobs", "begins", "pauses",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _MadeOf:
    """Equal when the same terms would be made of it."""

    team: tuple[str, ...]
    members: tuple[tuple[Any, ...], ...]
    workspace: Workspace = field(compare=False)


def terms_of(workspace: Workspace) -> Terms:
    """The members are read each time, so that nobody who changes one must remember to say so."""
    rows = select(Member, MEMBER, {"workspace": [workspace.pk]}, "ORDER BY id")
    team = tuple(str(getattr(workspace, name)) for name in TEAM)
    return _terms(_MadeOf(team=team, members=tuple(rows), workspace=workspace))


@lru_cache(maxsize=256)
def _terms(made_of: _MadeOf) -> Terms:
    workspace = made_of.workspace
    team = _calendar(workspace, workspace.zone)
    members = [Member(*row) for row in made_of.members]
    return Terms(
        manager=_manager(members),
        members={str(m.pk): _standing(m, workspace, team) for m in members},
        team=team,
        contact=team,
        knobs=workspace.knobs,
        plans=plans_of(workspace.pk, {key for *_, key in workspace.begins}),
        begins=tuple(_begin(*one) for one in workspace.begins),
        pauses={key: _pause(*one) for key, one in workspace.pauses.items()},
    )


def terms_for(books: Books, workspace_terms: Terms) -> Terms:
    """The terms with one party: who looks after it, by what it is reached, and where it is."""
    return _with_somebody(books, workspace_terms, zone_by(books.party.zone, books.reached))


def _with_somebody(books: Books, workspace_terms: Terms, where: str) -> Terms:
    reaches = frozenset(way for kind, _ in books.reached for way in WAYS_OF.get(kind, ()))
    owner = str(books.party.owner_id or "")
    contact = workspace_terms.contact
    zone = where or contact.zone
    contact = contact if zone == contact.zone else replace(contact, zone=zone)
    return replace(workspace_terms, owner=owner, reaches=reaches, contact=contact)


def _begin(kind: str, since: str, key: str) -> Begin:
    return Begin(kind=kind, since=datetime.fromisoformat(since), plan=key)


def _pause(since: str, until: str) -> Pause:
    ended = datetime.fromisoformat(until) if until else None
    return Pause(since=datetime.fromisoformat(since), until=ended)


def _calendar(workspace: Workspace, zone: str) -> Calendar:
    closed = frozenset(date.fromisoformat(day) for day in workspace.closed_days)
    if workspace.country:
        closed |= holidays_of(workspace.country, workspace.region, YEARS)
    return Calendar(
        zone=zone,
        days=frozenset(int(day) for day in workspace.workdays),
        start=workspace.workday_start,
        end=workspace.workday_end,
        holidays=closed,
    )


def _standing(member: Member, workspace: Workspace, team: Calendar) -> Standing:
    return Standing(
        calendar=_calendar(workspace, member.zone) if member.zone else team,
        active=member.active,
        stand_in=str(member.stand_in_id or ""),
        away_from=member.away_from,
        away_until=member.away_until,
        plans_wait=member.plans_wait,
    )


def _manager(members: list[Member]) -> str:
    """Who answers for what has no owner: the first active manager, else administrator."""
    for role in (MANAGER, ADMINISTRATOR):
        for member in members:
            if member.active and member.role == role:
                return str(member.pk)
    return str(members[0].pk) if members else ""


class TermsOfEach:
    """The terms with each party, made once for all of whom they are the same."""

    def __init__(self) -> None:
        self.teams: dict[tuple[int, int], Terms] = {}
        self.made: dict[tuple[Any, ...], Terms] = {}

    def of(self, books: Books) -> Terms:
        """What happened names the plans that were chosen."""
        party, workspace, chosen = books.party, books.party.workspace, chosen_in(books.happened)
        team = (workspace.pk, workspace.terms_version)
        kinds = frozenset(kind for kind, _ in books.reached)
        key = (*team, party.owner_id, where := _where_it_matters(books), kinds, chosen)
        if key not in self.made:
            if team not in self.teams:
                self.teams[team] = terms_of(workspace)
            terms = _with_somebody(books, self.teams[team], where)
            self.made[key] = with_plans(terms, workspace.pk, chosen)
        return self.made[key]


def _where_it_matters(books: Books) -> str:
    """Whoever only stands on a list is in no plan, and thousands of numbers take their time."""
    if all(type(fact) is Listed for fact in books.happened):
        return books.party.zone
    return zone_by(books.party.zone, books.reached)
