"""Mails: who we are is found by a first look over all of them; then each is sorted by itself."""

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path

from followthrough.core.facts import Fact, WeWrote
from followthrough.core.saying import says
from followthrough.inlets.mailbox import (
    Desk,
    Remembered,
    glimpse,
    in_time,
    key_alone,
    open_mail,
    seen_in_time,
)
from followthrough.inlets.noticed import LeftOut, Mail, Noticed, Unreadable
from followthrough.ledger.plain import clean
from followthrough.worker.importing.heard import with_findings
from followthrough.worker.importing.outcomes import (
    IGNORED,
    LINKED,
    LONGEST_TEXT,
    QUARANTINED,
    Findings,
    Outcome,
    Told,
    on_the_way,
)
from followthrough.worker.importing.parallel import processes, read_all

logger = logging.getLogger(__name__)

LOOK = 200
GUESSES = 12
LONGEST_PLACE = 300
NOT_ITS_FAULT = (OSError, MemoryError, sqlite3.OperationalError)  # try again later


class MailReading:
    """`said` are the addresses that somebody told us are ours, `members` whose each one is.

    `called` is the file's name where it is stored under another one. `at` is when it was brought
    in: no mail in it was written later than that. None where nobody knows.
    """

    def __init__(
        self,
        path: Path,
        *,
        called: str = "",
        said: frozenset[str] = frozenset(),
        members: Mapping[str, str],
        at: datetime | None = None,
    ) -> None:
        self.path, self.said, self.members, self.at = path, said, members, at
        self.called = called or path.name
        self.guesses = True  # who we are, unless somebody said that nobody of them is
        self.findings = Findings()
        self.known = Remembered()  # a mailbox may be larger than memory
        self.processes = processes()

    def look(self) -> Iterator[int]:
        for number, (_, raw) in enumerate(open_mail(self.path), start=1):
            if isinstance(raw, bytes):
                self._note(raw)
            self.findings.total = number
            if number % LOOK == 0:
                yield number
        self._find_ourselves()

    def _note(self, raw: bytes) -> None:
        seen = glimpse(raw)
        try:
            if seen:
                self.known.note(seen_in_time(seen, at=self.at) if self.at else seen)
        except NOT_ITS_FAULT:
            raise
        except Exception:  # the second, closer look says what is wrong with it
            logger.exception("A mail could not be noted")

    def _find_ourselves(self) -> None:
        """What was said counts; else the members' addresses, and a guess that is shown as one."""
        guess = () if self.said or not self.guesses else tuple(self.known.likely_ours())
        self.ours = self.said | frozenset(self.members) | frozenset(guess)
        self.known.settle(self.ours)
        seen = (one for one in sorted(self.ours) if self.known.was_seen(one))
        self.findings.notes["ours"] = list(islice(seen, GUESSES))
        self.findings.notes["guessed"] = [one for one in guess if one not in self.members][:GUESSES]

    def outcomes(self, start: int) -> Iterator[Outcome | None]:
        self.known.forget_what_is_news()
        desk = Desk(self.known, self.ours)
        left = open_mail(self.path)
        for number, (_, source) in enumerate(islice(left, start)):
            if isinstance(source, bytes) and (key := key_alone(source)):
                self.known.is_news(key)
            if on_the_way(number):
                yield None
        read = read_all(left, by=self.processes)
        for number, (where, raw, mail) in enumerate(read, start=start + 1):
            yield self._safely(desk, mail, self._place(where, number), raw)

    def _place(self, where: str, number: int) -> str:
        """A place of its own in the report: where it must be shortened, its number tells it."""
        own = self.path.name
        place = where if self.path.is_dir() else f"{self.called}{where.removeprefix(own)}"
        kept = clean(place)
        if kept == place and len(place) <= LONGEST_PLACE:
            return place
        return f"mail {number} in {clean(self.called)[:100]}: …{kept[-150:]}"

    def _safely(
        self, desk: Desk, mail: Mail | Unreadable, where: str, source: bytes | Unreadable
    ) -> Outcome:
        """One unforeseen mail must not stop the others: it is set aside, as `parse` does."""
        try:
            return self._outcome(desk, mail, where, source)
        except NOT_ITS_FAULT:
            raise
        except Exception as error:
            logger.exception("A mail is set aside")
            why = says("This mail could not be read ({error}).", error=type(error).__name__)
            return Outcome(where=where, outcome=QUARANTINED, reason=why, raw=_bytes_of(source))

    def _outcome(
        self, desk: Desk, mail: Mail | Unreadable, where: str, source: bytes | Unreadable
    ) -> Outcome:
        raw = _bytes_of(source)
        if isinstance(mail, Mail) and self.at:
            mail = in_time(mail, at=self.at)
        found = desk.outcome(mail) if isinstance(mail, Mail) else mail
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
    )


def _signed(fact: Fact, by: str) -> Fact:
    return replace(fact, by=by) if isinstance(fact, WeWrote) else fact


def _kinds(told: list[Told]) -> list[str]:
    return sorted({type(fact).__name__ for one in told for fact in one.facts})
