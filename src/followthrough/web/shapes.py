"""Sentences of ours known again by their shape: the books keep some as plain English."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.translation import gettext_noop

# Where something lay in what was brought in. So short, only a number makes it ours.
PLACES = (gettext_noop("row {n}"), gettext_noop("card {n}"), gettext_noop("{file}, mail {n}"))
LEAST = 12  # letters of ours in a sentence: fewer could be anybody's words
_FIELD = re.compile(r"\{(\w+)\}")


class Shape(NamedTuple):
    pattern: re.Pattern[str]
    said: str


@cache
def shapes_of(language: str) -> tuple[Shape, ...]:
    """The translated sentences with values in them, the longest first; () in English."""
    packed = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
    if not packed.exists():
        return ()
    with packed.open("rb") as words:
        pairs = [(str(it.id), str(it.string)) for it in read_mo(words) if isinstance(it.id, str)]
    ours = [(template, said) for template, said in pairs if said and _is_a_sentence(template)]
    ours.sort(key=lambda pair: -len(pair[0]))
    return tuple(Shape(_pattern(template), said) for template, said in ours)


def known_again(text: str, language: str) -> str:
    """`text` in that language if it has the shape of a sentence of ours, else as it is."""
    for pattern, said in shapes_of(language.partition("-")[0]):
        if found := pattern.fullmatch(text):
            return said.format_map(found.groupdict())
    return text


def _is_a_sentence(template: str) -> bool:
    fields = _FIELD.findall(template)
    return template in PLACES or (
        bool(fields) and len(set(fields)) == len(fields) and len(_FIELD.sub("", template)) >= LEAST
    )


def _pattern(template: str) -> re.Pattern[str]:
    pieces = _FIELD.split(template)
    number = "[0-9]+" if template in PLACES else ".+?"
    parts = [
        re.escape(it) if place % 2 == 0 else f"(?P<{it}>{number if it == 'n' else '.+?'})"
        for place, it in enumerate(pieces)
    ]
    return re.compile("".join(parts), re.DOTALL)
