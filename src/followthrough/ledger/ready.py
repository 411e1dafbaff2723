"""What a ready-made plan is made of."""

from dataclasses import dataclass

from followthrough.core.plans import Step


@dataclass(frozen=True, kw_only=True)
class Ready:
    """`about` says in a sentence whom it is for. `begins`: with what it begins in a new team."""

    key: str
    name: str
    about: str
    steps: tuple[Step, ...]
    begins: str = ""
    talk_ends: bool = True
