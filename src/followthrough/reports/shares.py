"""A share with its range: how sure we can be of a number made of a few cases."""

from dataclasses import dataclass
from math import sqrt

FEW = 5
Z = 1.959964  # 95 %


@dataclass(frozen=True, kw_only=True)
class Share:
    """`done` of `of`. Of fewer than five nothing is said."""

    done: int
    of: int

    @property
    def too_few(self) -> bool:
        return self.of < FEW

    @property
    def value(self) -> float:
        return self.done / self.of if self.of else 0.0

    @property
    def percent(self) -> int:
        """Rounded, but 100 only where it is all, and 0 only where it is nothing."""
        rounded = round(100 * self.value)
        if 0 < self.done < self.of:
            return min(max(rounded, 1), 99)
        return rounded

    @property
    def range(self) -> tuple[int, int]:
        """Wilson's interval of 95 %, in per cent."""
        if not self.of:
            return 0, 100
        n, p = self.of, self.value
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return round(100 * max(middle - half, 0)), round(100 * min(middle + half, 1))
