"""A language of the date reader: its words with the tokens they mean; the grammar knows only those.

Tokens: wd2 Tuesday · mo9 September · n5 a number · o12 "12th" · t14:30 a time · v9-1 roughly
1 September · e12-25 exactly 25 December · no: a word that turns the meaning round · half, quarter,
am and pm stand behind a time · the: before a number it makes a day of the month.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """`order` are patterns over the line of tokens with what they become: the order of English.

    `first` is how the first of a month is written, where it is not 1; `halves` says whether a
    day has two halves of twelve hours.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    words: Mapping[str, str]
    verbs: Mapping[str, str]
    says: Mapping[str, str]
    ordinal: str
    hour: str
    order: tuple[tuple[str, str], ...] = ()
    first: str = "1"
    halves: bool = False

    def clock(self, at: time) -> str:
        """ "14:05", and "2:05 pm" where days have halves."""
        if not self.halves:
            return f"{at:%H:%M}"
        return f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}"


def names(called: tuple[str, ...], token: str, *lengths: int) -> dict[str, str]:
    folded = [name.casefold() for name in called]
    found = {name: f"{token}{n}" for n, name in enumerate(folded, 1)}
    for length in lengths:
        found |= {name[:length]: f"{token}{n}" for n, name in enumerate(folded, 1)}
    return found


def each(**tokens: str) -> dict[str, str]:
    """Token with its words, separated by bars."""
    return {word: token for token, words in tokens.items() for word in words.split("|")}


def means(*meanings: tuple[str, str]) -> dict[str, str]:
    """Words, separated by bars, with the tokens they mean."""
    return {word: tokens for words, tokens in meanings for word in words.split("|")}


def counted(words: str) -> dict[str, str]:
    return {word: f"n{n}" for n, word in enumerate(words.split(), 1)}


def with_and_without_accents(words: Mapping[str, str]) -> dict[str, str]:
    """People in a hurry leave them out."""
    return {bare(word): meaning for word, meaning in words.items()} | dict(words)


def bare(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


UNITS = "day|week|month|quarter|year|wday"
# "At 5 in the afternoon" is one time, not two; "tomorrow in 2 weeks" is one day.
TOGETHER = (
    (rf"(?<!\S)today in (n\d+ (?:{UNITS}))(?!\S)", r"in \1"),
    (rf"(?<!\S)tomorrow in (n\d+ (?:{UNITS}))(?!\S)", r"\1 after tomorrow"),
    (r"(?<!\S)(at n\d+|t\d+:\d+) (?:in )?(?:t14:00|t18:00)(?!\S)", r"\1 pm"),
    (r"(?<!\S)(at n\d+|t\d+:\d+) (?:in )?tstart(?!\S)", r"\1 am"),
)
# "mardi prochain", "la semana que viene", "il y a 3 jours", "le 4", "dans 2 heures": Romance order.
ROMANCE = (
    (rf"(?<!\S)((?:wd\d)|{UNITS}) (next|last)(?!\S)(?! (?:wd\d|{UNITS}))", r"\2 \1"),
    (rf"(?<!\S)ago (n\d+ (?:{UNITS}))(?!\S)", r"\1 ago"),
    (rf"(?<!\S)at (n\d+ (?:{UNITS}))(?!\S)", r"in \1"),
    (r"(?<!\S)in t(\d+):0(?!\S)", r"in n\1 hour"),
    (r"(?<!\S)in t\d+:\d+(?!\S)", "no"),
    (r"(?<!\S)at n(\d+) hour(?!\S)", r"at n\1"),
    (r"(?<!\S)at (?:n(\d+)|t(\d+):0) half(?!\S)", r"t\1\2:30"),
    (r"(?<!\S)at (?:n(\d+)|t(\d+):0) quarter-past(?!\S)", r"t\1\2:15"),
    (r"(?<!\S)t(\d+):0+ half(?!\S)", r"t\1:30"),
    (r"(?<!\S)t(\d+):0+ quarter-past(?!\S)", r"t\1:15"),
    (rf"(?<!\S)the n(\d+)(?!\S)(?! (?:{UNITS}|hour|minute|next|last))", r"o\1"),
    (r"(?<!\S)the(?:\s|$)", ""),
    *TOGETHER[:2],
)
