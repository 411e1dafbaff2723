"""Mails: who we are is found by a first look over all of them; then each is sorted by itself."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path

from followthrough.inlets.mailbox import (
    Desk,
    Remembered,
    glimpse,
    key_alone,
    open_mail,
    seen_in_time,
)
from followthrough.ledger.plain import clean
from followthrough.worker.importing.outcomes import Findings, Outcome, on_the_way
from followthrough.worker.importing.parallel import processes, read_all
from followthrough.worker.importing.sorter import NOT_ITS_FAULT, Sorter

logger = logging.getLogger(__name__)

LOOK = 200
GUESSES = 12
LONGEST_PLACE = 300


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
        sorter = Sorter(Desk(self.known, self.ours), members=self.members, at=self.at)
        left = open_mail(self.path)
        for number, (_, source) in enumerate(islice(left, start)):
            if isinstance(source, bytes) and (key := key_alone(source)):
                self.known.is_news(key)
            if on_the_way(number):
                yield None
        read = read_all(left, by=self.processes)
        for number, (where, raw, mail) in enumerate(read, start=start + 1):
            yield sorter.outcome(mail, self._place(where, number), raw)

    def _place(self, where: str, number: int) -> str:
        """A place of its own in the report: where it must be shortened, its number tells it."""
        own = self.path.name
        place = where if self.path.is_dir() else f"{self.called}{where.removeprefix(own)}"
        kept = clean(place)
        if kept == place and len(place) <= LONGEST_PLACE:
            return place
        return f"mail {number} in {clean(self.called)[:100]}: …{kept[-150:]}"
