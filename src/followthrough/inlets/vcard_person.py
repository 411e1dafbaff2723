"""The properties of a card, and the person that they speak of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from followthrough.inlets.noticed import Contact, Details, Postal, kinds_said
from followthrough.inlets.numbers import phone
from followthrough.inlets.people import birthday
from followthrough.inlets.wording import many_lines, one_line

# The surest word for what a number or an address is comes first.
KINDS = ("cell", "pager", "car", "assistant", "video", "home", "work", "main")
_PARTS = re.compile(r"(?<!\\);")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, kw_only=True)
class Property:
    """One line of a card: its name, what TYPE and the bare words of 2.1 say, and its raw value."""

    name: str
    types: frozenset[str]
    value: str

    @property
    def kind(self) -> str:
        bare = {word.rstrip("0123456789") for word in self.types}
        return next((kind for kind in KINDS if kind in bare), "")

    @property
    def is_fax(self) -> bool:
        return any("fax" in word for word in self.types)

    @property
    def text(self) -> str:
        return one_line(_unescaped(self.value))

    @property
    def parts(self) -> list[str]:
        """A structured value, its parts in their order; several words of one part in a row."""
        return [
            one_line(" ".join(map(_unescaped, re.split(r"(?<!\\),", part))))
            for part in _PARTS.split(self.value)
        ]


class Card:
    """Everything between BEGIN and END."""

    def __init__(self, properties: tuple[Property, ...]) -> None:
        self.properties = properties

    @property
    def is_a_list(self) -> bool:
        return any(one.text.lower() == "group" for one in self._all("kind"))

    def contact(self, region: str | None = None) -> Contact:
        parts = self._parts("n", 5)
        emails, numbers = self._emails(), self._numbers(region)
        family, first, middle, prefix, suffix = parts
        spoken = " ".join(part for part in (prefix, first, middle, family, suffix) if part)
        name = self._one("fn") or spoken or self._one("nickname")
        organisation = self._parts("org", 2)
        return Contact(
            name="" if name.lower() in emails else name,
            emails=tuple(emails),
            phones=tuple(numbers),
            company=organisation[0],
            title=self._one("title") or self._one("role"),
            note=many_lines("\n".join(_unescaped(one.value).strip() for one in self._all("note"))),
            external=self._one("uid"),
            details=Details(
                prefix=prefix, first=first, middle=middle, last=family, suffix=suffix,
                nickname=", ".join(re.sub(r",(?=\S)", ", ", o.text) for o in self._all("nickname")),
                department=organisation[1] or self._one("x-department"),
                birthday=birthday(self._one("bday")) if self._one("bday") else "",
                email_kinds=kinds_said(emails.values()), phone_kinds=kinds_said(numbers.values()),
                faxes=tuple(self._faxes(region)), postal=tuple(self._postal()),
                urls=tuple(dict.fromkeys(one.text for one in self._all("url"))),
            ),
        )  # fmt: skip

    def _all(self, name: str) -> Iterator[Property]:
        return (one for one in self.properties if one.name == name)

    def _one(self, name: str) -> str:
        return next((one.text for one in self._all(name)), "")

    def _parts(self, name: str, many: int) -> list[str]:
        found = next((one.parts for one in self._all(name)), [])
        return [*found, *[""] * many][:many]

    def _emails(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in self._all("email"):
            address = one.text.lower().removeprefix("mailto:")
            if "@" in address:
                found.setdefault(address, one.kind)
        return found

    def _numbers(self, region: str | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in self._all("tel"):
            number = "" if one.is_fax else phone(one.text, region)
            if number:
                found.setdefault(number, one.kind)
        return found

    def _faxes(self, region: str | None) -> Iterator[str]:
        for one in self._all("tel"):
            if one.is_fax and (number := phone(one.text, region)):
                yield number

    def _postal(self) -> Iterator[Postal]:
        for one in self._all("adr"):
            box, extended, street, city, state, postcode, country = [*one.parts, *[""] * 7][:7]
            if any(one.parts):
                yield Postal(
                    kind=one.kind, box=box, extended=extended, street=street, city=city,
                    state=state, postcode=postcode, country=country,
                )  # fmt: skip


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
