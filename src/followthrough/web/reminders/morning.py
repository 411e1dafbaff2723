"""The morning's mail: with whom to start, who comes then, and what can wait."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from followthrough.core.followups import WAITING, WARM, WORD
from followthrough.core.matter import PRIVATE
from followthrough.ledger import mornings, queries
from followthrough.ledger.loads import late_by_member
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.today import Row, Today, capped, today
from followthrough.web import say
from followthrough.web.reminders.pressed import addresses_of
from followthrough.web.today import day
from followthrough.web.today.rows import quote_of, waiting, why
from followthrough.web.when import calendar_of

FIRST, THEN, NO_RUSH = 3, 8, 4
MINUTES_EACH = 5
Context = dict[str, Any]


def morning_of(member: Member, now: datetime) -> Context | None:
    """None on a day on which nothing is to be done: nobody is mailed for that."""
    found = today(member, now, per_band=FIRST + THEN)
    rows = [row for band in found.bands for row in band.rows]
    if not rows:
        return None
    first, rest = rows[:FIRST], [row.followup for row in rows[FIRST:]]
    lines = [_line(row, member, now) for row in _with_numbers(first, member)]
    return {
        "subject": _subject(found, member, now),
        "preview": " ".join(f"{line['who']}: {line['why']}." for line in lines),
        "today": say.day_line(now, member.own_zone()),
        "hello": _hello(member, len(lines)),
        "amount": _amount(found),
        "yesterday": _yesterday(member, now),
        "lines": lines,
        "then": _names([one for one in rest if one.band != WARM], THEN, member, now),
        "no_rush": _names([one for one in rest if one.band == WARM], NO_RUSH, member, now),
        "more": _left(found, rest),
        "team": _team(member, now),
        "hour": _hour(member, now),
    }


def _subject(found: Today, member: Member, now: datetime) -> str:
    date = now.astimezone(member.own_zone()).date()
    weekday = say.dated(date, pgettext("date pattern of CLDR", "EEEE"))
    return _("{weekday}: {amount}").format(weekday=weekday, amount=_amount(found))


def _amount(found: Today) -> str:
    many = ngettext("{n} person, about {minutes} minutes", "{n} people, about {minutes} minutes",
                    found.due)  # fmt: skip
    return many.format(n=found.total, minutes=say.number(found.due * MINUTES_EACH))


def _hello(member: Member, shown: int) -> str:
    starts = [_("Start with this one."), _("Start with these two."), _("Start with these three.")]
    hello = _("Good morning, {name}.").format(name=say.first_name(member.name))
    return f"{hello} {starts[shown - 1]}"


def _yesterday(member: Member, now: datetime) -> str:
    before = now.astimezone(member.own_zone()).date() - timedelta(days=1)
    done = len(queries.done_today(member, before))
    said = ngettext("Yesterday you followed through with {n} person.",
                    "Yesterday you followed through with {n} people.", done)  # fmt: skip
    return said.format(n=say.number(done)) if done else ""


# --- a person ------------------------------------------------------------------------------


def _with_numbers(rows: Sequence[Row], member: Member) -> Sequence[tuple[Row, Context]]:
    parties = [row.followup.party for row in rows]
    reach = day.reach_by_party(parties, day.addresses_of(parties, member))
    return [(row, reach[row.followup.party_id]) for row in rows]


def _line(told: tuple[Row, Context], member: Member, now: datetime) -> Context:
    row, reach = told
    duty, private = row.followup, row.followup.party.kind == PRIVATE
    by_phone = duty.how == "call" and not private
    return {
        "who": name_of(duty),
        "detail": "" if private else _detail(duty, member),
        "why": why(duty, now),
        "quote": "" if private else quote_of(row),
        "wait": _wait(duty, member, now),
        "hot": is_late(duty, member, now) or duty.band in (WAITING, WORD),
        "tel": reach.get("tel", "") if by_phone else "",
        "phone": reach.get("phone", "") if by_phone else "",
        **addresses_of(duty, member),
    }


def name_of(duty: FollowUp) -> str:
    return _("Private") if duty.party.kind == PRIVATE else duty.party.name


def _detail(duty: FollowUp, member: Member) -> str:
    title = duty.matter.title if duty.matter.title != duty.party.name else ""
    money = say.money(duty.matter.value, member.workspace.currency)
    return " · ".join(filter(None, [duty.party.company or title, money]))


def is_late(duty: FollowUp, member: Member, now: datetime) -> bool:
    """Its day has passed; a word of ours has its minute."""
    if duty.band == WORD:
        return duty.due < now
    zone = member.own_zone()
    return duty.due < datetime.combine(now.astimezone(zone).date(), time(), zone)


def _wait(duty: FollowUp, member: Member, now: datetime) -> str:
    """How long they have waited, by when it is due, or by how much it is late."""
    if is_late(duty, member, now) and duty.band != WAITING:
        return _("{long} late").format(long=say.ago(duty.due, now))
    return waiting(duty, member, now)


# --- all the others -------------------------------------------------------------------------


def _names(duties: Sequence[FollowUp], most: int, member: Member, now: datetime) -> str:
    said = _("{who} ({wait})")
    return ", ".join(
        said.format(who=name_of(duty), wait=_wait(duty, member, now)) for duty in duties[:most]
    )


def _left(found: Today, rest: Sequence[FollowUp]) -> str:
    """How many are not named."""
    warm = sum(one.band == WARM for one in rest)
    named = FIRST + min(len(rest) - warm, THEN) + min(warm, NO_RUSH)
    left = found.due - named
    said = ngettext("and {n} more", "and {n} more", max(left, 0))
    return said.format(n=capped(left)) if left > 0 else ""


def _team(member: Member, now: datetime) -> str:
    """For those who manage: what colleagues have past its day."""
    if not member.manages:
        return ""
    said = _("{who}: {n}")
    late = [load for load in late_by_member(member, now) if load.member_id != member.pk]
    return ", ".join(said.format(who=load.name, n=capped(load.late)) for load in late)


def _hour(member: Member, now: datetime) -> str:
    calendar = calendar_of(member)
    hour = mornings.hour_of(member, calendar, calendar.local(now).date())
    return say.clock(hour, member.own_zone())
