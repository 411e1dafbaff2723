"""Whether the machine runs, in sentences: what is fine, and what needs a look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from followthrough.ledger.mailboxes import LISTENED_TO
from followthrough.ledger.mailing import stuck
from followthrough.ledger.models import Heartbeat, Intake, Mailbox, Piece, StoredMail, Workspace
from followthrough.ledger.models.mailboxes import BY_KEY, PAUSED
from followthrough.ledger.models.reading import UNREADABLE
from followthrough.ledger.notices import mails_go_out
from followthrough.ledger.outbox import doubts, places
from followthrough.ledger.receipts import set_aside_lately
from followthrough.ledger.wrong import ALIVE
from followthrough.web import say
from followthrough.web.tongue import tell

STALE = timedelta(minutes=5)
# What the worker's steps are called here; others by their own name.
STEPS = {
    "alarms": gettext_lazy("the bells"),
    "canaries": gettext_lazy("the test mails"),
    "findable": gettext_lazy("making people findable"),
    "likenesses": gettext_lazy("the search for doubles"),
    "plans": gettext_lazy("the bells"),
    "terms": gettext_lazy("what changed settings move"),
    "reminders": gettext_lazy("the reminders by mail"),
    "intakes": gettext_lazy("what you bring in"),
    "receipts": gettext_lazy("what forms and shops brought"),
    "mail": gettext_lazy("your mailboxes"),
    "mail sums": gettext_lazy("the sum of your mail"),
    "plans by themselves": gettext_lazy("mails of sequences"),
    "sending": gettext_lazy("sending mail"),
    "doubts": gettext_lazy("sending mail"),
    "audit": gettext_lazy("this count"),
    "sweep": gettext_lazy("the nightly look at everybody"),
}


def checks_of(workspace: Workspace, now: datetime) -> list[dict[str, Any]]:
    unread = Piece.objects.filter(workspace=workspace, outcome="quarantined").count()
    waiting = Intake.objects.filter(workspace=workspace, finished_at=None).count()
    boxes = Mailbox.objects.filter(workspace=workspace, removed_at=None).order_by("address")
    unread += StoredMail.objects.filter(workspace=workspace, state=UNREADABLE).count()
    aside = set_aside_lately(workspace, at=now)
    read = sum(one.sign_in != BY_KEY for one in boxes)
    return [
        _turning(workspace, now), *(_mailbox(box, now) for box in boxes), *_in_turn(read),
        _read(unread), _waiting(waiting), *([_knocked(aside)] if aside else []), _mail(workspace),
        *_outbox(workspace),
    ]  # fmt: skip


def _turning(workspace: Workspace, now: datetime) -> dict[str, Any]:
    """Whether the loop that rings, reads and counts has looked around of late."""
    beats = Heartbeat.objects.filter(workspace=workspace)
    ill = beats.exclude(problem="").order_by("-at").first()
    if ill:
        name = STEPS.get(ill.name, ill.name)
        return _look(_("Something went wrong with {step}").format(step=name), ill.problem)
    newest = beats.filter(name=ALIVE).first()
    if newest is None or now - newest.at > STALE:
        last = _("It has never looked around yet.")
        if newest is not None:
            last = _("It last looked around {ago}.").format(ago=say.back(newest.at, now))
        how = _("Start it: make run, or manage.py work.")
        return _look(_("The worker is asleep: no bell rings"), f"{last} {how}")
    return _fine(
        _("The worker is awake: it looked around {ago}").format(ago=say.back(newest.at, now))
    )


def _mailbox(box: Mailbox, now: datetime) -> dict[str, Any]:
    """When it was read last, or since when it cannot be."""
    if box.problem:
        ago = say.back(box.problem_since or now, now)
        said = _("{address} cannot be read: first noticed {ago}")
        if box.state == PAUSED or box.sign_in == BY_KEY:
            said = _("{address} does not send: first noticed {ago}")
        return _look(said.format(address=box.address, ago=ago), tell(box.problem))
    if box.sign_in == BY_KEY:
        return _fine(_("{address} sends").format(address=box.address))
    if box.read_at is None and now - box.added_at > STALE:
        said = _("{address} has not been read yet").format(address=box.address)
        return _look(said, _("It should be read every minute."))
    if box.read_at is None:
        return _fine(_("{address} is about to be read").format(address=box.address))
    ago = say.back(box.read_at, now)
    if now - box.read_at > STALE:
        said = _("{address} was last read {ago}").format(address=box.address, ago=ago)
        return _look(said, _("It should be read every minute."))
    return _fine(_("{address} was read {ago}").format(address=box.address, ago=ago))


def _in_turn(boxes: int) -> Iterator[dict[str, Any]]:
    """More than are listened to: none is left out, but it may take a minute longer."""
    if boxes <= LISTENED_TO:
        return
    said = ngettext(
        "{n} mailbox is looked into in turn", "{n} mailboxes are looked into in turn",
        boxes - LISTENED_TO,
    )  # fmt: skip
    why = _("{n} at once say by themselves that something came: the others are asked.")
    yield _fine(said.format(n=say.number(boxes - LISTENED_TO))) | {
        "note": why.format(n=say.number(LISTENED_TO))
    }


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


def _knocked(aside: int) -> dict[str, Any]:
    said = ngettext(
        "{n} delivery of a form or a shop needs a look",
        "{n} deliveries of a form or a shop need a look", aside,
    )  # fmt: skip
    where = _("An administrator finds it under Settings, Forms and connections.")
    return _look(said.format(n=say.number(aside)), where)


def _waiting(waiting: int) -> dict[str, Any]:
    if not waiting:
        return _fine(_("No import is waiting"))
    said = ngettext("{n} import is being read", "{n} imports are being read", waiting)
    return _fine(said.format(n=say.number(waiting)))


def _mail(workspace: Workspace) -> dict[str, Any]:
    if not mails_go_out(workspace):
        return _look(
            _("Mail about passwords goes to a folder, and reminders are not mailed"),
            _("Set EMAIL_URL to have it sent."),
        )
    waits = stuck(workspace)
    if waits:
        return _look(_("Reminders wait: the mail server does not take them"), waits.problem)
    if not settings.SITE.geturl():
        return _look(
            _("Links in mails lead to this machine alone"),
            _("Set SITE_URL to where you are found."),
        )
    return _fine(_("Mail about passwords and reminders is sent"))


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
