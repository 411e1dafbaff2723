"""The day's sum of a mailbox: what lies on the server, and what became of all that was stored."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from followthrough.ledger.models import Folder, Mailbox, MailSum, StoredMail, Workspace
from followthrough.ledger.models.reading import ASIDE, COPY, READ, UNREADABLE, WAITING


def sum_up(workspace: Workspace, *, at: datetime) -> int:
    """Of every mailbox; how many. The day's last count stays."""
    boxes = Mailbox.objects.filter(workspace=workspace, removed_at=None).exclude(read_at=None)
    day = at.astimezone(ZoneInfo(workspace.zone)).date()
    for mailbox in boxes:
        _sum_of(mailbox, day)
    return len(boxes)


def _sum_of(mailbox: Mailbox, day: date) -> None:
    ours = {"workspace": mailbox.workspace_id, "mailbox": mailbox.pk}
    rows = StoredMail.objects.filter(**ours).values_list("state").annotate(Count("pk"))
    found = dict(rows.order_by())
    there = Folder.objects.filter(**ours).aggregate(on=Sum("on_server"), missing=Sum("missing"))
    MailSum.objects.update_or_create(
        workspace_id=mailbox.workspace_id, mailbox=mailbox, day=day,
        defaults={
            "on_server": there["on"] or 0, "missing": there["missing"] or 0,
            "stored": sum(found.values()), "waiting": found.get(WAITING, 0),
            "read": found.get(READ, 0), "aside": found.get(ASIDE, 0),
            "copies": found.get(COPY, 0), "unreadable": found.get(UNREADABLE, 0),
        },
    )  # fmt: skip
