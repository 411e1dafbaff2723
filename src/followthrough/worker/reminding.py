"""Reminders on their way: bells of the clock, the morning's mail, and what waits to leave."""

import logging
from datetime import datetime

from followthrough.channels import house
from followthrough.ledger import mailing, mornings, reminding
from followthrough.ledger.mailing import Batch
from followthrough.ledger.models import Workspace
from followthrough.ledger.models.reminders import MAIL
from followthrough.worker.leaving import Way, leave
from followthrough.worker.pushing import push

logger = logging.getLogger(__name__)


def remind(workspace: Workspace, now: datetime) -> str:
    rung = reminding.repeat(workspace, at=now)
    mornings.write(workspace, at=now)
    shown, unshown = push(workspace, now)
    sent, unsent = mail(workspace, now)
    for way, problem in (("shown on a device", unshown), ("mailed", unsent)):
        if problem:
            logger.warning("A reminder could not be %s: %s", way, problem)
    counted = [(rung, "rung again"), (shown, "shown"), (sent, "mailed")]
    said = [f"{count} {what}" for count, what in counted if count]
    return ", ".join([*said, *([f"mail refused: {unsent}"] if unsent else [])])


def mail(workspace: Workspace, now: datetime) -> tuple[int, str]:
    """One mail for each member and one for their morning."""
    return leave(workspace, Way(name=MAIL, carry=_mail), now)


def _mail(batch: Batch, now: datetime) -> bool:
    letter = house.written(batch[0].member, batch, now)
    if letter is None:
        mailing.let_go(batch, at=now)
        return False
    house.send(letter)
    mailing.sent(batch, at=now)
    return True
