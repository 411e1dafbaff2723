"""When we were last in touch: with somebody, and with anybody of the same company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from followthrough.ledger.books import family_of
from followthrough.ledger.models import FollowUp, Member, Party
from followthrough.ledger.statements import select


class _Line(NamedTuple):
    """What of somebody says when we were last in touch; named as the columns are."""

    firm: str
    company: str
    last_contact_at: datetime | None
    last_contact_by: str
    last_contact_what: str
    our_word_at: datetime | None


class Step(NamedTuple):
    """What a list shows of a next step; named as the columns are."""

    party: int
    how: str
    what: str
    due: datetime


Key = TypeVar("Key", int, str)


@dataclass(frozen=True, kw_only=True)
class LastContact:
    """`by` is the colleague's name, "us" or "them"; `what` the way in one word, or ""."""

    at: datetime
    by: str
    what: str


def last_contacts(parties: Sequence[Party]) -> dict[int, LastContact]:
    """When we were last in contact, over all colleagues and ways, by the party's id."""
    return _said(_teams(parties), {one.pk: one for one in parties if one.last_contact_at})


def last_contacts_of_firms(parties: Sequence[Party]) -> dict[str, LastContact]:
    """The newest contact with anybody of the same company, by `firm`, for those that are firms.

    A person of the same name as another one is no company: somebody must be said to work there.
    """
    rows = select(
        Party, _Line._fields,
        {
            "workspace": _teams(parties),
            "firm": {party.firm for party in parties} - {""},
        },
        "AND merged_into_id IS NULL AND NOT forgotten ORDER BY last_contact_at, id",
    )  # fmt: skip
    told = [_Line(*row) for row in rows]
    houses = {party.firm for party in told if party.company}
    newest = {one.firm: one for one in told if one.firm in houses and one.last_contact_at}
    return _said(_teams(parties), newest)


def _said(workspaces: set[int], newest: dict[Key, Any]) -> dict[Key, LastContact]:
    names = _names(workspaces) if newest else {}
    return {
        key: LastContact(
            at=party.last_contact_at,
            by=names.get(party.last_contact_by) or _side(party),
            what=party.last_contact_what,
        )
        for key, party in newest.items()
        if party.last_contact_at
    }


def _side(party: Any) -> str:
    return "us" if party.our_word_at == party.last_contact_at else "them"


def _teams(parties: Iterable[Party]) -> set[int]:
    return {party.workspace_id for party in parties}


def _names(workspaces: Iterable[int]) -> dict[str, str]:
    rows = select(Member, ("id", "name"), {"workspace": workspaces})
    return {str(pk): name for pk, name in rows}


def next_steps(parties: Sequence[Party]) -> dict[int, Step]:
    """What comes next with each of them, by the party's id: the first that is due."""
    speaker = {pk: party.pk for party in parties for pk in family_of(party)}
    where = {"workspace": _teams(parties), "party": speaker}
    rows = select(FollowUp, Step._fields, where, "AND settled_at IS NULL ORDER BY due, id")
    found: dict[int, Step] = {}
    for step in map(Step._make, rows):
        held = found.get(speaker[step.party])
        if held is None or step.due < held.due:
            found[speaker[step.party]] = step
    return found
