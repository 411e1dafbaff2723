"""A mail that came back, read: whom it did not reach, for good or not, and which mail it was."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from flufl.bounce import all_failures

from followthrough.inlets.mailbox.bounce_words import Named, told_in_words
from followthrough.inlets.mailbox.headers import addresses_in, contacts, heads, ids
from followthrough.inlets.mailbox.meanings import meaning, status_in, still_trying
from followthrough.inlets.mailbox.reports import (
    address_of,
    blocks,
    everything,
    fields_of,
    is_report,
)
from followthrough.inlets.mailbox.words import content, from_html, kind
from followthrough.inlets.noticed import Bounce, Returned
from followthrough.inlets.wording import many_lines, one_line

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it tells of every guess it makes

MOST_RECIPIENTS = 100
MOST_IDS = 20
MOST_LINES = 2_000
READ = 65_536
LOOKED_AT = 262_144

_COPY = re.compile(
    r"^[ \t>*|-]{0,80}(this is a copy of|below this line is a copy|enclosed is a copy"
    r"|included is a copy|(the header of the )?original message\b(?! was received| of)"
    r"|message headers follow|below is a copy|(the )?(following|attached) is the (original"
    r"|returned)|unsent message|returned message|received: (from|by) )",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES_AN_ID = re.compile(
    r"message[-_ ]?id\W{1,12}<?([^\s<>\"',;]{3,250}@[^\s<>\"',;&]{1,250})", re.IGNORECASE
)

_ENVELOPE = re.compile(
    r"^original-envelope-id[ \t]*:[ \t]*(\S{1,100})", re.IGNORECASE | re.MULTILINE
)
_SHOWN = re.compile(r"^disposition[ \t]*:[^\n]*;[ \t]*displayed\b", re.IGNORECASE | re.MULTILINE)


def bounce_of(message: Message, raw: bytes) -> Bounce:
    """What a delivery report says. Works on any mail; ask it of reports only.

    `raw` is the same mail: where its parts are broken, the ids in it are found all the same.
    """
    found = _Material(message, raw[:LOOKED_AT].decode("latin-1"))
    rows = [row for row in found.rows() if row.address or row.status or row.action]
    if not any(row.address for row in rows):
        rows = list(_by_words(found, rows[:1]))
    kept = {(row.address, row.also): row for row in reversed(rows[:MOST_RECIPIENTS])}
    return Bounce(
        recipients=tuple(reversed(kept.values())), message_ids=found.message_ids(),
        envelope=_first(_ENVELOPE, found.source), shown=bool(_SHOWN.search(found.source)),
    )  # fmt: skip


def _first(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.search(source)
    return found[1] if found else ""


class _Material:
    """The report's fields, its prose without the copy of our mail, and that copy."""

    def __init__(self, message: Message, source: str) -> None:
        self.message, self.source = message, source
        self.values = heads(message)
        self.fields: list[dict[str, str]] = []
        self.prose: list[str] = []
        self.copies: list[str] = []
        self.inner: list[Message] = []
        for part, returned in everything(message):
            self._sort(part, returned)
        self.text = many_lines("\n".join(self.prose), limit=READ)

    def _sort(self, part: Message, returned: bool) -> None:  # noqa: FBT001
        what = kind(part)
        if is_report(part):
            self.fields += fields_of(part)
        elif what in ("text/rfc822-headers", "message/rfc822-headers"):
            self.copies.append(content(part)[:READ])
        elif what == "message/rfc822" and isinstance(part.get_payload(), list):
            self.inner += [one for one in part.get_payload() if isinstance(one, Message)]
        elif what.startswith("text/") and not returned:
            words = content(part)[:READ]
            self._split(from_html(words) if what == "text/html" else words)
        elif what.startswith("multipart/") and isinstance(part.get_payload(), str):
            self._split(content(part)[:READ])  # its parts are not where its head says
        elif what.startswith(("text/", "message/")):
            self.copies.append(content(part)[:READ])

    def _split(self, words: str) -> None:
        at = _COPY.search(words)
        self.prose.append(words[: at.start()] if at else words)
        if at:
            self.copies.append(words[at.start() :])
        told = [
            one for one in blocks(words) if "final-recipient" in one or "original-recipient" in one
        ]
        self.fields += told

    def rows(self) -> Iterator[Returned]:
        for fields in self.fields:
            if "final-recipient" in fields or "original-recipient" in fields or "action" in fields:
                yield self._row(fields)

    def _row(self, fields: dict[str, str]) -> Returned:
        last = address_of(fields.get("final-recipient", ""))
        first = address_of(fields.get("original-recipient", "")) or last
        words = re.match(r"[a-z]*", fields.get("action", "").lower().strip())
        action = words[0] if words else ""
        told = one_line(fields.get("diagnostic-code", ""), limit=1_000)
        written = re.search(r"[245]\.\d{1,3}\.\d{1,3}", fields.get("status", ""))
        status = written[0] if written else ""
        better = status_in(told) or status_in(self.text)
        if not status or (status.endswith(".0.0") and not better.endswith(".0.0")):
            status = better or status
        if not status:
            status = _CLASSES.get(action, "5.0.0" if action else "")
        text = told if len(told) > 20 else f"{told}\n{self.text}"
        return Returned(
            address=first, also=last if last != first else "", action=action, status=status,
            meaning=meaning(action=action, status=status, text=text, around=self.text),
            diagnostic=told[:500],
        )  # fmt: skip

    def message_ids(self) -> tuple[str, ...]:
        """All that might be a mail of ours: the copy's own id first, its thread's last."""
        values = [heads(one) for one in self.inner[:5]]
        own = [v for one in values for v in one.get("message-id", [])]
        named = [_NAMES_AN_ID.findall(text) for text in (*self.copies, *self.prose, self.source)]
        thread = [*self.values.get("in-reply-to", []), *self.values.get("references", [])]
        original = [v for name in _ORIGINALS for v in self.values.get(name, [])]
        listed = [f"<{one}>" for some in named for one in some]
        inner_thread = [v for one in values for v in one.get("references", [])[:1]]
        mine = set(ids(self.values.get("message-id", [])[:1]))
        found: dict[str, None] = {}
        for value in (*own, *original, *listed, *thread, *inner_thread):
            found |= dict.fromkeys(one for one in ids([value]) if one not in mine)
            if len(found) >= MOST_IDS:
                break
        return tuple(found)[:MOST_IDS]

    def to_of_copy(self) -> str:
        """Whom our mail was written to, where that is one address only."""
        written = [v for one in self.inner[:1] for v in heads(one).get("to", [])]
        for text in () if written else self.copies[:3]:
            written += [one["to"] for one in blocks(text) if "to" in one][:1]
        people = {one.email for one in contacts(written[:1])}
        return people.pop() if len(people) == 1 else ""


