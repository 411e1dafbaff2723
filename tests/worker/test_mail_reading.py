"""Mail read by several processes: the same mails in the same order, whatever becomes of them."""

import os
import signal
import subprocess
import sys
import time
import tracemalloc
import zipfile
from itertools import islice
from pathlib import Path

import pytest
from tests.worker.bringing_in import letter, mbox

from followthrough.inlets.mailbox import Remembered, glimpse
from followthrough.worker.importing import parallel
from followthrough.worker.importing.mail import MailReading
from followthrough.worker.importing.outcomes import IGNORED, LINKED, QUARANTINED

SRC = Path(__file__).resolve().parents[2] / "src"
OURS = frozenset({"bob@banners.example"})


def letters(count):
    return [
        letter(f"ann{n}@customer.test", "bob@banners.example", f"Number {n}", number=n)
        for n in range(count)
    ]


@pytest.fixture
def box(tmp_path):
    path = tmp_path / "all.mbox"
    broken = b"To: bob@banners.example\nSubject: No sender\n\nHello\n"
    path.write_bytes(mbox(*letters(120), broken, *letters(5), *letters(300)[120:]))
    return path


def outcomes(path, *, by, start=0):
    reading = MailReading(path, said=OURS, members={})
    reading.processes = by
    for _ in reading.look():
        pass
    return [one for one in reading.outcomes(start) if one]


def told(found):
    return [(one.where, one.outcome, [told.source for told in one.told]) for one in found]


def test_two_processes_find_what_one_finds_in_the_same_order(box, monkeypatch):
    monkeypatch.setattr(parallel, "FEW", 10)

    alone, both = outcomes(box, by=1), outcomes(box, by=2)

    assert told(both) == told(alone)
    assert {one.outcome for one in both} == {LINKED, IGNORED, QUARANTINED}
    assert [one.raw for one in both] == [one.raw for one in alone]


def test_a_reader_that_is_killed_costs_no_mail(box, monkeypatch):
    monkeypatch.setattr(parallel, "FEW", 10)
    alone = outcomes(box, by=1)
    reading = MailReading(box, said=OURS, members={})
    reading.processes = 2
    list(reading.look())
    coming = reading.outcomes(0)

    first = list(islice(coming, 60))
    for child in _children():
        os.kill(child, signal.SIGKILL)
    rest = list(coming)

    assert told([*first, *rest]) == told(alone)


def _children():
    return [child.pid for child in parallel.multiprocessing.active_children()]


def test_where_no_process_may_start_this_one_reads(box, monkeypatch):
    monkeypatch.setattr(parallel, "FEW", 10)

    def refused(*_given, **_named):
        raise OSError("no more processes")

    monkeypatch.setattr(parallel, "ProcessPoolExecutor", refused)

    assert told(outcomes(box, by=2)) == told(outcomes(box, by=1))


def test_a_reading_left_behind_leaves_no_process_behind(box, monkeypatch):
    monkeypatch.setattr(parallel, "FEW", 10)
    before = set(_children())
    reading = MailReading(box, said=OURS, members={})
    reading.processes = 2
    list(reading.look())
    coming = reading.outcomes(0)
    list(islice(coming, 60))
    ours = set(_children()) - before

    coming.close()

    assert len(ours) > 0
    assert _all_end(ours)


def test_nobody_reads_on_for_a_worker_that_was_killed(box):
    code = (
        "import multiprocessing, sys, time\nfrom itertools import islice\n"
        "from pathlib import Path\n"
        "from followthrough.worker.importing import mail, parallel\n"
        "parallel.FEW = 10\nreading = mail.MailReading(Path(sys.argv[1]), members={})\n"
        "reading.processes = 2\nlist(reading.look())\ncoming = reading.outcomes(0)\n"
        "list(islice(coming, 60))\n"
        "print(*[one.pid for one in multiprocessing.active_children()], flush=True)\n"
        "time.sleep(60)"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code, str(box)], env=os.environ | {"PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    with worker:
        children = [int(pid) for pid in worker.stdout.readline().split()]
        worker.kill()

    assert len(children) == 2
    assert _all_end(children)


def _all_end(pids):
    """The system is asked: where the pool waits too, `is_alive` may be told that one lives on."""
    until = time.monotonic() + 30
    while any(map(_runs, pids)) and time.monotonic() < until:
        time.sleep(0.1)
    return not any(map(_runs, pids))


def _runs(pid):
    """A process that has ended may stand in the list until somebody asks for its end."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_what_was_read_before_a_fault_is_handed_over_before_it(monkeypatch):
    monkeypatch.setattr(parallel, "FEW", 5)

    def breaks_off():
        yield from (("a mail", raw) for raw in letters(130))
        raise OSError("the disk is gone")

    found = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(parallel.read_all(breaks_off(), by=2))

    assert len(found) == 130


@pytest.mark.parametrize("start", [1, 119, 121, 200])
def test_whoever_goes_on_knows_what_was_read_before(box, start):
    whole = told(outcomes(box, by=1))

    assert told(outcomes(box, by=1, start=start)) == whole[start:]


def test_a_zip_is_brought_in_like_its_mails(tmp_path, box):
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.write(box, "Inbox")

    found = outcomes(packed, by=1)

    assert [one.outcome for one in found] == [one.outcome for one in outcomes(box, by=1)]
    assert found[0].where == "all.zip, Inbox, mail 1"


def test_what_is_remembered_of_a_mailbox_does_not_grow_in_memory():
    def peak(count):
        tracemalloc.start()
        known = Remembered()
        for n in range(count):
            raw = letter(f"ann{n}@customer.test", "bob@banners.example", number=n)
            known.note(glimpse(raw))
        known.settle(OURS)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(2_000) - peak(500) < 1_500 * 48
