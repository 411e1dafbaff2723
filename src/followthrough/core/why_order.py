"""Why somebody stands where they stand: the parts of a rank, in words."""

from followthrough.core.rule import BEGS, DATED, HOT, HURT
from followthrough.core.saying import Saying, says


def reasons(rank: int, tag: str = "") -> list[Saying]:
    """What outweighs money, the heaviest first. Each part is larger than all below it together,
    and so can be read back out of the sum."""
    found, rest = [], rank
    for weight, words in PARTS:
        if rest >= weight:
            found.append(words)
            rest -= weight
    if tag == "upset" and not found:
        found.append(PARTS[0][1])
    return found


PARTS: tuple[tuple[int, Saying], ...] = (
    (HURT, says("Something has hurt them: they head their part of the day.")),
    (BEGS, says("They ask to buy: a yes cannot wait.")),
    (DATED, says("They named days, and days pass.")),
    (HOT, says("They said a strong yes.")),
)
