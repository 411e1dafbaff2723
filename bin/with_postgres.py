#!/usr/bin/env python3
"""Run a command with DATABASE_URL naming a throw-away PostgreSQL, which ends with the command.

bin/with_postgres.py pytest tests/ledger
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

NOT_HERE = "PostgreSQL is not installed: the tests ran on SQLite alone."
# Nothing here needs to survive: without fsync the tests take half the time.
HASTE = [f"--{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes")]


def main(command: list[str]) -> int:
    programs = find_programs()
    if programs is None:
        sys.stdout.write(f"{NOT_HERE}\n")
        return 1 if os.environ.get("CI") == "true" else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="followthrough-pg-") as folder:
        place = Path(folder)
        server = start(programs, place)
        try:
            wait_for(server, place)
            return subprocess.run(command, env=os.environ | settings(place), check=False).returncode  # noqa: S603 - the caller's own command
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)


def find_programs() -> Path | None:
    """The folder of the newest initdb. /usr/local/bin may hold links: follow them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda path: int(path.parts[4]), default=None)
    return newest.parent if newest else None


def start(programs: Path, place: Path) -> subprocess.Popen[bytes]:
    who = somebody_else(place)
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [
            *(programs / "initdb", "-D", place / "data", "-U", "tests", "-A", "trust"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        ],
        check=True,
        cwd=place,
        **quiet,
        **who,
    )
    log = (place / "log").open("wb")
    return subprocess.Popen(  # noqa: S603
        [
            *(programs / "postgres", "-D", place / "data", "-k", place),
            *("--listen_addresses=", "--max_connections=100", *HASTE),
        ],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=place,
        start_new_session=True,  # Ctrl-C reaches the tests first, then we stop it
        **who,
    )


def somebody_else(place: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(place, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def wait_for(server: subprocess.Popen[bytes], place: Path) -> None:
    for _ in range(300):
        if server.poll() is None and "ready to accept connections" in said(place):
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{said(place)}")


def said(place: Path) -> str:
    return (place / "log").read_text(errors="replace")


def settings(place: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"postgres://tests@/postgres?host={place}",
        # One secret for all processes of this run, as a site of many machines has.
        "SECRET_KEY": os.environ.get("SECRET_KEY") or os.urandom(32).hex(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
