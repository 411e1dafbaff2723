"""Telephone numbers: international where they can be understood, else as they were written."""

import re
from functools import lru_cache

import phonenumbers

from followthrough.inlets.wording import one_line
from followthrough.ledger.addresses import PLAIN_PHONE

_TRUNK = {"DE": "49", "GB": "44", "FR": "33", "NL": "31", "AT": "43", "CH": "41", "BE": "32"}
_MARKS = str.maketrans("", "", " ()-./\xa0\u2009\u2010\u2011\u2012\u2013")


def phone(written: str, region: str | None = None) -> str:
    """E.164 where the number says its country (or `region` does), else the words as they stand."""
    return _at_a_glance(written, region or "") or _looked_up(written, region)


def _at_a_glance(written: str, region: str) -> str:
    """The same answer as a look-up gives, for the plainest ways of writing; else ""."""
    if "(0)" in written or not written.isascii():
        return ""
    bare = written.translate(_MARKS)
    if bare.startswith("0") and not bare.startswith("00") and region in _TRUNK:
        bare = f"+{_TRUNK[region]}{bare[1:]}"
    elif region in ("US", "CA") and len(bare) == 10:
        bare = f"+1{bare}"
    return bare if PLAIN_PHONE.fullmatch(bare) else ""


@lru_cache(maxsize=20_000)
def _looked_up(written: str, region: str | None) -> str:
    text = one_line(written, limit=60)
    if text.lower().startswith("tel:"):
        text = text[4:]
    if text.startswith("00"):
        text = "+" + text[2:]
    if not re.search(r"\d{3}|\d.*\d.*\d", text):
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number) or number.extension:
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phones(written: list[str], region: str | None = None) -> tuple[str, ...]:
    """Each number once, in the order given."""
    return tuple(dict.fromkeys(found for one in written if (found := phone(one, region))))


_BETWEEN = re.compile(r"\s*(?::::|[;|,\n]| / | or | and | oder | und | ou | et | y | o )\s*")


def apart(cell: str) -> list[str]:
    """The numbers of a cell into which somebody wrote several; an extension is no number."""
    parts = _BETWEEN.split(cell) if len(cell) > 13 else [cell]
    whole = all(len([sign for sign in part if sign.isdigit()]) > 5 for part in parts)
    return parts if len(parts) > 1 and whole else [cell]
