"""What an address names: an id, and where a page of a list ended. Nonsense is none of these."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

LONGEST = 17  # digits that any database holds
Place = tuple[Any, int]  # what the last line of a page is ordered by, and its id


def id_in(text: str) -> int:
    """0, which nothing has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else 0


def ids_in(texts: list[str]) -> list[int]:
    """Those that are ids, each once, from the lowest."""
    return sorted({pk for pk in map(id_in, texts) if pk})


def moment_in(text: str) -> datetime | None:
    """A moment with its zone, if that moment is one in UTC too."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def sum_in(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and len(digits) <= LONGEST else None


def place_in(text: str, read: Callable[[str], Any] = moment_in) -> Place | None:
    """The place that `as_named` wrote; `read` reads what the list is ordered by."""
    said, _sign, pk = text.rpartition("~")
    value = read(said)
    return (value, id_in(pk)) if value is not None and id_in(pk) else None


def as_named(place: Place) -> str:
    value, pk = place
    said = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
    return f"{said}~{pk}"
