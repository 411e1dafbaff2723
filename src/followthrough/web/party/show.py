"""A person's page: the next step first, then everything that happened, then what is known."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from followthrough.core import facts
from followthrough.core.facts import THEIRS, unpack
from followthrough.core.history import History
from followthrough.ledger.books import history_of
from followthrough.ledger.likenesses import joined_into
from followthrough.ledger.models import Fact, FollowUp, Matter, Member, Party
from followthrough.ledger.people import last_contacts, last_contacts_of_firms
from followthrough.ledger.queries import PersonPage
from followthrough.ledger.today import sentence_of
from followthrough.web import say
from followthrough.web.party.contact import last_contact
from followthrough.web.party.days import days_asked
from followthrough.web.party.standing import standing_of
from followthrough.web.readable import readable
from followthrough.web.today.first import ways_to
from followthrough.web.today.rows import TAGS, gap, reach_of, why

Context = dict[str, Any]
# What ended by itself or for good is not opened again from here; "" is open.
SILENT = ("", "joined", "forgotten")
MATTERS = {
    "enquiry": "An enquiry", "deal": "A deal", "promise": "A promise", "complaint": "A complaint",
    "keep_in_touch": "Staying in touch",
}  # fmt: skip


def page_of(page: PersonPage, first: FollowUp | None, member: Member, now: datetime) -> Context:
    """`first` asked three times in vain, and is answered before others are called."""
    party = page.party
    reach = reach_of(page.addresses, party.refuses)
    steps = [
        step_of(row, member, now) | ways_to(row, reach, first)
        for row in speaking(page.followups, now)
    ]
    return {
        "party": party,
        "reach": reach,
        "detail": " · ".join(filter(None, [role_of(page), party.company])),
        "meter_text": say.contact_number(party.contacts),
        **_last_contact(page, now),
        "chip": _worth(page.matters, member),
        "steps": steps,
        "matters": [matter for matter in page.matters if matter.closed_at is None],
        "closed": [_ended(one, member, now) for one in page.matters if one.outcome not in SILENT],
        "addresses": list({(one.kind, one.canonical): one for one in page.addresses}.values()),
        "refuses_all": "*" in party.refuses,
        "refuses": party.refuses,
        **_as_the_core_reads_it(page, member, now),
    }


def _as_the_core_reads_it(page: PersonPage, member: Member, now: datetime) -> Context:
    history = history_of(page.party)
    return {
        "months": months_of(page, history, member, now),
        **days_asked(history, member, now),
        **standing_of(history, member, now),
        "complaint": any(matter.kind == "complaint" for matter in history.open_matters()),
        "hot": any(matter.hot for matter in history.open_matters()),
    }


def joined_of(party: Party, member: Member, now: datetime) -> list[Context]:
    """Records that were joined into this one, and when."""
    return [{"party": one.party, "on": _on(one.at, member, now)} for one in joined_into(party)]


def _on(at: datetime | None, member: Member, now: datetime) -> str:
    if at is None:
        return ""
    said = say.day(at, now, member.own_zone())
    return said.lower() if said in ("Today", "Yesterday") else said


def _ended(matter: Matter, member: Member, now: datetime) -> Context:
    when = say.day(matter.closed_at, now, member.own_zone()) if matter.closed_at else ""
    title = matter.title or MATTERS.get(matter.kind, "Something")
    return {"key": matter.key, "title": title, "reason": matter.reason, "when": when}


def speaking(followups: list[FollowUp], now: datetime) -> list[FollowUp]:
    """What is owed, the next step first; not what speaks only later in its place."""
    heard = [
        row
        for row in followups
        if (row.until is None or row.until > now) and (not row.exact or row.show_at <= now)
    ]
    return sorted(
        heard, key=lambda row: (row.due > now, row.band if row.due <= now else 0, row.due)
    )


def role_of(page: PersonPage) -> str:
    return page.people[0].role if page.people else ""


def _worth(matters: list[Matter], member: Member) -> str:
    value = sum(matter.value for matter in matters if matter.closed_at is None)
    return say.money(value, member.workspace.currency)


def _last_contact(page: PersonPage, now: datetime) -> Context:
    """With them, and where it was later, with anybody of the same company."""
    party = page.party
    firms = last_contacts_of_firms([party]) if party.firm else {}
    own, firm = last_contacts([party]).get(party.pk), firms.get(party.firm)
    later = firm is not None and (own is None or firm.at > own.at)
    return {
        "last_contact": last_contact(own, now),
        "firm_contact": last_contact(firm, now) if later else "",
        "is_firm": firm is not None or bool(party.company),
    }


def step_of(followup: FollowUp, member: Member, now: datetime) -> Context:
    _, icon = say.way(followup.how)
    sheet = reverse("outcome", args=[followup.pk])
    mine = followup.member_id == member.pk
    owner = "" if mine or followup.member is None else f" · {followup.member.name}"
    due = say.in_words(followup.due, now, member.own_zone())
    return {
        "icon": icon,
        "what": " · ".join(filter(None, [followup.what, followup.matter.title])),
        "why": why(followup, now),
        "gap": gap(followup, now),
        "tag": TAGS.get(followup.tag, ""),
        "when": f"{'since' if followup.due < now else 'by'} {due}{owner}",
        "sheet_url": sheet,
        "not_now_url": f"{sheet}?mode=not_now",
        "why_url": reverse("why", args=[followup.pk]),
        "due": followup.due,
    }


def months_of(page: PersonPage, history: History, member: Member, now: datetime) -> list[Context]:
    zone, standing = member.own_zone(), {fact.name for fact in history.facts}
    shown = [row for row in page.timeline if row.kind != "Retracted"]
    by_month = groupby(shown, key=lambda row: f"{row.at.astimezone(zone):%B %Y}")
    this_year = f" {now.astimezone(zone):%Y}"
    return [
        {
            "name": name.removesuffix(this_year),
            "items": [item_of(row, standing, member, now) | _chip(row, history) for row in rows],
        }
        for name, rows in by_month
    ]


def item_of(row: Fact, standing: set[str], member: Member, now: datetime) -> Context:
    fact = unpack(row.kind, {"at": row.at}, row.own)
    words = row.text
    return {
        "icon": fact.icon,
        "tone": _tone(fact),
        "title": str(fact),
        "detail": _detail(fact, row, member, now),
        "quote": readable(words.body)[:4000] if words else "",
        "when": say.moment(row.at, now, member.own_zone()),
        "at": row.at,
        "machine": False,
        "retracted": row.name not in standing,
    }


def _chip(row: Fact, history: History) -> Context:
    """What was given, or what their own words say of them."""
    if row.own.get("given"):
        return {"chip": f"Gave: {row.own['given']}", "chip_tone": "pine"}
    felt = [TAGS[feeling] for feeling in TAGS if row.own.get(feeling)]
    said = [*felt, *(["They asked first"] if row.name in history.asked_first else [])]
    sentence = sentence_of(row) if felt else ""
    text = " · ".join(said) + (f": “{say.shortened(sentence)}”" if sentence else "")
    return {"chip": text, "chip_tone": "ember" if felt else "lake"}


def _tone(fact: facts.Fact) -> str:
    if fact.turn == THEIRS:
        return "lake"
    if getattr(fact, "given", "") or isinstance(fact, facts.PromiseKept | facts.Provided):
        return "pine"
    return "honey" if isinstance(fact, facts.NotNow | facts.PutOff) else ""


def _detail(fact: facts.Fact, row: Fact, member: Member, now: datetime) -> str:
    zone = member.own_zone()
    for name in ("due", "until", "check_by"):
        moment = getattr(fact, name, None)
        if moment:
            return f"for {say.in_words(moment, now, zone)}"
    title = row.text.title if row.text and row.text.title != row.text.body else ""
    return title if title and not (row.text and row.text.body.startswith(title)) else ""
