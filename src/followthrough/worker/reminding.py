"""Reminders on their way: bells of the clock, the morning's mail, and what waits to be mailed."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from followthrough.channels import house
from followthrough.ledger import mailing, mornings, reminding
from followthrough.ledger.models import Member, Notice, Workspace

logger = logging.getLogger(__name__)

OF_ONE_MAIL = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused)


def remind(workspace: Workspace, now: datetime) -> str:
    rung = reminding.repeat(workspace, at=now)
    mornings.write(workspace, at=now)
    sent, problem = mail(workspace, now)
    if problem:
        logger.warning("A reminder could not be mailed: %s", problem)
    said = [f"{rung} rung again" if rung else "", f"{sent} mailed" if sent else ""]
    return ", ".join(filter(None, [*said, f"mail refused: {problem}" if problem else ""]))


def mail(workspace: Workspace, now: datetime) -> tuple[int, str]:
    """One mail for each member and one for their morning, outside any transaction; how many left,
    and what the server said where it would not take one.

    A crash between sending and marking sends it again: to ourselves, twice is better than never.
    A server that cannot be reached is asked once, or the bells would wait for it.
    """
    sent, problem = 0, ""
    batches = _batches(mailing.claimed(workspace, at=now))
    for n, batch in enumerate(batches):
        try:
            sent += _mail(batch[0].member, batch, now)
        except OF_ONE_MAIL as error:
            problem = _kept(batch, error)
        except OSError as error:
            for left in batches[n:]:
                problem = _kept(left, error)
            break
    return sent, problem


def _kept(batch: Sequence[Notice], error: Exception) -> str:
    problem = f"{type(error).__name__}: {error}"
    mailing.refused(batch, problem)
    return problem


def _batches(claimed: Sequence[Notice]) -> list[list[Notice]]:
    by_letter: dict[tuple[int, bool], list[Notice]] = defaultdict(list)
    for notice in claimed:
        by_letter[notice.member_id, notice.alarm_id is None].append(notice)
    return list(by_letter.values())


def _mail(member: Member, batch: Sequence[Notice], now: datetime) -> bool:
    """Whether there was anything to say."""
    letter = house.written(member, batch, now)
    if letter is None:
        mailing.let_go(batch, at=now)
        return False
    house.send(letter)
    mailing.sent(batch, at=now)
    return True
