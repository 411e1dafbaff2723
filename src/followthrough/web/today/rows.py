"""A follow-up as a line of Today: the reason first, the proof under it."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from followthrough.core.followups import QUIET, WAITING, WARM, WORD
from followthrough.ledger.models import Address, FollowUp, Member
from followthrough.ledger.today import Band, Row, Today
from followthrough.web import say
from followthrough.web.readable import readable

BANDS = {
    WAITING: ("Waiting on you", "they came to you", "lake"),
    WORD: ("You gave your word", "for today", "ember"),
    QUIET: ("Gone quiet", "you spoke last", "honey"),
    WARM: ("Keep warm", "when the rest is done", "pine"),
}
TAGS = {"upset": "Upset", "begging": "Begging"}
Context = dict[str, Any]


def bands_of(
    today: Today, ways: dict[int, Context], member: Member, now: datetime
) -> list[Context]:
    """`ways` are the links of each line, by its number."""
    return [_band(band, ways, member, now) for band in today.bands if band.rows]


def _band(band: Band, ways: dict[int, Context], member: Member, now: datetime) -> Context:
    name, hint, tone = BANDS[band.number]
    return {
        "name": name,
        "hint": hint,
        "tone": tone,
        "rows": [row_of(row, member, now) | ways[row.followup.pk] for row in band.rows],
        "more": band.more,
        "more_url": f"{reverse('today')}?band={band.number}",
    }


def row_of(row: Row, member: Member, now: datetime) -> Context:
    followup = row.followup
    party, matter = followup.party, followup.matter
    how, icon = say.way(followup.how)
    title = matter.title if matter.title != party.name else ""
    return {
        "id": followup.pk,
        "icon": icon,
        "how": how,
        "who": party.name,
        "who_detail": party.company or title,
        "why": why(followup, now, title if party.company else ""),
        "quote": quote_of(row),
        "gift": followup.given,
        **_weight(followup, member, now),
        **_links(followup),
    }


def quote_of(row: Row) -> str:
    if row.said is None:
        return ""
    said = row.sentence or readable(row.said.body) or readable(row.said.title)
    return say.shortened(said)


def _weight(followup: FollowUp, member: Member, now: datetime) -> Context:
    complaint = "Complaint" if followup.matter.kind == "complaint" else ""
    return {
        "money": say.money(followup.matter.value, member.workspace.currency),
        "wait": waiting(followup, member, now),
        "late": followup.due < now and followup.band in (WAITING, WORD),
        "meter": followup.contacts,
        "meter_text": say.contact_number(followup.contacts),
        "chip": followup.held or complaint,
        "chip_tone": "honey" if followup.held else "ember",
        "tag": TAGS.get(followup.tag, ""),
        "gap": gap(followup, now),
    }


def gap(followup: FollowUp, now: datetime) -> str:
    """Since when they have had no word from us, where that hurt them."""
    if followup.tag != "upset" and followup.matter.kind != "complaint":
        return ""
    return say.gap(followup.our_word_at, followup.since, now)


def _links(followup: FollowUp) -> Context:
    sheet = reverse("outcome", args=[followup.pk])
    return {
        "url": reverse("person", args=[followup.party_id]),
        "panel_url": reverse("followup_panel", args=[followup.pk]),
        "sheet_url": sheet,
        "not_now_url": f"{sheet}?mode=not_now",
    }


def why(followup: FollowUp, now: datetime, about: str = "") -> str:
    reason = followup.why
    if followup.rule == "answer_them" and followup.count > 1:
        reason = f"{followup.count} unanswered, first {say.ago(followup.since, now)} ago"
    return f"{reason}: {about}" if about else reason


def waiting(followup: FollowUp, member: Member, now: datetime) -> str:
    """The right-hand word: how long they have waited, or by when our word is due."""
    if followup.band != WORD:
        return say.ago(followup.since, now)
    zone = member.own_zone()
    if followup.due >= now:
        return f"by {say.in_words(followup.due, now, zone).removeprefix('today, ')}"
    return f"{say.ago(followup.due, now)} late"


def reach_of(addresses: list[Address], refuses: list[str]) -> dict[str, str]:
    """The links that start a call or a mail, unless they asked us not to use them."""
    links: dict[str, str] = {}
    for address in addresses:
        if address.kind == "phone" and not {"*", "call"} & set(refuses):
            links.setdefault("tel", f"tel:{address.canonical}")
            links.setdefault("phone", address.value)
        elif address.kind == "email" and not {"*", "email"} & set(refuses):
            links.setdefault("mailto", f"mailto:{quote(address.value, safe='@')}")
    return links
