"""Where a piece of a file stood, in the reader’s words; and its subject, where that is kept."""

import re

from django.utils.translation import gettext_lazy as _

from followthrough.inlets.mailbox.glimpse import subject_of
from followthrough.ledger.models import Piece
from followthrough.web import say

PLACES = {"row": _("Row {n}"), "card": _("Card {n}"), "mail": _("Mail {n}")}
_NUMBERED = re.compile(r"(row|card|mail) (\d+)")
LONGEST_SUBJECT = 80


def place_of(where: str, file_name: str = "") -> str:
    """The name of the file stands over the page already: it need not stand on every line."""
    own = where.removeprefix(file_name).removeprefix(", ") or where
    found = _NUMBERED.fullmatch(own)
    if not found:
        return own
    said = str(PLACES[found[1]]).format(n=say.number(int(found[2])))
    return said.replace(" ", "\u00a0")  # a word and its number stay together


def called(piece: Piece) -> str:
    """The subject of a mail that could not be taken in: of the others nothing is kept to read."""
    subject = subject_of(bytes(piece.raw)) if piece.raw else ""
    return say.shortened(subject, LONGEST_SUBJECT)
