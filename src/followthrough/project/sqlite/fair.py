"""A lock that goes to whoever has waited longest. Python's own goes to whoever comes first: a
worker that writes slice after slice would take it again before anybody woken up could."""

from collections import deque
from threading import Lock


class FairLock:
    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """False: it was not to be had in so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        return turn.acquire(timeout=timeout) or not self._gave_up(turn)

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()  # handed over: it is never free in between
            else:
                self._taken = False

    def locked(self) -> bool:
        return self._taken

    def _gave_up(self, turn: Lock) -> bool:
        with self._guard:
            if turn not in self._waiting:
                return False  # it was handed over just as the time ran out
            self._waiting.remove(turn)
            return True
