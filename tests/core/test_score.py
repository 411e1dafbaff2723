"""How near to a yes: willing times able, each part with its points."""

import pytest
from hypothesis import given, settings
from tests.core.cast import DAY, MONDAY, terms
from tests.core.histories import histories

from followthrough.core import facts
from followthrough.core.decide import decide
from followthrough.core.history import History
from followthrough.core.rule import HOT
from followthrough.core.score import NOTHING, score

QUOTE = facts.QuoteSent(at=MONDAY, matter="roof")
BUDGET = facts.Learned(at=MONDAY + DAY, part="budget")


def of(*happened):
    history = History.of("ann", happened)
    return score(history.known, history.open_matters())


@pytest.mark.parametrize(
    ("happened", "parts", "total"),
    [
        ([], [], 10),
        ([QUOTE], ["price"], 20),
        ([facts.Learned(at=MONDAY, part="price"), QUOTE], ["price"], 20),
        ([QUOTE, BUDGET], ["price", "budget"], 26),
        ([facts.Met(at=MONDAY)], ["met"], 17),
        ([facts.Acquainted(at=MONDAY, how="referred")], ["referred"], 15),
        ([facts.Acquainted(at=MONDAY, how="cold")], [], 10),
        ([facts.TheyOrdered(at=MONDAY)], ["ordered"], 20),
        ([BUDGET, facts.Learned(at=MONDAY + 2 * DAY, part="budget", holds=False)], [], 10),
    ],
)
def test_each_part_counts_on_its_side(happened, parts, total):
    found = of(*happened)

    assert ([part.name for part in found.parts], found.total) == (parts, total)


def test_all_that_speaks_for_a_yes_is_a_hundred_able():
    known = [
        facts.Learned(at=MONDAY, part=part) for part in ("need", "budget", "authority", "date")
    ]

    assert of(*known).able == 100


def test_the_score_never_lifts_money_above_a_strong_yes():
    rich = facts.Opened(at=MONDAY, matter="roof", value=10**14, chance=100)
    [owed] = decide(History.of("ann", [rich, QUOTE, BUDGET]), terms())

    assert owed.rank < HOT


@settings(max_examples=100, deadline=None, database=None)
@given(histories)
def test_it_stays_between_nothing_and_a_hundred(happened):
    history = History("ann", happened)
    found = score(history.known, history.open_matters())

    assert NOTHING <= found.total <= 100
