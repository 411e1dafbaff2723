"""Offers with an end: made with a link of their own, taken, refused, asked about, ended."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from followthrough.core import facts
from followthrough.core.before_end import offer_before_end
from followthrough.core.facts import Fact
from followthrough.core.saying import says
from followthrough.ledger.books import family_of, history_of
from followthrough.ledger.links import new_token
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Link, Member, Offer, Party
from followthrough.ledger.models.offers import DECLINED, OFFER, TAKEN
from followthrough.ledger.names import fact_name, hashed
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.record import record
from followthrough.ledger.site import absolute
from followthrough.ledger.zones import end_of, zone_of

PASSED_ON = says("A link that was passed on")
AFTER_ITS_END = says("An offer that had ended")
ITS_PAGE = says("The page of an offer")
SHOWN = 12


class TooLate(Exception):
    """Its last day is over, or one of us ended it."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is offered; `last` is its last day where they are. `more`: a page that tells more.
    `matter`: where it belongs, "" for the talk that is open."""

    title: str
    last: date
    terms: str = ""
    more: str = ""
    private: bool = False
    matter: str = ""


def make(party: Party, terms: Terms, *, by: Member, source: str, at: datetime) -> Offer:
    """The fact, its row and their link, all or none; said again, it is the same offer."""
    zone = zone_of(party, terms.last)
    until = end_of(terms.last, zone)
    with transaction.atomic():
        known = Offer.objects.filter(
            workspace=party.workspace_id, fact=fact_name(source, facts.Offered.__name__)
        ).first()
        if known:
            return known
        key, opening = (terms.matter, []) if terms.matter else _matter(party, source, by, at)
        made = facts.Offered(
            at=at, matter=key, by=str(by.pk), until=until, wall=terms.last.isoformat(), zone=zone,
        )  # fmt: skip
        told = [*opening, made]
        words = [(terms.title, terms.terms)] * len(told)
        record(party, *told, source=source, at=at, words=words)
        return _row(party, terms, made, by=by, source=source)


def _matter(party: Party, source: str, by: Member, at: datetime) -> tuple[str, list[Fact]]:
    """The talk that is open, else a deal of its own."""
    talk = history_of(party).open_talk
    if talk:
        return talk.name, []
    key = f"deal-{hashed(source)[:12]}"
    return key, [facts.Opened(at=at, matter=key, kind="deal", owner=str(by.pk), by=str(by.pk))]


def _row(party: Party, terms: Terms, made: facts.Offered, *, by: Member, source: str) -> Offer:
    offer = Offer.objects.create(
        workspace_id=party.workspace_id, party=party, member=by, matter=made.matter,
        fact=fact_name(source, facts.Offered.__name__), title=terms.title, terms=terms.terms,
        more=terms.more, wall=terms.last, zone=made.zone, until=made.until,
        private=terms.private, made_at=made.at,
    )  # fmt: skip
    Link.objects.create(
        workspace_id=party.workspace_id, party=party, offer=offer, purpose=OFFER,
        token=new_token(), matter=made.matter, made_at=made.at,
    )  # fmt: skip
    return offer


def is_over(offer: Offer, now: datetime) -> bool:
    ended = bool(offer.ended_by) and offer.end_gone_at is None
    return ended or offer.gone_at is not None or now >= offer.until


def take(link: Link, *, at: datetime) -> bool:
    """They said yes. False: they had said so before."""
    return _answer(link, TAKEN, at)


def decline(link: Link, *, at: datetime) -> bool:
    return _answer(link, DECLINED, at)


def _answer(link: Link, answer: str, at: datetime) -> bool:
    """The last word counts: whoever said no may say yes as long as it stands; a yes stands."""
    with transaction.atomic():
        lock({link.party_id})  # the party first, as everywhere
        offer = Offer.objects.select_for_update().get(links=link)
        if offer.answer in (answer, TAKEN):
            return False
        if is_over(offer, at):
            raise TooLate
        kind = facts.TheyTookIt if answer == TAKEN else facts.TheyDeclined
        told = kind(at=at, matter=offer.matter, offer=offer.fact)
        record(
            link.party, told, source=f"offer:{offer.pk}:{answer}", at=at, words=[(offer.title, "")]
        )
        offer.answer, offer.answered_at = answer, at
        offer.save(update_fields=["answer", "answered_at"])
    return True


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody wrote on its page: the facts of it, and their words."""

    facts: tuple[Fact, ...]
    words: str
    source: str


