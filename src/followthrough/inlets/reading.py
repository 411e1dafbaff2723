"""Values out of a stranger's JSON: each as what it should be, or as nothing."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from followthrough.inlets.brought import Payload

MOST_CENTS = 10**15
EARLIEST = 1970  # nothing that a program tells happened before
LONGEST = 20_000


class CouldNotReadJson(Exception):
    """It is no JSON object."""


def payload_of(raw: bytes) -> Payload:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise CouldNotReadJson from error
    if not isinstance(found, dict):
        raise CouldNotReadJson
    return found


def text(values: Any, *path: str, most: int = 200) -> str:
    """What stands there in so many letters; "" where nothing does."""
    found = _at(values, path)
    said = str(found) if isinstance(found, str | int | float) and found is not True else ""
    return " ".join(said.split())[:most] if most <= 200 else said.strip()[:most]


def part(values: Any, *path: str) -> Payload:
    found = _at(values, path)
    return found if isinstance(found, dict) else {}


def parts(values: Any, *path: str) -> list[Payload]:
    found = _at(values, path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def cents(values: Any, *path: str) -> int:
    """An amount in whole units, as shops write it: "398.00"."""
    try:
        amount = Decimal(text(values, *path) or "0") * 100
        return int(amount) if 0 <= amount < MOST_CENTS else 0
    except (ArithmeticError, ValueError):
        return 0


def whole(values: Any, *path: str) -> int:
    """An amount in the smallest unit already."""
    found = _at(values, path)
    return found if type(found) is int and 0 <= found < MOST_CENTS else 0


def moment(said: str, *, at: datetime) -> datetime:
    """When it happened: never later than we heard of it. A time without a zone is UTC."""
    try:
        found = datetime.fromisoformat(said)
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return at
    return min(found, at) if found.year >= EARLIEST else at


def since_1970(seconds: int, *, at: datetime) -> datetime:
    return min(datetime.fromtimestamp(seconds, UTC), at) if 0 < seconds < 10**11 else at


def _at(values: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if not isinstance(values, dict):
            return None
        values = values.get(name)
    return values
