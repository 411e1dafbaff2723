"""What is owed: by whom, to whom, by when, how and why."""

from dataclasses import dataclass
from datetime import datetime

# The bands of a day, in the order in which they are shown.
WAITING, WORD, QUIET, WARM = 1, 2, 3, 4


def key_of(rule: str, matter: str, occasion: str) -> str:
    """The name of one debt: the same debt has the same key whenever it is derived."""
    return f"{rule}/{matter}/{occasion}"


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Somebody is told at an instant, whether or not anybody looks; `to` is a member's key."""

    at: datetime
    to: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One thing owed to a party.

    `occasion` tells this debt from others of its rule in the same matter, usually the name of the
    fact in `because`. `due` is when it is late, `start` when it is worth showing, `until` when
    another debt speaks in its place. `since` is how long they have waited. `rank` orders a band:
    it holds no time. `tag` is "upset" or "begging" where a word of theirs says so; `shows` names
    the fact whose words stand on the line. `how` is a channel; `who` a member's key. `alone`: it
    leaves by itself in their name, and they answer for it.
    """

    rule: str
    matter: str
    occasion: str
    because: str
    due: datetime
    what: str
    why: str
    since: datetime
    band: int
    how: str = "call"
    who: str = ""
    rank: int = 0
    tag: str = ""
    shows: str = ""
    start: datetime | None = None
    until: datetime | None = None
    evidence: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    count: int = 1
    held: str = ""
    ours_to_start: bool = True  # False where they or our word ask for it: manners never delay it
    blocks: bool = False
    chosen: bool = False  # a person chose the day: manners leave it
    alone: bool = False
    exact: bool = False  # shown from its minute on, not from the morning of its day

    @property
    def key(self) -> str:
        return key_of(self.rule, self.matter, self.occasion)
