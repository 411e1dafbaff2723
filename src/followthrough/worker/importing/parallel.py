"""Mails read by two processes where the machine has them, in the order in which they came."""

import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from threading import Thread

from followthrough.inlets.mailbox import parse
from followthrough.inlets.noticed import Mail, Unreadable

logger = logging.getLogger(__name__)

FEW = 1_000  # a small mailbox is read before a second process has started
MOST, WEIGHT = 40, 1 << 20  # mails and bytes that are handed over at once
LARGE = 4 << 20  # what is larger is read where it is: carrying it costs more
PROCESSES = 2

Found = tuple[str, bytes | Unreadable]
Read = tuple[str, bytes | Unreadable, Mail | Unreadable]  # an Unreadable may come without its bytes


def processes() -> int:
    """How many may read: two, where that many processors are ours to use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(PROCESSES, cores or 1)


def read_all(found: Iterable[Found], *, by: int) -> Iterator[Read]:
    """Each mail with what is in it. What was read before a fault in `found` comes before it."""
    left = iter(found)
    for _ in range(FEW if by > 1 else 0):
        one = next(left, None)
        if one is None:
            return
        yield _here(one)
    readers = Readers(by) if by > 1 else None
    try:
        yield from readers.read(left) if readers else map(_here, left)
    finally:
        if readers:
            readers.close()


def _here(found: Found) -> Read:
    where, raw = found
    return where, raw, parse(raw, where=where)


class Readers:
    """A pool that may fail to start, or die: then this process reads what is left."""

    def __init__(self, count: int) -> None:
        self.ahead = count * 2
        self.waiting: deque[tuple[list[Found], Future[list[Mail | Unreadable]] | None]] = deque()
        apart = multiprocessing.get_context("spawn")
        end, self.hold = apart.Pipe(duplex=False)  # let go of, it ends them whatever they do
        try:
            self.pool: ProcessPoolExecutor | None = ProcessPoolExecutor(
                count, mp_context=apart, initializer=_stay_with_us, initargs=(end,)
            )
        except (OSError, ValueError, NotImplementedError):
            self.pool = None

    def read(self, found: Iterator[Found]) -> Iterator[Read]:
        portions = _portions(found)
        try:
            for portion in portions:
                self.waiting.append((portion, self._begin(portion)))
                if len(self.waiting) > self.ahead:
                    yield from self._next()
        except Exception:
            yield from self._rest()
            raise
        yield from self._rest()

    def _rest(self) -> Iterator[Read]:
        while self.waiting:
            yield from self._next()

    def _begin(self, portion: list[Found]) -> Future[list[Mail | Unreadable]] | None:
        if self.pool is None or max(map(_weight, portion)) > LARGE:
            return None
        try:
            return self.pool.submit(_read, portion)
        except (RuntimeError, OSError, AssertionError) as error:  # no process may be started here
            self._give_up(error)
            return None

    def _next(self) -> Iterator[Read]:
        portion, coming = self.waiting.popleft()
        try:
            read = coming.result() if coming else _read(portion)
        except (BrokenProcessPool, OSError) as error:
            self._give_up(error)
            read = _read(portion)
        for (where, raw), one in zip(portion, read, strict=True):
            yield where, raw, one

    def _give_up(self, error: Exception) -> None:
        if self.pool is not None:
            logger.warning("Mails are read by one process (%s)", type(error).__name__)
        self.close()

    def close(self) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=False, cancel_futures=True)
            self.pool = None
        self.hold.close()


def _portions(found: Iterator[Found]) -> Iterator[list[Found]]:
    portion: list[Found] = []
    weight = 0
    try:
        for one in found:
            portion.append(one)
            weight += _weight(one)
            if len(portion) >= MOST or weight > WEIGHT:
                yield portion
                portion, weight = [], 0
    except Exception:
        if portion:
            yield portion
        raise
    if portion:
        yield portion


def _weight(found: Found) -> int:
    raw = found[1]
    return len(raw if isinstance(raw, bytes) else raw.raw)


# --- in the other processes -----------------------------------------------------------


def _read(portion: list[Found]) -> list[Mail | Unreadable]:
    """Without the raw bytes, which need not travel back."""
    found = (parse(raw, where=where) for where, raw in portion)
    return [replace(one, raw=b"") if isinstance(one, Unreadable) else one for one in found]


def _stay_with_us(end: Connection) -> None:
    """Who asked for it answers an interruption; and nobody reads on for somebody who is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_our_parent, args=(end,), daemon=True).start()


def _leave_with_our_parent(end: Connection) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel, end])
        os._exit(0)
