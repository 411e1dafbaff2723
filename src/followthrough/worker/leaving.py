"""What waits to leave the house by one way: one batch at a time, and none that stops the others."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from time import perf_counter

from django.db import Error

from followthrough.ledger import mailing
from followthrough.ledger.mailing import Batch
from followthrough.ledger.models import Workspace

logger = logging.getLogger(__name__)

A_WHILE = 60.0  # seconds of a turn: the bells wait meanwhile
OF_ONE_MAIL = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused)


@dataclass(frozen=True, kw_only=True)
class Way:
    """`carry` brings a batch to its member and says whether there was anything to say."""

    name: str
    carry: Callable[[Batch, datetime], bool]


def leave(workspace: Workspace, way: Way, now: datetime) -> tuple[int, str]:
    """How many left, and what went wrong, if anything did. Outside any transaction.

    A crash between sending and marking sends it again: to ourselves, twice is better than never.
    A server that cannot be reached is asked once, or the bells would wait for it.
    """
    until, left, problem = perf_counter() + A_WHILE, 0, ""
    batches = mailing.due(workspace, way.name, at=now)
    for n, batch in enumerate(batches):
        if perf_counter() > until:
            break
        try:
            some, wrong = _carried(way, mailing.take(batch, at=now), now)
        except OSError as error:
            problem = _kept(batch, error, now)
            for other in batches[n + 1 :]:
                _kept(mailing.take(other, at=now), error, now)
            break
        left, problem = left + some, wrong or problem
    return left, problem


def _carried(way: Way, mine: Batch, now: datetime) -> tuple[int, str]:
    """One that cannot even be written is found by carrying each alone."""
    if not mine:
        return 0, ""
    try:
        return int(way.carry(mine, now)), ""
    except OF_ONE_MAIL as error:
        return 0, _kept(mine, error, now)
    except (OSError, Error):
        raise
    except Exception as error:
        if len(mine) == 1:
            logger.exception("A reminder could not be written.")
            return 0, _kept(mine, error, now)
    each = [_carried(way, [one], now) for one in mine]
    return sum(left for left, _ in each), next((wrong for _, wrong in each if wrong), "")


def _kept(batch: Batch, error: Exception, now: datetime) -> str:
    problem = f"{type(error).__name__}: {error}"
    mailing.refused(batch, problem, at=now)
    return problem
