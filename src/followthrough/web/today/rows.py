"""A follow-up as a line of Today: the reason first, the proof under it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import gettext_noop, ngettext

from followthrough.core.followups import QUIET, WAITING, WARM, WORD
from followthrough.core.matter import PRIVATE
from followthrough.ledger.circle import CUSTOMERS, circle_of
from followthrough.ledger.done import Told
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.today import Band, Row
from followthrough.web import say
from followthrough.web.paths import path_to
from followthrough.web.readable import readable
from followthrough.web.templatetags.words import TICKS
from followthrough.web.tongue import tell

BANDS = {
    WAITING: (later("Waiting on you"), later("they came to you"), "lake"),
    WORD: (later("You gave your word"), later("for today"), "ember"),
    QUIET: (later("Gone quiet"), later("you spoke last"), "honey"),
    WARM: (later("Keep warm"), later("when the rest is done"), "pine"),
}
TAGS = {"upset": gettext_noop("Upset"), "begging": gettext_noop("Begging")}
LONGEST = 90  # a reason is read at a glance
A_MOMENT = timedelta(minutes=1)  # nothing is said to be ahead that has just happened
Context = dict[str, Any]


def bands_of(
    bands: Iterable[Band], ways: Mapping[int, Context], member: Member, now: datetime
) -> list[Context]:
    """`ways` are the links of each line, by its number."""
    return [band_of(band, ways, member, now) for band in bands if band.rows]


def band_of(band: Band, ways: Mapping[int, Context], member: Member, now: datetime) -> Context:
    name, hint, tone = BANDS[band.number]
    return {
        "name": str(name),
        "hint": str(hint),
        "tone": tone,
        "rows": [row_of(row, member, now) | ways.get(row.followup.pk, {}) for row in band.rows],
        "more": more(band),
        "more_url": f"{reverse('today')}?band={band.number}",
        "further_url": reverse("today_further", args=[band.rows[-1].followup.pk]),
    }


def more(band: Band) -> str:
    if band.left:
        return ngettext("and {n} more", "and {n} more", band.left).format(n=say.number(band.left))
    return _("and more") if band.more else ""


def row_of(row: Row, member: Member, now: datetime) -> Context:
    followup = row.followup
    party, matter = followup.party, followup.matter
    how, icon = say.way(followup.how)
    title = matter.title if matter.title != party.name else ""
    private = party.kind == PRIVATE
    return {
        "id": followup.pk,
        "icon": "lock" if private else icon,
        "how": how,
        "who": _("Private") if private else party.name,
        "who_detail": party.company or title,
        "why": why(followup, now, title if party.company else ""),
        "quote": quote_of(row),
        "gift": tell(followup.given),
        **_weight(followup, member, now),
        **_links(followup),
    }


def taken_row(told: Told, now: datetime) -> Context:
    """What a colleague did a moment ago: it stays a little, so that nobody wonders."""
    followup, party = told.followup, told.followup.party
    how, icon = say.way(followup.how)
    name = told.by.name if told.by else ""
    line = _("{name} took this {ago}: {what}")
    return {
        "id": followup.pk, "icon": icon, "how": how, "who": party.name,
        "who_detail": party.company, "taken": name,
        "why": line.format(
            name=name, ago=say.back(min(told.at, now - A_MOMENT), now), what=tell(told.said)
        ),
        "url": path_to("why", followup.pk),
    }  # fmt: skip


def quote_of(row: Row) -> str:
    if row.said is None:
        return ""
    said = row.sentence or readable(row.said.body) or readable(row.said.title)
    return say.shortened(said)


def _weight(followup: FollowUp, member: Member, now: datetime) -> Context:
    complaint = _("Complaint") if followup.matter.kind == "complaint" else ""
    tag = TAGS.get(followup.tag)
    to_customer = circle_of(followup.party) == CUSTOMERS  # nobody counts contacts with a colleague
    return {
        "money": say.money(followup.matter.value, member.workspace.currency),
        "wait": waiting(followup, member, now),
        "late": followup.due < now and followup.band in (WAITING, WORD),
        "meter": min(followup.contacts, TICKS),
        "meter_text": say.contact_number(followup.contacts) if to_customer else "",
        "chip": tell(followup.held) or complaint,
        "chip_tone": "honey" if followup.held else "ember",
        "tag": _(tag) if tag else "",
        "gap": gap(followup, now),
    }


def gap(followup: FollowUp, now: datetime) -> str:
    """Since when they have had no word from us, where that hurt them."""
    if followup.tag != "upset" and followup.matter.kind != "complaint":
        return ""
    return say.gap(followup.our_word_at, followup.since, now)


def _links(followup: FollowUp) -> Context:
    sheet = path_to("outcome", followup.pk)
    return {
        "url": path_to("person", followup.party_id),
        "panel_url": path_to("followup_panel", followup.pk),
        "sheet_url": sheet,
        "not_now_url": f"{sheet}?mode=not_now",
    }


def why(followup: FollowUp, now: datetime, about: str = "") -> str:
    reason = tell(followup.reason)
    if followup.rule == "answer_them" and followup.count > 1:
        line = _("{n} unanswered, the first {ago}")
        reason = line.format(n=say.number(followup.count), ago=say.back(followup.since, now))
    if about:
        topic = say.shortened(about, 48)
        reason = _("{reason}: {topic}").format(reason=reason, topic=topic)
    return say.shortened(reason, LONGEST)


def waiting(followup: FollowUp, member: Member, now: datetime) -> str:
    """The right-hand word: how long they have waited, or by when our word is due."""
    if followup.band != WORD:
        return say.ago(followup.since, now)
    if followup.due < now:
        return _("{long} late").format(long=say.ago(followup.due, now))
    zone = member.own_zone()
    today = followup.due.astimezone(zone).date() == now.astimezone(zone).date()
    by = say.clock(followup.due, zone) if today else say.in_words(followup.due, now, zone)
    return _("by {time}").format(time=by)


def reach_of(addresses: Iterable[Any], refuses: list[str]) -> dict[str, str]:
    """The links that start a call, a mail or a text, unless they asked us not to use them."""
    links: dict[str, str] = {}
    for address in addresses:
        if address.kind == "phone" and not {"*", "call"} & set(refuses):
            links.setdefault("tel", f"tel:{address.canonical}")
            links.setdefault("phone", address.value)
        elif address.kind == "email" and not {"*", "email"} & set(refuses):
            links.setdefault("mailto", f"mailto:{quote(address.value, safe='@')}")
        if address.kind == "phone" and not {"*", "sms"} & set(refuses):
            links.setdefault("sms", f"sms:{address.canonical}")
    return links
