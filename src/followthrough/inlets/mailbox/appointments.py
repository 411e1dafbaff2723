"""An answer to an invitation: whether they said yes or no, and when it is."""

from datetime import datetime

from icalendar import Calendar, Component

from followthrough.inlets.mailbox.clues import Clues
from followthrough.inlets.mailbox.words import content
from followthrough.inlets.noticed import Appointment

LARGEST = 64_000  # letters: real answers have two thousand


def appointment_in(clues: Clues) -> Appointment | None:
    """None where they said perhaps or another time, and where it cannot be read: then it is an
    answer like any other."""
    part = clues.kinds.get("text/calendar")
    text = content(part) if part else ""
    if not text or len(text) > LARGEST:
        return None
    try:
        told = Calendar.from_ical(text)
        answers = str(told.get("method", "REPLY")).upper() == "REPLY"
        events = told.walk("VEVENT") if answers else []
        return _answered(events[0]) if len(events) == 1 else None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):  # a stranger's calendar
        return None


def _answered(event: Component) -> Appointment | None:
    """An answer names whoever gives it, and nobody else (RFC 5546)."""
    named = event.get("attendee", [])
    people = named if isinstance(named, list) else [named]
    said = str(people[0].params.get("PARTSTAT", "")).upper() if len(people) == 1 else ""
    if said == "DECLINED":
        return Appointment(off=True)
    return Appointment(at=_moment(event)) if said == "ACCEPTED" else None


def _moment(event: Component) -> datetime | None:
    """A whole day, or a wall clock in nobody's zone, is not a moment."""
    start = event.get("dtstart")
    at = start.dt if start else None
    return at if isinstance(at, datetime) and at.tzinfo else None
