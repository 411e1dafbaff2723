"""Which lines of a mail are the writer's own, which are quoted, and where a signature begins.

The idea of judging a mail by the string of its lines' kinds is that of email_reply_trimmer
(MIT, Régis Hanol); the kinds and the order of the cuts are ours. Every step is linear.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from followthrough.inlets.language import openers
from followthrough.inlets.language.phrases import pattern

LONGEST_TEXT = 65_536
MOST_LINES = 2_000
LONGEST_LINE = 400
LONGEST_SIGNATURE = 12
DASHES = ("--", "—")

OWN, EMPTY, QUOTED, ANNOUNCED, HEAD, SIGNED, DIVIDED = "te>ahs-"
_QUOTE = re.compile(r"\s{0,3}(?:>|\|\s|\|>|\|$|[A-Z]{1,3}>)")


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A mail's lines and, a letter for each, what they are; `own` are the writer's words.

    `end` is where their words end for good: a signature or an earlier mail follows.
    """

    rows: tuple[str, ...]
    kinds: str
    end: int

    @cached_property
    def own(self) -> tuple[int, ...]:
        kinds = self.kinds
        return tuple(place for place in range(self.end) if kinds[place] in (OWN, EMPTY, DIVIDED))

    @property
    def spoken(self) -> tuple[int, ...]:
        """All that may be the writer's: below a mere line of dots or stars, too. Where that is
        nothing, whatever is not marked as quoted."""
        kinds, end = self.kinds, self.end
        if kinds[end : end + 1] == DIVIDED and self.rows[end].rstrip() not in DASHES:
            found = re.search(f"[{ANNOUNCED}{HEAD}]", kinds[end:])
            end = end + found.start() if found else len(kinds)
        own = tuple(place for place in range(end) if kinds[place] == OWN)
        return own or tuple(place for place, kind in enumerate(kinds) if kind == OWN)


def lines_of(text: str) -> Lines:
    rows = text[:LONGEST_TEXT].split("\n")[:MOST_LINES]
    kinds = _kinds([row[:LONGEST_LINE] for row in rows])
    return Lines(rows=tuple(rows), kinds="".join(kinds), end=_end(rows, kinds))


def own_words(text: str) -> str:
    """What the writer added: no quoted lines, none that announce them, no signature below dashes.

    Trimming is cosmetic: whoever must not miss a word reads all that is not marked as quoted.
    """
    lines = lines_of(text)
    return "\n".join(lines.rows[place].rstrip() for place in lines.own).strip()


def _kinds(rows: list[str]) -> list[str]:
    kinds: list[str] = []
    code = False
    for place, row in enumerate(rows):
        bare = row.strip()
        code ^= bare.startswith("```")
        kind = EMPTY if not bare else OWN if code else _kind(row, bare)
        kinds.append(kind)
        if kind == OWN and not code and openers.may_announce(bare):
            count = openers.announces(rows, place)
            kinds[place + 1 - count :] = [ANNOUNCED] * count
    _heads(rows, kinds)
    return kinds


def _kind(row: str, bare: str) -> str:
    if (">" in bare[:4] or bare[0] == "|") and bare != ">:" and _QUOTE.match(row):
        return QUOTED
    plain = bare[0].isalnum()
    if not plain and openers.DIVIDER.match(row):
        return DIVIDED
    word = bare.split(maxsplit=1)[0].lower().strip("<([*_")
    if (word in openers.DEVICE_BEGINS or not word.isascii()) and openers.DEVICE.match(row):
        return SIGNED
    if bare == "ᐧ":  # left by Gmail
        return SIGNED
    original = (not plain or bare[-1] == ":") and openers.ORIGINAL.match(row)
    return ANNOUNCED if original else OWN


def _heads(rows: list[str], kinds: list[str]) -> None:
    """Marks the first line of each head of an earlier mail: from, when and what, in a block."""
    place = 0
    while place < len(rows):
        may_be = kinds[place] == OWN and openers.field_of(rows[place][:120])
        block = _block(rows, kinds, place) if may_be else 0
        if block:
            kinds[place : place + block] = [HEAD] * block
        place += block or 1


def _block(rows: list[str], kinds: list[str], start: int) -> int:
    """How long the head of a mail that begins here is; 0 where none does."""
    seen: set[str] = set()
    last, strange = start - 1, 0
    for place in range(start, min(start + 14, len(rows))):
        field = openers.field_of(rows[place][:120]) if kinds[place] == OWN else ""
        if field:
            seen.add(field)
            last, strange = place, 0
        elif place == start or strange > 1:
            break
        else:
            strange += 1  # a long line of recipients is folded
    named = seen & {"who", "when", "whom", "what"}
    return last - start + 1 if len(named) > 2 or {"who", "what"} <= named else 0


def _end(rows: list[str], kinds: list[str]) -> int:
    """Where the writer's part ends for good."""
    begun = False
    for place, kind in enumerate(kinds):
        if kind == DIVIDED and begun and _signs_off(rows, kinds, place):
            return place
        if kind in (ANNOUNCED, HEAD) and begun and not _answered_below(kinds, place):
            return place
        begun |= kind == OWN
    return len(kinds)


def _signs_off(rows: list[str], kinds: list[str], place: int) -> bool:
    """A line of dashes ends a mail where little follows, or an earlier mail."""
    if rows[place].rstrip() in DASHES:
        return True
    window = range(place + 1, min(place + 120, len(rows)))
    after = [at for at in window if kinds[at] != EMPTY]
    if not after or kinds[after[0]] in (HEAD, ANNOUNCED, QUOTED):
        return True
    own = [rows[at] for at in after if kinds[at] == OWN]
    closing = pattern("signature", "closing")
    return len(own) <= LONGEST_SIGNATURE and not any(
        closing.match(row) for row in own if len(row) < 60
    )


def _answered_below(kinds: list[str], place: int) -> bool:
    """Whether marked quotation follows: then whatever stands unmarked below is an answer."""
    for kind in kinds[place + 1 : place + 6]:
        if kind not in (EMPTY, ANNOUNCED, HEAD):
            return kind == QUOTED
    return False
