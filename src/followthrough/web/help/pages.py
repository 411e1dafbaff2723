"""The pages of docs/ as HTML. They are ours, and still no HTML in them is let through."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(__file__).parents[4] / "docs"
AROUND = 70  # letters of a page beside what was looked for


@dataclass(frozen=True, kw_only=True)
class Page:
    name: str  # as in its address: "today", "rules/answer_them"
    title: str
    lede: str
    html: str
    words: str  # all of it as plain text


@cache
def pages() -> dict[str, Page]:
    """Each by its name; read once."""
    files = sorted(DOCS.rglob("*.md"))
    return {page.name: page for page in map(_page, files)}


def find(words: str) -> list[tuple[Page, str]]:
    """Pages that hold all of these words, with the place; those named so come first."""
    wanted = words.casefold().split()
    found = [
        (page, _place(page, wanted[0]))
        for page in pages().values()
        if wanted and all(word in page.words.casefold() for word in wanted)
    ]
    return sorted(found, key=lambda one: (wanted[0] not in one[0].title.casefold(), one[0].title))


def _page(file: Path) -> Page:
    name = file.relative_to(DOCS).with_suffix("").as_posix()
    tokens = _reader().parse(file.read_text("utf-8"))
    title = next(one.content for one in tokens if one.type == "inline")
    body = list(_at_home(tokens, name))[3:]  # the title stands in the head of the page
    paragraphs = [one.content for one in body if one.type == "inline"]
    html = _dressed(str(_reader().renderer.render(body, _reader().options, {})))
    words = re.sub(r"[*`_|]|\]\([^)]*\)|\[", "", " ".join([title, *paragraphs]))
    return Page(name=name, title=title, lede=_plain(paragraphs), html=html, words=words)


def _dressed(html: str) -> str:
    """Tables as everywhere, each in a scroller of its own; nothing left of a picture."""
    table = (
        '<div class="scroller" tabindex="0" role="group" aria-label="Table"><table class="table">'
    )
    html = html.replace("<table>", table).replace("</table>", "</table></div>")
    return html.replace("<p></p>\n", "")


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _at_home(tokens: list[Token], name: str) -> Iterator[Token]:
    """Links lead to pages of the help, headings can be led to, and pictures stay outside."""
    for n, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(tokens[n + 1].content))
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _address(str(child.attrGet("href")), name))
                child.attrSet("class", "link")
        if token.children:
            token.children = [child for child in token.children if child.type != "image"]
        yield token


def _address(href: str, name: str) -> str:
    path, _, place = href.partition("#")
    if "://" in href or not path.endswith(".md"):
        return href
    page = normpath(join(dirname(name), path.removesuffix(".md")))
    if page.startswith(".."):
        return reverse("help")
    return reverse("help_page", args=[page]) + (f"#{place}" if place else "")


def _plain(paragraphs: list[str]) -> str:
    first = next((one for one in paragraphs if not one.startswith("![")), "")
    return re.sub(r"[*`_]|\]\([^)]*\)|\[", "", first).partition(". ")[0]


def _place(page: Page, word: str) -> str:
    at = page.words.casefold().find(word)
    start = max(0, at - AROUND)
    return ("…" if start else "") + page.words[start : at + AROUND].strip() + "…"
