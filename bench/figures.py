"""One figure, its limit, and the table that shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

REPEATS = 5


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`raw` is the same shape in bare SQL, in the same unit; None where there is none."""

    name: str
    value: float
    unit: str
    limit: float
    more_is_better: bool = False
    raw: float | None = None

    @property
    def kept(self) -> bool:
        return self.value >= self.limit if self.more_is_better else self.value <= self.limit

    def line(self) -> str:
        sign = "≥" if self.more_is_better else "≤"
        times = ""
        if self.raw:
            ratio = self.raw / self.value if self.more_is_better else self.value / self.raw
            times = f"{ratio:,.1f}× raw"
        mark = "" if self.kept else "  MISSED"
        limit = f"{sign} {self.limit:,g}"
        return f"{self.name:42}{self.value:>12,.3f} {self.unit:10}{limit:>10}  {times:>14}{mark}"


def milliseconds(work: Callable[[], object], *, times: int = 20) -> float:
    """The median of several rounds."""
    rounds = []
    for _ in range(REPEATS):
        start = perf_counter()
        for _ in range(times):
            work()
        rounds.append((perf_counter() - start) / times * 1000)
    return median(rounds)


def per_second(work: Callable[[], int]) -> float:
    """How many things per second; `work` says how many it did."""
    rounds = []
    for _ in range(3):
        start = perf_counter()
        done = work()
        rounds.append(done / (perf_counter() - start))
    return median(rounds)
