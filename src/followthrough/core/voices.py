"""Records that were joined: each spoke for itself until then, and all have one voice since."""

from dataclasses import dataclass, field

from followthrough.core.matter import Matter


@dataclass(kw_only=True)
class Voice:
    """The talk of one record, or of several that were joined; `home` is the one they joined."""

    home: str = ""
    current: Matter | None = None
    implied: int = 0
    threads: dict[str, Matter] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """What a matter is called among those of all the records."""
        return f"{self.home}:{name}" if self.home else name


class Voices:
    def __init__(self) -> None:
        self._voices = {"": Voice()}
        self._joined: dict[str, str] = {}

    def of(self, home: str) -> Voice:
        if self._joined:
            while home in self._joined:
                home = self._joined[home]
        voice = self._voices.get(home)
        if voice is None:
            voice = self._voices[home] = Voice(home=home)
        return voice

    def threads_of(self, name: str) -> set[str]:
        """The conversations in which this matter is talked about."""
        told = [pair for voice in self._voices.values() for pair in voice.threads.items()]
        return {thread for thread, matter in told if matter.name == name}

    def join(self, other: str, into: str) -> tuple[Voice, Voice]:
        """The voice that ends, and the one that speaks for both from now on."""
        gone, stays = self.of(other), self.of(into)
        if gone is not stays:
            self._joined[gone.home] = stays.home
            stays.threads = gone.threads | stays.threads
        return gone, stays

    def part(self, other: str) -> None:
        self._joined.pop(other, None)


def only_waits(matter: Matter) -> bool:
    """Nothing stands in it but their words, so that it may become part of another talk."""
    more = (
        matter.value, matter.plan, matter.quote, matter.hot, matter.asked, matter.provided,
        matter.promises, matter.their_promises, matter.tried, matter.touch, matter.owner,
    )  # fmt: skip
    return bool(matter.waiting) and matter.closed is None and not any(more)


def join_talks(gone: Matter, stays: Matter) -> None:
    """They wait once, for all that they said to either."""
    stays.waiting = sorted([*gone.waiting, *stays.waiting], key=lambda fact: (fact.at, fact.name))
    stays.opened = min(gone.opened, stays.opened, key=lambda fact: fact.at)
    stays.last = max(stays.last, gone.last, key=lambda fact: fact.at)
    stays.upset = stays.upset or gone.upset
    stays.notes = [*gone.notes, *stays.notes]
