"""What the rail and the phone's bar show on every page."""

from typing import Any

from django.http import HttpRequest

from followthrough.ledger import clock
from followthrough.ledger.models import Checked, Member
from followthrough.ledger.today import COUNTED, due_rows, speaking


def rail(request: HttpRequest) -> dict[str, Any]:
    member: Member | None = getattr(request, "member", None)
    if member is None or getattr(request, "htmx", False):
        return {}
    now = clock.now()
    due = due_rows(member, now).filter(speaking(now))
    checked = Checked.objects.filter(workspace=member.workspace_id).order_by("-at").first()
    return {
        "rail": {
            "today_count": len(due.values_list("pk")[: COUNTED + 1]),
            "uncovered": checked.uncovered if checked else 0,
            "member": member,
        }
    }
