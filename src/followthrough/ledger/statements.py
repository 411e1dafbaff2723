"""The hot statements, built once from the models: Django compiles its own anew for every call."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

MANY = 250  # rows in one INSERT; each number of them is a statement of its own
# What the drivers take as it is.
AS_THEY_ARE = {
    "CharField", "TextField", "IntegerField", "PositiveIntegerField", "BigIntegerField",
    "PositiveSmallIntegerField", "PositiveBigIntegerField", "BigAutoField", "AutoField",
    "BooleanField",
}  # fmt: skip
CHUNK = 500  # parameters in one list; SQLite's own limit is higher

Row = TypeVar("Row", bound=Model)
# Field and its values; the last list may be long.
Where = Mapping[str, Iterable[Any]]


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model. They get no id: use insert_numbered where it is needed."""
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    insert_values(model, columns, list(map(_plain(model, columns), rows)))


def insert_values(
    model: type[Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert plain values, a tuple a row; `names` are all columns but the id, by field."""
    with connection.cursor() as cursor:
        cursor.executemany(_insert(model, names, 1), rows)


def insert_numbered(rows: Sequence[Model]) -> None:
    """Insert rows of one model, and give each its id."""
    if rows:
        model = type(rows[0])
        columns = _columns(model)
        ids = insert_values_numbered(model, columns, list(map(_plain(model, columns), rows)))
        for row, pk in zip(rows, ids, strict=True):
            row.pk = pk


def insert_values_numbered(
    model: type[Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> list[int]:
    """Insert plain values, a tuple a row; the ids that they got."""
    ids: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), MANY):
            some = rows[start : start + MANY]
            values = [value for row in some for value in row]
            cursor.execute(f"{_insert(model, names, len(some))} RETURNING id", values)
            ids += [pk for (pk,) in cursor.fetchall()]
    return ids


def made(model: type[Row], **values: Any) -> Row:
    """A new row of these columns, as its constructor would make it, in a tenth of the time."""
    row = model.__new__(model)
    plain, living = _defaults(model)
    row.__dict__.update(plain, _state=ModelState())
    for name, default in living:
        row.__dict__[name] = default()
    row.__dict__.update(values)
    return row


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
    plain = _plain(model, names)
    update_values(model, names, [(*plain(row), row.pk) for row in rows])


def update_values(
    model: type[Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Write plain values, a tuple a row, the id last."""
    with connection.cursor() as cursor:
        cursor.executemany(_update(model, names), rows)


def select(
    model: type[Model],
    names: tuple[str, ...],
    where: Where,
    also: str = "",
    more: Sequence[Any] = (),
) -> Iterator[tuple[Any, ...]]:
    """The named fields of all rows that match, as Python values; `more` are those of `also`."""
    fields = _named(model, names)
    readers = [reader_of(field) for field in fields]
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


@cache
def _plain(model: type[Model], names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Takes these fields of a row as the database's driver takes them."""
    fields = _named(model, names)
    take = attrgetter(*(field.attname for field in fields))
    adapted = [(n, _writer(field)) for n, field in enumerate(fields) if _needs_adapting(field)]
    if len(fields) == 1:
        return lambda row: (fields[0].get_db_prep_save(take(row), connection),)

    def values(row: Any) -> tuple[Any, ...]:
        found = list(take(row))
        for n, adapt in adapted:
            if found[n] is not None:
                found[n] = adapt(found[n])
        return tuple(found)

    return values


def _needs_adapting(field: Any) -> bool:
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    return kind not in AS_THEY_ARE


def _writer(field: Any) -> Callable[[Any], Any]:
    if field.get_internal_type() == "DateTimeField":
        return adapted_moment
    if field.get_internal_type() == "JSONField":
        return lambda value: _saved(field, value) if value else _empty(field, type(value).__name__)
    return lambda value: _saved(field, value)


def _saved(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


@cache
def _empty(field: Any, kind: str) -> Any:
    """Most JSON in thousands of rows is an empty list or an empty object."""
    return _saved(field, {} if kind == "dict" else [])


@lru_cache(maxsize=1024)
def adapted_moment(moment: datetime) -> Any:
    """The same few moments stand in thousands of rows."""
    return connection.ops.adapt_datetimefield_value(moment)


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """What stands in a column of which nothing is said; those that need one of their own."""
    fields = model._meta.concrete_fields
    living = [
        (field.attname, field.default)
        for field in fields
        if field.has_default() and callable(field.default)
    ]
    named = {name for name, _ in living}
    plain = {one.attname: one.get_default() for one in fields if one.attname not in named}
    return plain, living


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if not field.primary_key)


@cache
def _named(model: type[Model], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(model._meta.get_field(name) for name in names)


@lru_cache(maxsize=1024)
def _insert(model: type[Model], names: tuple[str, ...], rows: int) -> str:
    columns = _quoted(field.column for field in _named(model, names))
    marks = ", ".join([f"({', '.join(['%s'] * len(names))})"] * rows)
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {marks}"  # noqa: S608


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{field.column}" = %s' for field in _named(model, names))
    return f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s"  # noqa: S608


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


@cache
def reader_of(field: Any) -> Any:
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return moment_of
    if kind == "JSONField":
        return lambda value: field.from_db_value(value, None, connection)
    if kind in ("DateField", "TimeField"):  # SQLite keeps them as text
        return field.to_python
    return bool if kind == "BooleanField" else None


def moment_of(value: Any) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.fromisoformat(value)
    # SQLite's are naive and in UTC: astimezone would take them for the machine's own time.
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)  # type: ignore[no-any-return]
