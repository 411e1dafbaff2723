"""How the screens say time, money and channels, the way people say them in their language."""

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

from babel import Locale, dates, numbers
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

from followthrough.core.when_words import language_of

Unit = Literal["minute", "hour", "day", "week", "month", "year"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LASTS: dict[Unit, timedelta] = {
    "minute": timedelta(minutes=1), "hour": HOUR, "day": DAY, "week": 7 * DAY, "month": 30 * DAY,
    "year": 365 * DAY,
}  # fmt: skip
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF ", "JPY": "¥"}
WITHOUT_CENTS = {"JPY", "KRW"}
# By language and number; 0 is every other number.
ORDINALS = {("de", 0): "{}.", ("fr", 1): "1er", ("fr", 0): "{}e", ("es", 0): "{}.º"}
# What Americans write for the patterns of the other English.
AMERICAN = {
    "d MMM": "MMM d",
    "d MMM y": "MMM d, y",
    "EEE d MMM": "EEE, MMM d",
    "EEEE d MMM": "EEEE, MMM d",
    "EEEE d MMMM y": "EEEE, MMMM d, y",
    "EEEE, d MMMM": "EEEE, MMMM d",
    "EEEE, d MMMM y": "EEEE, MMMM d, y",
    "d MMMM": "MMMM d",
    "d MMMM y": "MMMM d, y",
}
# Channel: what to do, and the icon that stands for it.
WAYS: dict[str, tuple[Promise | str, str]] = {
    "call": (gettext_lazy("Call"), "phone"),
    "email": (gettext_lazy("Mail"), "mail"),
    "sms": (gettext_lazy("Text"), "message-square"),
    "card": (gettext_lazy("Card"), "mailbox"),
    "post": (gettext_lazy("Post"), "package"),
    "meeting": (gettext_lazy("Meet"), "handshake"),
    "decide": (gettext_lazy("Decide"), "circle-help"),
    "find": (gettext_lazy("Find a way"), "search"),
    "task": (gettext_lazy("Something to do"), "circle-check"),
}


def way(how: str) -> tuple[str, str]:
    label, icon = WAYS.get(how, (gettext_lazy("Do"), "circle-help"))
    return str(label), icon


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def here() -> Locale:
    """The reader's locale."""
    return _locale(_language())


def _language() -> str:
    return get_language() or "en"


# Babel reads the patterns of a language anew for each number and day, and lists repeat them.
kept = lru_cache(maxsize=16_384)


def number(value: int) -> str:
    return _number(value, _language())


@kept
def _number(value: int, language: str) -> str:
    return str(numbers.format_decimal(value, locale=_locale(language)))


def money(amount: int, currency: str) -> str:
    """`amount` in the smallest unit; whole units are enough on a list."""
    if not amount:
        return ""
    whole = amount if currency in WITHOUT_CENTS else round(amount / 100)
    before = _sign_stands_before(_language())
    sign = SIGNS.get(currency, f"{currency} ")
    return f"{sign}{number(whole)}" if before else f"{number(whole)} {sign.strip()}"


@kept
def _sign_stands_before(language: str) -> bool:
    return bool(_locale(language).currency_formats["standard"].pattern.startswith("¤"))


def ago(since: datetime, now: datetime) -> str:
    """How long: "14 min", "17 hours", "4 days", "3 weeks", "2 years"."""
    return _long(now - since, with_direction=False)


def back(at: datetime, now: datetime) -> str:
    """How long ago, as one phrase: "3 weeks ago", where `ago` alone gives "3 weeks"."""
    return _long(at - now, with_direction=True)


def _long(span: timedelta, *, with_direction: bool, unit: Unit | None = None) -> str:
    unit = unit or _unit_of(abs(span))
    whole = abs(span) // LASTS[unit] * LASTS[unit]  # Babel rounds: 40 days are not 6 weeks
    long = max(whole, timedelta(minutes=1)) * (-1 if span <= timedelta(0) else 1)
    return _lasting(long, unit, with_direction, _language())


@kept
def _lasting(span: timedelta, unit: Unit, directed: bool, language: str) -> str:  # noqa: FBT001
    return str(
        dates.format_timedelta(
            span,
            granularity=unit,
            threshold=1e9,  # never the next larger unit
            add_direction=directed,
            format="short" if unit == "minute" else "long",
            locale=_locale(language),
        )
    )


def _unit_of(passed: timedelta) -> Unit:
    steps: tuple[tuple[timedelta, Unit], ...] = (
        (HOUR, "minute"), (2 * DAY, "hour"), (21 * DAY, "day"), (91 * DAY, "week"),
        (730 * DAY, "month"),
    )  # fmt: skip
    return next((unit for limit, unit in steps if passed < limit), "year")


def in_days(count: int) -> str:
    return ngettext("{n} day", "{n} days", count).format(n=number(count))


def gap(our_word: datetime | None, since: datetime, now: datetime) -> str:
    """How long they have had no word from us, to the day: it stands beside a complaint."""
    if our_word is None:
        return gettext("Last word from us: none, {long}").format(long=days(since, now))
    unit: Unit | None = "day" if now - our_word >= 2 * DAY else None
    ago_to_the_day = _long(our_word - now, with_direction=True, unit=unit)
    return gettext("Last word from us: {ago}").format(ago=ago_to_the_day)


def days(since: datetime, now: datetime) -> str:
    passed = (now - since).days
    return in_days(passed) if passed else ago(since, now)


def clock(at: datetime, zone: tzinfo) -> str:
    return language_of(_language()).clock(at.astimezone(zone).time())


def clock_to_the_second(at: datetime, zone: tzinfo) -> str:
    """ "10:42:17", and "2:05:09 pm" where days have halves."""
    return re.sub(r"(:\d\d)", rf"\1:{at:%S}", clock(at, zone))


def dated(day: date, pattern: str) -> str:
    """`pattern` is CLDR's (EEE d MMM y), in the order of the reader's language."""
    return _dated(day, pattern, _language())


@kept
def _dated(day: date, pattern: str, language: str) -> str:
    pattern = AMERICAN.get(pattern, pattern) if language == "en-us" else pattern
    return str(dates.format_date(day, pattern, locale=_locale(language)))


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "Today", "Yesterday", "Tue 24 Nov", "24 Nov 2025"."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    apart = (local - today).days
    if apart in (-1, 0, 1):
        return {-1: gettext("Yesterday"), 0: gettext("Today"), 1: gettext("Tomorrow")}[apart]
    if local.year != today.year and abs(apart) > 150:
        return dated(local, pgettext("date pattern of CLDR", "d MMM y"))
    return dated(local, pgettext("date pattern of CLDR", "EEE d MMM"))


def short_day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "24 Nov", and with the year "Nov 2002" where it is long ago."""
    local = at.astimezone(zone).date()
    if abs((now - at).days) > 300:
        return dated(local, pgettext("date pattern of CLDR", "MMM y"))
    return dated(local, pgettext("date pattern of CLDR", "d MMM"))


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    return f"{day(at, now, zone)}, {clock(at, zone)}"


def in_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment inside a sentence: "today, 14:00", "Tue 1 Dec, 10:00"."""
    said = moment(at, now, zone)
    near = abs((at.astimezone(zone).date() - now.astimezone(zone).date()).days) < 2
    return said[0].lower() + said[1:] if near else said


def full(at: datetime, zone: tzinfo) -> str:
    """The whole truth, for a date that somebody relies on: "Tuesday, 1 December 2026 at 10:00"."""
    day = dated(at.astimezone(zone).date(), pgettext("date pattern of CLDR", "EEEE, d MMMM y"))
    return gettext("{day} at {time}").format(day=day, time=clock(at, zone))


def ordinal(number: int) -> str:
    language = here().language
    if language != "en":
        return ORDINALS.get((language, number), ORDINALS.get((language, 0), "{}.")).format(number)
    last = number % 100
    ending = "th" if 10 < last < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def contact_number(contacts: int) -> str:
    if not contacts:
        return gettext("No word from us yet")
    return gettext("{nth} contact").format(nth=ordinal(contacts))


def first_name(name: str) -> str:
    """What to call them in a sentence; an address or a firm stays whole."""
    if "@" in name or any(letter.isdigit() for letter in name):
        return name
    given = name.split(",")[1].strip() if name.count(",") == 1 else name
    return given.split()[0] if given.split() else name


def shortened(text: str, most: int = 140) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def day_line(now: datetime, zone: tzinfo) -> str:
    """The head of a day's page: "Wednesday, 25 November"."""
    return dated(now.astimezone(zone).date(), pgettext("date pattern of CLDR", "EEEE, d MMMM"))


def percent(value: int) -> str:
    """ "87 %" in most languages, "87%" in English."""
    return str(numbers.format_percent(value / 100, locale=here()))
