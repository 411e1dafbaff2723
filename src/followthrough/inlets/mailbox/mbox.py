"""An mbox cut into its mails: one of them in memory at a time, however large the file."""

import re
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 1 << 20
BOM = b"\xef\xbb\xbf"
LARGEST_MAIL = 64 << 20  # more than any provider delivers; keeps memory bounded on a wrong file

_STAMP = re.compile(
    rb"^From .*?\b\d{1,2}:\d\d(:\d\d)?\b.*?\b(19|20)\d\d\b|^From .*?\b(19|20)\d\d-\d\d-\d\d"
)
# As programs write it: whatever follows, a mail begins here.
_EXACT = re.compile(
    rb"^From \S+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    rb" +\d{1,2} \d\d:\d\d(:\d\d)?( [+-]\d{4}| [A-Z]{2,5})? \d{4}( [+-]\d{4})?\s*$"
)
_BARE = re.compile(rb"^From (\S+@\S+|-|MAILER-DAEMON)\s*$")
_HEADER = re.compile(rb"^(>?From |[!-9;-~]{1,76}\s?:)")
_ESCAPED = re.compile(rb"^>+From ")


def looks_like_mbox(beginning: bytes) -> bool:
    """Whether a file's first two lines begin an mbox; some programs put a mark or blank lines
    before them."""
    first, _, rest = beginning.removeprefix(BOM).lstrip().partition(b"\n")
    return begins_a_mail(first, rest.partition(b"\n")[0], after_blank=True)


def begins_a_mail(line: bytes, following: bytes, *, after_blank: bool) -> bool:
    """A sentence in a body may begin with "From " too, but no header follows it."""
    if not line.startswith(b"From "):
        return False
    if not _HEADER.match(following):
        return after_blank and bool(_EXACT.match(line[:400]))
    return bool(_STAMP.match(line[:400])) or (after_blank and bool(_BARE.match(line)))


def cut(line: bytes, following: bytes, lines: BinaryIO) -> Iterator[bytes]:
    """Every mail. `line` and `following` are the first two lines, which were read already."""
    mail: list[bytes] = []
    size, blank = 0, True
    while line:
        if begins_a_mail(line, following, after_blank=blank):
            if mail:
                yield b"".join(mail).rstrip(b"\r\n") + b"\n"
            mail, size = [], 0
        elif size < LARGEST_MAIL:
            mail.append(line[1:] if _ESCAPED.match(line) else line)
            size += len(line)
        blank = not line.strip()
        line, following = following, lines.readline(LONGEST_LINE)
    if mail:
        yield b"".join(mail).rstrip(b"\r\n") + b"\n"
