"""The words of a mail: the best plain text, what the writer added, and whether it says stop."""

import html
import re
from collections.abc import Iterator
from email.message import Message

from followthrough.inlets.language import own_words
from followthrough.inlets.noticed import Mail
from followthrough.inlets.wording import decoded, folded, many_lines

__all__ = [
    "content",
    "from_html",
    "is_optout",
    "kind",
    "not_quoted",
    "own_words",
    "parts",
    "text_of",
]

LONGEST_TEXT = 65_536
LONGEST_HTML = 262_144
DEEPEST = 50  # real mails nest four or five deep; a thousand is an attack

_TAG = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>|<[!?][^<>]*>")
_NEW_LINE = frozenset(
    (
        "br",
        "p",
        "div",
        "tr",
        "li",
        "ul",
        "ol",
        "table",
        "hr",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    )
)
_UNSEEN = frozenset(("style", "script", "head", "title"))
_PLACEHOLDER = re.compile(
    r"(html|formatted|rich).{0,60}(mail|message|view|reader|client)", re.IGNORECASE
)


def parts(message: Message) -> Iterator[Message]:
    """The leaves, and forwarded mails unopened; without recursion, so depth cannot hurt."""
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        yield part
        inside = part.get_payload()
        if isinstance(inside, list) and depth < DEEPEST and _opens(part):
            waiting += [
                (child, depth + 1) for child in reversed(inside) if isinstance(child, Message)
            ]


def _opens(part: Message) -> bool:
    """A forwarded mail or a returned report is evidence, not the writer's own words."""
    return kind(part).startswith("multipart/")


def kind(part: Message) -> str:
    try:
        return part.get_content_type()
    except Exception:  # a stranger's header may raise anything
        return "text/plain"


def text_of(message: Message) -> str:
    """The plain text where there is some worth the name, else the HTML as text."""
    found: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    room = LONGEST_HTML
    for part in parts(message):
        if kind(part) in found and room > 0 and not _attached(part):
            words = content(part)
            room -= len(words)
            found[kind(part)].append(words)
    plain = "\n".join(found["text/plain"]).strip()
    if plain and not (found["text/html"] and len(plain) < 200 and _PLACEHOLDER.search(plain)):
        return many_lines(plain, limit=LONGEST_TEXT)
    return many_lines("\n".join(map(from_html, found["text/html"])) or plain, limit=LONGEST_TEXT)


def _attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except Exception:  # a stranger's header may raise anything
        return False


def content(part: Message) -> str:
    """One part as text, whatever its encoding and charset claim."""
    try:
        raw = part.get_payload(decode=True)
    except Exception:  # a stranger's header may raise anything
        raw = str(part.get_payload()).encode("utf-8", "replace")
    raw = raw[:LONGEST_HTML] if isinstance(raw, bytes) else b""
    try:
        charset = part.get_content_charset() or ""
    except Exception:  # a stranger's header may raise anything
        charset = ""
    return decoded(raw, charset)


def from_html(source: str) -> str:
    """HTML as a reader sees it: one pass, quotations marked with ">"."""
    source = source[:LONGEST_HTML]
    page = _Page()
    end, last_comment_ends = 0, source.rfind("-->")
    for tag in _TAG.finditer(source):
        page.words(source[end : tag.start()])
        if tag[0] == "<!--":
            page.comment(opened=tag.start() < last_comment_ends)
        elif tag[0] == "-->":
            page.comment(opened=False)
        elif tag[2]:
            page.tag(tag[2].lower(), closing=bool(tag[1]))
        end = tag.end()
    page.words(source[end:])
    return page.text()


class _Page:
    """Lines as they build up; `unseen` is the element whose content no reader sees."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]
        self.marks: list[int] = [0]
        self.unseen = ""
        self.quoted = 0

    def words(self, raw: str) -> None:
        if not self.unseen and raw.strip():
            self.lines[-1].append(re.sub(r"\s+", " ", html.unescape(raw)))

    def comment(self, *, opened: bool) -> None:
        if self.unseen in ("", "a comment"):
            self.unseen = "a comment" if opened else ""

    def tag(self, name: str, *, closing: bool) -> None:
        if self.unseen:
            self.unseen = "" if closing and name == self.unseen else self.unseen
        elif name in _UNSEEN and not closing:
            self.unseen = name
        elif name == "blockquote":
            self.quoted = max(0, self.quoted + (-1 if closing else 1))
            self._break()
        elif name in _NEW_LINE:
            self._break()

    def _break(self) -> None:
        self.lines.append([])
        self.marks.append(min(self.quoted, 5))

    def text(self) -> str:
        rows = ("".join(words).strip() for words in self.lines)
        marked = (
            f"{'>' * mark} {row}" if mark else row
            for mark, row in zip(self.marks, rows, strict=True)
        )
        return re.sub(r"\n{3,}", "\n\n", "\n".join(marked)).strip()


_STOP_WORDS = """
stop unsubscribe remove optout abmelden abbestellen austragen entfernen desinscription
desabonner desinscrire baja desuscribir cancelar annulla cancella disiscrivimi disiscrivermi
uitschrijven afmelden afmeld avregistrera wypisz odhlasit descadastrar
"""
_POLITE_WORDS = """
please me now all from your this the list mailing mails mail emails email thanks thank you it hi
hello messages messaging sending contacting us out opt and bitte mich mir danke newsletter sofort
ihre liste von der diese dieser keine hallo und stopp moi svp merci por favor gracias per a de la
"""
_STOP = frozenset(_STOP_WORDS.split())
_WITH_IT = _STOP | frozenset(_POLITE_WORDS.split())


def not_quoted(text: str) -> str:
    """All that does not stand behind a mark of quotation: to decide by, where a trimmed text may
    have lost what counts."""
    rows = text.split("\n")
    return "\n".join(row for row in rows if not row.lstrip().startswith((">", "|>")))


def is_optout(mail: Mail) -> bool:
    """A reply that only says stop: at most five words. Anything longer is for a person to read."""
    said = re.findall(r"[^\W\d_]+", folded(own_words(mail.text).replace("opt-out", "optout")))
    if not said and mail.subject and not mail.references:
        said = re.findall(r"[^\W\d_]+", folded(mail.subject))
    if not 0 < len(said) <= 5:
        return False
    asked = set(said) & _STOP or {"opt", "out"} <= set(said)
    return bool(asked) and set(said) <= _WITH_IT
