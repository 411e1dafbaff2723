"""Somebody's mail inside another one: attached whole, or copied below a line that says so."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.message import Message
from email.utils import parsedate_tz

from followthrough.inlets.mailbox.clues import Clues
from followthrough.inlets.mailbox.forward_dates import when
from followthrough.inlets.mailbox.headers import arrival, believable, contacts, ids, instant
from followthrough.inlets.mailbox.words import kind, parts, text_of
from followthrough.inlets.noticed import Contact, Forwarded
from followthrough.inlets.wording import one_line

MOST_LINES = 400  # of what they say about it, before it comes
HEAD_LINES = 14

_SUBJECT = re.compile(
    r"^\W*(fwd?|wg|tr|rv|i|doorst|enc|weitergeleitet|inoltr\w*|reenv\w*)\s*:", re.IGNORECASE
)
_ANNOUNCED = re.compile(
    r"^[\s>*_-]*(begin |start of )?(forwarded (message|mail|e-?mail)"
    r"|(anfang der )?weitergeleitete[rn]? (nachricht|e-?mail|mail)|(début du )?message transféré"
    r"|début du message réexpédié|(inicio del )?mensaje reenviado|(inizio )?messaggio inoltrato"
    r"|(begin )?doorgestuurd bericht)\b",
    re.IGNORECASE,
)
_LABELS = {
    "from": "from von de da van absender expéditeur mittente afzender remitente",
    "date": "date sent gesendet datum envoyé fecha data inviato verzonden enviado",
    "to": "to an à pour para a aan destinataire empfänger",
    "subject": "subject betreff objet sujet asunto oggetto onderwerp",
    "cc": "cc kopie copie reply-to",
}
_LABEL = re.compile(
    r"^[\s>*]{0,8}(?P<label>[^\W\d_]+(?:[ -][^\W\d_]+)?)\s?\*?\s?:\s?\*?\s*(?P<value>.*)$"
)
_KNOWN = {
    **{word: field for field, words in _LABELS.items() for word in words.split()},
    "envoyé le": "date", "enviado el": "date", "antwort an": "cc", "répondre à": "cc",
}  # fmt: skip


def forwarded_in(clues: Clues, text: str) -> Forwarded | None:
    """The first mail inside this one. `text` is what its reader sees."""
    attached = next((part for part in parts(clues.message) if kind(part) == "message/rfc822"), None)
    inside = attached.get_payload() if attached is not None else None
    if isinstance(inside, list) and inside and isinstance(inside[0], Message):
        return _attached(Clues(inside[0]))
    return _copied(text, clues)


def _attached(inner: Clues) -> Forwarded | None:
    if not inner.sender.email:
        return None
    values = inner.values
    arrived = arrival(values)
    return Forwarded(
        sender=inner.sender,
        at=believable(instant(inner.first("date")), arrived) or arrived,
        subject=inner.subject,
        text=text_of(inner.message),
        message_id=next(iter(ids(values.get("message-id", [])[:1])), ""),
    )


def _copied(text: str, clues: Clues) -> Forwarded | None:
    lines = text.split("\n", MOST_LINES + HEAD_LINES)
    says_so = bool(_SUBJECT.match(clues.subject))
    for number, line in enumerate(lines[:MOST_LINES]):
        if _ANNOUNCED.match(line[:200]):
            return _below(lines, number + 1, clues)
        if says_so and _field(line)[0] == "from":
            return _below(lines, number, clues)
    return None


def _below(lines: list[str], start: int, clues: Clues) -> Forwarded | None:
    """The head that stands there, and the words under it."""
    head: dict[str, str] = {}
    last, end = "", start
    for end in range(start, min(start + HEAD_LINES, len(lines))):
        line = lines[end]
        field, value = _field(line)
        if field:
            head.setdefault(field, value)
            last = field
        elif not line.strip(" >") and len(head) > 1:
            break
        elif last and line.strip(" >"):
            head[last] = f"{head[last]} {line.strip(' >')}"
    sender = _sender(head.get("from", ""))
    if not sender.email or len(head) < 2:
        return None
    written = when(head.get("date", ""), zone=_zone_of(clues))
    return Forwarded(
        sender=sender,
        at=_not_later(written, instant(clues.first("date"))),
        subject=one_line(head.get("subject", ""), limit=500),
        text=_unquoted("\n".join(lines[end:])),
    )


def _field(line: str) -> tuple[str, str]:
    found = _LABEL.match(line[:600])
    field = _KNOWN.get(found["label"].lower(), "") if found else ""
    return (field, found["value"].strip(" *")) if found and field else ("", "")


def _sender(written: str) -> Contact:
    """Outlook writes `Ann [mailto:ann@customer.test]`, others repeat the address as a link."""
    plain = re.sub(r"\[(mailto:)?([^\]]*)\]", r"<\2>", written).replace("mailto:", "")
    return next(iter(contacts([plain[:600]])), Contact())


def _zone_of(clues: Clues) -> tzinfo:
    """Whoever forwards sees the date in their own zone."""
    parsed = parsedate_tz(clues.first("date")[:200])
    seconds = (parsed[9] or 0) if parsed else 0
    return timezone(timedelta(seconds=seconds)) if abs(seconds) < 86_400 else UTC


def _not_later(written: datetime | None, than: datetime | None) -> datetime | None:
    """What was forwarded was written before: a later date was misread."""
    return None if written and than and written > than + timedelta(days=1) else written


def _unquoted(text: str) -> str:
    lines = text.strip("\n").split("\n")
    if all(line.startswith(">") or not line.strip() for line in lines):
        lines = [re.sub(r"^> ?", "", line) for line in lines]
    return "\n".join(lines).strip()
