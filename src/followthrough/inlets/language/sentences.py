"""The writer's own sentences in a mail, each with where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from followthrough.inlets.language.phrases import pattern, words
from followthrough.inlets.language.quoting import Lines

LONGEST_SENTENCE = 600
MOST_SENTENCES = 400

_STOP = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s|$)|\n")
_ITEM = re.compile(r"\s*(?:[-*•–·+]|\d{1,2}[.)])\s")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """`text` stands at `start` of the mail, but for white space folded to single spaces."""

    text: str
    start: int


def sentences_of(lines: Lines) -> tuple[Sentence, ...]:
    """The sentences that may be the writer's, in their order."""
    own = set(lines.spoken)
    found: list[Sentence] = []
    for start, block in _blocks(lines, own):
        found += _cut(block, start)
        if len(found) >= MOST_SENTENCES:
            break
    return tuple(found[:MOST_SENTENCES])


def _blocks(lines: Lines, own: set[int]) -> Iterator[tuple[int, str]]:
    """Neighbouring lines without an empty one between them, and where they begin."""
    start, at = 0, 0
    block: list[str] = []
    for place, row in enumerate(lines.rows):
        if place in own and row.strip():
            start = start if block else at
            block.append(row)
        elif block:
            yield start, "\n".join(block)
            block = []
        at += len(row) + 1
    if block:
        yield start, "\n".join(block)


def _cut(block: str, start: int) -> Iterator[Sentence]:
    greeting = pattern("sentences", "greeting").match(block)
    begin = greeting.end() if greeting else 0
    for stop in _STOP.finditer(block, begin):
        if _goes_on(block, begin, stop):
            continue
        yield from _trimmed(block, begin, stop.end(), start)
        begin = stop.end()
    yield from _trimmed(block, begin, len(block), start)


def _goes_on(block: str, begin: int, stop: re.Match[str]) -> bool:
    if stop[0] == "\n":
        return not _on_purpose(block, stop.start())
    if stop[0] != ".":
        return False
    word = (
        block[max(begin, stop.start() - 12) : stop.start()].rsplit(" ", maxsplit=1)[-1].lstrip("(")
    )
    if word.casefold() in words("sentences", "short") or (
        len(word) == 1 and word.isalpha() and word != "I"
    ):
        return True
    if not word.replace(".", "").isdigit() or len(word) > 5:
        return False
    following = re.match(r"\s*(\w+)", block[stop.end() : stop.end() + 20])
    if not following:
        return False
    month = following[1].casefold() in words("dates", "months")  # "am 3. Oktober"
    return month or not following[1][0].isupper()


def _on_purpose(block: str, at: int) -> bool:
    """A line that had room for the next word was broken by the writer, not by a program."""
    above = block[block.rfind("\n", 0, at) + 1 : at]
    below = block[at + 1 : at + 400].split("\n", 1)[0]
    if _ITEM.match(below):
        return True
    first = below.split(maxsplit=1)[0] if below.strip() else ""
    width = max(len(below), len(block.split("\n", 1)[0]), 40)
    return first[:1].isupper() and len(above) + 1 + len(first) < min(width, 78)


def _trimmed(block: str, begin: int, end: int, start: int) -> Iterator[Sentence]:
    piece = block[begin:end]
    bare = piece.strip()
    if len(bare) > 2:
        words = " ".join(bare[:LONGEST_SENTENCE].split())
        yield Sentence(text=words, start=start + begin + len(piece) - len(piece.lstrip()))
