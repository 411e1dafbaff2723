"""The hot statements, built once from the models: Django compiles its own anew for every call."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

CHUNK = 500  # parameters in one list; SQLite's own limit is higher


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model. They get no id: use bulk_create where it is needed."""
    if not rows:
        return
    model = type(rows[0])
    fields = _columns(model)
    with connection.cursor() as cursor:
        cursor.executemany(_insert(model), [_values(row, fields) for row in rows])


def update(rows: Sequence[Model], names: tuple[str, ...]) -> None:
    """Write these fields of rows of one model, by their id."""
    if not rows:
        return
    model = type(rows[0])
    fields = _named(model, names)
    with connection.cursor() as cursor:
        cursor.executemany(_update(model, names), [(*_values(row, fields), row.pk) for row in rows])


def select(
    model: type[Model], names: tuple[str, ...], by: str, ids: Iterable[Any], where: str = ""
) -> Iterator[tuple[Any, ...]]:
    """The named fields of all rows whose field `by` is one of `ids`, as Python values."""
    ids = list(ids)
    fields = _named(model, names)
    readers = [_reader(field) for field in fields]
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        with connection.cursor() as cursor:
            cursor.execute(_select(model, names, by, len(some), where), some)
            for row in cursor.fetchall():
                yield tuple(
                    value if read is None or value is None else read(value)
                    for read, value in zip(readers, row, strict=True)
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


@cache
def _select(model: type[Model], names: tuple[str, ...], by: str, count: int, where: str) -> str:
    columns = _quoted(field.column for field in _named(model, names))
    marks = ", ".join(["%s"] * count)
    column = model._meta.get_field(by).column  # type: ignore[union-attr]
    return (
        f"SELECT {columns} FROM {model._meta.db_table} "  # noqa: S608
        f'WHERE "{column}" IN ({marks}) {where}'
    )


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _reader(field: Any) -> Any:
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return _moment
    if kind == "JSONField":
        return lambda value: field.from_db_value(value, None, connection)
    return bool if kind == "BooleanField" else None


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(value).replace(tzinfo=UTC)
