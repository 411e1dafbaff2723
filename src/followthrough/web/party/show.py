"""A person's page: the next step first, then everything that happened, then what is known."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from followthrough.core import facts
from followthrough.core.facts import THEIRS, unpack
from followthrough.ledger.models import Fact, FollowUp, Matter, Member
from followthrough.ledger.queries import PersonPage
from followthrough.web import say
from followthrough.web.today.rows import reach_of

Context = dict[str, Any]
PROMISES = ("WePromised", "TheyPromised")
ENDED = ("PromiseKept", "PromiseReleased")
ENDS = {"PromiseKept": "kept"}


def page_of(page: PersonPage, member: Member, now: datetime, most: int | None) -> Context:
    """`most`: how many lines of what happened; None for all that were read."""
    party = page.party
    reach = reach_of(page.addresses, party.refuses)
    gone = taken_back(page.timeline)
    standing = [row for row in page.timeline if row.name not in gone]
    return {
        "party": party,
        "reach": reach,
        "detail": " · ".join(filter(None, [role_of(page), party.company])),
        "meter_text": say.contact_number(party.contacts),
        "last_contact": _last_contact(page, member, now),
        "chip": _worth(page.matters, member),
        "steps": [step_of(row, reach, member, now) for row in speaking(page.followups, now)],
        "matters": [matter for matter in page.matters if matter.closed_at is None],
        "closed": [matter for matter in page.matters if matter.closed_at],
        "months": months_of(page, member, now, most),
        "older": most is not None and len(page.timeline) > most,
        "promises": promises_of(standing, member, now),
        "questions": questions_of(standing),
        "addresses": page.addresses,
        "refuses_all": "*" in party.refuses,
        "refuses": party.refuses,
        "hot": any(row.kind == "Qualified" and row.own.get("yes", True) for row in standing[:50]),
    }


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


def _last_contact(page: PersonPage, member: Member, now: datetime) -> str:
    party = page.party
    if party.last_contact_at is None:
        return "No contact yet"
    by = {str(one.pk): one.name for one in [member]}.get(party.last_contact_by, "")
    who = "you" if by else "a colleague" if party.last_contact_by else "them"
    return f"Last contact {say.ago(party.last_contact_at, now)} ago, {who}"


def step_of(followup: FollowUp, reach: dict[str, str], member: Member, now: datetime) -> Context:
    _, icon = say.way(followup.how)
    sheet = reverse("outcome", args=[followup.pk])
    mine = followup.member_id == member.pk
    owner = "" if mine or followup.member is None else f" · {followup.member.name}"
    due = say.in_words(followup.due, now, member.own_zone())
    return {
        "icon": icon,
        "what": " · ".join(filter(None, [followup.what, followup.matter.title])),
        "why": followup.why,
        "when": f"{'since' if followup.due < now else 'by'} {due}{owner}",
        "tel": reach.get("tel", "") if followup.how == "call" else "",
        "mailto": reach.get("mailto", "") if followup.how == "email" else "",
        "sheet_url": sheet,
        "not_now_url": f"{sheet}?mode=not_now",
        "why_url": reverse("why", args=[followup.pk]),
        "due": followup.due,
    }


def months_of(page: PersonPage, member: Member, now: datetime, most: int | None) -> list[Context]:
    zone = member.own_zone()
    gone = taken_back(page.timeline)
    shown = [row for row in page.timeline if row.kind != "Retracted"][:most]
    by_month = groupby(shown, key=lambda row: f"{row.at.astimezone(zone):%B %Y}")
    this_year = f" {now.astimezone(zone):%Y}"
    return [
        {
            "name": name.removesuffix(this_year),
            "items": [item_of(row, gone, member, now) for row in rows],
        }
        for name, rows in by_month
    ]


def taken_back(timeline: list[Fact]) -> set[str]:
    """Names that no longer count, as the core reads them: a taking-back can be taken back."""
    gone: set[str] = set()
    for row in timeline:  # newest first
        if row.kind == "Retracted" and row.name not in gone:
            gone.add(str(row.own.get("what")))
    return gone


def item_of(row: Fact, gone: set[str], member: Member, now: datetime) -> Context:
    fact = unpack(row.kind, {"at": row.at}, row.own)
    words = row.text
    return {
        "icon": fact.icon,
        "tone": _tone(fact),
        "title": str(fact),
        "detail": _detail(fact, row, member, now),
        "quote": words.body[:4000] if words and words.body else "",
        "when": say.moment(row.at, now, member.own_zone()),
        "at": row.at,
        "machine": False,
        "retracted": row.name in gone,
        "chip": f"Gave: {row.own['given']}" if row.own.get("given") else "",
        "chip_tone": "pine",
    }


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


def promises_of(standing: list[Fact], member: Member, now: datetime) -> dict[str, list[Context]]:
    ended = {str(row.own.get("promise")): row for row in standing if row.kind in ENDED}
    both: dict[str, list[Context]] = {"ours": [], "theirs": []}
    for row in standing:
        if row.kind in PROMISES:
            side = "ours" if row.kind == "WePromised" else "theirs"
            both[side].append(_promise(row, ended.get(row.name), member, now))
    return both


def _promise(row: Fact, end: Fact | None, member: Member, now: datetime) -> Context:
    promise = unpack(row.kind, {"at": row.at}, row.own)
    due = getattr(promise, "due", None)
    late = due is not None and due < now and end is None
    zone = member.own_zone()
    return {
        "name": row.name,
        "text": (row.text.body or row.text.title) if row.text else str(promise),
        "by": f"by {say.in_words(due, now, zone)}" if due else f"when {row.own.get('condition')}",
        "state": ENDS.get(end.kind, "over") if end else "late" if late else "open",
        "tone": "pine" if end else "ember" if late else "",
    }  # fmt: skip


def questions_of(standing: list[Fact]) -> list[Context]:
    """What they asked for and do not have yet."""
    given = {str(row.own.get("asked")) for row in standing if row.kind == "Provided"}
    return [
        {"name": row.name, "text": (row.text.body or row.text.title) if row.text else "A question"}
        for row in standing
        if row.kind == "Asked" and row.name not in given
    ]
