"""A person's page: the next step first, then everything that happened, then what is known."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.core.history import History
from followthrough.core.peep import nothing_since
from followthrough.core.temperature import temperature
from followthrough.ledger import links
from followthrough.ledger.books import history_of
from followthrough.ledger.likenesses import joined_into
from followthrough.ledger.models import Address, FollowUp, Matter, Member, Party
from followthrough.ledger.people import LastContact, last_contacts_of_firms
from followthrough.ledger.person import PersonPage
from followthrough.ledger.place import id_in
from followthrough.web import say
from followthrough.web.kinds import kind_name
from followthrough.web.offers.lists import lists_on
from followthrough.web.offers.making import offers_on
from followthrough.web.party.consent import barred, consent_of
from followthrough.web.party.contact import last_contact
from followthrough.web.party.days import days_asked
from followthrough.web.party.nearness import LABELS, nearness_of, temperature_of
from followthrough.web.party.standing import standing_of
from followthrough.web.party.timeline import filters_of, months_of
from followthrough.web.today.first import mail_to, ways_to
from followthrough.web.today.rows import TAGS, gap, reach_of, why
from followthrough.web.tongue import tell
from followthrough.web.topics.asked import topic_of
from followthrough.web.writing.going import on_the_way

Context = dict[str, Any]
RECENT = timedelta(days=30)
# What ended by itself or for good is not opened again from here; "" is open.
SILENT = ("", "joined", "forgotten")


def page_of(
    page: PersonPage, show: str, first: FollowUp | None, member: Member, now: datetime
) -> Context:
    """`first` asked three times in vain, and is answered before others are called. `show` are the
    lines that somebody chose to see."""
    party = page.party
    works = [one for one in page.addresses if not one.dead_by]
    reach = reach_of(works, party.refuses) | _by_text(works, party.refuses)
    steps = [
        step_of(row, member, now) | ways_to(row, reach, first, member)
        for row in speaking(page.followups, now)
    ]
    return {
        "party": party,
        "reach": reach,
        "write_url": mail_to(reach, member, reverse("write_to", args=[party.pk])),
        "on_the_way": on_the_way(party, page.followups, reach, member, now),
        "role": role_of(page),
        "there": _clock_there(party, member, now),
        "meter_text": say.contact_number(party.contacts),
        **_last_contact(page, now),
        "chip": _worth(page.matters, member),
        "played": [LABELS[name] for name in party.plays.split() if name in LABELS],
        "steps": steps,
        "topic": topic_of(page.followups),
        "matters": [matter for matter in page.matters if matter.closed_at is None],
        "closed": [_ended(one, member, now) for one in page.matters if one.outcome not in SILENT],
        "addresses": _addresses(page.addresses),
        "refuses_all": "*" in party.refuses,
        "refuses": party.refuses,
        **filters_of(show, page),
        **_as_the_core_reads_it(page, show, member, now),
    }


def _as_the_core_reads_it(page: PersonPage, show: str, member: Member, now: datetime) -> Context:
    history = history_of(page.party)
    turns = temperature(history.facts, now=now)
    ways = consent_of(page, history, member, now)
    own = links.of_party(page.party)
    return {
        "offers": offers_on(own, member, now),
        "lists": lists_on(history.known.lists, own, page, member, now),
        "meetings": history.known.meetings,
        "months": months_of(page, history, [] if show else turns, member, now),
        "recent": _recent(history, now),
        "peep": _peep(history, now),
        "consent": ways,
        "barred": barred(ways),
        **nearness_of(history, member, now),
        **temperature_of(turns, member, now),
        **days_asked(history, member, now),
        **standing_of(history, member, now),
        "complaint": any(matter.kind == "complaint" for matter in history.open_matters()),
        "hot": any(matter.hot for matter in history.open_matters()),
    }


def _by_text(addresses: Sequence[Address], refuses: list[str]) -> dict[str, str]:
    number = next((one.canonical for one in addresses if one.kind == "phone"), "")
    return {"sms": f"sms:{number}"} if number and not {"*", "sms"} & set(refuses) else {}


def _recent(history: History, now: datetime) -> str:
    """How often we went to them lately: whether the next word is a bother."""
    count = len({at for at in history.touched if now - RECENT < at <= now})
    if not count:
        return ""
    return ngettext("{n} in 30 days", "{n} in 30 days", count).format(n=say.number(count))


def _peep(history: History, now: datetime) -> str:
    """Said where they have heard nothing at all since they asked."""
    asked = nothing_since(history)
    if asked is None or asked.at >= now:
        return ""
    return _("nothing from us since they asked, {ago}").format(ago=say.back(asked.at, now))


def _clock_there(party: Party, member: Member, now: datetime) -> str:
    """What their clock says, where it is not ours."""
    if not party.zone or party.zone == member.own_zone().key:
        return ""
    try:
        zone = ZoneInfo(party.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ""
    return _("{time} there").format(time=say.clock(now, zone))


def _addresses(addresses: Sequence[Address]) -> list[Address]:
    """Each once, also where joined records both have it; those that work first."""
    once = {(one.kind, one.canonical): one for one in addresses}
    return sorted(once.values(), key=lambda one: bool(one.dead_by))


def joined_of(party: Party, member: Member, now: datetime) -> list[Context]:
    """Records that were joined into this one, and when."""
    return [{"party": one.party, "on": _on(one.at, member, now)} for one in joined_into(party)]


def _on(at: datetime | None, member: Member, now: datetime) -> str:
    if at is None:
        return ""
    return say.in_words(at, now, member.own_zone()).rsplit(", ", 1)[0]


def _ended(matter: Matter, member: Member, now: datetime) -> Context:
    when = say.day(matter.closed_at, now, member.own_zone()) if matter.closed_at else ""
    title = matter.title or kind_name(matter.kind)
    return {"key": matter.key, "title": title, "reason": tell(matter.reason), "when": when}


def speaking(followups: list[FollowUp], now: datetime) -> list[FollowUp]:
    """What is owed, the next step first; not what speaks only later in the place of another."""
    standing = [row for row in followups if row.until is None or row.until > now]
    aloud = {row.matter_id for row in standing if _speaks(row, now)}
    heard = [row for row in standing if _speaks(row, now) or row.matter_id not in aloud]
    return sorted(
        heard, key=lambda row: (row.due > now, row.band if row.due <= now else 0, row.due)
    )


def _speaks(row: FollowUp, now: datetime) -> bool:
    return not row.exact or row.show_at <= now or bool(row.held)


def role_of(page: PersonPage) -> str:
    return page.people[0].role if page.people else ""


def _worth(matters: list[Matter], member: Member) -> str:
    value = sum(matter.value for matter in matters if matter.closed_at is None)
    return say.money(value, member.workspace.currency)


def _last_contact(page: PersonPage, now: datetime) -> Context:
    """With them, and where it was later, with anybody of the same company."""
    party, own = page.party, _own_contact(page)
    firm = last_contacts_of_firms([party]).get(party.firm) if party.firm else None
    later = firm is not None and (own is None or firm.at > own.at)
    return {
        "last_contact": last_contact(own, now),
        "firm_contact": last_contact(firm, now) if later else "",
        "is_firm": firm is not None or bool(party.company),
    }


def _own_contact(page: PersonPage) -> LastContact | None:
    party = page.party
    if party.last_contact_at is None:
        return None
    by = party.last_contact_by
    member = page.members.get(id_in(by))
    side = "us" if party.our_word_at == party.last_contact_at else "them"
    who = member.name if member else side
    return LastContact(at=party.last_contact_at, by=who, what=party.last_contact_what)


def step_of(followup: FollowUp, member: Member, now: datetime) -> Context:
    _label, icon = say.way(followup.how)
    sheet = reverse("outcome", args=[followup.pk])
    mine = followup.member_id == member.pk
    owner = "" if mine or followup.member is None else f" · {followup.member.name}"
    alone = followup.sender_id is not None  # then its plan, below, can be stopped
    due = say.in_words(max(followup.due, now) if alone else followup.due, now, member.own_zone())
    since = _("since {day}") if followup.due < now else _("by {day}")
    since = _("goes out by itself {day}") if alone else since
    return {
        "icon": icon,
        "what": " · ".join(filter(None, [tell(followup.what), followup.matter.title])),
        "why": " · ".join(filter(None, [why(followup, now), tell(followup.held)])),
        "gap": gap(followup, now),
        "tag": TAGS.get(followup.tag, ""),
        "when": f"{since.format(day=due)}{owner}",
        "sheet_url": "" if alone else sheet,
        "not_now_url": f"{sheet}?mode=not_now",
        "why_url": reverse("why", args=[followup.pk]),
        "due": followup.due,
        "machine": alone,
        "state": "resting" if followup.rule == "not_now" and followup.due > now else "",
    }
