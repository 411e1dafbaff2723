"""Delivery reports as servers write them for servers (RFC 3464): blocks of fields."""

import re
from collections.abc import Iterator
from email.message import Message

from followthrough.inlets.mailbox.words import DEEPEST, content, kind

MOST_BLOCKS = 200
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)$")
_ADDRESS = re.compile(r"[^\s<>()\",;:\[\]]{1,120}@[^\s<>()\",;:\[\]]{1,255}")


def everything(message: Message) -> Iterator[tuple[Message, bool]]:
    """All parts, also those of mails inside; True for what belongs to such a mail. No recursion."""
    waiting = [(message, 0, False)]
    while waiting:
        part, depth, returned = waiting.pop()
        yield part, returned
        inside = part.get_payload()
        if isinstance(inside, list) and depth < DEEPEST and not is_report(part):
            within = returned or kind(part) in ("message/rfc822", "message/global")
            waiting += [
                (child, depth + 1, within)
                for child in reversed(inside)
                if isinstance(child, Message)
            ]


def is_report(part: Message) -> bool:
    return kind(part) in ("message/delivery-status", "message/global-delivery-status")


def fields_of(part: Message) -> list[dict[str, str]]:
    """A report's blocks, whatever the parser has made of them: names in lower case."""
    inside = part.get_payload()
    if not isinstance(inside, list):
        return blocks(content(part))
    found: list[dict[str, str]] = []
    for block in inside[:MOST_BLOCKS]:
        if isinstance(block, Message):
            named = {name.lower(): _joined(str(value)) for name, value in block.raw_items()}
            loose = block.get_payload()
            found += [named] if named else []
            found += blocks(loose) if isinstance(loose, str) and loose.strip() else []
    return found


def blocks(text: str) -> list[dict[str, str]]:
    """Fields in a text, a block each until an empty line; other lines are left aside."""
    found: list[dict[str, str]] = [{}]
    name = ""
    for line in text.split("\n"):
        field = _FIELD.match(line.rstrip())
        if not line.strip():
            found += [{}] if found[-1] and len(found) < MOST_BLOCKS else []
            name = ""
        elif field:
            name = field[1].lower()
            found[-1].setdefault(name, field[2].strip())
        elif name and line[0] in " \t":
            found[-1][name] = f"{found[-1][name]} {line.strip()}"[:2_000]
    return [block for block in found if block]


def address_of(field: str) -> str:
    """`rfc822; ann@customer.test` and what programs make of it; "" where there is none."""
    written = field.partition(";")[2] or field
    found = _ADDRESS.search(written.replace("IMCEA", ""))
    return found[0].strip(".'").lower() if found else ""


def _joined(value: str) -> str:
    return re.sub(r"\s+", " ", value[:4_000]).strip()
