"""A strong yes has one next word, soon."""

import pytest
from tests.core.cast import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    by_rule,
    called,
    called_us,
    closed,
    only,
    opened,
    planned,
    qualified,
    rang_in_vain,
    wrote,
)

from followthrough.core.followups import WAITING


def test_it_speaks_within_a_working_day():
    one = only(called(MONDAY), qualified(MONDAY))

    assert (one.rule, one.due, one.band) == ("strike_while_hot", TUESDAY, WAITING)


@pytest.mark.parametrize(
    "after",
    [
        [answered(TUESDAY)],
        [rang_in_vain(TUESDAY)],
        [called_us(TUESDAY)],
        [wrote(TUESDAY)],
        [planned(TUESDAY, due=FRIDAY)],
        [qualified(TUESDAY, yes=False)],
        [closed(TUESDAY, outcome="won")],
        [answered(TUESDAY), wrote(WEDNESDAY), called_us(THURSDAY)],
    ],
)
def test_it_is_silent_once_there_was_a_next_word(after):
    assert by_rule("strike_while_hot", qualified(MONDAY), *after) == []


def test_the_yes_still_heads_the_band_afterwards():
    hot = only(qualified(MONDAY), answered(TUESDAY))
    warm = only(opened(MONDAY), answered(TUESDAY))

    assert hot.rank > warm.rank


def test_the_limit_is_a_knob():
    assert only(qualified(MONDAY), knobs={"strike_while_hot.limit": 2}).due == WEDNESDAY
