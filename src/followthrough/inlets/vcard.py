"""Address books as vCard 2.1 to 4.0: split card by card, so that a bad one costs only itself."""

import quopri
import re
from collections.abc import Iterator
from pathlib import Path

import vobject

from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.numbers import phones
from followthrough.inlets.wording import charset_of, decoded, many_lines, one_line

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
        yield Unreadable(where="the file", why="There is no vCard in this file.")


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
        fields = _fields(lines)
    except Exception as error:  # a card may hold anything; the others must still be read
        why = f"This card could not be read ({type(error).__name__})."
        return Unreadable(where=where, why=why, raw=raw)
    if "group" in (value.lower() for value in fields.get("kind", [])):
        return Unreadable(where=where, why="This card is a list of people, not a person.", raw=raw)
    contact = _contact(fields, region)
    if contact.known_by_something:
        return contact
    why = "This card has no name, no mail address and no phone number."
    return Unreadable(where=where, why=why, raw=raw)


def _contact(fields: dict[str, list[str]], region: str | None) -> Contact:
    def one(name: str) -> str:
        return next(iter(fields.get(name, [])), "")

    emails = (value.lower().removeprefix("mailto:") for value in fields.get("email", []))
    return Contact(
        name=one("fn") or one("n") or one("nickname"),
        emails=tuple(dict.fromkeys(value for value in emails if "@" in value)),
        phones=phones(fields.get("tel", []), region),
        company=one("org"),
        title=one("title") or one("role"),
        note=many_lines("\n".join(fields.get("note", []))),
        external=one("uid"),
    )


def _fields(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _unfolded(lines):
        if HEAVY.match(line) or not _PROPERTY.match(line):
            continue
        name, value = _parsed(line)
        if value:
            found.setdefault(name, []).append(value)
    return found


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


def _parsed(line: str) -> tuple[str, str]:
    """A property's name and words; quoted-printable is undone before vobject sees it."""
    head, _, value = line.partition(":")
    if _quoted_printable(head):
        charset = re.search(r"charset=\"?([\w-]+)", head, re.IGNORECASE)
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        value = decoded(raw, charset[1] if charset else "")
        plain = [part for part in head.split(";") if "QUOTED" not in part.upper()]
        line = ";".join(plain) + ":" + value.replace("\r\n", "\\n").replace("\n", "\\n")
    try:
        name, _, value, _ = vobject.base.parseLine(line)
    except vobject.base.VObjectError:  # a parameter it cannot take; the value still stands
        name, value = (
            re.split(r"[;:]", line, maxsplit=1)[0].rpartition(".")[2],
            line.partition(":")[2],
        )
    return name.lower(), _words(name.lower(), value)


def _words(name: str, value: str) -> str:
    """Structured values in reading order; backslashes undone."""
    parts = [_unescaped(part) for part in re.split(r"(?<!\\);", value)]
    if name == "n":
        family, given, middle, prefix, suffix = (*parts, "", "", "", "", "")[:5]
        parts = [prefix, given, middle, family, suffix]
        return one_line(" ".join(part for part in parts if part.strip()))
    if name == "org":
        return one_line(parts[0])
    return _unescaped(value).strip() if name == "note" else one_line(_unescaped(value))


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
