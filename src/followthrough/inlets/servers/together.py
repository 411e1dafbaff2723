"""Several servers asked at once, and an end to the waiting."""

from collections.abc import Callable, Sequence
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import TypeVar

Found = TypeVar("Found")


def together(asks: Sequence[Callable[[], Found]], *, seconds: float) -> list[tuple[Found] | None]:
    """What each found, in their order; None for those that were not done in time. They end by
    themselves: nobody waits for them."""
    said: Queue[tuple[int, Found]] = Queue()

    def ask(n: int) -> None:
        said.put((n, asks[n]()))

    for n in range(len(asks)):
        Thread(target=ask, args=[n], name="asked", daemon=True).start()
    found: dict[int, tuple[Found]] = {}
    until = monotonic() + seconds
    while len(found) < len(asks):
        try:
            n, one = said.get(timeout=max(0.0, until - monotonic()))
        except Empty:
            break
        found[n] = (one,)
    return [found.get(n) for n in range(len(asks))]
