"""The same words in HTML, for those who read mail that way: paragraphs, lists, links, no more."""

import re
from collections.abc import Iterator
from html import escape

import css_inline

# A link ends where a sentence does.
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}]")
ITEM = re.compile(r"^\s*(?:[-*•–]|(\d{1,2})[.)])\s+")
STYLE = """
body { margin: 0; font-family: Arial, Helvetica, sans-serif; font-size: 15px; line-height: 1.5; }
p, ul, ol { margin: 0 0 15px; }
ul, ol { padding-left: 24px; }
.signature { color: #5b635e; }
"""


def html_of(text: str, signature: str = "") -> str:
    """One file without anything to fetch: its styles stand with what they dress."""
    body = "".join(_blocks(text))
    if signature.strip():
        body += f'<p class="signature">{_lines(signature.strip())}</p>'
    page = f"<html><head><style>{STYLE}</style></head><body>{body}</body></html>"
    return css_inline.inline(page, load_remote_stylesheets=False)


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = block.split("\n")
        if all(ITEM.match(line) for line in lines):
            yield _list(lines)
        else:
            yield f"<p>{_lines(block)}</p>"


def _list(lines: list[str]) -> str:
    first = ITEM.match(lines[0])
    kind = "ol" if first and first[1] else "ul"
    items = "".join(f"<li>{_linked(ITEM.sub('', line))}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def _lines(text: str) -> str:
    return "<br>".join(_linked(line) for line in text.split("\n"))


def _linked(text: str) -> str:
    """What was typed stays text, whatever it looks like; addresses of pages can be pressed."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
