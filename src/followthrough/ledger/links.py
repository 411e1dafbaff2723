"""Links of one recipient each: made, opened by them, passed on. Nothing else than their page being
shown, or a button of it being pressed, says that it was seen."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from followthrough.core import facts
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Link, Message, Party
from followthrough.ledger.models.offers import LIST, OFFER
from followthrough.ledger.names import hashed
from followthrough.ledger.outbox.doubts import heard_of
from followthrough.ledger.record import record

TOKEN = re.compile(r"[\w-]{16,40}", re.ASCII)
MOST_OTHERS = 50


def new_token() -> str:
    """128 bit: nobody guesses one, and nobody finds one by trying."""
    return secrets.token_urlsafe(16)


def by_token(token: str, purposes: frozenset[str]) -> Link | None:
    """None for one that was taken back, as for one that never was."""
    if not TOKEN.fullmatch(token):
        return None
    rows = Link.objects.filter(token=token, purpose__in=purposes, gone_at=None)
    return rows.select_related(
        "workspace", "party__workspace", "offer__member", "offer__party__owner"
    ).first()


def of_party(party: Party) -> list[Link]:
    """To offers and lists; what stands in mails is another thing."""
    rows = Link.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
    return list(rows.filter(purpose__in=(OFFER, LIST), gone_at=None).order_by("pk"))


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """`browser` is what its cookie says, "" where it has none."""

    browser: str = ""

    @property
    def mark(self) -> str:
        return hashed(f"browser:{self.browser}") if self.browser else ""


def is_theirs(link: Link, visitor: Visitor) -> bool:
    """The browser that showed it first is taken for them; before that, anybody."""
    return not link.browser or link.browser == visitor.mark


def shown(link: Link, visitor: Visitor, *, at: datetime) -> bool:
    """Their page was really shown. Whether it was to them, as far as one can see."""
    with transaction.atomic():
        row = _locked(link)
        if row.browser and row.browser != visitor.mark:
            _passed_on(row, link, visitor, at)
            return False
        first = row.seen_at is None
        _seen_by(row, visitor, at)
        link.browser = row.browser
        if first:
            seen = facts.TheyOpened(at=at, matter=link.matter, channel="offer")
            record(link.party, seen, source=f"link:{link.pk}:seen", at=at)
        return True


def bind(link: Link, visitor: Visitor, *, at: datetime) -> None:
    """This is their browser: a button was pressed in it, before any other."""
    with transaction.atomic():
        row = _locked(link)
        if not row.browser:
            _seen_by(row, visitor, at)


def _locked(link: Link) -> Link:
    """The party first, as everywhere: two who want both never wait for each other."""
    lock({link.party_id})
    return Link.objects.select_for_update().get(pk=link.pk)


def _seen_by(row: Link, visitor: Visitor, at: datetime) -> None:
    row.browser = row.browser or visitor.mark
    row.seen_at, row.seen = row.seen_at or at, row.seen + 1
    row.save(update_fields=["browser", "seen_at", "seen"])


def _passed_on(row: Link, link: Link, visitor: Visitor, at: datetime) -> None:
    """Counted once for each browser, and told once."""
    if not visitor.mark or visitor.mark in row.others or len(row.others) >= MOST_OTHERS:
        return
    row.others = [*row.others, visitor.mark]
    row.save(update_fields=["others"])
    told = facts.PassedOn(at=at, matter=link.matter)
    record(link.party, told, source=f"link:{link.pk}:passed", at=at)


def sent_at(link: Link) -> datetime | None:
    """When the mail that it stands in was handed over; None where that is not known."""
    mail = _mail(link)
    return mail.handover_at if mail else None


def opened_by_a_program(link: Link, *, at: datetime, uncertain: bool) -> None:
    """A picture was fetched: somebody, or a program for them, opened the mail."""
    _soft(link, facts.TheyOpened, at, uncertain)


def clicked(link: Link, *, at: datetime, uncertain: bool) -> None:
    _soft(link, facts.TheyClicked, at, uncertain)


def _soft(
    link: Link, kind: type[facts.TheyOpened | facts.TheyClicked], at: datetime,
    uncertain: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Told once for each mail, and once more where it is certain at last."""
    Link.objects.filter(workspace=link.workspace_id, pk=link.pk).update(seen=F("seen") + 1)
    mail = _mail(link)
    seen = kind(
        at=at, matter=mail.matter if mail else link.matter, uncertain=uncertain,
        thread=(mail.thread or mail.message_id) if mail else "",
    )  # fmt: skip
    sure = "perhaps" if uncertain else "sure"
    record(link.party, seen, source=f"mail:{link.message}:{kind.__name__}:{sure}", at=at)
    if mail and not uncertain:
        heard_of(link.workspace, mail.message_id, "seen", at=at)


def _mail(link: Link) -> Message | None:
    rows = Message.objects.filter(workspace=link.workspace_id, key=link.message)
    return rows.defer("raw").first() if link.message else None
