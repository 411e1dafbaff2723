"""What somebody wants, as a short phrase: "updated action shots", "200 roll-up banners"."""

from collections.abc import Iterator

from followthrough.inlets.language.cues import Said, cues
from followthrough.inlets.language.phrases import pattern, words
from followthrough.inlets.noticed import Finding

MOST_WORDS = 10


def wants(said: Said) -> Iterator[Finding]:
    """At most one a sentence; the first phrase that names a thing."""
    for cue, found in cues("wants").matches(said):
        thing = thing_in(said.text[found.end() :])
        if thing:
            yield said.finding("wants", cue.name, 0.75, value=thing)
            return


def thing_in(rest: str) -> str:
    """The noun phrase that the words after "I need" begin with; "" where they name no thing."""
    phrase = pattern("wants", "leading").sub("", rest.strip(" :"))
    end = pattern("wants", "end").search(" " + phrase)
    phrase = phrase[: max(0, end.start() - 1)] if end else phrase
    said = phrase.strip(" .'\"*_").split()
    nothing = words("wants", "nothing")
    if not 1 <= len(said) <= MOST_WORDS:
        return ""
    return "" if said[0].casefold() in nothing else " ".join(said)
