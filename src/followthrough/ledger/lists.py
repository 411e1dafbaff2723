"""On which of our lists somebody is: each word on it a fact, with who said so and how."""

from collections.abc import Iterable
from datetime import datetime

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.saying import says
from followthrough.ledger.books import histories_of, history_of
from followthrough.ledger.links import new_token
from followthrough.ledger.models import Link, Party
from followthrough.ledger.models.offers import LIST
from followthrough.ledger.plain import clean
from followthrough.ledger.record import record

LONGEST = 60
BY_THEIR_LINK = says("They pressed it on the page of their link")


def named(said: str) -> str:
    """What a list is called: a small first letter makes no other list."""
    name = " ".join(clean(said).split())[:LONGEST]
    return name[:1].upper() + name[1:]


def word_on(party: Party, called: str) -> Fact | None:
    """Their last word on it, or somebody's for them."""
    return history_of(party).known.lists.get(called)


def is_on(party: Party, called: str) -> bool:
    return isinstance(word_on(party, called), facts.JoinedList)


def on_it(parties: Iterable[Party], called: str) -> set[int]:
    """Which of them are on it, in one question."""
    histories = [
        (party.pk, story.known.lists.get(called)) for party, story in histories_of(parties)
    ]
    return {pk for pk, word in histories if isinstance(word, facts.JoinedList)}


def word(called: str, *, joins: bool, at: datetime, by: str = "") -> Fact:
    kind = facts.JoinedList if joins else facts.LeftList
    return kind(at=at, called=called, by=by)


def link_for(party: Party, called: str, *, at: datetime) -> Link:
    """One for each list: what was sent once goes on to work."""
    here = {"workspace_id": party.workspace_id, "party": party, "purpose": LIST, "called": called}
    known = Link.objects.filter(**here, gone_at=None).first()
    return known or Link.objects.create(**here, token=new_token(), made_at=at)


def press(link: Link, *, joins: bool, at: datetime) -> bool:
    """By their own link. False: that is how it stands already."""
    if is_on(link.party, link.called) == joins:
        return False
    said = word(link.called, joins=joins, at=at)
    source = f"link:{link.pk}:{'join' if joins else 'leave'}:{at.isoformat()}"
    return record(link.party, said, source=source, at=at, words=[("", str(BY_THEIR_LINK))])
