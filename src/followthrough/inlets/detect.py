"""What a file is, by what stands in it: names and endings are only what somebody called it."""

import csv
import re
from itertools import islice
from pathlib import Path

from followthrough.core.saying import says
from followthrough.inlets.columns import meanings
from followthrough.inlets.mailbox.glimpse import glimpse
from followthrough.inlets.mailbox.mbox import looks_like_mbox
from followthrough.inlets.mailbox.opening import open_mail
from followthrough.inlets.mailbox.outlook import OLE, is_outlook
from followthrough.inlets.mailbox.unpacking import DAMAGED, GZIP, ZIP, is_packed
from followthrough.inlets.noticed import Unreadable
from followthrough.inlets.packed import CouldNotRead, safe_archive, unpacked
from followthrough.inlets.tables import printed_columns
from followthrough.inlets.wording import charset_of, decoded
from followthrough.inlets.workbook import PROTECTED, is_protected, looks_like_workbook

LOOKED_AT = 65_536
PEEKED_AT = 50

_MAIL = re.compile(
    r"^(from|to|cc|subject|date|message-id|received|return-path|delivered-to|mime-version|reply-to"
    r"|x-[\w-]+|dkim-signature|sender|content-type)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(r"^[!-9;-~]{1,76}[ \t]*:|^[ \t]|^>?From ")
_JSON = re.compile(rb"[\[{]\s*[\"\[{]")
_KNOWN = (
    (ZIP, says("There is no mail in this zip file, and it is no Excel list. Unpack it first.")),
    (
        b"\xd0\xcf\x11\xe0",
        says("This is an old Excel or Outlook file. Save it as CSV or as .eml first."),
    ),
    (b"!BDN", says("This is an Outlook .pst file. Export its folders as .eml or mbox first.")),
    (
        GZIP,
        says("This file is packed (gzip), with neither mail nor a list in it. Unpack it first."),
    ),
    (b"%PDF", says("This is a PDF. It can be looked at, but no list can be read from it.")),
    (b"SQLite format 3", says("This is a database file. Export its table as CSV first.")),
    (b"<", says("This is a web page or XML file. Lists can be read as CSV, mail as .eml.")),
    (
        b"BEGIN:VCALENDAR",
        says("This is a calendar. Mail, lists and address books can be read here."),
    ),
)


def kind_of(path: Path | str) -> str:
    """One of mbox, eml, msg, zip, gz, tar, folder, csv, xlsx, vcard and unknown.

    A packed list is a csv; zip, gz and tar hold mail.
    """
    path = Path(path)
    if path.is_dir():
        return "folder"
    raw = _beginning(path)
    wrapped = _workbook(path, raw) or _wrapped(path, raw) or _packed_list(path, raw)
    return wrapped or ("unknown" if _reason(raw) else _written(raw))


def _written(raw: bytes) -> str:
    text = decoded(raw, charset_of(raw)).lstrip("\ufeff \r\n\t")
    if re.match(r"begin:\s*vcard", text, re.IGNORECASE):
        return "vcard"
    if looks_like_mbox(raw):
        return "mbox"
    if _is_mail(text):
        return "eml"
    return "csv" if _is_list(text) else "unknown"


def _wrapped(path: Path, raw: bytes) -> str:
    """What holds mail in a wrapping of its own: from Outlook, or packed."""
    if raw.startswith(OLE):
        return "msg" if is_outlook(path) else ""
    if not is_packed(raw) or not _holds_mail(path):
        return ""
    return "zip" if raw.startswith(ZIP) else "gz" if raw.startswith(GZIP) else "tar"


def _workbook(path: Path, raw: bytes) -> str:
    if not raw.startswith(ZIP):
        return ""
    try:
        with safe_archive(path) as archive:
            return "xlsx" if looks_like_workbook(archive.namelist()) else ""
    except CouldNotRead:
        return ""


def _damage(path: Path) -> str:
    """What is wrong with a zip or a workbook that cannot be opened."""
    try:
        with safe_archive(path):
            return ""
    except CouldNotRead as why:
        return str(why)


def _packed_list(path: Path, raw: bytes) -> str:
    if not raw.startswith(GZIP):
        return ""
    try:
        with unpacked(path) as inside:
            beginning = inside.read(LOOKED_AT)
    except CouldNotRead:
        return ""
    return "csv" if not _reason(beginning) and _written(beginning) == "csv" else ""


def _holds_mail(path: Path) -> bool:
    """Whether mail is among the first that comes out, or nothing may come out at all."""
    for where, raw in islice(open_mail(path), PEEKED_AT):
        if where.endswith("[Content_Types].xml"):
            return False  # a document of some office program
        if isinstance(raw, Unreadable) and raw.why != DAMAGED:
            return True
        if isinstance(raw, bytes) and (raw.startswith(OLE) or glimpse(raw)):
            return True
    return False


def why_unknown(path: Path | str) -> str:
    """What the file seems to be, and what to do about it."""
    raw = _beginning(Path(path))
    if not raw.strip():
        return says("This file is empty.")
    if is_protected(Path(path)):
        return PROTECTED
    if raw.startswith(ZIP) and (damage := _damage(Path(path))):
        return damage
    return _reason(raw) or (
        says(
            "This is no mail, no list and no address book that can be read here. "
            "An mbox, a folder or zip of .eml files, a CSV, an Excel list or a vCard can."
        )
    )


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LOOKED_AT)


def _reason(raw: bytes) -> str:
    head = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _JSON.match(head):
        return says("This is a JSON file. Lists can be read as CSV.")
    return next((why for magic, why in _KNOWN if head.startswith(magic)), "")


def _is_mail(text: str) -> bool:
    """Headers at its head, one of them a mail's own; some mails have broken lines among them."""
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    lines = head.splitlines()[:40]
    headers = len([line for line in lines if _HEADER.match(line)])
    return headers > len(lines) * 0.6 and bool(_MAIL.search(head))


def _is_list(text: str) -> bool:
    """Known headers, or lines that fall into the same number of cells."""
    sample = text[:2_000].replace("\0", "")
    strange = len([sign for sign in sample if not sign.isprintable() and not sign.isspace()])
    lines = text.replace("\0", "").splitlines()[:20]
    if not lines or strange > len(sample) / 50:
        return False
    for separator in ",;\t|":
        rows = csv.reader(lines, delimiter=separator)
        widths = [len(row) for row in rows if row]
        if len(widths) > 1 and widths[0] > 1 and widths.count(widths[0]) > len(widths) / 2:
            return True
    return bool(printed_columns(lines)) or any(meanings((lines[0].strip('" '),)))
