"""What the environment says, read once and typed; a wrong value stops the start with a sentence."""

import os
import secrets
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

IPV6 = 6
POSTGRES = "django.db.backends.postgresql"
SQLITE = "followthrough.project.sqlite"
# FULL, not NORMAL: what was recorded must survive the plug being pulled.
SQLITE_START = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY"
BUSY_SECONDS = 20
YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class Environment:
    """Typed readers over a mapping such as os.environ."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default).strip()

    def words(self, name: str, default: str = "") -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def yes(self, name: str) -> bool:
        said = self.text(name).lower()
        if said not in YES | NO:
            raise ImproperlyConfigured(f"{name} is {said!r}. Write yes or no.")
        return said in YES

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        said = self.text(name).lower()
        if said not in choices:
            known = ", ".join(choice for choice in choices if choice)
            raise ImproperlyConfigured(
                f"{name} is {said!r}. Write one of: {known}; or leave it out."
            )
        return said

    def number(self, name: str, default: int) -> int:
        said = self.text(name, str(default))
        if not said.isdecimal():
            raise ImproperlyConfigured(f"{name} is {said!r}. Write a whole number.")
        return int(said)

    def site(self) -> SplitResult:
        site = urlsplit(self.text("SITE_URL"))
        if site.geturl() and (site.scheme not in {"http", "https"} or not site.hostname):
            raise ImproperlyConfigured(
                f"SITE_URL is {site.geturl()!r}. Write it as https://crm.example.org."
            )
        return site


def database(url: str, *, var: Path) -> dict[str, Any]:
    """Django's settings for postgres://… or for a file of SQLite."""
    if not url:
        return embedded(var / "followthrough.sqlite3")
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return postgres(parts)
    if parts.scheme in {"", "sqlite"}:
        path = unquote(url.removeprefix("sqlite:///"))
        return embedded(Path(path))
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}. "
        "Write postgres://user:password@host/name, or the path of an SQLite file."
    )


def embedded(path: Path) -> dict[str, Any]:
    path = path.absolute()
    return {
        "ENGINE": SQLITE,
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": SQLITE_START,
        },
        # A file, not memory: then threads meet each other in tests as they do in life.
        "TEST": {"NAME": path.with_name(f"test-{os.getpid()}.sqlite3")},
    }


def postgres(parts: SplitResult) -> dict[str, Any]:
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database. Write postgres://user:password@host/name."
        )
    return {
        "ENGINE": POSTGRES,
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder cannot stand where a host stands in a URL: ?host=/run/postgresql
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def mail(url: str, *, var: Path) -> dict[str, Any]:
    """Django's settings for smtp://…; without it each mail becomes a file in var/outbox."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(var / "outbox"),
        }
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read. Write smtp+tls://user:password@mail.example.org:587 "
            "(smtps:// for port 465)."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def sender_at(host: str) -> str:
    """Where the site has no name but a number, servers take it only as RFC 5321 writes it."""
    try:
        number = ip_address(host)
    except ValueError:
        return f"Followthrough <followthrough@{host or 'localhost'}>"
    literal = f"IPv6:{number}" if number.version == IPV6 else str(number)
    return f"Followthrough <followthrough@[{literal}]>"


def secret_key(given: str, *, var: Path, alone: bool) -> str:
    """The given key, or the one kept in var/secret_key.

    Only a server that stands alone may make its own: two machines with two keys would
    sign each other's people out.
    """
    kept = var / "secret_key"
    if given:
        return given
    if not kept.exists():
        if not alone:
            raise ImproperlyConfigured(
                "SECRET_KEY is missing. Give every machine of this site the same one: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        make_secret(kept)
    return kept.read_text(encoding="utf-8").strip()


def name_key(given: str, *, var: Path, alone: bool, secret: str) -> str:
    """The key of sources and of those who asked to be forgotten. It never changes: with another
    one, everything that was heard before would be news."""
    kept = var / "name_key"
    if given or not (alone or kept.exists()):
        return given or secret
    if not kept.exists():
        make_secret(kept)
    return kept.read_text(encoding="utf-8").strip()


def make_secret(kept: Path) -> None:
    draft = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    except OSError as why:
        raise ImproperlyConfigured(
            f"The secret key cannot be kept in {kept.parent} ({why.strerror}). "
            "Give SECRET_KEY, or a folder we may write to as VAR_DIR."
        ) from why
    # A link never replaces: of two that start at once, the first one's key counts for both.
    try:
        kept.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
