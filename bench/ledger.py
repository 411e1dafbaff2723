"""The core and the ledger: deciding, recording, sweeping, and Today among very many."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection, transaction

from bench.figures import Figure, milliseconds, per_second
from followthrough.core import facts
from followthrough.core.decide import decide
from followthrough.core.history import History
from followthrough.core.terms import Standing, Terms
from followthrough.ledger.models import Fact, FollowUp, Member, Party, User, Workspace
from followthrough.ledger.queries import today
from followthrough.ledger.record import Heard, record, record_many
from followthrough.ledger.statements import insert
from followthrough.ledger.sweep import sweep

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
_numbers = count()

Bench = Callable[[], Iterator[Figure]]


def deciding() -> Iterator[Figure]:
    terms = Terms(manager="1", members={"1": Standing()})
    for size, limit in ((10, 0.1), (200, 0.5)):
        happened = [fact for n in range(size // 2) for fact in _exchange(n)]
        named = History.of("ann", happened).facts
        yield Figure(
            name=f"decide, {size} facts", unit="ms", limit=limit,
            value=milliseconds(lambda named=named: decide(History("ann", named), terms)),
        )  # fmt: skip


def recording() -> Iterator[Figure]:
    parties = _parties(200)

    def one_by_one() -> int:
        for party in parties:
            n = next(_numbers)
            record(party, facts.TheyWrote(at=MONDAY), source=f"b:{n}", at=MONDAY)
        return len(parties)

    yield Figure(
        name="record, one at a time", unit="facts/s", limit=250, more_is_better=True,
        value=per_second(one_by_one), raw=per_second(lambda: _raw_commits(200)),
    )  # fmt: skip


def importing() -> Iterator[Figure]:
    def many() -> int:
        parties = _parties(1000)
        start = [
            Heard(party=one, source=f"i:{next(_numbers)}", facts=[*_exchange(0), *_exchange(1)])
            for one in parties
        ]
        for place in range(0, len(start), 100):
            record_many(start[place : place + 100], at=MONDAY)
        return 4 * len(parties)

    yield Figure(
        name="record_many, four facts a party", unit="facts/s", limit=4000, more_is_better=True,
        value=per_second(many), raw=per_second(lambda: _raw_batch(4000)),
    )  # fmt: skip


def sweeping() -> Iterator[Figure]:
    shop = _shop()
    parties = _parties(2000, shop)
    heard = [Heard(party=one, source=f"w:{next(_numbers)}", facts=_exchange(0)) for one in parties]
    for place in range(0, len(heard), 100):
        record_many(heard[place : place + 100], at=MONDAY)

    def whole() -> int:
        wrong = sweep(shop, at=MONDAY)
        if wrong:
            raise ArithmeticError(f"The sweep found {wrong} wrong.")
        return len(parties)

    yield Figure(
        name="sweep", unit="parties/s", limit=3000, more_is_better=True, value=per_second(whole)
    )


def todays_query() -> Iterator[Figure]:
    """A member with 1,000 open follow-ups, then one with 100,000 above a million facts."""
    for size, happened in ((1_000, 10_000), (100_000, 1_000_000)):
        shop = _shop()
        member = Member.objects.select_related("workspace").get(workspace=shop)
        [party] = _parties(1, shop)
        record(party, *_exchange(0), source=f"t:{next(_numbers)}", at=MONDAY)
        _crowd(FollowUp.objects.get(workspace=shop), size)
        _much_happened(party, happened)
        yield Figure(
            name=f"Today, {size:,} open, {happened:,} facts", unit="ms", limit=2,
            value=milliseconds(lambda member=member: today(member, MONDAY)),
            raw=milliseconds(lambda member=member: _raw_today(member)),
        )  # fmt: skip


# --- what is measured against -------------------------------------------------------


def _raw_commits(number: int) -> int:
    for _ in range(number):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_raw (a, b) VALUES (%s, %s)", ["a" * 60, "b" * 200])
    return number


def _raw_batch(number: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        rows = [("a" * 60, "b" * 200)] * number
        cursor.executemany("INSERT INTO bench_raw (a, b) VALUES (%s, %s)", rows)
    return number


def _raw_today(member: Member) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, band, rank, due, how, until FROM ledger_followup WHERE workspace_id = %s "
            "AND member_id = %s AND settled_at IS NULL AND show_at < '2026-03-03' "
            "ORDER BY show_at, id LIMIT 200",
            [member.workspace_id, member.pk],
        )
        return cursor.fetchall()


def prepare() -> None:
    with connection.cursor() as cursor:
        number = "SERIAL" if connection.vendor == "postgresql" else "INTEGER"
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS bench_raw (id {number} PRIMARY KEY, a TEXT, b TEXT)"
        )


# --- what there is --------------------------------------------------------------------


def _exchange(n: int) -> list[facts.Fact]:
    at = MONDAY + n * DAY / 2
    return [facts.TheyWrote(at=at), facts.WeWrote(at=at + DAY / 4)]


def _shop() -> Workspace:
    shop = Workspace.objects.create(name="Bench", zone="Europe/London", country="GB")
    user = User.objects.create(email=f"bob{next(_numbers)}@bench.example")
    Member.objects.create(
        workspace=shop, user=user, name="Bob", role="administrator", joined_at=MONDAY
    )
    return shop


def _parties(number: int, shop: Workspace | None = None) -> list[Party]:
    shop = shop or _shop()
    return Party.objects.bulk_create(
        [Party(workspace=shop, name=f"Ann {n}", created_at=MONDAY) for n in range(number)],
        batch_size=500,
    )


def _crowd(duty: FollowUp, size: int) -> None:
    """Copies of one duty over bands and days: one in fifty is due today."""
    names = [field.attname for field in duty._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(duty, name) for name in names}
    with transaction.atomic():
        for start in range(0, size, 10_000):
            rows = []
            for n in range(start, min(size, start + 10_000)):
                row = FollowUp(**values)
                row.occasion, row.band, row.rank = f"c{n}", 1 + n // 50 % 4, n % 977
                row.show_at = MONDAY + (n % 50) * DAY
                rows.append(row)
            insert(rows)


def _much_happened(party: Party, number: int) -> None:
    """Copies of one fact, each of its own source."""
    columns = [
        field.column
        for field in Fact._meta.concrete_fields
        if not field.primary_key and field.column not in ("source", "name")
    ]
    same = ", ".join(f'"{column}"' for column in columns)
    first = Fact.objects.filter(party=party).order_by("pk").values_list("pk", flat=True)[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "  # noqa: S608
            f"INSERT INTO ledger_fact (source, name, {same}) "
            f"SELECT 'f' || i, 'f' || i, {same} FROM n, ledger_fact WHERE id = %s",
            [number, first],
        )


BENCHES: dict[str, Bench] = {
    "decide": deciding,
    "record": recording,
    "record_many": importing,
    "sweep": sweeping,
    "today": todays_query,
}
