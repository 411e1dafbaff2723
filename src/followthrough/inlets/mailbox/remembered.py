"""What was seen of a mailbox, kept beside memory: in a private file that goes when it is closed."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from followthrough.inlets.mailbox.glimpse import Glimpse
from followthrough.inlets.mailbox.joining import Joined

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA cache_size = -8000;
CREATE TABLE mail (n INTEGER PRIMARY KEY, id TEXT, sender TEXT, person INT, listed INT, at REAL);
CREATE TABLE recipient (address TEXT, n INT, delivered INT, PRIMARY KEY (address, n)) WITHOUT ROWID;
CREATE TABLE list (address TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE link (one TEXT, other TEXT);
CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE ours (address TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE name (n INTEGER PRIMARY KEY, id TEXT UNIQUE);
BEGIN;
"""
_SETTLED = """
CREATE INDEX mail_by_id ON mail (id);
CREATE INDEX mail_by_sender ON mail (sender);
CREATE TABLE written_to AS SELECT DISTINCT address FROM recipient
  WHERE n IN (SELECT n FROM mail WHERE sender IN (SELECT address FROM ours));
CREATE INDEX written_to_address ON written_to (address);
INSERT INTO name SELECT row_number() OVER (ORDER BY id) - 1, id FROM (
  SELECT id FROM mail WHERE id <> '' UNION SELECT one FROM link UNION SELECT other FROM link);
"""
_TO_PEOPLE = """
SELECT address, count(*) AS heard, min(n) AS first FROM recipient JOIN mail USING (n)
 WHERE NOT listed AND address NOT IN (SELECT address FROM list)"""
_DELIVERED = f"{_TO_PEOPLE} AND delivered GROUP BY address"
_HEARD = f"{_TO_PEOPLE} GROUP BY address ORDER BY heard DESC, first LIMIT 1"
_BOTH_WAYS = f"""
SELECT address, heard * wrote AS both, first FROM ({_TO_PEOPLE} GROUP BY address)
  JOIN (SELECT sender, count(*) AS wrote FROM mail WHERE person AND sender <> '' GROUP BY sender)
    ON sender = address ORDER BY both DESC, first LIMIT 1"""  # noqa: S608

_PEOPLE = """
SELECT count(DISTINCT address) FROM (
  SELECT sender AS address FROM mail WHERE person AND NOT listed AND sender <> ''
  UNION SELECT address FROM recipient JOIN mail USING (n) WHERE person AND NOT listed)
 WHERE address NOT IN (SELECT address FROM ours)"""


