"""Whole rows, with those that they point to, by statements built once: Django compiles anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.base import ModelState

from followthrough.ledger.statements import Where, reader_of, select

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class _Table:
    """`key` is the name of the foreign key that leads there, "" for the rows themselves."""

    key: str
    model: type[Model]
    size: int


def rows_with(
    model: type[Row], keys: tuple[str, ...], rest: str, values: Sequence[Any]
) -> list[Row]:
    """As `select_related` with `keys` gives them; `rest` begins with WHERE and calls the model's
    own table `own`, the others by the name of their key."""
    head, tables = _joined(model, keys)
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {rest}", values)
        return [_put_together(tables, row) for row in cursor.fetchall()]


def pick(
    model: type[Model], names: tuple[str, ...], rest: str, values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Of the same rows only these columns, where whole ones would cost more to make than to show:
    "due" is their own, "party.name" one of whom they point to."""
    head, readers = _picking(model, names)
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {rest}", values)
        return [
            tuple(
                value if read is None or value is None else read(value)
                for read, value in zip(readers, row, strict=True)
            )
            for row in cursor.fetchall()
        ]


def rows_of(model: type[Row], where: Where, also: str = "", more: Sequence[Any] = ()) -> list[Row]:
    """Whole rows of a model; `where` as for `select`."""
    plain = tuple(field.name for field in model._meta.concrete_fields)
    return [_row(model, values) for values in select(model, plain, where, also, more)]


@cache
def columns_of(model: type[Model], alias: str) -> str:
    """All columns of a model for a statement of one's own; `made_of` reads them."""
    return ", ".join(f'"{alias}"."{field.column}"' for field in model._meta.concrete_fields)


def made_of(model: type[Row], values: Sequence[Any]) -> Row:
    """The model's row, of the values that stand in the order of `columns_of`."""
    told = list(values)
    for n, read in _to_read(model):
        if told[n] is not None:
            told[n] = read(told[n])
    return _row(model, told)


def marks_for(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _row(model: type[Row], values: Sequence[Any]) -> Row:
    """As `from_db` makes it, without its signals and its checks."""
    row = model.__new__(model)
    row._state = ModelState()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    row.__dict__.update(zip(_names(model), values, strict=True))
    return row


@cache
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _to_read(model: type[Model]) -> tuple[tuple[int, Any], ...]:
    """Where the database's value is not yet Python's."""
    readers = map(reader_of, model._meta.concrete_fields)
    return tuple((n, read) for n, read in enumerate(readers) if read is not None)


@cache
def _joined(model: type[Model], keys: tuple[str, ...]) -> tuple[str, list[_Table]]:
    """The statement up to WHERE, and what its columns are."""
    columns, tables = [], []
    for key in ("", *keys):
        target = _target(model, key)
        columns.append(columns_of(target, key or "own"))
        tables.append(_Table(key=key, model=target, size=len(_names(target))))
    return f"SELECT {', '.join(columns)} FROM {_joins(model, keys)}", tables  # noqa: S608


@cache
def _picking(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    columns, readers, keys = [], [], []
    for name in names:
        key, _, own = name.rpartition(".")
        field: Any = _target(model, key)._meta.get_field(own)
        columns.append(f'"{key or "own"}"."{field.column}"')
        readers.append(reader_of(field))
        keys += [key] if key and key not in keys else []
    return f"SELECT {', '.join(columns)} FROM {_joins(model, tuple(keys))}", readers  # noqa: S608


def _target(model: type[Model], key: str) -> Any:
    return model._meta.get_field(key).related_model if key else model


def _joins(model: type[Model], keys: tuple[str, ...]) -> str:
    joins = [f"{model._meta.db_table} own"]
    for key in keys:
        link: Any = model._meta.get_field(key)
        kind = "LEFT JOIN" if link.null else "JOIN"
        table = f'{_target(model, key)._meta.db_table} "{key}"'
        joins.append(f'{kind} {table} ON "{key}".id = own."{link.column}"')
    return " ".join(joins)


def _put_together(tables: list[_Table], values: tuple[Any, ...]) -> Any:
    first, start = None, 0
    for table in tables:
        part = values[start : start + table.size]
        start += table.size
        row = None if part[0] is None else made_of(table.model, part)
        if first is None:
            first = row
        else:
            first._state.fields_cache[table.key] = row
    return first
