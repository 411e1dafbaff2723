"""The last day of an offer is changed: what was said before stays; its row says what holds."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from followthrough.core import facts
from followthrough.ledger.books import family_of, history_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Offer, Party
from followthrough.ledger.record import record
from followthrough.ledger.zones import end_of, zone_of


class CouldNotMove(Exception):
    """They took it or said no, or one of us ended it: no day of it is left to change."""


def may_move(offer: Offer) -> bool:
    """Also where it has ended in silence: then it may be taken again."""
    ended = bool(offer.ended_by) and offer.end_gone_at is None
    return not ended and not offer.answer and offer.gone_at is None


def move(offer: Offer, last: date, *, by: str, source: str, at: datetime) -> bool:
    """False: that is its last day already."""
    with transaction.atomic():
        root = lock({offer.party_id})[offer.party_id]  # the party first, as everywhere
        offer.refresh_from_db()
        if not may_move(offer):
            raise CouldNotMove
        if last == offer.wall:
            return False
        zone = zone_of(offer.party, last)
        told = facts.LastDayMoved(
            at=at, matter=offer.matter, by=by, offer=offer.fact, until=end_of(last, zone),
            wall=last.isoformat(), zone=zone, was=offer.wall.isoformat(),
        )  # fmt: skip
        news = record(offer.party, told, source=source, at=at, words=[(offer.title, "")])
        _as_it_was_said(root, [offer])
        return news


def follow_their_facts(root: Party, names: Iterable[str]) -> None:
    """What said another day was taken back, or came back: the last that stands holds."""
    if any(f".{facts.LastDayMoved.__name__}." in name for name in names):
        rows = Offer.objects.filter(workspace=root.workspace_id, party__in=family_of(root))
        _as_it_was_said(root, rows.filter(gone_at=None))


def _as_it_was_said(root: Party, rows: Iterable[Offer]) -> None:
    said: dict[str, facts.Offered | facts.LastDayMoved] = {}
    for fact in history_of(root).facts:
        if isinstance(fact, facts.Offered):
            said[fact.name] = fact
        elif isinstance(fact, facts.LastDayMoved):
            said[fact.offer] = fact
    for row in rows:
        if holds := said.get(row.fact):
            row.wall, row.zone = date.fromisoformat(holds.wall), holds.zone
            row.until = holds.until
            row.save(update_fields=["wall", "zone", "until"])
