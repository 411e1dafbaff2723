"""Countries, zones, currencies and days of the week, named in the reader's language."""

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies
from django.conf import settings
from django.utils.translation import gettext as _

from followthrough.ledger.calendars import countries, region_names, regions_of
from followthrough.web import say

Choices = list[tuple[str, str]]


def zone_choices() -> Choices:
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in _zones())]


@cache
def _zones() -> tuple[str, ...]:
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return tuple(sorted(named))


def country_of(zone: str) -> str:
    """The country that keeps this time, where we know its holidays; "" else."""
    return _countries_by_zone().get(zone, "")


@cache
def _countries_by_zone() -> dict[str, str]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    known = {code for code, _english in countries()}
    return {zone: country for country, _place, zone, *_ in lines if country in known}


def country_choices() -> Choices:
    return [("", _("None: only your own closed days")), *_countries(say.here())]


@cache
def _countries(locale: Locale) -> Choices:
    named = [(code, locale.territories.get(code, english)) for code, english in countries()]
    return sorted(named, key=lambda one: one[1].casefold())


def region_choices(country: str) -> Choices:
    """The regions whose holidays differ."""
    names = region_names(country) if country else {}
    regions = regions_of(country) if country else ()
    named = sorted((names.get(code, code), code) for code in regions)
    return [("", _("The whole country")), *((code, name) for name, code in named)]


def currency_choices() -> Choices:
    return _currencies(say.here())


@cache
def _currencies(locale: Locale) -> Choices:
    codes = {code for country, _name in countries() for code in get_territory_currencies(country)}
    named = [(code, f"{get_currency_name(code, locale=locale)} ({code})") for code in codes]
    return sorted(named, key=lambda one: one[1].casefold())


def language_choices(otherwise: str) -> Choices:
    """Each language by its own name; `otherwise` says what holds where none is chosen."""
    return [("", otherwise), *settings.LANGUAGES]


def day_choices() -> Choices:
    days = say.here().days["stand-alone"]["wide"]
    return [(str(n), str(days[n - 1]).capitalize()) for n in range(1, 8)]
