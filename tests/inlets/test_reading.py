"""What programs send us, read without being taken in."""

from datetime import UTC, datetime

import pytest

from followthrough.inlets.reading import cents, moment

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("said", ["1e999999", "-1", "NaN", "Infinity", "1e40", "ten", ""])
def test_an_amount_that_is_none_counts_as_nothing(said):
    assert cents({"total": said}, "total") == 0


def test_an_amount_as_shops_write_it():
    assert cents({"total": "398.00"}, "total") == 39_800


@pytest.mark.parametrize("said", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "soon"])
def test_a_moment_that_nobody_could_mean_is_now(said):
    assert moment(said, at=NOON) == NOON


def test_a_moment_before_now_is_kept():
    assert moment("2026-03-02T11:00:00+01:00", at=NOON) == NOON.replace(hour=10)
