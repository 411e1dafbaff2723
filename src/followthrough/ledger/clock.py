"""The one clock: the database's, so that every process and machine tells the same time.

Only web, api and worker read it; everybody below takes `now` as an argument.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection

# clock_timestamp, because CURRENT_TIMESTAMP stands still inside a transaction.
ASK = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
}


def now() -> datetime:
    return _read()


def of_the_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(ASK[connection.vendor])
        [said] = cursor.fetchone()
    if isinstance(said, datetime):
        return said.astimezone(UTC)
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


# A module's variable and not a ContextVar: a live server's threads must see it too.
_read: Callable[[], datetime] = of_the_database


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """For tests: time stands still at this instant, in every thread."""
    with _reading(lambda: instant):
        yield


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    """For tests: time runs on, but this much later."""
    before = _read
    with _reading(lambda: before() + by):
        yield


@contextmanager
def _reading(read: Callable[[], datetime]) -> Iterator[None]:
    global _read  # noqa: PLW0603 - the seam itself
    before, _read = _read, read
    try:
        yield
    finally:
        _read = before
