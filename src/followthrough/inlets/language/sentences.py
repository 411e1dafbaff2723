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
    """Whether a full stop or a line end is none of a sentence."""
    if stop[0] == "\n":
        return not _on_purpose(block, stop.start())
    if stop[0] != ".":
        return False
    word = block[max(begin, stop.start() - 12) : stop.start()].rpartition(" ")[2].lstrip("(")
    if word.casefold() in words("sentences", "short"):
        return True
    if len(word) == 1 and word.isalpha() and word != "I":
        return True
    return word.replace(".", "").isdigit() and len(word) < 6 and _counts(block, stop.end())


def _counts(block: str, at: int) -> bool:
    """Whether the number before is one of a row: "am 3. Oktober", "on the 3. floor"."""
    following = re.match(r"\s*(\w+)", block[at : at + 20])
    if not following:
        return False
    month = following[1].casefold() in words("dates", "months")
    return month or not following[1][0].isupper()


def _on_purpose(block: str, at: int) -> bool:
    """A line that had room for the next word was broken by the writer, not by a program."""
    ends = block.find("\n", at + 1)
    below = block[at + 1 : ends if ends >= 0 else at + 400]
    if _ITEM.match(below):
        return True
    first = below.split(maxsplit=1)[0] if below.strip() else ""
    if not first[:1].isupper():
        return False
    width = max(len(below), block.find("\n"), 40)
    return at - block.rfind("\n", 0, at) + len(first) < min(width, 78)


def _trimmed(block: str, begin: int, end: int, start: int) -> Iterator[Sentence]:
    """The sentence between two places; one without end comes in pieces."""
    while end - begin > LONGEST_SENTENCE:
        space = block.rfind(" ", begin + 1, begin + LONGEST_SENTENCE)
        middle = space if space > begin else begin + LONGEST_SENTENCE
        yield from _trimmed(block, begin, middle, start)
        begin = middle
    piece = block[begin:end]
    said = " ".join(piece.split())
    if len(said) > 2:
        yield Sentence(text=said, start=start + begin + len(piece) - len(piece.lstrip()))
