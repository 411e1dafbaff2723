"""Forms, shops and telephones that may knock: added, found by their key, taken away."""

import re
import secrets
from datetime import datetime

from django.db.models import F

from followthrough.ledger.credentials import open_for, seal_for
from followthrough.ledger.models import Connection, Member

KEY = re.compile(r"[\w-]{1,40}", re.ASCII)


def new_key() -> str:
    """An address that nobody guesses."""
    return secrets.token_urlsafe(18)


def add(connection: Connection, *, by: Member, at: datetime) -> Connection:
    """Kept with a key of its own; what is not said is left as the table has it."""
    connection.workspace, connection.added_at = by.workspace, at
    connection.key = new_key()
    connection.save()
    return connection


def by_key(key: str, kinds: frozenset[str]) -> Connection | None:
    """None for one that was taken away, as for one that never was."""
    if not KEY.fullmatch(key):
        return None
    rows = Connection.objects.filter(key=key, kind__in=kinds, removed_at=None)
    return rows.select_related("workspace", "owner").first()


def give_secret(connection: Connection, secret: str) -> None:
    """The one before counts on, until there is a third: both sides never change at one moment."""
    connection.secret_before = connection.secret
    connection.secret = seal_for(_whose(connection), secret)
    connection.save(update_fields=["secret", "secret_before"])


def make_secret(connection: Connection) -> str:
    """One that the other side has to be told; it is shown once."""
    secret = secrets.token_urlsafe(32)
    give_secret(connection, secret)
    return secret


def secrets_of(connection: Connection) -> list[str]:
    """In the clear, the newest first: for checking a signature, never for a screen or a log."""
    sealed = (connection.secret, connection.secret_before)
    return [open_for(_whose(connection), one) for one in sealed if one]


def count_refused(connection: Connection, *, at: datetime) -> None:
    rows = Connection.objects.filter(workspace=connection.workspace_id, pk=connection.pk)
    rows.update(refused=F("refused") + 1, refused_at=at)


def _whose(connection: Connection) -> str:
    return f"{connection.workspace_id}:connection:{connection.key}"
