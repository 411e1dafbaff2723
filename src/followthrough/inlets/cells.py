"""What stands in a cell: yes and no, won and lost, mail addresses."""

import re

from followthrough.inlets.wording import folded, one_line

_YES_WORDS = "yes y true t 1 x on ja j oui o si s wahr vrai verdadero checked sim"
_NO_WORDS = "no n false f 0 off nein non falsch faux falso none null na n/a - unknown select"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_WON = re.compile(
    r"(closed[ -]*)?(won|gewonnen|gagnee?|ganad[oa]|vint[oa])|converted|customer|kunde|client|"
    r"signed|sold|verkauft|vendu|vendido|paid|abgeschlossen gewonnen|deal won"
)


_LOST = re.compile(
    r"(closed[ -]*)?(lost|verloren|perdue?|perdid[oa]|verlor)|abgeschlossen verloren|dead|"
    r"disqualified|unqualified|not qualified|junk|not interested|kein interesse|cancell?ed"
)


def yes(cell: str) -> bool:
    return folded(cell).strip() in _YES


def objects(cell: str) -> bool:
    """Whether an opt-out column says so; a word nobody knows counts as an objection."""
    word = folded(cell).strip()
    return bool(word) and word not in _NO and word not in ("subscribed", "active", "aktiv")


def refuses(cell: str) -> bool:
    """Whether a consent column holds a plain no; an empty one says nothing."""
    return folded(cell).strip() in {*_NO, "unsubscribed", "abgemeldet"} - {"unknown", "select", "-"}


def won(cell: str) -> bool:
    word = folded(cell).strip()
    return word in _YES or bool(_WON.fullmatch(word))


def lost(cell: str) -> bool:
    return bool(_LOST.fullmatch(folded(cell).strip()))


_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,64}@[^\s<>()\",;:@]+\.[^\s<>()\",;:@.]{2,63}")


def addresses(cell: str) -> tuple[str, ...]:
    """Every mail address in the cell: people write several into one."""
    found = (one_line(one, limit=320).strip(".'").lower() for one in _ADDRESS.findall(cell[:2_000]))
    return tuple(dict.fromkeys(found))
