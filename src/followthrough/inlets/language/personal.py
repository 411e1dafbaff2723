"""What people tell of their lives: "my daughter starts school in September"."""

from collections.abc import Iterator
from datetime import date, datetime, time

from followthrough.core.when_days import exactly
from followthrough.inlets.language.cues import Said, cues
from followthrough.inlets.language.dates import MONTHS, days_in
from followthrough.inlets.noticed import Finding


def personal(said: Said, *, at: datetime) -> Iterator[Finding]:
    """`due` is nine in the morning of the day, or of the first day of the month, that is named."""
    found = cues("personal").first(said)
    if found and not said.text.endswith("?"):
        day = _day(said, at.date())
        due = datetime.combine(day, time(9), at.tzinfo) if day else None
        yield said.finding("personal", found[0].name, 0.7, due=due, value=said.text)


def _day(said: Said, today: date) -> date | None:
    """The first day named; of a month without one its first, or today where it has begun."""
    if days := days_in(said.text, today):
        return days[0]
    named = [word for word in said.words if word in MONTHS]
    if not named or (named[0] == "may" and " May" not in said.text):
        return None
    month = MONTHS[named[0]]
    first = exactly(today.year + (month < today.month), month, 1)
    return max(first[0], today) if first else None
