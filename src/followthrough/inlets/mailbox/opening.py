"""A mailbox on disk, mail by mail: a file, a folder or Maildir, and whatever they are packed in."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from followthrough.inlets.mailbox.mbox import (
    BOM,
    LARGEST_MAIL,
    LONGEST_LINE,
    begins_a_mail,
    cut,
)
from followthrough.inlets.mailbox.unpacking import Found, Opener, is_packed, may_hold_mail, unpacked

_BYTES_OF_IT = re.compile(rb"\s*\d{1,9}\s*")  # how Apple Mail begins a mail of its own (.emlx)
_HEADER = re.compile(rb"[!-9;-~]{1,76}\s?:")


def open_mail(path: Path | str) -> Iterator[Found]:
    """Every mail there is, with where it stood; what cannot be opened says why. Nothing is skipped
    but index files."""
    path = Path(path)
    if not path.is_dir():
        yield from _file(path, path.name)
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path).as_posix()
        if file.is_file() and may_hold_mail(inside):
            yield from _file(file, inside)


def _file(file: Path, where: str) -> Iterator[Found]:
    with file.open("rb") as lines:
        yield from mails_in(lines, where)


def mails_in(lines: BinaryIO, where: str, around: Opener | None = None) -> Iterator[Found]:
    """What one file holds; `around` opened the packing that it came out of."""
    first = lines.readline(LONGEST_LINE)
    if is_packed(first):
        yield from unpacked(first, lines, where, around, mails_in)
        return
    first = first.removeprefix(BOM)
    while first and not first.strip():
        first = lines.readline(LONGEST_LINE)
    following = lines.readline(LONGEST_LINE)
    if begins_a_mail(first, following, after_blank=True):
        for number, raw in enumerate(cut(first, following, lines), start=1):
            yield f"{where}, mail {number}", raw
    elif _BYTES_OF_IT.fullmatch(first) and _HEADER.match(following):
        yield where, (following + lines.read(min(int(first), LARGEST_MAIL)))[: int(first)]
    else:
        yield where, first + following + lines.read(LARGEST_MAIL)
