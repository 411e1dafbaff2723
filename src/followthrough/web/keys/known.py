"""The map of the keys, told once: for the page and for the list behind "?"."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from followthrough.ledger.models.members import KEYS_AS_IN_MAIL
from followthrough.web.places import places


@dataclass(frozen=True, kw_only=True)
class Group:
    """`keys` are pairs: what is pressed, each key by itself, and what it does."""

    title: object
    keys: Sequence[tuple[list[str], object]]


PERSON = (
    ("c", _("call")),
    ("e", _("write a mail")),
    ("t", _("write a text message")),
    ("i", _("send the information that they asked for")),
    ("d", _("done, and what’s next")),
    ("s", _("not now")),
    ("n", _("write a note")),
    ("p", _("add a promise")),
)
AS_IN_MAIL = {"e": "R", "d": "E", "s": "H"}
MOVING = (
    (["J", "K"], _("next, previous person; the arrows do the same")),
    (["↵"], _("open")),
    (["Esc"], _("close")),
)
ANYWHERE = (
    (["⌘K"], _("find or do anything (or Ctrl K)")),
    (["/"], _("search")),
    (["A"], _("add someone")),
    (["F"], _("one at a time")),
    (["Z"], _("undo, also ⌘Z or Ctrl Z")),
    (["?"], _("this list")),
)
SHEET = (
    (["1–4"], _("what happened: the first to the fourth answer")),
    (["⌘↵"], _("save (or Ctrl Enter)")),
)


def groups(chosen: str) -> list[Group]:
    """As this member has chosen them."""
    swapped = AS_IN_MAIL if chosen == KEYS_AS_IN_MAIL else {}
    person = [([swapped.get(key, key.upper())], does) for key, does in PERSON]
    there = places()
    going = [
        (place.keys.upper().split(), place.label)
        for place in [*there["daily"], *there["once"]]
        if place.keys
    ]
    doing = {place.name for place in there["doing"]}
    anywhere = [one for one in ANYWHERE if one[0] != ["F"] or "one" in doing]
    return [
        Group(title=_("With somebody"), keys=person),
        Group(title=_("Moving"), keys=MOVING),
        Group(title=_("Anywhere"), keys=anywhere),
        Group(title=_("Go to"), keys=going),
        Group(title=_("In the sheet"), keys=SHEET),
    ]
