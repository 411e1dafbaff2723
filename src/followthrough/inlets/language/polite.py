"""Words that push people away, found while they are written, each with something kinder.

Nothing is forbidden: whoever writes decides. What is quoted from somebody else is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from followthrough.core.saying import Saying, says
from followthrough.inlets.language.phrases import cues_of

LONGEST, MOST = 20_000, 8  # characters that are looked at, and so many remarks
LOUD = 8  # letters in a row that are no name such as NASA, or BMW AG
SHOWN = 90  # of the words that a remark is about
WHY = {
    "counting": says("Nobody likes to hear how often they were written to."),
    "reproach": says("This sounds as if they should have known. Say it again in a few new words."),
    "guilt": says("Who feels guilty keeps silent. Make it easy to answer instead."),
    "pressure": says("This pushes. Say by when it would help you, and that another day is fine."),
    "urgency": says("It sounds like an advertisement. A plain date with its reason says more."),
    "ultimatum": says("This shuts a door. Leave it open: a no is an answer too."),
    "hollow": says("It gives them nothing. Say what is new, or bring something."),
    "shouting": says("Capitals read as shouting."),
    "exclaiming": says("One exclamation mark is enough for a whole mail."),
}
UNFILLED = "unfilled"
TO_FILL = says("This is still to be filled in.")
_CAPITALS = re.compile(r"\b[^\W\d_]{3,}(?:[ ,]+[^\W\d_]{2,})*\b")
_MARKS = re.compile(r"[^\n.!?]{0,60}[!?]*!{2,}[!?]*|[^\n.!?]{0,60}\?{3,}")
_ONE_MARK = re.compile(r"[^\n.!?]{1,60}!(?!!)")
_GAP = re.compile(r"\[[a-z_]{2,20}\]|\{\{[^{}\n]{0,60}\}\}")
_REST = re.compile(r"\w*")
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """`words` as they stand there from `start` on, why they push, and what could stand instead."""

    kind: str
    words: str
    start: int
    why: Saying
    kinder: str = ""


def remarks_on(text: str) -> list[Remark]:
    """In the order of the text, in whichever of the four languages it is written."""
    text = _QUOTED.sub(lambda line: " " * len(line[0]), text[:LONGEST])
    found = [*_phrases(text), *_shouting(text), *_exclaiming(text), *_unfilled(text)]
    found.sort(key=lambda one: (one.start, -len(one.words)))
    return list(_each_once(found))[:MOST]


def _phrases(text: str) -> Iterator[Remark]:
    for cue in cues_of("pushy"):
        for match in cue.pattern.finditer(text):
            yield Remark(
                kind=cue.name, words=_to_the_end_of_the_word(match), start=match.start(),
                why=WHY[cue.name], kinder=cue.kinder,
            )  # fmt: skip


def _to_the_end_of_the_word(match: re.Match[str]) -> str:
    rest = _REST.match(match.string, match.end())
    return _whole(match[0] + (rest[0] if rest else ""))


def _shouting(text: str) -> Iterator[Remark]:
    """Some words in capitals, or a long one; a short one is the name of something."""
    for match in _CAPITALS.finditer(text):
        loud = _loudest(match[0])
        if len(loud) > LOUD:
            at = match.start() + match[0].index(loud)
            yield Remark(
                kind="shouting", words=_whole(loud), start=at, why=WHY["shouting"],
                kinder=loud.capitalize(),
            )  # fmt: skip


def _loudest(words: str) -> str:
    """The longest row of words in capitals."""
    rows = re.findall(r"(?:\b[^\W\d_]{2,}\b[ ,]*)+", words)
    loud = [
        part.strip(" ,")
        for row in rows
        for part in re.split(r"\b\w*[^\W\d_]*(?=[a-zà-ÿ])\w*\b", row)
        if part.isupper()
    ]
    return max(loud, key=len, default="")


def _exclaiming(text: str) -> Iterator[Remark]:
    for match in _MARKS.finditer(text):
        calm = re.sub(r"[!?]{2,}$", "?" if "?" in match[0][-4:] else ".", match[0].strip())
        calm = calm.capitalize() if calm.isupper() else calm
        yield _remark_on_marks(match, calm)
    for match in list(_ONE_MARK.finditer(text))[1:]:
        yield _remark_on_marks(match, match[0].strip().rstrip("!") + ".")


def _remark_on_marks(match: re.Match[str], calm: str) -> Remark:
    return Remark(
        kind="exclaiming", words=_whole(match[0]), start=match.start(), why=WHY["exclaiming"],
        kinder=_whole(calm),
    )  # fmt: skip


def _unfilled(text: str) -> Iterator[Remark]:
    for match in _GAP.finditer(text):
        yield Remark(kind=UNFILLED, words=match[0], start=match.start(), why=TO_FILL)


def _each_once(found: list[Remark]) -> Iterator[Remark]:
    """The same kind is said once, and the same words have one remark."""
    ends, kinds = {True: 0, False: 0}, set[str]()
    for one in found:
        loud = one.kind in ("shouting", "exclaiming")  # how it is said, and not what
        if one.start >= ends[loud] and (one.kind == UNFILLED or one.kind not in kinds):
            yield one
            kinds.add(one.kind)
            ends[loud] = one.start + len(one.words)


def _whole(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
