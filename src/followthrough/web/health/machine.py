"""Whether the machine runs, in sentences: what is fine, and what needs a look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from followthrough.ledger.models import Heartbeat, Intake, Piece, Workspace
from followthrough.ledger.outbox import doubts, places
from followthrough.web import say
from followthrough.web.tongue import tell

STALE = timedelta(minutes=5)
# What the worker's steps are called here; others by their own name.
STEPS = {
    "alarms": gettext_lazy("the bells"),
    "intakes": gettext_lazy("what you bring in"),
    "sending": gettext_lazy("sending mail"),
    "doubts": gettext_lazy("sending mail"),
    "audit": gettext_lazy("this count"),
    "sweep": gettext_lazy("the nightly look at everybody"),
}


def checks_of(workspace: Workspace, now: datetime) -> list[dict[str, Any]]:
    unread = Piece.objects.filter(workspace=workspace, outcome="quarantined").count()
    waiting = Intake.objects.filter(workspace=workspace, finished_at=None).count()
    known = [_turning(workspace, now), _read(unread), _waiting(waiting), _mail()]
    return [*known, *_outbox(workspace)]


def _turning(workspace: Workspace, now: datetime) -> dict[str, Any]:
    """Whether the loop that rings, reads and counts has looked around of late."""
    beats = Heartbeat.objects.filter(workspace=workspace)
    ill = beats.exclude(problem="").order_by("-at").first()
    if ill:
        name = STEPS.get(ill.name, ill.name)
        return _look(_("Something went wrong with {step}").format(step=name), ill.problem)
    newest = beats.order_by("-at").first()
    if newest is None or now - newest.at > STALE:
        last = _("It has never looked around yet.")
        if newest is not None:
            last = _("It last looked around {ago}.").format(ago=say.back(newest.at, now))
        how = _("Start it: make run, or manage.py work.")
        return _look(_("The worker is asleep: no bell rings"), f"{last} {how}")
    return _fine(
        _("The worker is awake: it looked around {ago}").format(ago=say.back(newest.at, now))
    )


def _read(unread: int) -> dict[str, Any]:
    if not unread:
        return _fine(_("Everything brought in could be read"))
    said = ngettext(
        "{n} piece of what you brought in could not be read",
        "{n} pieces of what you brought in could not be read",
        unread,
    )
    kept = _("They are kept as they are, and listed with their import.")
    return _look(said.format(n=say.number(unread)), kept)


def _waiting(waiting: int) -> dict[str, Any]:
    if not waiting:
        return _fine(_("No import is waiting"))
    said = ngettext("{n} import is being read", "{n} imports are being read", waiting)
    return _fine(said.format(n=say.number(waiting)))


def _mail() -> dict[str, Any]:
    if "smtp" in settings.EMAIL_BACKEND:
        return _fine(_("Mail about passwords is sent"))
    return _look(_("Mail about passwords goes to a folder"), _("Set EMAIL_URL to have it sent."))


def _outbox(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """Where mail waits for a word that only a person can say."""
    for why in places.waiting(workspace):
        how = _("If no other copy sends, run: followthrough sending --only-copy")
        yield _look(_("No mail is sent: this may be a copy of the books"), f"{tell(why)} {how}")
    if unclear := doubts.in_question(workspace).count():
        said = ngettext(
            "Of {n} mail nobody knows whether it left",
            "Of {n} mails nobody knows whether they left",
            unclear,
        )
        how = _("Look into the Sent folder, then run: followthrough sending")
        yield _look(said.format(n=say.number(unclear)), how)


def _fine(text: str) -> dict[str, Any]:
    return {"icon": "circle-check", "text": text}


def _look(text: str, note: str) -> dict[str, Any]:
    return {"icon": "circle-alert", "tone": "honey", "text": text, "note": note}
