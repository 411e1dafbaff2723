"""Sentences in which the writer says: I will do it. Precision before recall."""

import re
from collections.abc import Iterator
from datetime import datetime

from followthrough.inlets.language.cues import Said, cues
from followthrough.inlets.language.naming_days import day_named
from followthrough.inlets.language.phrases import pattern
from followthrough.inlets.noticed import Finding


def promises(said: Said, *, at: datetime, by_us: bool) -> Iterator[Finding]:
    """At most one a sentence. `due` is read in the wall time of `at`."""
    found = cues("promises").first(said)
    if not found or said.text.endswith("?"):
        return
    cue, words = found
    if _doubtful(said.text[: words.start()], said.text[words.start() :]):
        return
    due = day_named(said.text, around=words.start(), at=at, language=cue.language)
    kind = "we_promise" if by_us else "they_promise"
    yield said.finding(kind, _named(cue.name, words), 0.9 if due else 0.8, due=due)


def _doubtful(before: str, after: str) -> bool:
    after = pattern("promises", "whether", "no").sub("", after)
    against = pattern("promises", "before", "no").search(before)
    return bool(against or pattern("promises", "after", "no").search(after))


def _named(name: str, words: re.Match[str]) -> str:
    """The English ones by who and what, such as "I’ll send"; the others by their name."""
    parts = words.groupdict()
    if not (parts.get("who") and parts.get("verb")):
        return name
    who = {"i": "I’ll", "we": "we’ll"}[parts["who"].lower()]
    verb = parts["verb"].lower().split()
    what = " ".join(verb) if len(verb) < 4 else f"{verb[0]} … {verb[-1]}"
    return f"{who} {what}"
