"""Notices to the devices of members: sealed for each, and mailed where no device takes them."""

from datetime import datetime
from email.utils import parseaddr
from functools import partial
from socket import socket
from urllib.parse import urlsplit

from django.conf import settings

from followthrough.channels import house
from followthrough.channels.push.delivering import GONE, SHOWN, UNHEARD, Browser, Us, deliver
from followthrough.channels.push.sealing import Note
from followthrough.core.saying import says
from followthrough.inlets.servers.reach import MACHINE, reach_site
from followthrough.inlets.servers.trouble import Trouble
from followthrough.ledger import devices, mailing
from followthrough.ledger.mailing import STUCK, Batch
from followthrough.ledger.models import Device, Workspace
from followthrough.ledger.models.reminders import PUSH
from followthrough.worker.leaving import Way, leave

SECONDS = 10.0
UNANSWERED = says("Its service did not answer a moment ago.")


def push(workspace: Workspace, now: datetime) -> tuple[int, str]:
    """One notice for each member, on all their devices. A service that does not answer is asked
    once, or the bells would wait for it."""
    silent: set[str] = set()
    return leave(workspace, Way(name=PUSH, carry=partial(_push, silent)), now)


def _push(silent: set[str], batch: Batch, now: datetime) -> bool:
    """A notice that one device shows has arrived. A device that is off has it from its service."""
    member = batch[0].member
    there = list(devices.of_member(member))
    heard = [one for one in there if _host(one) not in silent]
    problems = [str(UNANSWERED)] * (len(there) - len(heard))
    if heard:
        problems += _shown_on(heard, house.noted(member, batch, now), silent, now)
    if len(problems) < len(there):
        mailing.sent(batch, at=now)
        return True
    if problems and any(problems):
        mailing.refused(batch, next(filter(None, problems)), at=now)
    lost = [one for one in batch if one.attempts >= STUCK or not any(problems)]
    devices.mail_instead(lost, at=now)
    return False


def _shown_on(there: list[Device], note: Note, silent: set[str], now: datetime) -> list[str]:
    """Of each that did not take it what was said; "" where it is gone for good."""
    problems = []
    for device in there:
        browser = Browser(endpoint=device.endpoint, key=device.key, auth=device.auth)
        became, said = deliver(note, browser, _us(), connect=to_push_services, at=now)
        if became == SHOWN:
            devices.shown(device, at=now)
        elif became == GONE:
            devices.gone(device)
            problems.append("")
        else:
            devices.failed(device, said)
            problems.append(said)
        if became == UNHEARD:
            silent.add(_host(device))
    return problems


def _host(device: Device) -> str:
    return urlsplit(device.endpoint).netloc


def to_push_services(host: str, port: int) -> socket:
    """A browser names the address: never one inside the house."""
    inside = MACHINE if settings.WEB_INSIDE == MACHINE else ""
    return connected(host, port, inside)


def connected(host: str, port: int, inside: str) -> socket:
    try:
        return reach_site(host, port, inside=inside, seconds=SECONDS)
    except Trouble as trouble:
        raise ConnectionRefusedError(str(trouble)) from trouble


def _us() -> Us:
    """Push services write there if something is wrong with what we send."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    site = settings.SITE
    contact = f"https://{site.hostname}" if site.scheme == "https" else f"mailto:{address}"
    return Us(secret=settings.NAME_KEY, contact=contact)
