"""Words of old mails as people read them: no markup, no MIME heads."""

import re
from html import unescape

MARKUP = re.compile(
    r"\s*<(?:!doctype|html|head|body|meta|style|div|table|p|br|font|span)\b", re.IGNORECASE
)
UNSEEN = re.compile(
    r"<(head|style|script|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(r"<[^<>]*>|<[^<>]*$")
# A boundary, and the heads below it up to the empty line.
PART = re.compile(r"^\s*--\S+\s+(?:[Cc]ontent-|[Mm][Ii][Mm][Ee]-)", re.DOTALL)
HEAD = re.compile(
    r"(?:content-type|content-transfer-encoding|content-disposition|content-id|mime-version):"
    r"[^\n]*(?:\n[ \t]+\S[^\n]*)*",
    re.IGNORECASE,
)  # fmt: skip
BOUNDARY = re.compile(r"^--\S{6,}(?:--)?\s*$", re.MULTILINE)
ENCODED = re.compile(r"[A-Za-z0-9+/=]{60,}")


def readable(text: str) -> str:
    """The words in it; "" where there are none."""
    if PART.match(text):
        text = BOUNDARY.sub("", HEAD.sub("", _on_lines(text))).strip()
        text = "" if ENCODED.match(text) else text
    if MARKUP.match(text):
        text = unescape(TAG.sub(" ", UNSEEN.sub(" ", text)))
        text = re.sub(r"[ \t]+", " ", text).strip()
    return text


def _on_lines(text: str) -> str:
    """Where the lines were joined, each boundary and head on one of its own again."""
    text = re.sub(r"^\s*(--\S+)\s+", r"\1\n", text)
    return re.sub(r"(?<=\S) +(?=(?:Content-|MIME-)[A-Za-z-]+:)", "\n", text)
