"""What the rail and the phone's bar show on every page."""

from typing import Any

from django.db.models import IntegerField, Subquery
from django.http import HttpRequest

from followthrough.ledger import clock
from followthrough.ledger.models import Checked, Member
from followthrough.ledger.proposals import people_waiting, people_waiting_as_rows
from followthrough.ledger.today import COUNTED, due_rows, speaking


def rail(request: HttpRequest) -> dict[str, Any]:
    member: Member | None = getattr(request, "member", None)
    if member is None or getattr(request, "htmx", False):
        return {}
    uncovered, found = _uncovered_and_found(member)
    return {
        "rail": {
            "today_count": _due(request, member),
            "uncovered": uncovered,
            "found": found,
            "member": member,
        }
    }


def _uncovered_and_found(member: Member) -> tuple[int, int]:
    """By one question: this stands on every page."""
    found = Subquery(people_waiting_as_rows(member), output_field=IntegerField())
    last = Checked.objects.filter(workspace=member.workspace_id).order_by("-at")
    row = last.annotate(found=found).values_list("uncovered", "found").first()
    return (row[0], row[1] or 0) if row else (0, people_waiting(member))


def _due(request: HttpRequest, member: Member) -> int:
    """Today has counted already; elsewhere counting stops at a hundred."""
    counted: int | None = getattr(request, "due", None)
    if counted is not None:
        return counted
    now = clock.now()
    due = due_rows(member, now).filter(speaking(now))
    return len(due.values_list("pk")[: COUNTED + 1])
