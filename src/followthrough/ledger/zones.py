"""In which zone somebody is: as we were told, else by their address, their number, ours. Hours of
plans, their preview and the end of an offer ask here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from babel import Locale
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

from followthrough.ledger.books import Where, where
from followthrough.ledger.models import Address, Party
from followthrough.ledger.reach import addresses_of

TONGUES = ("en", "de", "fr", "es")
DAY = timedelta(days=1)
A_DAY = date(2026, 1, 15)  # hours have no day of their own


def zone_of(party: Party, on: date = A_DAY, known: Sequence[Address] | None = None) -> str:
    """Where several fit, the one in which the day ends last: nobody is cut off too early. `known`
    are their addresses, where they were looked up before."""
    if known is None:
        known = addresses_of([party])[party.pk]
    works = (one for one in known if not one.dead_by)
    told = frozenset(where(one.kind, one.value, one.canonical) for one in works)
    return zone_by(party.zone, told, on) or party.workspace.zone


@lru_cache(maxsize=8192)
def zone_by(told: str, known: frozenset[Where], on: date = A_DAY) -> str:
    """Empty where nothing tells. Without a day it is the same all year round."""
    by_post = (_zones_of_country(_country(one)) for kind, one in sorted(known) if kind == "post")
    by_phone = (_zones_of_number(one) for kind, one in sorted(known) if kind == "phone")
    for found in ([told], *by_post, *by_phone):
        if fit := [zone for zone in found if _is_one(zone)]:
            return _ends_last(fit, on)
    return ""


def today_of(party: Party, at: datetime) -> date:
    """Which day it is where they are."""
    return at.astimezone(ZoneInfo(zone_of(party, at.date()))).date()


def end_of(day: date, zone: str) -> datetime:
    """The first moment that is too late, 24:00 there."""
    return datetime.combine(day + DAY, time(), ZoneInfo(zone))


def _ends_last(zones: Iterable[str], on: date) -> str:
    return max(sorted(zones), key=lambda zone: end_of(on, zone))


def _is_one(zone: str) -> bool:
    try:
        return bool(zone and ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _zones_of_number(canonical: str) -> tuple[str, ...]:
    try:
        found = time_zones_for_number(phonenumbers.parse(canonical))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in found if zone != UNKNOWN_TIMEZONE)


def _country(address: str) -> str:
    """The country that an address ends with, by its name or its code."""
    last = address.replace("\n", ",").rpartition(",")[2].strip(" .").casefold()
    return _names().get(last, "")


@cache
def _names() -> dict[str, str]:
    named = {
        name.casefold(): code
        for tongue in TONGUES
        for code, name in Locale.parse(tongue).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    return named | {"usa": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB"}


def _zones_of_country(country: str) -> tuple[str, ...]:
    return _by_country().get(country, ()) if country else ()


@cache
def _by_country() -> dict[str, tuple[str, ...]]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _place, zone, *_ = line.split("\t")
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}
