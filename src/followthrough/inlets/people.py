"""What a row says of a person beside how to reach them: the parts of a name, where they live."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from followthrough.inlets.dates import Dating
from followthrough.inlets.noticed import NO_DETAILS, Details, Postal, kinds_said
from followthrough.inlets.wording import one_line

if TYPE_CHECKING:
    from followthrough.inlets.filled import Filled

_PARTS = ("prefix", "first", "middle", "last", "suffix", "nickname", "department")
_POSTAL = ("box", "street", "city", "state", "postcode", "country")
_MORE = frozenset((*_PARTS, *_POSTAL, "birthday", "fax", "url"))


def named(one: Callable[[str], str]) -> str:
    """First, middle and last name together."""
    return " ".join(part for part in (one("first"), one("middle"), one("last")) if part)


def details_of(filled: "Filled", emails: dict[str, str], numbers: dict[str, str]) -> Details:
    """Home, work and so on beside each address; the rest where a list says it at all."""
    kinds = kinds_said(map(_kind, emails.values())), kinds_said(map(_kind, numbers.values()))
    if _MORE.isdisjoint(filled.cells) and not filled.faxes:
        if not any(kinds):
            return NO_DETAILS
        return Details(email_kinds=kinds[0], phone_kinds=kinds[1])
    return Details(
        **{part: filled.one(part) for part in _PARTS if part in filled.cells},
        birthday=birthday(filled.one("birthday")) if "birthday" in filled.cells else "",
        email_kinds=kinds[0],
        phone_kinds=kinds[1],
        faxes=tuple(filled.faxes),
        postal=_postal(filled),
        urls=tuple(dict.fromkeys(map(one_line, filled.many("url")))),
    )


def _postal(filled: "Filled") -> tuple[Postal, ...]:
    """One address for each of home, work and other; a second street line stands below the first."""
    found: dict[str, dict[str, str]] = {}
    for field in _POSTAL:
        for place, text in filled.cells.get(field, ()):
            parts = found.setdefault(filled.kind(place), {})
            known = parts.get(field)
            if known is None or field == "street":
                parts[field] = f"{known}, {one_line(text)}" if known else one_line(text)
    return tuple(Postal(kind=_kind(kind), **parts) for kind, parts in found.items())


def _kind(said: str) -> str:
    """That it is another one says nothing."""
    return "" if said == "other" else said


@lru_cache(maxsize=4_096)
def birthday(written: str) -> str:
    """1991-01-20, or --01-20 where the year is kept back; as it was written if it is no date."""
    text = one_line(written, limit=40)
    digits = text.replace("-", "")
    if text.startswith("--") and len(digits) == 4 and digits.isdigit():
        return f"--{digits[:2]}-{digits[2:]}"
    day = Dating().read(text.partition("T")[0])
    return f"{day:%Y-%m-%d}" if day else text
