"""The month that something matters in, and perhaps its day: "starts school in Sept", "14 June"."""

import re

from followthrough.core.when_language import bare
from followthrough.core.when_words import LANGUAGES

TOKEN = re.compile(r"\d+|[^\W\d_]+")
FILLERS = {"st", "nd", "rd", "th", "of", "the", "de", "er"}
LAST_OF_A_MONTH = 31
# A name or a verb as well: a month only beside a day, or after a word that dates.
AMBIGUOUS = {"may", "march", "mar", "jan", "april", "june", "august"}
DATES = set(
    """in on by since until till from of next this every each early late mid before after during
    im am ab bis seit jeden anfang ende mitte vor nach
    en dès depuis vers fin début avant après desde hasta mediados finales principios""".split()  # noqa: SIM905
)


def month_in(text: str) -> tuple[int | None, int | None]:
    """The first month that the text names, 1 to 12, and the day of it; None where it says none."""
    tokens = [token.lower() for token in TOKEN.findall(text)]
    for place, token in enumerate(tokens):
        month = MONTHS.get(token)
        if month is None:
            continue
        day = _day_beside(tokens, place)
        before = tokens[place - 1] if place else ""
        if token not in AMBIGUOUS or day or before in DATES or len(tokens) == 1:
            return month, day
    return None, None


def _day_beside(tokens: list[str], place: int) -> int | None:
    before = [token for token in tokens[:place] if token not in FILLERS]
    after = [token for token in tokens[place + 1 :] if token not in FILLERS]
    for token in (*before[-1:], *after[:1]):
        if token.isdecimal() and 1 <= int(token) <= LAST_OF_A_MONTH:
            return int(token)
    return None


def _names() -> dict[str, int]:
    found: dict[str, int] = {"sept": 9, "maerz": 3}
    for language in reversed(LANGUAGES.values()):
        for number, name in enumerate(language.months, start=1):
            short = name.lower()[: 4 if language.first == "1er" else 3]
            for form in (name.lower(), short):
                found[form] = found[bare(form)] = number
    return found


MONTHS = _names()
