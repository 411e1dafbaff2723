"""What of a record can be compared, cut to the form in which two spellings meet."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from followthrough.ledger.namesakes import words

Record = Mapping[str, Sequence[str]]
Words = tuple[str, ...]
Trait = TypeVar("Trait", str, Words)

# One street in two spellings.
SPELLINGS = {
    "street": "st", "str": "st", "strasse": "st", "avenue": "av", "ave": "av", "road": "rd",
    "boulevard": "bl", "blvd": "bl", "blv": "bl", "drive": "dr", "lane": "ln", "place": "pl",
    "square": "sq", "court": "ct", "highway": "hwy", "parkway": "pkwy", "crescent": "cr",
    "circuit": "cct", "terrace": "tce", "north": "n", "south": "s", "east": "e", "west": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw", "first": "1",
    "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
IN_MANY_STREETS = frozenset(one for one in SPELLINGS.values() if not one.isdigit())
LONGEST = 16  # words of a name: what goes on is a description
_NEARBY = re.compile(r"\s(?:between|near|at|off|corner|opposite|in)\s.*")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Traits:
    """Names, companies and streets as words, numbers and dates as digits, all in lower case."""

    names: tuple[Words, ...] = ()
    companies: tuple[Words, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    streets: tuple[Words, ...] = ()
    cities: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


def traits_of(record: Record) -> Traits:
    """`record` holds values by kind of field: name, company, email, phone, street, city, postcode,
    born (year, month, day) and id. All may be missing, and each may have several."""
    return Traits(
        names=_once(words(name)[:LONGEST] for name in record.get("name", ()) if "@" not in name),
        companies=_once(words(firm)[:LONGEST] for firm in record.get("company", ())),
        emails=_once(mail.strip().lower() for mail in record.get("email", ())),
        phones=_once(map(_digits, record.get("phone", ()))),
        streets=_once(map(_street, record.get("street", ()))),
        cities=_once(" ".join(words(city)) for city in record.get("city", ())),
        postcodes=_once("".join(words(code)) for code in record.get("postcode", ())),
        born=_once(map(_digits, record.get("born", ()))),
        ids=_once("".join(words(one)) for one in record.get("id", ())),
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@lru_cache(maxsize=50_000)
def _street(text: str) -> Words:
    """The words of a street with its number; what it is near to says less. “third” is “3rd”."""
    return tuple(
        SPELLINGS.get(word) or _ORDINAL.sub(r"\1", word) for word in words(_NEARBY.sub("", text))
    )


def _once(values: Iterable[Trait]) -> tuple[Trait, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
