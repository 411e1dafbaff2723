"""The list of people: found by their words, by name or by how long it has been silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from followthrough.ledger.models import Member, Party, Workspace
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.search import found

Place = tuple[str, int]  # the name, or the last contact as text, and the id of the last line
NEVER = "never"
LINES = (
    "workspace_id", "firm", "company", "last_contact_at", "last_contact_by", "last_contact_what",
    "our_word_at",
)  # fmt: skip
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Whom somebody looks for. `firm` is a company as one compares it; `silent` are days without
    a contact, or "never"; `longest_first` orders by silence instead of by name.
    """

    words: str = ""
    firm: str = ""
    silent: str = ""
    longest_first: bool = False


@dataclass(frozen=True, kw_only=True)
class LastContact:
    """`by` is the colleague's name, "us" or "them"; `what` the way in one word, or ""."""

    at: datetime
    by: str
    what: str


def people(
    workspace: Workspace,
    looking: Looking,
    *,
    now: datetime,
    after: Place | None = None,
    limit: int = 50,
) -> QuerySet[Party]:
    """Those that fit, a page of them. Who never had a contact has been silent for no known time:
    they come after all others."""
    rows = Party.objects.filter(workspace=workspace, merged_into=None, forgotten=False)
    rows = rows.exclude(kind__in=UNLISTED)
    if looking.words:
        rows = found(workspace, looking.words)
    if looking.firm:
        rows = rows.filter(firm=looking.firm)
    rows = _silent(rows, looking.silent, now)
    ordered = _by_silence(rows, after) if looking.longest_first else _by_name(rows, after)
    return ordered.select_related("owner")[:limit]


def _silent(rows: QuerySet[Party], silent: str, now: datetime) -> QuerySet[Party]:
    if silent == NEVER:
        return rows.filter(last_contact_at=None)
    if silent:
        return rows.filter(last_contact_at__lt=now - timedelta(days=int(silent)))
    return rows


def _by_name(rows: QuerySet[Party], after: Place | None) -> QuerySet[Party]:
    if after:
        name, pk = after
        rows = rows.filter(Q(name__gt=name) | Q(pk__gt=pk), name__gte=name)
    return rows.order_by("name", "pk")


def _by_silence(rows: QuerySet[Party], after: Place | None) -> QuerySet[Party]:
    ordered = rows.order_by(F("last_contact_at").asc(nulls_last=True), "pk")
    if after is None:
        return ordered
    said, pk = after
    if not said:
        return ordered.filter(last_contact_at=None, pk__gt=pk)
    at = datetime.fromisoformat(said)
    later = Q(last_contact_at__gt=at) | Q(last_contact_at=at, pk__gt=pk)
    return ordered.filter(later | Q(last_contact_at=None))


def last_contacts(parties: Sequence[Party]) -> dict[int, LastContact]:
    """When we were last in contact, over all colleagues and ways, by the party's id."""
    return _said({party.pk: party for party in parties if party.last_contact_at})


def last_contacts_of_firms(parties: Sequence[Party]) -> dict[str, LastContact]:
    """The newest contact with anybody of the same company, by `firm`, for those that are firms.

    A person of the same name as another one is no company: somebody must be said to work there.
    """
    rows = Party.objects.filter(
        workspace__in={party.workspace_id for party in parties},
        firm__in={party.firm for party in parties} - {""},
        merged_into=None,
        forgotten=False,
    )
    told = list(rows.only(*LINES).order_by("last_contact_at", "pk"))
    houses = {party.firm for party in told if party.company}
    return _said(
        {party.firm: party for party in told if party.firm in houses and party.last_contact_at}
    )


def _said(newest: dict[Key, Party]) -> dict[Key, LastContact]:
    names = _names(newest.values())
    return {
        key: LastContact(
            at=party.last_contact_at,
            by=names.get(party.last_contact_by) or _side(party),
            what=party.last_contact_what,
        )
        for key, party in newest.items()
        if party.last_contact_at
    }


def _side(party: Party) -> str:
    return "us" if party.our_word_at == party.last_contact_at else "them"


def _names(parties: Iterable[Party]) -> dict[str, str]:
    members = Member.objects.filter(workspace__in={party.workspace_id for party in parties})
    return {str(pk): name for pk, name in members.values_list("pk", "name")}
