"""A line of tokens into wishes: the days and the time it may mean. Knows no language."""

import re
from datetime import time

from followthrough.core.calendar import DAY, Calendar
from followthrough.core.when_phrases import Today, Wish, days_in

BARE_HOUR = r"(?<!\S)at n(\d{1,2})(?!\S)|(?:(?<=wd\d )|(?<=tomorrow )|(?<=today ))n(\d{1,2})$"

HALF_OF_THE_DAY = r"(?<!\S)(?:at )?(?:t(\d+):(\d+)|n(\d+)) ([ap]m)(?!\S)"


def wishes_of(line: str, today: Today) -> tuple[tuple[Wish, ...], time | None]:
    if "no" in line.split():
        return (), None
    at, rest = _time_in(line, today.calendar)
    first, _said, rest = days_in(rest, today)
    second, said, rest = days_in(rest, today)
    if re.search(r"(?<!\S)[dsp]\d", rest):
        return (), None  # such as the 31st of February: the rest must not pass for the whole
    named = re.search(r"wd(\d)", said)
    agreeing = [wish for wish in first if named and wish.day.isoweekday() == int(named[1])]
    wishes = agreeing or first + second
    if not wishes and at is not None:
        gone = at <= today.now.time()
        wishes = [Wish(day=today.date + DAY * gone)]
    return tuple(dict.fromkeys(wishes)), at


def _time_in(line: str, calendar: Calendar) -> tuple[time | None, str]:
    at = None
    if clock := re.search(HALF_OF_THE_DAY, line):
        hour = int(clock[1] or clock[3])
        hour = hour % 12 + 12 * (clock[4] == "pm") if 1 <= hour <= 12 else hour
        at = time(hour, int(clock[2] or 0)) if hour < 24 else None
    elif clock := re.search(r"(?<!\S)(?:at )?t(\d+):(\d+)(?!\S)", line):
        at = time(int(clock[1]), int(clock[2]))
    elif clock := re.search(BARE_HOUR, line):
        hour = int(clock[1] or clock[2])
        # "At 3" is said by people who have not got up yet at three in the morning.
        hour += 12 if hour < min(calendar.start.hour, 8) else 0
        at = time(hour) if hour < 24 else None
    elif clock := re.search(r"(?<!\S)t(start|end)(?!\S)", line):
        at = calendar.start if clock[1] == "start" else calendar.end
    rest = line.replace(clock[0], " ", 1) if clock else line
    return at, " ".join(word for word in rest.split() if not re.match(r"t(\d|start|end)", word))
