"""What the rail, the phone's bar and the palette show on every page."""

from typing import Any

from django.http import HttpRequest

from followthrough.ledger import clock, waiting
from followthrough.ledger.models import Member
from followthrough.ledger.order_of_day import how_many_due
from followthrough.ledger.today import COUNTED, look_of
from followthrough.web.health.watched import line_of
from followthrough.web.keys.known import groups
from followthrough.web.offline.sending import key_of
from followthrough.web.places import Place, places
from followthrough.web.undo import last_undo


def rail(request: HttpRequest) -> dict[str, Any]:
    member: Member | None = getattr(request, "member", None)
    if member is None or getattr(request, "htmx", False):
        return {}
    # The gate has asked along with who it is.
    found = getattr(member, "found", 0) or 0
    counts = {
        "today": _due(request, member),
        "waiting": waiting.counted(member, clock.now()),
        "found": found,
        "health": getattr(member, "uncovered", 0) or 0,
    }
    anything = getattr(member, "anything_found", False)
    shown = {
        "found": found, "today_count": counts["today"], "member": member, "key": key_of(member),
        "undo": last_undo(request), "keys": groups(member.keys), "wrong": line_of(member),
    }  # fmt: skip
    return {"rail": lists(counts, places(mail=anything)) | shown}


def lists(counts: dict[str, int], there: dict[str, list[Place]]) -> dict[str, Any]:
    """The places, with a number where there is one; what the phone's bar has not, is under More."""
    daily, once = there["daily"], there["once"]
    bar = [place for place in daily if place.name in BAR]
    bar += once[: len(BAR) - len(bar)]
    rest = [place for place in [*daily, *once] if place not in bar]
    return {
        "same": tuple(place.url for place in [*daily, *once, *there["doing"]]), "counts": counts,
        "daily": _counted(daily, counts), "once": _counted(once, counts), "doing": there["doing"],
        "bar": _counted(bar, counts), "rest": _counted(rest, counts),
    }  # fmt: skip


BAR = ("today", "people", "deals")


def _counted(some: list[Place], counts: dict[str, int]) -> list[tuple[Place, int | None]]:
    return [(place, counts.get(place.name)) for place in some]


def _due(request: HttpRequest, member: Member) -> int:
    """Today has counted already; elsewhere counting stops at a hundred."""
    counted: int | None = getattr(request, "due", None)
    if counted is not None:
        return counted
    return how_many_due(look_of(member, clock.now()), COUNTED + 1)
