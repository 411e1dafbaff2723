"""What we decided about a plan with somebody: begun, a step left out, stopped, or refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followthrough.core.facts.base import Fact
from followthrough.core.saying import says


@dataclass(frozen=True, kw_only=True)
class Enrolled(Fact):
    """A plan begins in this matter. `plan` is the key of its version, which never changes;
    `called` what it was called. Where they are moved to another version, `step` is how many steps
    lie behind them and `since` when the last of these was done.
    """

    icon: ClassVar[str] = "route"
    plan: str
    called: str = ""
    step: int = 0
    since: datetime | None = None

    def __str__(self) -> str:
        return says("The plan “{plan}” begins", plan=says(self.called))


@dataclass(frozen=True, kw_only=True)
class StepSkipped(Fact):
    """`run` is the name of the fact that began the plan, `step` how many steps lay behind it."""

    icon: ClassVar[str] = "route"
    run: str
    step: int = 0

    def __str__(self) -> str:
        return says("A step of the plan was left out")


@dataclass(frozen=True, kw_only=True)
class StepByHand(Fact):
    """A step that was to leave by itself is done by one of us. `missing` says why, in a word: ""
    where somebody chose so. `run` and `step` as in `StepSkipped`."""

    icon: ClassVar[str] = "route"
    run: str
    step: int = 0
    missing: str = ""

    def __str__(self) -> str:
        if self.missing:
            return says("A mail of the plan could not leave by itself")
        return says("A step of the plan is done by hand")


@dataclass(frozen=True, kw_only=True)
class Unenrolled(Fact):
    """Somebody ended the plan that runs in this matter."""

    icon: ClassVar[str] = "route"

    def __str__(self) -> str:
        return says("The plan was stopped")


@dataclass(frozen=True, kw_only=True)
class NotEnrolled(Fact):
    """Somebody wished a plan that could not begin; `reason` is a word for why."""

    icon: ClassVar[str] = "route"
    called: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return says("The plan “{plan}” did not begin", plan=says(self.called))
