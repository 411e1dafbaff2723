"""Every number that a team may set, by its name: those of the rules and those around them."""

from followthrough.core.decide import NET_LIMIT, RULES
from followthrough.core.manners import KNOBS as MANNERS
from followthrough.core.rule import Knob
from followthrough.ledger.notices import AGAIN
from followthrough.ledger.reminding import TO_MANAGER
from followthrough.ledger.spreading import DAILY

AROUND: dict[str, Knob] = {
    "net.limit": NET_LIMIT,
    **{f"manners.{name}": knob for name, knob in MANNERS.items()},
    "spread.daily": DAILY,
    "remind.again": AGAIN,
    "remind.manager": TO_MANAGER,
}
OF_RULES: dict[str, Knob] = {
    f"{rule}.{name}": knob for rule, one in RULES.items() for name, knob in one.knobs.items()
}
NUMBERS = OF_RULES | AROUND
