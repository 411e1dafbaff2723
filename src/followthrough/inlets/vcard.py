"""Address books as vCard 2.1 to 4.0: split card by card, so that a bad one costs only itself."""

import quopri
import re
from collections.abc import Iterator
from pathlib import Path

import vobject

from followthrough.core.saying import says
from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.vcard_person import Card, Property
from followthrough.inlets.wording import charset_of, decoded

LARGEST_FILE = 256 << 20
LONGEST_LINE = 65_536
HEAVY = re.compile(r"^([\w-]+\.)?(photo|logo|sound|key|agent)[;:]", re.IGNORECASE)

_BEGIN = re.compile(r"^\s*begin:\s*vcard\s*$", re.IGNORECASE)
_END = re.compile(r"^\s*end:\s*vcard\s*$", re.IGNORECASE)
_PROPERTY = re.compile(r"^([\w-]+\.)?[\w-]+[;:]")


def read_cards(
    source: Path | str | bytes, *, region: str | None = None
) -> Iterator[Contact | Unreadable]:
    """Every card of a file, in its order: a person, or why there is none."""
    number = 0
    for number, lines in enumerate(_cards(_text(source)), start=1):
        yield _card(lines, f"card {number}", region)
    if not number:
        yield Unreadable(where="the file", why=says("There is no vCard in this file."))


def card_of(lines: list[str]) -> Card:
    """The properties between one BEGIN and END, whether they are about somebody or not."""
    return Card(tuple(_properties(lines)))


def _text(source: Path | str | bytes) -> str:
    if isinstance(source, bytes):
        raw = source[:LARGEST_FILE]
    else:
        with Path(source).open("rb") as file:
            raw = file.read(LARGEST_FILE)
    return decoded(raw, charset_of(raw[:4_096])).removeprefix("\ufeff").replace("\0", "")


def _cards(text: str) -> Iterator[list[str]]:
    """The lines between BEGIN and END; a card that never ends is closed by the next one."""
    lines: list[str] | None = None
    for line in re.split(r"\r\n|\n|\r", text):
        if _BEGIN.match(line):
            if lines:
                yield lines
            lines = []
        elif _END.match(line):
            if lines is not None:
                yield lines
            lines = None
        elif lines is not None:
            lines.append(line)
    if lines:
        yield lines


def _card(lines: list[str], where: str, region: str | None) -> Contact | Unreadable:
    raw = "\n".join(lines)[:LONGEST_LINE].encode("utf-8", "replace")
    try:
        card = card_of(lines)
        contact = card.contact(region)
    except Exception as error:  # a card may hold anything; the others must still be read
        why = says("This card could not be read ({error}).", error=type(error).__name__)
        return Unreadable(where=where, why=why, raw=raw)
    if card.is_a_list:
        return Unreadable(
            where=where, why=says("This card is a list of people, not a person."), raw=raw
        )
    if contact.known_by_something:
        return contact
    why = says("This card has no name, no mail address and no phone number.")
    return Unreadable(where=where, why=why, raw=raw)


def _properties(lines: list[str]) -> Iterator[Property]:
    for line in _unfolded(lines):
        if not HEAVY.match(line) and _PROPERTY.match(line) and (found := _parsed(line)).value:
            yield found


def _unfolded(lines: list[str]) -> Iterator[str]:
    """One property a line. vCard 2.1 continues a quoted-printable line by a "=" at its end."""
    whole: list[str] = []
    for line in lines:
        soft = bool(whole) and _quoted_printable(whole[0]) and whole[-1].endswith("=")
        if whole and (soft or line[:1] in (" ", "\t")):
            whole.append(line if soft else line[1:])
        else:
            yield _joined(whole)
            whole = [line]
    yield _joined(whole)


def _joined(whole: list[str]) -> str:
    if not whole:
        return ""
    if _quoted_printable(whole[0]):
        return "".join([*(part.removesuffix("=") for part in whole[:-1]), whole[-1]])[:LONGEST_LINE]
    return "".join(whole)[:LONGEST_LINE]


def _quoted_printable(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _parsed(line: str) -> Property:
    """A property as it stands; quoted-printable is undone before vobject sees it."""
    head, _, value = line.partition(":")
    if _quoted_printable(head):
        charset = re.search(r"charset=\"?([\w-]+)", head, re.IGNORECASE)
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        value = decoded(raw, charset[1] if charset else "")
        plain = [part for part in head.split(";") if "QUOTED" not in part.upper()]
        line = ";".join(plain) + ":" + value.replace("\r\n", "\\n").replace("\n", "\\n")
    try:
        name, params, value, _ = vobject.base.parseLine(line)
    except vobject.base.VObjectError:  # a parameter it cannot take; the value still stands
        name = re.split(r"[;:]", line, maxsplit=1)[0].rpartition(".")[2]
        params, value = [], line.partition(":")[2]
    words = (word for param in params for word in (param if len(param) == 1 else param[1:]))
    types = frozenset(part.strip().lower() for word in words for part in word.split(","))
    return Property(name=name.lower(), types=types, value=value)
