"""Sentences for people: written in English here, said in the reader's language on the screen."""

from collections.abc import Mapping
from typing import Any, Self

Stored = list[Any]


class Saying(str):
    """An English sentence that remembers the template and the values it was made of.

    It is an ordinary `str` to everybody who does not ask. A value may itself be a `Saying`; any
    other string is somebody's own word and is never translated. `many` is the template for more
    than one, chosen by the value `n`.
    """

    __slots__ = ("many", "template", "values")
    template: str
    many: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, many: str = "", **values: Any) -> Self:
        chosen = many if many and values["n"] != 1 else template
        said = super().__new__(cls, chosen.format_map(values) if values else chosen)
        said.template, said.many, said.values = template, many, values
        return said

    def stored(self) -> Stored:
        """As plain values of JSON, for the books; `read` turns them back."""
        return [self.template, self.many, {name: _stored(it) for name, it in self.values.items()}]

    @classmethod
    def read(cls, stored: Stored) -> Self:
        template, many, values = stored
        return cls(template, many, **{name: _read(it) for name, it in values.items()})


def says(template: str, /, **values: Any) -> Saying:
    """Without values the braces of the template stay as they are."""
    return Saying(template, **values)


def says_many(one: str, many: str, /, n: int, **values: Any) -> Saying:
    """`one` where `n` is 1, else `many`; both may name `n`."""
    return Saying(one, many, n=n, **values)


def _stored(value: Any) -> Any:
    return {"says": value.stored()} if isinstance(value, Saying) else value


def _read(value: Any) -> Any:
    return Saying.read(value["says"]) if isinstance(value, dict) else value
