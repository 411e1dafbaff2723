"""A line of a list is drawn once for each shape of it; then only the words in it change.

A template would look up each name, escape each word and choose each branch anew for every line. Two
lines have the same shape if the same of their values are there. So a template that is drawn this
way may show a value and ask whether it is there, and no more: what it compares or filters is
named as `same`, or made in the view.
"""

import html
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MARK = "\x02"  # never in a text that people wrote
SHAPES = 4_000
Drawn = list[str]  # in turn what stands there for all, and the name of what differs


def line(name: str, same: str, values: Mapping[str, Any]) -> SafeString:
    """The template with these values: words, numbers, yes or no, and mappings of them."""
    shape: list[Any] = [name, get_language()]
    words: dict[str, Any] = {}
    _take(values, _names(same), "", shape, words)
    key = tuple(shape)
    drawn = _DRAWN.get(key)
    if drawn is None or settings.DEBUG:
        if len(_DRAWN) >= SHAPES:
            _DRAWN.clear()
        drawn = _DRAWN[key] = _draw(name, values, words)
    parts = drawn.copy()
    for place in range(1, len(parts), 2):
        parts[place] = _escaped(words[parts[place]])
    return mark_safe("".join(parts))  # noqa: S308 - the template's own, and what is escaped


_DRAWN: dict[tuple[Any, ...], Drawn] = {}


def _take(
    values: Mapping[str, Any], same: frozenset[str], before: str, shape: list[Any],
    words: dict[str, Any],
) -> None:  # fmt: skip
    """What the shape depends on, and the words that it does not depend on, by name."""
    for name, value in values.items():
        shape.append(name)
        if isinstance(value, dict):
            shape.append("{")
            _take(value, same, f"{before}{name}.", shape, words)
            shape.append("}")
        elif not value or value is True or name in same:
            shape.append(value)
        elif isinstance(value, str | int | Promise):
            shape.append(...)
            words[before + name] = value
        else:
            raise TypeError(f"A line has no place for {name}, which is a {type(value).__name__}.")


@cache
def _names(same: str) -> frozenset[str]:
    return frozenset(same.split())


def _draw(name: str, values: Mapping[str, Any], words: Mapping[str, Any]) -> Drawn:
    parts = _template(name).render(Context(_marked(values, words, ""))).split(MARK)
    lost = {part for part in parts[1::2] if part not in words}
    if lost or not len(parts) % 2:
        raise ValueError(f"{name} changes what it shows of {', '.join(sorted(lost))}.")
    return parts


def _marked(values: Mapping[str, Any], words: Mapping[str, Any], before: str) -> dict[str, Any]:
    return {
        name: _marked(value, words, f"{before}{name}.") if isinstance(value, dict)
        else f"{MARK}{before}{name}{MARK}" if before + name in words else value
        for name, value in values.items()
    }  # fmt: skip


def _template(name: str) -> Template:
    template: Template = getattr(get_template(name), "template")  # noqa: B009 - Django's own kind
    return template


def _escaped(value: Any) -> str:
    if isinstance(value, SafeString):
        return value
    return html.escape(str(value))
