"""What the books must change so that they say what is owed: opened, moved, settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from followthrough.core.followups import Owed


@dataclass(frozen=True, kw_only=True)
class OnTheBooks:
    """An open row: its id in the ledger, and the digest of what it says."""

    id: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Changes:
    opened: tuple[Owed, ...] = ()
    moved: tuple[tuple[int, Owed], ...] = ()
    settled: tuple[tuple[int, str], ...] = ()  # id and key

    def __bool__(self) -> bool:
        return bool(self.opened or self.moved or self.settled)


def digest_of(owed: Owed) -> str:
    """Differs as soon as anything that the row shows differs."""
    return blake2b(repr(owed).encode(), digest_size=8).hexdigest()


def reconcile(books: Mapping[str, OnTheBooks], owed: Iterable[Owed]) -> Changes:
    """Rows and debts are matched by key. A settled row is never touched again: a debt that comes
    back (by undo, by a late fact) is a row of its own."""
    standing = {one.key: one for one in owed}
    return Changes(
        opened=tuple(one for key, one in standing.items() if key not in books),
        moved=tuple(
            (row.id, standing[key])
            for key, row in books.items()
            if key in standing and row.digest != digest_of(standing[key])
        ),
        settled=tuple((row.id, key) for key, row in books.items() if key not in standing),
    )
