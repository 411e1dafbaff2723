"""On what terms we decide: limits, calendars, members, consent. One frozen value, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from followthrough.core.calendar import Calendar
from followthrough.core.plans import Begin, Pause, Plan


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One member as the rules see them; both days of an absence are days away. `plans_wait`: what
    would leave by itself in their name waits until they are back."""

    calendar: Calendar = field(default_factory=Calendar)
    active: bool = True
    stand_in: str = ""
    away_from: date | None = None
    away_until: date | None = None
    plans_wait: bool = False

    def is_away(self, at: datetime) -> bool:
        if not (self.away_from and self.away_until):
            return False
        return self.away_from <= self.calendar.local(at).date() <= self.away_until


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What holds for one party: the workspace's terms and what is known of the party itself.

    `plans` by their keys; `begins` says which of them begin by themselves, `pauses` which
    sequences rest or rested.
    """

    manager: str
    owner: str = ""
    members: Mapping[str, Standing] = field(default_factory=dict)
    team: Calendar = field(default_factory=Calendar)
    contact: Calendar = field(default_factory=Calendar)
    reaches: frozenset[str] = frozenset({"call", "email"})
    knobs: Mapping[str, Any] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    begins: tuple[Begin, ...] = ()
    pauses: Mapping[str, Pause] = field(default_factory=dict)
    bound: timedelta = timedelta(days=180)

    def calendar_of(self, member: str) -> Calendar:
        standing = self.members.get(member)
        return standing.calendar if standing else self.team

    def present(self, *candidates: str, at: datetime) -> str:
        """The first candidate who is active and there at `at`; a stand-in counts; never nobody."""
        for candidate in candidates:
            standing = self.members.get(candidate)
            if standing is None or not standing.active:
                continue
            if not standing.is_away(at):
                return candidate
            if self._can_stand_in(standing.stand_in, at):
                return standing.stand_in
        return self._somebody(candidates)

    def _can_stand_in(self, name: str, at: datetime) -> bool:
        standing = self.members.get(name)
        return bool(standing and standing.active and not standing.is_away(at))

    def _somebody(self, candidates: tuple[str, ...]) -> str:
        for candidate in (*candidates, self.manager, *self.members):
            standing = self.members.get(candidate)
            if standing and standing.active:
                return candidate
        return self.manager
