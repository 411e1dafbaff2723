"""A mailbox as it lies on its server: looked at, and nothing marked as read.

The one thing that is ever laid there is a copy of what we sent.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from imap_tools.idle import get_socket_poller

from followthrough.inlets.servers.clients import Imap

INBOX, SENT, JUNK = "inbox", "sent", "junk"
# Words stand before attachments: of what is larger, the beginning is read.
LARGEST = 8 << 20
FILING = 120.0  # seconds for a copy to get there: attachments go along
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - as IMAP writes them
_FLAGGED = {"\\sent": SENT, "\\junk": JUNK}
_NAMED = {
    SENT: (
        "sent", "sent items", "sent mail", "sent messages", "gesendet", "gesendete objekte",
        "gesendete elemente", "envoy&aok-s", "&aomal-ments envoy&aok-s", "messages envoy&aok-s",
        "enviados", "elementos enviados", "inviati", "verzonden",
    ),
    JUNK: (
        "junk", "junk e-mail", "junk email", "spam", "spamverdacht", "bulk mail", "unerw&apw-nscht",
        "ind&aok-sirables", "courrier ind&aok-sirable", "correo no deseado",
    ),
}  # fmt: skip
_LISTED = re.compile(rb'^\((?P<flags>[^)]*)\) (?:"(?P<mark>[^"]*)"|NIL) (?P<name>.+)$', re.DOTALL)
_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`validity` changes when the server has numbered all anew; `next_uid` comes next."""

    validity: int
    next_uid: int
    mails: int


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail by its number; `arrived` is when the server took it in."""

    uid: int
    size: int
    arrived: datetime | None


class Postbox:
    """Signed in already."""

    def __init__(self, imap: Imap) -> None:
        self.imap, self.client = imap, imap.client

    def folders(self) -> dict[str, str]:
        """What each folder is to us, by its name on the server; others are not named."""
        said = self._ok(self.client.list())
        listed = [row for row in map(_folder, said) if row]
        found = {"INBOX": INBOX}
        for role in (SENT, JUNK):
            marked = [name for name, flags in listed if role in map(_FLAGGED.get, flags)]
            called = [name for name, _ in listed if _last(name) in _NAMED[role]]
            found |= dict.fromkeys(marked[:1] or called[:1], role)
        return found

    def open(self, name: str) -> Opened:
        """To be looked at only: EXAMINE."""
        [exists] = self._ok(self.client.select(_quoted(name), readonly=True))
        return Opened(
            validity=self._said("UIDVALIDITY"), next_uid=self._said("UIDNEXT"), mails=int(exists)
        )

    def numbers(self, *, since: date | None = None, at_least: int = 1) -> list[int]:
        """In their order. An empty range gives the last mail: what is below is left out."""
        asked = ["UID", f"{at_least}:*"]
        if since:
            asked += ["SINCE", _dated(since)]
        [said, *_] = self._ok(self.client.uid("SEARCH", *asked))
        return sorted(uid for uid in map(int, (said or b"").split()) if uid >= at_least)

    def letters(self, uids: Sequence[int]) -> list[Letter]:
        """Those of them that are still there."""
        said = self._ok(self._fetch(uids, "(UID RFC822.SIZE INTERNALDATE)"))
        found = [_letter(row if isinstance(row, bytes) else row[0]) for row in said if row]
        return sorted((one for one in found if one), key=lambda one: one.uid)

    def wholes(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The mails themselves, the beginning of very large ones."""
        said = self._ok(self._fetch(uids, f"(UID BODY.PEEK[]<0.{LARGEST}>)"))
        return dict(_wholes(said))

    def holds(self, name: str, message_id: str, *, since: datetime) -> bool:
        """Whether a mail of that id lies there, of those that came since the day before."""
        self.open(name)
        day = since.astimezone(UTC).date() - timedelta(days=1)
        asked = ("SINCE", _dated(day), "HEADER", "Message-ID", _quoted(message_id))
        [said, *_] = self._ok(self.client.uid("SEARCH", *asked))
        return bool((said or b"").split())

    def file(self, name: str, raw: bytes, *, at: datetime) -> None:
        """Laid there as read."""
        line, _file = self._line()
        before = line.gettimeout()
        line.settimeout(FILING)
        try:
            when = imaplib.Time2Internaldate(at)
            self._ok(self.client.append(_quoted(name), r"(\Seen)", when, raw))
        finally:
            line.settimeout(before)

    @property
    def listens(self) -> bool:
        """Whether the server can say by itself that something came."""
        return "IDLE" in self.client.capabilities

    def wait(self, seconds: float) -> bool:
        """Until the server says anything, or the time is up. A hint and no more; where the
        connection died it raises."""
        idle: Any = self.imap.idle
        idle.start()
        said = self._holds_more() or bool(self._listen(seconds))
        idle.stop()
        return said

    def _line(self) -> tuple[Any, Any]:
        """The socket, and what reads from it. imaplib does not say what kind they are."""
        return self.client.sock, self.client.file

    def _listen(self, seconds: float) -> list[Any]:
        line, _file = self._line()
        return list(get_socket_poller(line, int(seconds)))

    def _holds_more(self) -> bool:
        """What came together with the answer is in memory already: the socket is silent then."""
        line, file = self._line()
        before = line.gettimeout()
        line.settimeout(0)
        try:
            return bool(file.peek(1)) or bool(getattr(line, "pending", int)())
        except ssl.SSLWantReadError:
            return False
        finally:
            line.settimeout(before)

    def _fetch(self, uids: Sequence[int], what: str) -> Any:
        return self.client.uid("FETCH", _set(uids), what)

    def _said(self, name: str) -> int:
        found: Any = self.client.untagged_responses.get(name) or [b"0"]
        return int(found[-1])

    @staticmethod
    def _ok(answer: Any) -> list[Any]:
        kind: str = answer[0]
        said: list[Any] = answer[1]
        if kind != "OK":
            words = b" ".join(one for one in said if isinstance(one, bytes))
            raise imaplib.IMAP4.error(f"{kind}: {words.decode('utf-8', 'replace')}"[:200])
        return said


