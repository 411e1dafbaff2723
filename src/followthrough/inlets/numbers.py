"""Telephone numbers: international where they can be understood, else as they were written."""

import re
from functools import lru_cache

import phonenumbers

from followthrough.inlets.wording import one_line


@lru_cache(maxsize=20_000)
def phone(written: str, region: str | None = None) -> str:
    """E.164 where the number says its country (or `region` does), else the words as they stand."""
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
