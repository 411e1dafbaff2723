"""Which mails belong to one conversation: by the ids they answer, never by subject alone."""

from collections.abc import Iterable

from followthrough.inlets.noticed import Mail


def threads(mails: Iterable[Mail]) -> dict[str, str]:
    """The thread of each mail, by their keys. A thread's key does not depend on the order."""
    joined = _Joined()
    holders: dict[str, str] = {}
    for mail in mails:
        own = mail.message_id or f"key:{mail.key}"
        holders[mail.key] = own
        for other in (own, *mail.references):
            joined.join(own, other)
    names = joined.names()
    return {key: names[own] for key, own in holders.items()}


class _Joined:
    """Union-find; mails that nobody has seen (ghost roots) join their answers all the same."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def root(self, one: str) -> str:
        self.above.setdefault(one, one)
        while self.above[one] != one:
            self.above[one] = self.above[self.above[one]]
            one = self.above[one]
        return one

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self.above[second] = first

    def names(self) -> dict[str, str]:
        """The smallest id of each thread names it."""
        return {one: self.root(one) for one in list(self.above)}
