"""The words and patterns of each language, kept as text in phrases/, a file for each purpose.

A file is read like this. "let NAME =" begins a fragment that patterns use as <NAME>. "en: I’ll"
begins a cue of that language and name; people dismiss a finding by its name. "pat: …" is a pattern,
"no: …" one that speaks against, "set: …" a set of small words, of groups where "/" stands between.
Below the head of a cue stand the words one of which a sentence must hold to be looked at
at all ("needs …"), what one could write in its place ("kinder …"), then the pattern, broken
anywhere: line ends do not count, and ’ is any apostrophe. Capitals never count.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_NOT_CUES = frozenset(("pat", "no", "set"))


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A pattern with a name, tried only where one of its `words` occurs."""

    language: str
    name: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    kinder: str = ""


@dataclass(frozen=True, kw_only=True)
class _Block:
    kind: str
    name: str
    needs: str
    body: str
    kinder: str


@cache
def cues_of(purpose: str) -> tuple[Cue, ...]:
    """In the order of their file."""
    return tuple(
        Cue(
            language=block.kind,
            name=block.name,
            words=frozenset(block.needs.split()),
            pattern=_compiled(block.body),
            kinder=block.kinder,
        )
        for block in _blocks(purpose)
        if block.kind not in _NOT_CUES
    )


@cache
def needed() -> frozenset[str]:
    """Every word that some cue needs."""
    folder = resources.files(__package__).joinpath("phrases")
    purposes = [entry.name.removesuffix(".txt") for entry in folder.iterdir()]
    return frozenset().union(*(cue.words for each in purposes for cue in cues_of(each)))


@cache
def pattern(purpose: str, name: str, kind: str = "pat") -> re.Pattern[str]:
    return _compiled(_named(purpose, kind, name).body)


def patterns(purpose: str) -> dict[str, re.Pattern[str]]:
    found = (block.name for block in _blocks(purpose) if block.kind == "pat")
    return {name: pattern(purpose, name) for name in found}


@cache
def words(purpose: str, name: str) -> frozenset[str]:
    return frozenset(word for group in groups(purpose, name) for word in group)


def groups(purpose: str, name: str) -> list[list[str]]:
    """Words that mean the same, in the order of the file."""
    return [group.split() for group in _named(purpose, "set", name).body.split("/")]


def _named(purpose: str, kind: str, name: str) -> _Block:
    return next(block for block in _blocks(purpose) if (block.kind, block.name) == (kind, name))


@cache
def _blocks(purpose: str) -> tuple[_Block, ...]:
    source = resources.files(__package__).joinpath("phrases", f"{purpose}.txt").read_text("utf-8")
    fragments: dict[str, str] = {}
    found = []
    for part in re.split(r"\n(?=\S)", "\n" + source):
        head, *body = part.strip().split("\n")
        block = _block(head, [line.strip() for line in body], fragments)
        if head.startswith("let "):
            fragments[f"<{block.name}>"] = block.body
        elif head and not head.startswith("#"):
            found.append(block)
    return tuple(found)


def _block(head: str, lines: list[str], fragments: dict[str, str]) -> _Block:
    kind, _, name = head.partition(": ")
    beginning = ""
    if head.startswith("let "):
        kind, (name, _, beginning) = "let", head.removeprefix("let ").partition("=")
    between = " " if kind == "set" else ""
    body = between.join(line for line in lines if not line.startswith(("needs ", "kinder ")))
    for fragment, meaning in fragments.items():
        body = body.replace(fragment, meaning)
    needs = " ".join(line.removeprefix("needs ") for line in lines if line.startswith("needs "))
    kinder = " ".join(line.removeprefix("kinder ") for line in lines if line.startswith("kinder "))
    return _Block(
        kind=kind, name=name.strip(), needs=needs, body=beginning.strip() + body, kinder=kinder
    )


def _compiled(body: str) -> re.Pattern[str]:
    return re.compile(body.replace("’", "['’]"), re.IGNORECASE)
