"""What the rail and the phone's bar show on every page."""

from typing import Any

from django.http import HttpRequest

from followthrough.ledger import clock
from followthrough.ledger.models import Member
from followthrough.ledger.today import COUNTED, due_rows, speaking


def rail(request: HttpRequest) -> dict[str, Any]:
    member: Member | None = getattr(request, "member", None)
    if member is None or getattr(request, "htmx", False):
        return {}
    return {
        "rail": {
            "today_count": _due(request, member),
            # The gate has asked along with who it is.
            "uncovered": getattr(member, "uncovered", 0) or 0,
            "found": getattr(member, "found", 0) or 0,
            "anything_found": getattr(member, "anything_found", False),
            "member": member,
        }
    }


def _due(request: HttpRequest, member: Member) -> int:
    """Today has counted already; elsewhere counting stops at a hundred."""
    counted: int | None = getattr(request, "due", None)
    if counted is not None:
        return counted
    now = clock.now()
    due = due_rows(member, now).filter(speaking(now))
    return len(due.values_list("pk")[: COUNTED + 1])
