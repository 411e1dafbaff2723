"""Text into tokens: words by the table of a language, numbers by their shape."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from followthrough.core.when_language import Language

UNKNOWN = "?"
IMPOSSIBLE = "no"
PART = "part"  # half of a week, and the like: of no use to the grammar
YEAR = "(?:[0-9]{4}|[0-9]{2})"
UNITS = {"day", "week", "month", "quarter", "year", "wday", "hour", "minute", "whour"}
SHAPES = {"iso": "d", "slash": "s", "dot": "p", "ordinal": "o", "number": "n"}


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """`beside` is what was typed without the verb; `line` is all of it in tokens."""

    how: str | None
    line: str
    beside: str = ""

    @property
    def turned_round(self) -> bool:
        """It says when not: no other reading may pass over that."""
        return IMPOSSIBLE in self.line.split()


@dataclass(frozen=True, kw_only=True)
class Tables:
    verbs: Mapping[str, str]
    words: Mapping[str, str]
    verb: re.Pattern[str]
    token: re.Pattern[str]
    order: tuple[tuple[re.Pattern[str], str], ...]


def tokens_of(text: str, language: Language) -> Tokens:
    tables = _tables(language)
    said = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())
    verb = tables.verb.search(said)
    rest = f"{said[: verb.start()]} {said[verb.end() :]}" if verb else said
    found = (_token(match, tables.words) for match in tables.token.finditer(rest))
    return Tokens(
        how=tables.verbs[verb[0]] if verb else None,
        line=_in_order(" ".join(token for token in found if token), tables.order),
        beside=" ".join(rest.split()),
    )


def _in_order(line: str, order: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, meant in order:
        line = pattern.sub(meant, line)
    return " ".join(line.split())


def _token(match: re.Match[str], words: Mapping[str, str]) -> str:
    kind, text = match.lastgroup or "", match[0]
    if kind == "word":
        return words.get(text, UNKNOWN)
    if kind in {"clock", "hour", "dotted"}:
        return _time(text)
    if kind not in SHAPES:
        return PART if kind == PART else UNKNOWN
    return SHAPES[kind] + "-".join(str(int(part)) for part in re.findall("[0-9]+", text))


def _time(text: str) -> str:
    hour, minute = ([int(part) for part in re.findall("[0-9]+", text)] + [0])[:2]
    half = re.search(r"[ap](?=\.?m)", text)
    if half and not 1 <= hour <= 12:
        return IMPOSSIBLE
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return f"t{hour}:{minute}" if hour < 24 and minute < 60 else IMPOSSIBLE


@cache
def _tables(language: Language) -> Tables:
    words, verbs = _folded(language.words), _folded(language.verbs)
    any_verb = _any(verbs)
    return Tables(
        verbs=verbs,
        words=words,
        verb=re.compile(rf"^{any_verb}|{any_verb}$"),
        token=re.compile("|".join(_shapes(language, _any(words)))),
        order=tuple((re.compile(pattern), meant) for pattern, meant in language.order),
    )


def _shapes(language: Language, any_word: str) -> Iterator[str]:
    hour = rf"(?:{language.hour})(?!\w)"
    units = _any({word: token for word, token in language.words.items() if token in UNITS})
    yield rf"(?P<part>[0-9]+[.,][0-9]+(?=\s?{units}))"
    yield r"(?P<iso>[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2})(?=t[0-9]|(?![0-9]))"
    yield rf"(?P<clock>[0-9]{{1,2}}[:h][0-9]{{2}}(?![0-9])(?::[0-9]{{2}})?(?:\s?{hour})?)"
    yield rf"(?P<hour>[0-9]{{1,2}}(?:\.[0-9]{{2}})?\s?{hour})"
    yield rf"(?P<slash>[0-9]{{1,2}}[/-][0-9]{{1,2}}(?:[/-]{YEAR})?)(?![0-9/-])"
    # 14.12. is a day; 14.30 has no such month and is a time.
    yield rf"(?P<dot>[0-9]{{1,2}}\.\s?(?:1[0-2]|0?[1-9])(?![0-9])(?:\.(?:\s?{YEAR}(?![0-9:.]))?)?)"
    yield r"(?P<dotted>[0-9]{1,2}\.[0-5][0-9])(?![0-9])"
    yield rf"(?P<ordinal>[0-9]{{1,2}}(?:{language.ordinal})(?!\w))"
    yield r"(?P<number>[0-9]{1,4})(?![0-9])"
    yield r"(?P<long>[0-9]+)"
    yield rf"(?P<word>{any_word}|[^\W\d_]+)"


def _any(phrases: Mapping[str, str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


def _folded(table: Mapping[str, str]) -> dict[str, str]:
    return {phrase.casefold(): meaning for phrase, meaning in table.items()}
