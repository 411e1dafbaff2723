"""One mail at a time: what it tells of whom, or why it tells nothing."""

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from followthrough.core.facts import Fact, WeWrote
from followthrough.core.saying import says
from followthrough.inlets.mailbox import Desk, in_time
from followthrough.inlets.noticed import LeftOut, Mail, Noticed, Unreadable
from followthrough.worker.importing.heard import with_findings
from followthrough.worker.importing.outcomes import (
    IGNORED,
    LINKED,
    LONGEST_TEXT,
    QUARANTINED,
    Outcome,
    Told,
)

logger = logging.getLogger(__name__)

NOT_ITS_FAULT = (OSError, MemoryError, sqlite3.OperationalError)  # try again later


class Sorter:
    """`members` says whose each of our addresses is; `at` when the mail came in."""

    def __init__(self, desk: Desk, *, members: Mapping[str, str], at: datetime | None) -> None:
        self.desk, self.members, self.at = desk, members, at

    def outcome(self, mail: Mail | Unreadable, where: str, source: bytes | Unreadable) -> Outcome:
        """One unforeseen mail must not stop the others: it is set aside, as `parse` does."""
        try:
            return self._outcome(mail, where, source)
        except NOT_ITS_FAULT:
            raise
        except Exception as error:
            logger.exception("A mail is set aside")
            why = says("This mail could not be read ({error}).", error=type(error).__name__)
            return Outcome(where=where, outcome=QUARANTINED, reason=why, raw=_bytes_of(source))

    def _outcome(self, mail: Mail | Unreadable, where: str, source: bytes | Unreadable) -> Outcome:
        raw = _bytes_of(source)
        if isinstance(mail, Mail) and self.at:
            mail = in_time(mail, at=self.at)
        found = self.desk.outcome(mail) if isinstance(mail, Mail) else mail
        if isinstance(found, Unreadable):
            return Outcome(where=where, outcome=QUARANTINED, reason=found.why, raw=raw)
        if isinstance(found, LeftOut):
            return Outcome(where=where, outcome=IGNORED, reason=found.rule, raw=raw)
        by = self.members.get(mail.sender.email, "") if isinstance(mail, Mail) else ""
        told = [_told(list(some), by) for _, some in groupby(found, key=lambda one: one.contact)]
        told[:1] = [with_findings(one) for one in told[:1]]  # a word is given to whom we wrote to
        return Outcome(
            where=where, outcome=LINKED, raw=raw, told=tuple(told), tally=tuple(_kinds(told)),
            proposed=True,
        )  # fmt: skip


def _bytes_of(source: bytes | Unreadable) -> bytes:
    return source if isinstance(source, bytes) else source.raw


def _told(noticed: list[Noticed], by: str) -> Told:
    first, *_ = noticed
    return Told(
        contact=first.contact,
        source=first.source,
        facts=tuple(_signed(one.fact, by) for one in noticed),
        words=((first.title, first.body[:LONGEST_TEXT]),),
        message_id=first.message_id,
        references=first.references,
    )


def _signed(fact: Fact, by: str) -> Fact:
    return replace(fact, by=by) if isinstance(fact, WeWrote) else fact


def _kinds(told: list[Told]) -> list[str]:
    return sorted({type(fact).__name__ for one in told for fact in one.facts})
