"""Mails, lists and cards that real programs wrote, read from beside the repository."""

import os
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def real(*parts: str) -> Path:
    """The folder or file; where it is missing the test stays out, and in CI it fails."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        message = f"{'/'.join(parts)} is not on this machine"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{message}, and CI=true forbids to go on without it.")
        pytest.skip(f"{message}.")
    return path


def mail(head: str, body: str = "Hello\n", **more: str) -> bytes:
    """A mail by its unusual headers; the usual ones are filled in."""
    named = {line.partition(":")[0].lower() for line in head.splitlines()}
    usual = {
        "From": "Ann <ann@customer.test>",
        "To": "Bob <bob@ours.test>",
        "Subject": "The roof",
        "Date": "Mon, 23 Nov 2026 10:00:00 +0000",
        "Message-ID": "<1@customer.test>",
    } | {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}" for name, value in usual.items() if name.lower() not in named]
    return "\r\n".join([*head.splitlines(), *lines, "", body]).encode("utf-8", "surrogateescape")
