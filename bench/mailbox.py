"""Scanning a mailbox: mails per second by one and by two processes, and room for ever more mail."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from bench.figures import Figure
from followthrough.worker.importing.mail import MailReading

OURS = frozenset({"bob@banners.example"})
FAST, FEW, MANY, VERY_MANY = 6_000, 1_000, 20_000, 100_000
WORDS = "What would a banner of three metres cost us, and when could it hang? " * 12
ROWS = "<p>What would a banner of <b>three metres</b> cost us, and when could it hang?</p>\n" * 12


def scanning() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="followthrough-bench-mail-") as folder:
        box = generated(Path(folder) / "all.mbox", FAST)
        alone, both = (mails_per_second(box, by) for by in (1, 2))
    yield Figure(
        name="scan a mailbox, 1 process", value=alone, unit="mails/s", limit=300,
        more_is_better=True,
    )  # fmt: skip
    yield Figure(
        name="scan a mailbox, 2 processes", value=both, unit="mails/s", limit=600,
        more_is_better=True,
    )  # fmt: skip
    yield from _room(MANY) if Path("/proc/self/status").exists() else ()


def very_large() -> Iterator[Figure]:
    yield from _room(VERY_MANY) if Path("/proc/self/status").exists() else ()


def _room(count: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="followthrough-bench-mail-") as folder:
        small = peak_megabytes(generated(Path(folder) / "small.mbox", FEW))
        large = peak_megabytes(generated(Path(folder) / "large.mbox", count))
    yield Figure(name=f"peak memory, {FEW:,} mails", value=small, unit="MB", limit=80)
    yield Figure(name=f"peak memory, {count:,} mails", value=large, unit="MB", limit=100)
    yield Figure(
        name=f"peak memory, {count:,} beside {FEW:,}", value=large / small, unit="times", limit=1.5
    )


def mails_per_second(box: Path, by: int) -> float:
    started = perf_counter()
    return scan(box, by) / (perf_counter() - started)


def scan(box: Path, by: int) -> int:
    """What an import does with a mailbox before anything is written: both looks at it."""
    reading = MailReading(box, said=OURS, members={})
    reading.processes = by
    for _ in reading.look():
        pass
    return sum(1 for one in reading.outcomes(0) if one)


def peak_megabytes(box: Path) -> float:
    """In a process of its own, so that nothing else is counted."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "bench.mailbox", str(box)],
        cwd=Path(__file__).resolve().parents[1], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    return float(done.stdout)


def generated(box: Path, count: int) -> Path:
    """Letters and answers, plain and as HTML, in threads of five, from a tenth as many people."""
    with box.open("w", encoding="utf-8", newline="\r\n") as file:
        for n in range(count):
            file.write(f"From - Mon Mar  2 09:00:00 2026\n{_mail(n, count)}\n\n")
    return box


def _mail(n: int, count: int) -> str:
    them = f"Ann {n} <ann{n % max(count // 10, 1)}@customer{n % 97}.example>"
    us = "bob@banners.example"
    sender, to = (them, us) if n % 3 else (us, them)
    answers = [f"<{m}@mail.example>" for m in range(n - n % 5, n)]
    head = (
        f"From: {sender}\nTo: {to}\nSubject: A banner, number {n}\n"
        f"Message-ID: <{n}@mail.example>\nDate: Thu, {n % 28 + 1:02} Jan 2026 10:00:00 +0000\n"
        "Received: from mx1.example (mx1.example [192.0.2.1]) by mx2.example with ESMTP id 1;\n"
        f"\tThu, {n % 28 + 1:02} Jan 2026 10:00:05 +0000\nMIME-Version: 1.0\n"
    )
    head += f"References: {' '.join(answers)}\n" if answers else ""
    if n % 2:
        return f"{head}Content-Type: text/plain; charset=utf-8\n\n{WORDS}\n{n}\n> {WORDS}"
    return (
        f'{head}Content-Type: multipart/alternative; boundary="x"\n\n--x\n'
        f"Content-Type: text/plain; charset=utf-8\n\n{WORDS}\n{n}\n--x\n"
        f"Content-Type: text/html; charset=utf-8\n\n<html>{ROWS}</html>\n--x--"
    )


def main(box: Path) -> None:
    scan(box, 1)
    # Not getrusage: its peak may still be that of the process that started this one.
    status = Path("/proc/self/status").read_text("ascii", "replace")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(str(int(kilobytes) / 1024))


Bench = Callable[[], Iterator[Figure]]
BENCHES: dict[str, Bench] = {"mailbox": scanning}
WHEN_ASKED: dict[str, Bench] = {"mailbox-100k": very_large}

if __name__ == "__main__":
    import django

    django.setup()
    main(Path(sys.argv[1]))
