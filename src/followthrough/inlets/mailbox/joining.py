"""Numbers joined into groups; each group is known by its smallest number. Four bytes for each."""

from array import array


class Joined:
    """Union-find over the numbers below `count`."""

    def __init__(self, count: int) -> None:
        self.above = array("I", range(count))

    def root(self, one: int) -> int:
        above = self.above
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self.above[second] = first
