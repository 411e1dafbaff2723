"""A mailbox on disk, mail by mail: an mbox, a folder or Maildir, or a single file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

LONGEST_LINE = 1 << 20
LARGEST_MAIL = 64 << 20  # more than any provider delivers; keeps memory bounded on a wrong file

_STAMP = re.compile(
    rb"^From .*?\b\d{1,2}:\d\d(:\d\d)?\b.*?\b(19|20)\d\d\b|^From .*?\b(19|20)\d\d-\d\d-\d\d"
)
_BARE = re.compile(rb"^From (\S+@\S+|-|MAILER-DAEMON)\s*$")
_HEADER = re.compile(rb"^(>?From |[!-9;-~]{1,76}\s?:)")
_ESCAPED = re.compile(rb"^>+From ")
_INDEXES = (".msf", ".dat", ".sqlite", ".lock", ".db")


def open_mail(path: Path | str) -> Iterator[tuple[str, bytes]]:
    """Every mail there is, with where it stood. Nothing is skipped but index files."""
    path = Path(path)
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if _may_hold_mail(file, path):
                yield from _one_file(file, file.relative_to(path).as_posix())
    else:
        yield from _one_file(path, path.name)


def looks_like_mbox(beginning: bytes) -> bool:
    """Whether a file's first two lines begin an mbox."""
    first, _, rest = beginning.lstrip(b"\r\n").partition(b"\n")
    return _begins_a_mail(first, rest.partition(b"\n")[0], after_blank=True)


def _may_hold_mail(file: Path, top: Path) -> bool:
    """Hidden files and the indexes that mail programs keep beside the mail hold none."""
    inside = file.relative_to(top)
    hidden = file.name.startswith((".", "dovecot")) or file.name == "maildirfolder"
    return file.is_file() and not hidden and inside.suffix.lower() not in _INDEXES


def _one_file(file: Path, where: str) -> Iterator[tuple[str, bytes]]:
    with file.open("rb") as lines:
        first = lines.readline(LONGEST_LINE)
        second = lines.readline(LONGEST_LINE)
        lines.seek(0)
        if _begins_a_mail(first, second, after_blank=True):
            for number, raw in enumerate(_mbox(lines), start=1):
                yield f"{where}, mail {number}", raw
        else:
            yield where, lines.read(LARGEST_MAIL)


def _begins_a_mail(line: bytes, following: bytes, *, after_blank: bool) -> bool:
    """A sentence in a body may begin with "From " too, but no header follows it."""
    if not line.startswith(b"From ") or not _HEADER.match(following):
        return False
    return bool(_STAMP.match(line)) or (after_blank and bool(_BARE.match(line)))


def _mbox(lines: BinaryIO) -> Iterator[bytes]:
    """One mail in memory at a time, however large the file."""
    mail: list[bytes] = []
    size, blank = 0, True
    line = lines.readline(LONGEST_LINE)
    while line:
        following = lines.readline(LONGEST_LINE)
        if _begins_a_mail(line, following, after_blank=blank):
            if mail:
                yield b"".join(mail).rstrip(b"\r\n") + b"\n"
            mail, size = [], 0
        elif size < LARGEST_MAIL:
            mail.append(line[1:] if _ESCAPED.match(line) else line)
            size += len(line)
        blank = not line.strip()
        line = following
    if mail:
        yield b"".join(mail).rstrip(b"\r\n") + b"\n"
