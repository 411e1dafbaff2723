"""Foreign text made safe to show: decoded whatever it claims to be, without control characters."""

import re
import unicodedata

# Quadratic, executable or not a text encoding at all: never worth what a stranger may ask of them.
REFUSED = frozenset(
    ("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs")
)
_BIDI = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0x061C]
)
_BREAKS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\xa0"), " ")
_SPACES = re.compile(r" {2,}")


def one_line(text: str, *, limit: int = 500) -> str:
    """A name, subject or cell: one line, no control and no direction-changing characters."""
    if text.isprintable():  # no control character, no direction and no blank but the plain one
        if len(text) <= limit and "  " not in text:
            return text.strip()
        return _SPACES.sub(" ", text[: limit * 4]).strip()[:limit]
    text = text[: limit * 4].translate(_BREAKS).translate(_BIDI)
    text = "".join(sign for sign in text if sign.isprintable() and not "\ud800" <= sign <= "\udfff")
    return _SPACES.sub(" ", text).strip()[:limit]


def many_lines(text: str, *, limit: int = 65_536) -> str:
    """A body: line ends made equal; NULs and lone surrogates gone, which no database stores."""
    text = text[:limit].replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8", "replace").translate(_BIDI)
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", "", text).strip("\n")


def decoded(raw: bytes, charset: str = "") -> str:
    """Bytes as text: as they claim to be, else as UTF-8, else as Windows wrote them."""
    claimed = charset.strip().strip("\"'").lower().replace("-", "_")
    for name in (claimed, "utf_8", "cp1252"):
        if not name or name in REFUSED:
            continue
        try:
            return raw.decode(name)
        except Exception:  # noqa: S112 - a stranger's charset may raise anything
            continue
    return raw.decode("latin-1")


def folded(text: str) -> str:
    """For comparing words: lower case, without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def charset_of(beginning: bytes) -> str:
    """The encoding of a text file by its mark, else by where its zero bytes stand; "" for bytes
    that could be UTF-8 or Windows and must be tried."""
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return name
    even, odd = beginning[0:2000:2].count(0), beginning[1:2000:2].count(0)
    if max(even, odd) > len(beginning[:2000]) / 5 > min(even, odd) * 5:
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""
