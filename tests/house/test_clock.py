"""One clock, the database's, which tests can move."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from followthrough.ledger import clock

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_the_database_says_what_time_it_is():
    first = clock.now()
    second = clock.now()

    assert first <= second < first + timedelta(seconds=30)
    assert abs(first - datetime.now(tz=UTC)) < timedelta(seconds=30)  # noqa: TID251 - the check


def test_a_test_stops_the_clock_for_every_thread():
    seen = []

    with clock.at(MONDAY):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()

    assert seen == [MONDAY]


def test_clocks_can_be_moved_inside_each_other():
    with clock.at(MONDAY), clock.later(timedelta(days=2)):
        assert clock.now() == datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_afterwards_the_clock_is_the_database_again():
    with clock.at(MONDAY):
        pass

    assert clock.now() > MONDAY
