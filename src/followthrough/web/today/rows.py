"""A follow-up as a line of Today: the reason first, the proof under it."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from followthrough.core.followups import QUIET, WAITING, WARM, WORD
from followthrough.ledger.models import Address, FollowUp, Member
from followthrough.ledger.today import Band, Row, Today
from followthrough.web import say

BANDS = {
    WAITING: ("Waiting on you", "they came to you", "lake"),
    WORD: ("You gave your word", "for today", "ember"),
    QUIET: ("Gone quiet", "you spoke last", "honey"),
    WARM: ("Keep warm", "when the rest is done", "pine"),
}
Context = dict[str, Any]


def bands_of(
    today: Today, reach: dict[int, dict[str, str]], member: Member, now: datetime
) -> list[Context]:
    return [_band(band, reach, member, now) for band in today.bands if band.rows]


def _band(band: Band, reach: dict[int, dict[str, str]], member: Member, now: datetime) -> Context:
    name, hint, tone = BANDS[band.number]
    return {
        "name": name,
        "hint": hint,
        "tone": tone,
        "rows": [
            row_of(row, reach.get(row.followup.party_id, {}), member, now) for row in band.rows
        ],
        "more": "more" if band.more else "",
        "more_url": f"{reverse('today')}?band={band.number}",
    }


def row_of(row: Row, reach: dict[str, str], member: Member, now: datetime) -> Context:
    followup = row.followup
    party, matter = followup.party, followup.matter
    how, icon = say.way(followup.how)
    late = followup.due < now
    title = matter.title if matter.title != party.name else ""
    return {
        "id": followup.pk,
        "icon": icon,
        "how": how,
        "who": party.name,
        "who_detail": party.company or title,
        "why": why(followup, title if party.company else ""),
        "quote": say.shortened(row.said.body or row.said.title) if row.said else "",
        "money": say.money(matter.value, member.workspace.currency),
        "wait": waiting(followup, member, now),
        "late": late and followup.band in (WAITING, WORD),
        "meter": followup.contacts,
        "meter_text": say.contact_number(followup.contacts),
        "gift": followup.given,
        "chip": followup.held or ("Complaint" if matter.kind == "complaint" else ""),
        "chip_tone": "honey" if followup.held else "ember",
        "url": reverse("person", args=[party.pk]),
        "panel_url": reverse("followup_panel", args=[followup.pk]),
        "sheet_url": reverse("outcome", args=[followup.pk]),
        "not_now_url": f"{reverse('outcome', args=[followup.pk])}?mode=not_now",
        "tel": reach.get("tel", ""),
        "mailto": reach.get("mailto", ""),
    }  # fmt: skip


def why(followup: FollowUp, about: str = "") -> str:
    return f"{followup.why}: {about}" if about else followup.why


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
