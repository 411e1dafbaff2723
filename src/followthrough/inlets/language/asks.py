"""Sentences that ask us for something: a small model for English, cues for other languages."""

from collections.abc import Iterator

from followthrough.inlets.language.cues import Said, cues
from followthrough.inlets.language.likeness import likeness
from followthrough.inlets.language.phrases import pattern, words
from followthrough.inlets.noticed import Finding

ASKS_FROM = 0.5


def asks(said: Said) -> Iterator[Finding]:
    """At most one a sentence; `sure` is the model's own where the model decides."""
    abroad = cues("asks", "de", "fr", "es").first(said)
    like = likeness(said.text, said.words)
    question = _is_question(said)
    if not (abroad or question or like >= ASKS_FROM):
        return
    against = (pattern("asks", name, "no") for name in ("polite", "code"))
    if any(one.search(said.text) for one in against):
        return
    if abroad:
        yield said.finding("asks", abroad[0].name, max(like, 0.8))
        return
    named = cues("asks", "en").first(said)
    other = "a question" if question else "reads like a request"
    yield said.finding("asks", named[0].name if named else other, max(like, 0.6 * question))


def _is_question(said: Said) -> bool:
    """One that is put to somebody: "What would it cost?", not "Huh?"."""
    if not said.text.endswith("?") or not 3 <= len(said.words) <= 40:
        return False
    return not words("asks", "questions").isdisjoint(said.vocabulary)
