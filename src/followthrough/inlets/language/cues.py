"""A sentence with its words, and what gives it away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from followthrough.inlets.language import phrases
from followthrough.inlets.language.likeness import words_of
from followthrough.inlets.language.phrases import Cue
from followthrough.inlets.language.sentences import Sentence
from followthrough.inlets.noticed import Finding


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence, its small words in order, all of them, and those that some cue needs."""

    sentence: Sentence
    words: list[str]
    vocabulary: frozenset[str]
    telling: frozenset[str]

    @property
    def text(self) -> str:
        return self.sentence.text

    def finding(self, kind: str, cue: str, sure: float, **more: object) -> Finding:
        return Finding(
            kind=kind,
            sentence=self.sentence.text,
            start=self.sentence.start,
            cue=cue,
            sure=round(sure, 2),
            **more,  # type: ignore[arg-type]
        )


@dataclass(frozen=True)
class Cues:
    """The cues of one purpose, in the order of their file."""

    of: tuple[Cue, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(cue.words for cue in self.of))

    def matches(self, said: Said) -> Iterator[tuple[Cue, re.Match[str]]]:
        telling = said.telling
        if self.words.isdisjoint(telling):
            return
        for cue in self.of:
            if not cue.words.isdisjoint(telling):
                found = cue.pattern.search(said.text)
                if found:
                    yield cue, found

    def first(self, said: Said) -> tuple[Cue, re.Match[str]] | None:
        return next(self.matches(said), None)


def heard(sentence: Sentence) -> Said:
    words = words_of(sentence.text)
    vocabulary = frozenset(words)
    telling = vocabulary & phrases.needed()
    return Said(sentence=sentence, words=words, vocabulary=vocabulary, telling=telling)


@cache
def cues(purpose: str, *languages: str) -> Cues:
    """Those of a purpose; of some languages only, where they are named."""
    every = phrases.cues_of(purpose)
    return Cues(tuple(cue for cue in every if not languages or cue.language in languages))
