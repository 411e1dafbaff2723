"""Whole rows with those that they point to, by statements built once: Django compiles anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

from followthrough.ledger.statements import reader_of

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class _Table:
    """`key` is the name of the foreign key that leads there, "" for the rows themselves."""

    key: str
    model: type[Model]
    names: tuple[str, ...]
    readers: tuple[Any, ...]


def rows_with(
    model: type[Row], keys: tuple[str, ...], rest: str, values: Sequence[Any]
) -> list[Row]:
    """As `select_related` with `keys` gives them; `rest` begins with WHERE and calls the model's
    own table `own`, the others by the name of their key."""
    head, tables = _joined(model, keys)
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {rest}", values)
        return [_put_together(tables, row) for row in cursor.fetchall()]


def marks_for(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


@cache
def _joined(model: type[Model], keys: tuple[str, ...]) -> tuple[str, list[_Table]]:
    """The statement up to WHERE, and what its columns are."""
    columns, joins, tables = [], [f"{model._meta.db_table} own"], []
    for key in ("", *keys):
        link: Any = model._meta.get_field(key) if key else None
        target = link.related_model if key else model
        fields = target._meta.concrete_fields
        columns += [f'"{key or "own"}"."{field.column}"' for field in fields]
        names = tuple(field.attname for field in fields)
        readers = tuple(reader_of(field) for field in fields)
        tables.append(_Table(key=key, model=target, names=names, readers=readers))
        if key:
            kind = "LEFT JOIN" if link.null else "JOIN"
            table = f'{target._meta.db_table} "{key}"'
            joins.append(f'{kind} {table} ON "{key}".id = own."{link.column}"')
    return f"SELECT {', '.join(columns)} FROM {' '.join(joins)}", tables  # noqa: S608


def _put_together(tables: list[_Table], values: tuple[Any, ...]) -> Any:
    first, start = None, 0
    for table in tables:
        part = values[start : start + len(table.names)]
        start += len(table.names)
        row = None if part[0] is None else _read(table, part)
        if first is None:
            first = row
        else:
            first._state.fields_cache[table.key] = row
    return first


def _read(table: _Table, values: tuple[Any, ...]) -> Model:
    row = table.model.__new__(table.model)
    row._state = ModelState()
    row._state.adding, row._state.db = False, connection.alias
    for name, read, value in zip(table.names, table.readers, values, strict=True):
        row.__dict__[name] = value if read is None or value is None else read(value)
    return row
