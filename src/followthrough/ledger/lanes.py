"""What each matter carries along so that lists of deals join nothing, and need no timeline."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from followthrough.core.facts import Fact
from followthrough.core.followups import Owed
from followthrough.core.matter import Matter as Stand
from followthrough.core.stages import lane_of


def first_dues(owed: Iterable[Owed]) -> dict[str, datetime]:
    """By when the first next step of each matter is due."""
    dues: dict[str, datetime] = {}
    for one in owed:
        known = dues.get(one.matter)
        dues[one.matter] = one.due if known is None else min(known, one.due)
    return dues


def shown_of(stand: Stand, dues: Mapping[str, datetime], contact: Fact | None) -> dict[str, Any]:
    """The columns of a matter by which it is listed; once it is closed nothing moves them."""
    if stand.closed:
        return {}
    return {
        "lane": lane_of(stand),
        "expected": stand.expected,
        "next_due": dues.get(stand.name),
        "touched_at": contact.at if contact else stand.opened.at,
    }
