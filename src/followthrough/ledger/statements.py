"""The hot statements, built once from the models: Django compiles its own anew for every call."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

CHUNK = 500  # parameters in one list; SQLite's own limit is higher

# Field and its values; the last list may be long.
Where = Mapping[str, Iterable[Any]]


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model. They get no id: use bulk_create where it is needed."""
    if not rows:
        return
    model = type(rows[0])
    fields = _columns(model)
    with connection.cursor() as cursor:
        cursor.executemany(_insert(model), [_values(row, fields) for row in rows])


def insert_plain(
    model: type[Model], names: tuple[str, ...], rows: Iterable[tuple[int | str | None, ...]]
) -> None:
    """Very many rows of numbers and texts, without a model object for each."""
    columns = [field.column for field in _named(model, names)]
    marks = ", ".join(["%s"] * len(columns))
    into = f"INSERT INTO {model._meta.db_table} ({_quoted(columns)}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(into, list(rows))


def update(rows: Sequence[Model], names: tuple[str, ...]) -> None:
    """Write these fields of rows of one model, by their id."""
    if not rows:
        return
    model = type(rows[0])
    fields = _named(model, names)
    with connection.cursor() as cursor:
        cursor.executemany(_update(model, names), [(*_values(row, fields), row.pk) for row in rows])


def select(
    model: type[Model],
    names: tuple[str, ...],
    where: Where,
    also: str = "",
    more: Sequence[Any] = (),
) -> Iterator[tuple[Any, ...]]:
    """The named fields of all rows that match, as Python values; `more` are those of `also`."""
    fields = _named(model, names)
    readers = [_reader(field) for field in fields]
    what = _quoted(field.column for field in fields)
    for clause, values in _clauses(model, where):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {what} FROM {model._meta.db_table} WHERE {clause} {also}",  # noqa: S608
                [*values, *more],
            )
            for row in cursor.fetchall():
                yield tuple(
                    value if read is None or value is None else read(value)
                    for read, value in zip(readers, row, strict=True)
                )


def delete(model: type[Model], where: Where, also: str = "") -> None:
    for clause, values in _clauses(model, where):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {clause} {also}", values)  # noqa: S608


def _clauses(model: type[Model], where: Where) -> Iterator[tuple[str, list[Any]]]:
    """Conditions in portions of the last list."""
    *firm, (last, many) = [(name, list(values)) for name, values in where.items()]
    fixed = [value for _, values in firm for value in values]
    for start in range(0, len(many), CHUNK):
        some = many[start : start + CHUNK]
        shape = (*((name, len(values)) for name, values in firm), (last, len(some)))
        yield _clause(model, shape), [*fixed, *some]


@cache
def _clause(model: type[Model], shape: tuple[tuple[str, int], ...]) -> str:
    [*columns] = (field.column for field in _named(model, tuple(name for name, _ in shape)))
    lists = (", ".join(["%s"] * count) for _, count in shape)
    return " AND ".join(
        f'"{column}" IN ({marks})' for column, marks in zip(columns, lists, strict=True)
    )


def _values(row: Model, fields: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields
    )


@cache
def _columns(model: type[Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@cache
def _named(model: type[Model], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(model._meta.get_field(name) for name in names)


@cache
def _insert(model: type[Model]) -> str:
    columns = [field.column for field in _columns(model)]
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {model._meta.db_table} ({_quoted(columns)}) VALUES ({marks})"  # noqa: S608


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{field.column}" = %s' for field in _named(model, names))
    return f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s"  # noqa: S608


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


@cache
def _reader(field: Any) -> Any:
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return _moment
    if kind == "JSONField":
        return lambda value: field.from_db_value(value, None, connection)
    if kind in ("DateField", "TimeField"):  # SQLite keeps them as text
        return field.to_python
    return bool if kind == "BooleanField" else None


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.fromisoformat(value)
    # SQLite's are naive and in UTC: astimezone would take them for the machine's own time.
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)  # type: ignore[no-any-return]
