"""`make run`, as a person meets it: a line with an address, and a page behind it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

SERVE = [sys.executable, "-m", "followthrough.project.serve"]


def surroundings(var: Path, port: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    source = str(Path(__file__).resolve().parents[2] / "src")
    return kept | {"VAR_DIR": str(var), "PORT": str(port), "PYTHONPATH": source}


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        SERVE,
        env=surroundings(tmp_path / "var", port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        yield server
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


def fetch(url: str, encoding: str = "identity") -> tuple[bytes, Message]:
    ask = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(ask, timeout=10) as answer:
        return answer.read(), answer.headers


def test_a_fresh_start_says_where_to_look_and_answers_there(server, port: int, tmp_path: Path):
    said = server.stdout.readline()
    assert said == f"Open http://127.0.0.1:{port}/\n"

    wait_until_it_listens(port)
    page, headers = fetch(f"http://127.0.0.1:{port}/")

    assert b"You are the first one here" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var" / "followthrough.sqlite3").stat().st_mode & 0o777 == 0o600


def test_static_files_come_compressed_and_may_be_kept_for_years(server, port: int):
    server.stdout.readline()
    wait_until_it_listens(port)
    page, _ = fetch(f"http://127.0.0.1:{port}/account/signup/")
    [mark] = re.findall(r'href="(/static/followthrough/img/mark\.[^"]+)"', page.decode())

    _, headers = fetch(f"http://127.0.0.1:{port}{mark}", encoding="br, gzip")

    assert headers["content-encoding"] == "br"
    assert "immutable" in headers["cache-control"]


def wait_until_it_listens(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        start = subprocess.run(
            SERVE,
            env=surroundings(tmp_path, port),
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )

    assert start.returncode == 1
    assert start.stderr == (
        f"Followthrough did not start. Port {port} is taken on 127.0.0.1. Stop what listens "
        f"there, or choose another: make run PORT={port + 1}\n"
    )


def test_a_wrong_setting_is_said_in_a_sentence(tmp_path: Path, port: int):
    start = subprocess.run(
        SERVE,
        env=surroundings(tmp_path, port) | {"DATABASE_URL": "mysql://localhost/books"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert start.returncode == 1
    assert start.stderr.startswith("Followthrough did not start. DATABASE_URL begins with 'mysql'.")
