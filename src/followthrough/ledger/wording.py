"""Words with fields in them: checked before they are kept, and filled in for one person.

Only a small part of the language of templates is let through: a field, a few filters, what to say
without it, and "if". Nothing is called, counted or repeated, whatever somebody types.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from minijinja import Environment, TemplateError

from followthrough.core.saying import Saying, says

LONGEST, LONGEST_SUBJECT = 10_000, 200
SEMI_STRICT: Any = "semi_strict"  # "if" may ask for what is not known; its stub is older than it
FUEL = 20_000  # steps of one filling; a page of words with fifty fields takes a few hundred
EXAMPLE = "{{ first_name }}"
WITHOUT = '{{ first_name | default("there") }}'

UNKNOWN = says("There is no field called “{name}”. Choose one from the list beside the text.")
MEANT = says("There is no field called “{name}”. Did you mean {meant}?")
OPEN = says("Braces are left open at “{words}”. A field is written like this: {example}")
ONE_BRACE = says("A field has two braces on each side: {example}")
REPEATS = says(
    "A text cannot repeat itself. Take out “{words}” and write the words as often as you want them."
)
ORDERS = says(
    "“{words}” cannot be done here. Between the braces stands the name of a field, such as "
    "{example}, and if you like what to say without it: {without}"
)
UNFINISHED = says("An “if” is not finished. Write “endif” in {braces} where its words end.")
TOO_MUCH = says("This text cannot be filled in. Make it simpler: words and fields are enough.")
TOO_LONG = says("This is longer than {n} characters. Shorten it; nobody reads so much.")

_TAG = re.compile(r"\{\{(?P<field>[^{}]*)\}\}|\{%(?P<order>[^{}]*)%\}|\{#[^{}]*#\}")
_SAID = r"""(?:"[^"{}]*"|'[^'{}]*')"""
_FILTERS = (
    rf"(?P<filters>(?:\|\s*(?:upper|lower|capitalize|title|trim|default\(\s*{_SAID}\s*\))\s*)*)"
)
_FIELD = re.compile(rf"[-+]?\s*(?P<name>[^\W\d]\w*)\s*{_FILTERS}[-+]?")
_IF = re.compile(
    r"[-+]?\s*(?:(?:el)?if\s+(?:not\s+)?[^\W\d]\w*(?:\s+(?:and|or)\s+(?:not\s+)?[^\W\d]\w*)*"
    r"|else|endif)\s*[-+]?"
)
_WORD = re.compile(r"[^\W\d]\w*")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_SINGLE = re.compile(r"(?<!\{)\{\s*(\w+)\s*\}(?!\})")
_LOOPS = ("for", "macro", "call", "include", "import", "block", "extends")
_LITTLE = frozenset(("if", "elif", "else", "endif", "not", "and", "or"))
_FROM, _TO = "\ue000", "\ue001"  # letters that no text holds stand around what is missing
_GAP = re.compile(f"{_FROM}(.*?){_TO}")


@dataclass(frozen=True, kw_only=True)
class Filled:
    """`gaps` are the fields that stay empty for this person; in the text they stand in brackets."""

    text: str
    gaps: tuple[str, ...] = ()


def problems_in(source: str, known: Collection[str], *, longest: int = LONGEST) -> list[Saying]:
    """Why these words cannot be kept, each as a sentence that says what to do."""
    if len(source) > longest:
        return [says(TOO_LONG.template, n=longest)]
    found = [*_orders(source), *_braces(source, known)]
    found = found or list(_names(source, known))
    return found or list(_trial(source, known))


def fill(source: str, fields: Mapping[str, str]) -> Filled:
    """Fields without a value are named, unless the words say what to put in their place."""
    values = {name: _plain(value) for name, value in fields.items() if value}
    marked = _TAG.sub(lambda tag: _marked(tag, values), source)
    try:
        text = _engine().render_str(marked, **values)
    except TemplateError:  # kept before it was checked like this: the words themselves are shown
        return Filled(text=source)
    gaps = dict.fromkeys(name.lower() for name in _GAP.findall(text))
    return Filled(text=_GAP.sub(r"[\1]", text), gaps=tuple(gaps))


def fields_of(source: str) -> set[str]:
    """The names of all fields that these words ask for."""
    return {name for name, _tag in _asked(source)}


@cache
def _engine() -> Environment:
    """Strict: what is not known is an error, never silently nothing. No file is ever loaded."""
    return Environment(
        fuel=FUEL,
        undefined_behavior=SEMI_STRICT,
        auto_escape_callback=lambda _name: False,
        keep_trailing_newline=True,
    )


def _orders(source: str) -> Iterator[Saying]:
    for tag in _TAG.finditer(source):
        order, field = tag["order"], tag["field"]
        words = " ".join(tag[0].split())[:60]
        if order is not None and not _IF.fullmatch(order):
            first = "".join(_WORD.findall(order)[:1])
            if first in _LOOPS or not first.startswith("end"):  # what ends it goes with it
                yield _refused(REPEATS if first in _LOOPS else ORDERS, words)
        if field is not None and not _FIELD.fullmatch(field):
            yield _refused(ORDERS, words)


def _refused(sentence: Saying, words: str) -> Saying:
    told = {"words": words, "example": EXAMPLE, "without": WITHOUT}
    return says(sentence.template, **told)


def _braces(source: str, known: Collection[str]) -> Iterator[Saying]:
    rest = _TAG.sub(" ", source)
    if left := _BRACES.search(rest):
        words = " ".join(rest[max(0, left.start() - 12) : left.end() + 12].split())
        yield says(OPEN.template, words=words, example=EXAMPLE)
    for single in _SINGLE.finditer(rest):
        if single[1] in known:
            yield says(ONE_BRACE.template, example=f"{{{{ {single[1]} }}}}")


def _names(source: str, known: Collection[str]) -> Iterator[Saying]:
    for name in dict.fromkeys(name for name, _tag in _asked(source) if name not in known):
        near = get_close_matches(name.lower(), known, n=1)
        if near:
            yield says(MEANT.template, name=name, meant=f"{{{{ {near[0]} }}}}")
        else:
            yield says(UNKNOWN.template, name=name)


def _asked(source: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(source):
        if tag["field"] is not None and (field := _FIELD.fullmatch(tag["field"])):
            yield field["name"], tag[0]
        for name in _WORD.findall(tag["order"] or ""):
            if name not in _LITTLE:
                yield name, tag[0]


def _trial(source: str, known: Collection[str]) -> Iterator[Saying]:
    """Filled in with everything, and with nothing: an error of either is an error."""
    for values in (dict.fromkeys(known, "x"), {}):
        marked = _TAG.sub(lambda tag: _marked(tag, values), source)  # noqa: B023 - used at once
        try:
            _engine().render_str(marked, **values)
        except TemplateError as error:
            unfinished = error.kind == "SyntaxError"
            yield says(UNFINISHED.template, braces="{% %}") if unfinished else TOO_MUCH
            return


def _marked(tag: re.Match[str], values: Mapping[str, str]) -> str:
    """A field that has no value, and no words in its place, says its name between the marks."""
    field = _FIELD.fullmatch(tag["field"]) if tag["field"] is not None else None
    if field is None or field["name"] in values or "default(" in field["filters"]:
        return tag[0]
    return f'{{{{ "{_FROM}{field["name"]}{_TO}" {field["filters"]}}}}}'


def _plain(value: str) -> str:
    return value.replace(_FROM, "").replace(_TO, "")
