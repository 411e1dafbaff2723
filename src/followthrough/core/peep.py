"""Whether they have had any sign of life from us since they asked, by whichever way (S51)."""

from followthrough.core.facts import Fact
from followthrough.core.history import History


def nothing_since(history: History) -> Fact | None:
    """Their first word that still waits, where no call, mail, text, card or visit of ours came
    after it, not even in vain; None else. What a machine of ours acknowledged is no sign of life.
    """
    waiting = [said for matter in history.open_matters() for said in matter.waiting]
    first = min(waiting, key=lambda said: said.at, default=None)
    if first is None or any(at > first.at for at in history.touched):
        return None
    return first
