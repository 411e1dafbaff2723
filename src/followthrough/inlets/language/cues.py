"""What gives a sentence away: a named pattern, tried only where one of its words occurs at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from followthrough.inlets.language.likeness import words_of
from followthrough.inlets.language.sentences import Sentence
from followthrough.inlets.noticed import Finding


@dataclass(frozen=True)
class Said:
    """A sentence with its words, small and without what stands between them."""

    sentence: Sentence

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.sentence.text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)

    def finding(self, kind: str, cue: str, sure: float, **more: object) -> Finding:
        return Finding(
            kind=kind,
            sentence=self.sentence.text,
            start=self.sentence.start,
            cue=cue,
            sure=round(sure, 2),
            **more,  # type: ignore[arg-type]
        )


@dataclass(frozen=True, kw_only=True)
class Cue:
    """`name` is what people see and dismiss by; one of the `words` must occur in the sentence."""

    name: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    sure: float = 0.8


def cues(*rows: tuple[str, str, str], sure: float = 0.8) -> tuple[Cue, ...]:
    """Name, words that it takes (one of them is enough), and the pattern."""
    return tuple(
        Cue(
            name=name,
            words=frozenset(words.split()),
            pattern=re.compile(pattern.replace("’", "['’]"), re.IGNORECASE),
            sure=sure,
        )
        for name, words, pattern in rows
    )


@dataclass(frozen=True)
class Family:
    """Cues that are looked for together."""

    cues: tuple[Cue, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(cue.words for cue in self.cues))

    def matches(self, said: Said) -> Iterator[tuple[Cue, re.Match[str]]]:
        if self.words.isdisjoint(said.vocabulary):
            return
        for cue in self.cues:
            if not cue.words.isdisjoint(said.vocabulary):
                found = cue.pattern.search(said.text)
                if found:
                    yield cue, found

    def first(self, said: Said) -> tuple[Cue, re.Match[str]] | None:
        return next(self.matches(said), None)


def family(*groups: Iterable[Cue]) -> Family:
    return Family(tuple(cue for group in groups for cue in group))
