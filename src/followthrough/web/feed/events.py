"""A member's agenda as a calendar file: what has its hour with an alarm, the rest as days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Alarm, Calendar, Event

from followthrough.core.matter import PRIVATE
from followthrough.ledger.agenda import Agenda, Timed
from followthrough.ledger.models import FollowUp, Member
from followthrough.web import say
from followthrough.web.site import absolute, host
from followthrough.web.tongue import tell

BEFORE = timedelta(minutes=10)
LASTS = {"meeting": timedelta(hours=1)}
A_CALL = timedelta(minutes=15)
EVERY = "PT15M"  # so often programs that ask us how often may look


def calendar_of(agenda: Agenda, member: Member) -> bytes:
    """The same bytes as long as nothing has changed. Moments are given in UTC, which every
    program shows by its own clock, also where clocks change."""
    calendar = Calendar()
    calendar.add("prodid", "-//Followthrough//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Followthrough: {name}").format(name=member.name))
    calendar["REFRESH-INTERVAL;VALUE=DURATION"] = EVERY
    calendar["X-PUBLISHED-TTL"] = EVERY
    for timed in agenda.timed:
        calendar.add_component(_event(timed))
    for day, people in agenda.days.items():
        calendar.add_component(_day(day, people, member))
    return bytes(calendar.to_ical())


def _event(timed: Timed) -> Event:
    duty, private = timed.followup, timed.followup.party.kind == PRIVATE
    event = Event()
    event.add("uid", f"followup-{duty.workspace_id}-{duty.pk}@{host()}")
    event.add("sequence", timed.changes)
    event.add("dtstamp", duty.opened_at)
    start = duty.due.astimezone(ZoneInfo("UTC"))
    event.add("dtstart", start)
    event.add("dtend", start + LASTS.get(duty.how, A_CALL))
    said = _("Private") if private else _summary(duty)
    event.add("summary", said)
    if private:
        event.add("class", "PRIVATE")
    else:
        there = absolute(reverse("person", args=[duty.party_id]))
        event.add("description", f"{tell(duty.reason)}\n{there}")
        event.add("url", there)
    event.add_component(_alarm(said))
    return event


def _summary(duty: FollowUp) -> str:
    who = ", ".join(filter(None, [duty.party.name, duty.party.company]))
    return f"{tell(duty.what)}: {who}"


def _alarm(said: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", -BEFORE)
    return alarm


def _day(day: date, people: int, member: Member) -> Event:
    """Its date never moves, so that its sequence stays 0."""
    event = Event()
    said = ngettext("{n} person to follow up", "{n} people to follow up", people)
    event.add("uid", f"day-{member.pk}-{day:%Y%m%d}@{host()}")
    event.add("sequence", 0)
    event.add("dtstamp", datetime.combine(day, time(), ZoneInfo("UTC")))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", said.format(n=say.number(people)))
    event.add("transp", "TRANSPARENT")  # it makes nobody busy
    event.add("url", absolute(reverse("today")))
    return event