class Remembered:
    """First every mail is noted, then `settle` says who we are, then questions are asked."""

    def __init__(self) -> None:
        self.books = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.books.executescript(_TABLES)
        self.mails = 0
        self.groups = Joined(0)

    def note(self, seen: Glimpse) -> None:
        n = self.mails = self.mails + 1
        at = seen.at.timestamp() if seen.at else None
        self.books.execute(
            "INSERT INTO mail VALUES (?, ?, ?, ?, ?, ?)",
            (n, seen.message_id, seen.sender, seen.a_person, seen.mailing_list, at),
        )
        delivered = set(seen.delivered_to)
        self._many(
            "INSERT OR IGNORE INTO recipient VALUES (?, ?, ?)",
            ((one, n, one in delivered) for one in seen.recipients),
        )
        self._many("INSERT OR IGNORE INTO list VALUES (?)", ((one,) for one in seen.lists))
        chain = (*seen.references, *([seen.message_id] if seen.message_id else []))
        pairs = zip(chain, (*chain[1:], chain[0]) if chain else (), strict=True)
        self._many("INSERT INTO link VALUES (?, ?)", pairs)

    def likely_ours(self) -> dict[str, int]:
        """Addresses that mail was delivered to, with how often.

        Without delivery headers: who both writes to others and hears from them, most of all.
        """
        delivered = self._heard(_DELIVERED)
        enough = max(delivered.values(), default=0) / 10  # an alias counts, a chance does not
        likely = {one: count for one, count in delivered.items() if count >= enough}
        likely = likely or self._heard(_BOTH_WAYS) or self._heard(_HEARD)
        return dict(sorted(likely.items(), key=lambda found: (-found[1], found[0])))

    def _heard(self, question: str) -> dict[str, int]:
        return {address: count for address, count, _ in self.books.execute(question)}

    def settle(self, ours: frozenset[str]) -> None:
        self._many("INSERT OR IGNORE INTO ours VALUES (?)", ((one,) for one in ours))
        self._many("DELETE FROM list WHERE address = ?", ((one,) for one in ours))
        for statement in filter(str.strip, _SETTLED.split(";")):
            self.books.execute(statement)
        [(names,)] = self.books.execute("SELECT count(*) FROM name")
        self.groups = Joined(names)
        for one, other in self.books.execute(
            "SELECT a.n, b.n FROM link JOIN name a ON a.id = one JOIN name b ON b.id = other"
        ):
            self.groups.join(one, other)
        self.books.execute("DROP TABLE link")

    # --- questions, once it is settled ----------------------------------------------

    def thread_of(self, message_id: str, references: tuple[str, ...]) -> str:
        """The conversation's name, the smallest id in it; "" where nothing was noted of it."""
        own = message_id or next(iter(references), "")
        number = self._one("SELECT n FROM name WHERE id = ?", own)
        if number is None:
            return ""
        return str(self._one("SELECT id FROM name WHERE n = ?", self.groups.root(number)))

    def is_news(self, key: str) -> bool:
        """Whether this mail is met for the first time; from now on it is not."""
        return self.books.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount == 1

    def forget_what_is_news(self) -> None:
        """Everything is news again: the mailbox is read from its beginning."""
        self.books.execute("DELETE FROM seen")

    def is_list(self, address: str) -> bool:
        return self._one("SELECT 1 FROM list WHERE address = ?", address) is not None

    def has_written(self, address: str) -> bool:
        return self._one("SELECT 1 FROM mail WHERE sender = ?", address) is not None

    def was_written_to(self, address: str) -> bool:
        return self._one("SELECT 1 FROM written_to WHERE address = ?", address) is not None

    def was_seen(self, address: str) -> bool:
        heard = self._one("SELECT 1 FROM recipient WHERE address = ?", address)
        return heard is not None or self.has_written(address)

    def holds(self, message_id: str) -> bool:
        return self._one("SELECT 1 FROM mail WHERE id = ?", message_id) is not None

    def first_of_ours(self, ids: Iterable[str]) -> str:
        """The first of these ids that a mail of ours bears, or ""."""
        question = "SELECT 1 FROM mail WHERE id = ? AND sender IN (SELECT address FROM ours)"
        return next((one for one in ids if self._one(question, one) is not None), "")

    def sent_at(self, message_id: str) -> datetime | None:
        return _moment(self._one("SELECT max(at) FROM mail WHERE id = ?", message_id))

    def recipients_of(self, message_id: str) -> tuple[str, ...]:
        rows = self.books.execute(
            "SELECT DISTINCT address FROM recipient JOIN mail USING (n) WHERE id = ? LIMIT 100",
            (message_id,),
        )
        return tuple(sorted(address for (address,) in rows))

    def span(self) -> tuple[datetime | None, datetime | None]:
        """When the oldest and the newest mail were written."""
        first, last = self.books.execute("SELECT min(at), max(at) FROM mail").fetchone()
        return _moment(first), _moment(last)

    def people(self) -> int:
        """How many wrote as people, or were written to by one, without ourselves."""
        return int(self.books.execute(_PEOPLE).fetchone()[0])

    def _one(self, question: str, given: Any) -> Any:
        row = self.books.execute(question, (given,)).fetchone()
        return row[0] if row else None

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.books.executemany(statement, rows)


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)
