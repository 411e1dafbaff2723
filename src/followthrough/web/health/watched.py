"""What is wrong with the machine, in one quiet line over each page of whom it concerns."""

from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.ledger import clock, watching
from followthrough.ledger.models import Fault, Heartbeat, Mailbox, Member
from followthrough.ledger.statements import moment_of
from followthrough.ledger.wrong import AUDIT, KINDS, LIMITS, SOON, STANDS
from followthrough.web import say
from followthrough.web.health.machine import STEPS
from followthrough.web.tongue import tell

WHAT_TO_DO = {
    "stands": gettext_lazy("Start it: make run, or manage.py work."),
    "loop": gettext_lazy("Restart the program. Its log says what it was at."),
    "fails": gettext_lazy("It is tried again by itself. The log of the program says why."),
    "unread": gettext_lazy("Open it under Settings, Mailboxes, and press Test."),
    "unsent": gettext_lazy("Open it under Settings, Mailboxes, and press Test."),
    "canary": gettext_lazy("Look into its junk folder, and whether it forwards mail elsewhere."),
    "ping": gettext_lazy("Check the address below."),
}
Context = dict[str, Any]


def line_of(member: Member) -> str:
    """ "" where all is well: then nothing is asked for it. The gate has asked along."""
    now, seen = clock.now(), getattr(member, "alive", None)
    if seen and now - (alive := moment_of(seen)) > SOON:
        return _since(tell(STANDS.what), alive, now, member.own_zone())
    if not getattr(member, "faulty", False):
        return ""
    faults = [one for one in watching.concerning(member) if one.key != AUDIT]
    if not faults:
        return ""
    said = said_of(faults[0], now, member.own_zone())
    if len(faults) > 1:
        more = _("and {n} more").format(n=say.number(len(faults) - 1))
        said = f"{said}, {more}"
    return said


def said_of(fault: Fault, now: datetime, zone: tzinfo) -> str:
    kind, _colon, of = fault.key.partition(":")
    what = tell(fault.what)
    if of in STEPS:  # by the name that it has here
        what = tell(KINDS[kind].what).format(step=STEPS[of])
    return _since(what, fault.since, now, zone)


def _since(what: str, since: datetime, now: datetime, zone: tzinfo) -> str:
    at = say.clock(since, zone)
    if since.astimezone(zone).date() != now.astimezone(zone).date():
        at = say.in_words(since, now, zone)
    return _("{what} since {when}").format(what=what, when=at)


def faults_of(member: Member, now: datetime) -> list[Context]:
    """As the health page lists what it checked."""
    zone = member.own_zone()
    return [
        {
            "icon": "circle-alert", "tone": "honey", "text": said_of(fault, now, zone),
            "note": str(WHAT_TO_DO.get(fault.key.partition(":")[0], "")),
        }
        for fault in watching.concerning(member) if fault.key != AUDIT
    ]  # fmt: skip


def parts_of(member: Member, now: datetime) -> list[Context]:
    """Each loop and each mailbox, and when it last did what it is for."""
    beats = Heartbeat.objects.filter(workspace=member.workspace, name__in=LIMITS).order_by("name")
    loops = [(str(STEPS.get(one.name, one.name)), one.at) for one in beats]
    boxes = Mailbox.objects.filter(workspace=member.workspace, removed_at=None).order_by("address")
    read = _("{address}, read")
    sent = _("{address}, sent from")
    ways = [
        (words.format(address=box.address), at)
        for box in boxes
        for words, at in ((read, box.read_at), (sent, box.sent_at))
    ]
    return [{"name": name, "ago": say.back(at, now) if at else "–"} for name, at in [*loops, *ways]]
