"""Cold, warm, hot: one step up for a sign of life, one down for 30 days without."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from tests.core.cast import DAY, HOUR, MONDAY
from tests.core.histories import histories

from followthrough.core import facts
from followthrough.core.history import History
from followthrough.core.temperature import COLD, HOT, temperature


def names(*happened, after):
    return [turn.name for turn in temperature(happened, now=MONDAY + after)]


@pytest.mark.parametrize(
    ("happened", "after", "turns"),
    [
        ([], DAY, []),
        ([facts.WeWrote(at=MONDAY)], 90 * DAY, []),
        ([facts.WeCalled(at=MONDAY, outcome="no_answer")], DAY, []),
        ([facts.WeCalled(at=MONDAY, outcome="spoke")], DAY, ["warm"]),
        ([facts.TheyOpened(at=MONDAY)], DAY, ["warm"]),
        ([facts.TheyWrote(at=MONDAY)], 30 * DAY, ["warm", "cold"]),
        ([facts.TheyEnquired(at=MONDAY), facts.TheyWrote(at=MONDAY + HOUR / 2)], DAY, ["warm"]),
        ([facts.TheyEnquired(at=MONDAY), facts.Met(at=MONDAY + DAY)], 2 * DAY, ["warm", "hot"]),
        ([facts.Qualified(at=MONDAY)], DAY, ["hot"]),
        ([facts.Qualified(at=MONDAY)], 90 * DAY, ["hot", "warm", "cold"]),
        ([facts.TheyWrote(at=MONDAY), facts.OptedOut(at=MONDAY + DAY)], 2 * DAY, ["warm", "cold"]),
        ([facts.TheyWrote(at=MONDAY), facts.OptedOut(at=MONDAY + DAY, channels=("sms",))],
         2 * DAY, ["warm"]),
        ([facts.TheyWrote(at=MONDAY)], -DAY, []),
    ],
)  # fmt: skip
def test_what_moves_them(happened, after, turns):
    assert names(*happened, after=after) == turns


@settings(max_examples=100, deadline=None, database=None)
@given(histories)
def test_each_change_is_another_level_and_later_than_the_one_before(happened):
    turns = temperature(History("ann", happened).facts, now=MONDAY + 800 * DAY)

    levels = [COLD, *(turn.level for turn in turns)]
    assert all(one != other for one, other in pairwise(levels))
    assert [turn.at for turn in turns] == sorted(turn.at for turn in turns)
    assert set(levels) <= {COLD, 1, HOT}
