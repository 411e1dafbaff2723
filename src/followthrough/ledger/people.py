"""When we were last in touch: with somebody, and with anybody of the same company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from followthrough.ledger.books import family_of
from followthrough.ledger.models import FollowUp, Member, Party

LINES = (
    "workspace_id", "firm", "company", "last_contact_at", "last_contact_by", "last_contact_what",
    "our_word_at",
)  # fmt: skip
STEP = ("party_id", "how", "what", "said", "due")
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, kw_only=True)
class LastContact:
    """`by` is the colleague's name, "us" or "them"; `what` the way in one word, or ""."""

    at: datetime
    by: str
    what: str


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


def next_steps(parties: Sequence[Party]) -> dict[int, FollowUp]:
    """What comes next with each of them, by the party's id: the first that is due."""
    speaker = {pk: party.pk for party in parties for pk in family_of(party)}
    rows = FollowUp.objects.filter(
        workspace__in={party.workspace_id for party in parties}, party__in=speaker, settled_at=None
    )
    found: dict[int, FollowUp] = {}
    for row in rows.only(*STEP).order_by("due", "id"):
        found.setdefault(speaker[row.party_id], row)
    return found
