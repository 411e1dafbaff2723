"""Prepare the books and serve the pages: what `make run` runs."""

import os
import socket
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections

from followthrough.project.environment import Environment

THREADS = 4


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.project.settings")
    env = Environment(os.environ)
    host = env.text("HOST", "127.0.0.1")
    try:
        port = env.number("PORT", 8000)
        if taken(host, port):
            raise ImproperlyConfigured(
                f"Port {port} is taken on {host}. Stop what listens there, "
                f"or choose another: make run PORT={port + 1}"
            )
        prepare()
        env.yes("WORKER")
    except ImproperlyConfigured as why:
        sys.exit(f"Followthrough did not start. {why}")
    # Embedded, this process also turns the handle; on PostgreSQL `manage.py work` does.
    os.environ.setdefault("WORKER", "yes" if settings.EMBEDDED else "no")
    say(f"Open http://{host}:{port}/")
    os.execv(sys.executable, granian(host, port))  # noqa: S606 - our own interpreter


def taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def prepare() -> None:
    os.umask(0o077)  # the books, the outbox and the key are nobody else's business
    django.setup()
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # what follows replaces this process without tidying up


def granian(host: str, port: int) -> list[str]:
    """One process, so that the write lock of the embedded database holds for everybody."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(THREADS)),
        *("--log-level", "warning", "--respawn-failed-workers"),
        "followthrough.project.wsgi:application",
    ]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
