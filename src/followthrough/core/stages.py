"""How far a deal has come: as somebody moved it, and as what happened moved it on by itself."""

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.matter import Matter

ENQUIRY, TALKING, QUOTED, AGREED = "enquiry", "talking", "quoted", "agreed"
DEALS = frozenset({"enquiry", "deal", "quote"})
RESTING = "resting"
OTHER = ":"  # what is no deal stands in a lane named for its kind
LISTED = f"{OTHER}listed"


def lane_of(matter: Matter) -> str:
    """Where it stands on the board; a deal that rests leaves its stage until it comes back."""
    if matter.kind not in DEALS:
        return f"{OTHER}{matter.kind}"
    if _is_merely_listed(matter):
        return LISTED
    if isinstance(matter.plan, facts.NotNow) and not matter.waiting:
        return RESTING
    return matter.stage or ENQUIRY


def _is_merely_listed(matter: Matter) -> bool:
    """A name on a list is no deal until something happens or somebody gives it a worth."""
    known = matter.value or matter.stage or matter.expected or matter.hot
    between = matter.touches or matter.theirs or matter.waiting or matter.quote or matter.promises
    return isinstance(matter.opened, facts.Listed) and not (known or between or matter.plan)


def move_on(matter: Matter, fact: Fact) -> None:
    """A word that reached them is talking, a quote is a quote. Neither ever moves a deal back."""
    if isinstance(fact, facts.QuoteSent):
        if matter.stage in ("", ENQUIRY, TALKING):
            matter.stage = QUOTED
    elif matter.stage in ("", ENQUIRY) and _is_talk(fact):
        matter.stage = TALKING


def _is_talk(fact: Fact) -> bool:
    heard = fact.turn == facts.THEIRS and getattr(fact, "answered", False)
    return heard or (fact.turn in (facts.OURS, facts.BOTH) and fact.reached)
