"""The head of a mail: addresses, ids, dates and encoded words, read without trusting any of it."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import mktime_tz, parsedate_tz

from followthrough.inlets.noticed import Contact
from followthrough.inlets.wording import decoded, one_line

LONGEST_HEADER = 65_536
MOST_REFERENCES = 100  # a thread can be longer; its last hundred ids join it just as well

_LAST_COUNTS = ("references", "in-reply-to")  # what is answered stands at the end

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]{0,20000})\?=")
_ID = re.compile(r"<([^<>]{1,998})>")
_MAIL_ADDRESS = re.compile(r"[^\s<>()\",;:]{1,120}@[^\s<>()\",;:@]{1,255}")


def heads(message: Message) -> dict[str, list[str]]:
    """Every header by its lower-case name, as written; raw bytes are read as UTF-8 or Windows."""
    found: dict[str, list[str]] = {}
    for name, written in message.raw_items():
        value = str(written)
        kept = value[-LONGEST_HEADER:] if name.lower() in _LAST_COUNTS else value[:LONGEST_HEADER]
        found.setdefault(name.lower(), []).append(_text(kept))
    return found


def _text(value: str) -> str:
    if not value.isascii():
        value = decoded(value.encode("ascii", "surrogateescape")) if _only_raw(value) else value
    return (
        value.replace("\r\n", "\n").replace("\n", " ") if "\n" in value or "\r" in value else value
    )


def _only_raw(value: str) -> bool:
    """Whether all that is not ASCII stands for undecoded bytes."""
    return all(sign < "\x80" or "\udc80" <= sign <= "\udcff" for sign in value)


def unfolded(value: str) -> str:
    """Encoded words as the words they stand for (RFC 2047), broken ones as they are."""
    if "=?" not in value:
        return value
    parts: list[tuple[str, str | bytes]] = []
    end = 0
    for word in _WORD.finditer(value):
        between = value[end : word.start()]
        if between.strip() or (between and not (parts and parts[-1][0])):
            parts.append(("", between))
        _join(parts, word[1].split("*")[0].lower(), _unwrapped(word[2], word[3]))
        end = word.end()
    parts.append(("", value[end:]))
    return "".join(decoded(part, name) if isinstance(part, bytes) else part for name, part in parts)


def _join(parts: list[tuple[str, str | bytes]], charset: str, raw: bytes) -> None:
    """Neighbours in one charset are decoded together: some programs cut a letter in two."""
    if parts and parts[-1][0] == charset and isinstance(parts[-1][1], bytes):
        parts[-1] = (charset, parts[-1][1] + raw)
    else:
        parts.append((charset, raw))


def _unwrapped(encoding: str, text: str) -> bytes:
    try:
        if encoding in "bB":
            return base64.b64decode(text + "=" * (-len(text) % 4))
        return quopri.decodestring(text.replace("_", " ").encode("utf-8", "replace"), header=False)
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")


def subject_of(values: dict[str, list[str]]) -> str:
    return one_line(unfolded((values.get("subject") or [""])[0][:8_000]), limit=500)


def contacts(written: list[str]) -> tuple[Contact, ...]:
    """Everybody named in an address header; what holds no address is left out."""
    people = (_contact(piece) for value in written for piece in _pieces(value))
    return tuple(person for person in people if person.emails)


def _contact(piece: str) -> Contact:
    opened = piece.rfind("<")
    inside = piece[opened + 1 :].partition(">")[0] if opened >= 0 else piece
    found = _MAIL_ADDRESS.search(inside.replace(" ", "")) or _MAIL_ADDRESS.search(piece)
    if not found:
        return Contact()
    name = piece[:opened] if opened >= 0 else _remark(piece)
    name = one_line(unfolded(name.strip().strip('"').replace('\\"', '"')), limit=200).strip("'\" ")
    address = one_line(found[0], limit=320).strip(".'").lower()
    return Contact(name="" if name.lower() == address else name, emails=(address,))


def _remark(piece: str) -> str:
    """`ann@customer.test (Ann)`: the old way to give a name."""
    opened, closed = piece.find("("), piece.rfind(")")
    return piece[opened + 1 : closed] if 0 <= opened < closed else ""


def _pieces(value: str) -> Iterator[str]:
    """Split at the commas that separate people, not at those inside a name."""
    kept = ""
    for piece in _split(value):
        whole = f"{kept},{piece}" if kept else piece
        if "@" in whole or "<" in whole:
            yield whole
            kept = ""
        else:
            kept = whole.strip()[:200]


def _split(value: str) -> Iterator[str]:
    start = 0
    for place in _separators(value):
        if place < 0:  # something was never closed: take what looks like addresses
            yield from _MAIL_ADDRESS.findall(value[start:])
            return
        if value[place] != ":":  # what stands before a colon is the name of a group
            yield value[start:place]
        start = place + 1
    yield value[start:]


def _separators(value: str) -> Iterator[int]:
    """Where commas stand outside quotes, remarks and brackets; one pass, no recursion."""
    quoted, remark, angle, skip = False, 0, False, False
    for place, sign in enumerate(value):
        if skip or sign == "\\":
            skip = not skip
        elif quoted or sign == '"':
            quoted = quoted != (sign == '"')
        elif sign in "()":
            remark = max(0, remark + (1, -1)[sign == ")"])
        elif sign in "<>":
            angle = sign == "<"
        elif sign in ",;:" and not remark and not angle:
            yield place
    if quoted or remark or angle:
        yield -1


def ids(values: list[str]) -> tuple[str, ...]:
    """Message-IDs without brackets and white space, however they were mangled; the last hundred."""
    found = []
    for value in values:
        packed = re.sub(r"\s+", "", value[-LONGEST_HEADER:])
        plain = _ID.findall(packed) or ([packed] if "@" in packed else [])
        found += [one.strip("[]<>,;\"'") for one in plain]
    return tuple(dict.fromkeys(one for one in found if one))[-MOST_REFERENCES:]


def references_of(values: dict[str, list[str]]) -> tuple[str, ...]:
    """What it answers comes last and is never cut off."""
    answered = ids(values.get("in-reply-to", []))[:10]
    thread = [one for one in ids(values.get("references", [])) if one not in answered]
    return (*thread, *answered)


def addresses_in(values: list[str]) -> tuple[str, ...]:
    return tuple(
        found[0].strip(".").lower() for value in values if (found := _MAIL_ADDRESS.search(value))
    )


def instant(written: str) -> datetime | None:
    """An aware instant, or None where no calendar of a mail age knows it."""
    try:
        parsed = parsedate_tz(written[:200])
        found = datetime.fromtimestamp(mktime_tz(parsed), UTC) if parsed else None
    except Exception:  # a stranger's date may raise anything
        return None
    return found if found and 1980 <= found.year < 2100 else None


def believable(written: datetime | None, arrived: datetime | None) -> datetime | None:
    """A date later than the arrival, or before there was mail, was set by a wrong clock."""
    if written and arrived and written > arrived + timedelta(days=1):
        return None
    return written


def arrival(values: dict[str, list[str]]) -> datetime | None:
    """When the last server on the way took it in."""
    written = (values.get("received") or [""])[0] or (values.get("delivery-date") or [""])[0]
    return instant(written.rpartition(";")[2].strip())