def ask(link: Link, said: Said, *, at: datetime) -> bool:
    """It stands in the same matter, and waits for an answer."""
    placed = [replace(fact, matter=link.matter) for fact in said.facts]
    words = [(_title(link), said.words)]
    return record(link.party, *placed, source=said.source, at=at, words=words)


def ask_as_another(link: Link, who: Known, said: Said, *, at: datetime) -> Party:
    """Somebody to whom it was passed on: their own enquiry, and who sent them. Where the address is
    that of whose link it is, it is them, with another browser."""
    owner = seller_of(link.offer) if link.offer else None
    with transaction.atomic():
        party = find_or_add(link.workspace, who, owner=owner, at=at)
        if party.pk in family_of(link.party):
            ask(link, said, at=at)
            return party
        sent_by = facts.Acquainted(at=at, how="referred", through=str(link.party_id))
        happened = [*said.facts, *([] if history_of(party).facts else [sent_by])]
        words = [(_title(link), said.words)]
        record(party, *happened, source=said.source, at=at, words=words)
    return party


def seller_of(offer: Offer) -> Member:
    """Who made it; where they have left, who looks after whom it was made for."""
    owner = offer.party.owner
    return owner if owner and not offer.member.active else offer.member


def _title(link: Link) -> str:
    return link.offer.title if link.offer else link.called


def end(offer: Offer, *, by: Member, source: str, at: datetime) -> bool:
    """Before its day. False: it was over."""
    if is_over(offer, at):
        return False
    with transaction.atomic():
        lock({offer.party_id})
        told = facts.OfferEnded(at=at, matter=offer.matter, offer=offer.fact, by=str(by.pk))
        record(offer.party, told, source=source, at=at)
        offer.ended_by = fact_name(source, facts.OfferEnded.__name__)
        offer.end_gone_at = None
        offer.save(update_fields=["ended_by", "end_gone_at"])
    return True


def made_for(links: Iterable[Link]) -> list[tuple[Offer, Link]]:
    """The offers of these links, the newest first."""
    by_offer = {link.offer_id: link for link in links if link.offer_id}
    if not by_offer:
        return []
    within = {link.workspace_id for link in by_offer.values()}
    rows = Offer.objects.filter(workspace__in=within, pk__in=by_offer, gone_at=None)
    return [(offer, by_offer[offer.pk]) for offer in rows.order_by("-pk")[:SHOWN]]


def page_to_tell_of(party: Party, since: datetime, at: datetime) -> str:
    """The address of the page of what a step before the last day tells them of: the offer by which
    it got its day, waiting `since` then. "" where that one stands no more."""
    one = offer_before_end(history_of(party), since)
    if one is None or one.offer.until <= at:
        return ""
    rows = Link.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), purpose=OFFER, gone_at=None,
        offer__fact=one.offer.name,
    )  # fmt: skip
    link = rows.first()
    return absolute(f"/o/{link.token}/") if link else ""


def follow_their_facts(party: Party, names: Iterable[str], *, gone_at: datetime | None) -> None:
    """An offer goes with the fact that made it, and comes back with it; so does its early end."""
    names = [*names]
    rows = Offer.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
    rows.filter(fact__in=names, gone_at__isnull=bool(gone_at)).update(gone_at=gone_at)
    rows.filter(ended_by__in=names).update(end_gone_at=gone_at)
    links = Link.objects.filter(workspace=party.workspace_id, offer__fact__in=names)
    links.update(gone_at=gone_at)