_CLASSES = {"delayed": "4.0.0", "delivered": "2.0.0", "relayed": "2.0.0", "expanded": "2.0.0"}
_ORIGINALS = ("x-original-message-id", "original-message-id", "x-failed-message-id")


def _by_words(found: _Material, told: list[Returned]) -> Iterator[Returned]:
    """Addresses from the prose; what fields without an address said holds for them too."""
    writers = frozenset(
        one.email for name in ("to", "from") for one in contacts(found.values.get(name, [])[:1])
    )
    named = told_in_words(found.text, besides=writers)
    header = addresses_in(",".join(found.values.get("x-failed-recipients", [])).split(","))
    if header:
        by_address = {one.address: one for one in named}
        only = named[0].told if len(named) == 1 else found.text
        named = [by_address.get(one) or Named(address=one, told=only) for one in header]
    if not named:
        other = _second_opinion(found) or found.to_of_copy()
        named = [Named(address=other, told=found.text)] if other or found.text.strip() else []
    for one in named:
        row = _in_words(one, found.text, str(found.values.get("subject", "")))
        yield replace(told[0], address=one.address) if told else row


def _in_words(one: Named, text: str, subject: str) -> Returned:
    trying = still_trying(text) or still_trying(subject)
    status = status_in(one.told) or status_in(text)
    if not status or (status[0] == "2" and not trying):
        status = "4.0.0" if trying else "5.0.0"
    action = "delayed" if trying else "failed"
    return Returned(
        address=one.address, action=action, status=status, diagnostic=one_line(one.told, limit=500),
        meaning=meaning(action=action, status=status, text=one.told, around=text),
    )  # fmt: skip


def _second_opinion(found: _Material) -> str:
    """Another reader of bounces is asked for the address, never for what it means.

    It tries every line in many ways, so it is not asked of long ones.
    """
    if len(found.source) >= LOOKED_AT or found.source.count("\n") > MOST_LINES:
        return ""
    try:
        temporary, permanent = all_failures(found.message)
    except Exception:  # it trusts what strangers write
        return ""
    named = sorted(permanent or temporary)
    return address_of(named[0].decode("utf-8", "replace")) if named else ""