def _folder(row: object) -> tuple[str, list[str]] | None:
    if isinstance(row, tuple):  # a name with strange letters comes as a literal
        row = row[0].rpartition(b"{")[0] + row[1]
    found = _LISTED.match(row) if isinstance(row, bytes) else None
    if not found or b"\\noselect" in found["flags"].lower():
        return None
    name = found["name"].strip()
    if name.startswith(b'"') and name.endswith(b'"'):
        name = name[1:-1].replace(b'\\"', b'"').replace(b"\\\\", b"\\")
    return name.decode("utf-8", "replace"), found["flags"].decode(
        "ascii", "replace"
    ).lower().split()


def _dated(day: date) -> str:
    return f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year}"


def _last(name: str) -> str:
    return re.split(r"[/.]", name)[-1].lower()


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _set(uids: Sequence[int]) -> str:
    """1,2,3,7 as 1:3,7: a line may not be endless."""
    runs: list[list[int]] = []
    for uid in sorted(uids):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)


def _letter(row: bytes) -> Letter | None:
    uid, size, arrived = _UID.search(row), _SIZE.search(row), _ARRIVED.search(row)
    if not uid:
        return None
    return Letter(
        uid=int(uid[1]),
        size=int(size[1]) if size else 0,
        arrived=_moment(arrived[1]) if arrived else None,
    )


def _moment(said: bytes) -> datetime | None:
    try:
        day, month, rest = said.decode("ascii").strip().split("-", 2)
        plain = f"{int(day):02}-{MONTHS.index(month) + 1:02}-{rest}"
        return datetime.strptime(plain, "%d-%m-%Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _wholes(said: Sequence[object]) -> Iterator[tuple[int, bytes]]:
    """Some servers say the number before the mail, and some behind it."""
    for n, row in enumerate(said):
        if not isinstance(row, tuple):
            continue
        behind = said[n + 1] if n + 1 < len(said) else b""
        uid = _UID.search(row[0]) or (_UID.search(behind) if isinstance(behind, bytes) else None)
        if uid:
            yield int(uid[1]), row[1]
