"""What people say of themselves below their letter: phone numbers and what they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from followthrough.inlets.language.phrases import pattern
from followthrough.inlets.language.quoting import DIVIDED, EMPTY, OWN, SIGNED, Lines
from followthrough.inlets.noticed import Finding

LONGEST_LINE = 160
MOST_LINES = 14

_CLOSING = pattern("signature", "closing")
_TITLE, _NO_TITLE = pattern("signature", "title"), pattern("signature", "title", "no")
_LABELLED, _BARE = pattern("signature", "labelled number"), pattern("signature", "bare number")
_FAX = pattern("signature", "fax")


@dataclass(frozen=True, kw_only=True)
class Signature:
    """The lines below the sign-off, with where each begins; `first` is the first line's number."""

    rows: tuple[tuple[int, str], ...] = ()
    first: int = 0


def signature_of(lines: Lines) -> Signature:
    """Below "-- " or a closing formula, else nothing; at most fourteen lines."""
    starts = _starts(lines)
    divided = _divided(lines)
    closed = _closed(lines)
    first = closed if closed is not None else divided
    if first is None:
        return Signature(first=lines.end)
    rows = []
    for place in range(first, min(first + MOST_LINES + 4, len(lines.rows))):
        kind = lines.kinds[place]
        if kind == OWN:
            rows.append((starts[place], lines.rows[place][:LONGEST_LINE]))
        elif kind not in (EMPTY, SIGNED, DIVIDED):
            break
    return Signature(rows=tuple(rows[:MOST_LINES]), first=first)


def _starts(lines: Lines) -> list[int]:
    starts, at = [], 0
    for row in lines.rows:
        starts.append(at)
        at += len(row) + 1
    return starts


def _divided(lines: Lines) -> int | None:
    """A dashed line that ends the letter."""
    return lines.end if lines.kinds[lines.end : lines.end + 1] == DIVIDED else None


def _closed(lines: Lines) -> int | None:
    """The line of the last closing formula that only a few lines follow."""
    for place in reversed(lines.own[-MOST_LINES - 4 :]):
        row = lines.rows[place]
        if len(row) < 60 and _CLOSING.match(row):
            return place + 1
    return None


def signed(signature: Signature) -> Iterator[Finding]:
    """Numbers and the title, each once. The value is what is written there."""
    numbers: set[str] = set()
    title = ""
    for start, row in signature.rows:
        for number in _numbers(row):
            if number not in numbers:
                numbers.add(number)
                yield _finding("phone", row, start, number)
        if not title and (title := title_in(row)):
            yield _finding("title", row, start, title)


def _finding(kind: str, row: str, start: int, value: str) -> Finding:
    space = len(row) - len(row.lstrip())
    words = " ".join(row.split())
    return Finding(
        kind=kind, sentence=words, start=start + space, cue="signature", sure=0.8, value=value
    )


@lru_cache(maxsize=4096)  # people sign each of their mails alike
def _numbers(row: str) -> tuple[str, ...]:
    return tuple(_numbers_in(row))


def _numbers_in(row: str) -> Iterator[str]:
    if sum(map(str.isdigit, row)) < 7:
        return
    matches = phonenumbers.PhoneNumberMatcher(row, None, max_tries=20)
    found = [match.raw_string for match in matches if not _FAX.search(row[: match.start])]
    if found:
        yield from found
        return
    local = _LABELLED.search(row) or _BARE.match(row)
    digits = sum(map(str.isdigit, local["number"])) if local else 0
    if local and 7 <= digits <= 15 and not _FAX.search(row[: local.start("number")]):
        yield local["number"].strip()


def title_in(row: str) -> str:
    """What somebody is, where a short line says so: "Sales Manager | Acme" is a sales manager."""
    row = row.strip(" *_-|\t")
    if not 3 <= len(row) <= 80 or _NO_TITLE.search(row):
        return ""
    for part in re.split(r"\s*[|,•·/]\s*|\s+(?:at|bei|chez|en)\s+|\s[-–—]\s", row):
        if _TITLE.search(part) and len(part.split()) <= 6:
            return part.strip(" .")
    return ""
