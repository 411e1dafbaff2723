"""How the story of the demo is told: each fact at its time, through `record` like any other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger.models import Member, Party
from followthrough.ledger.names import fact_name
from followthrough.ledger.parties import Known, find_or_add_many
from followthrough.ledger.record import Heard, record_many

HALF_A_YEAR = timedelta(days=200)


@dataclass(frozen=True, kw_only=True)
class Told:
    at: datetime
    heard: Heard


class Story:
    """Days before `now` as people count them, in Bob's zone."""

    def __init__(self, bob: Member, mia: Member, now: datetime) -> None:
        self.bob, self.mia, self.now = bob, mia, now
        self.zone = bob.own_zone()
        self.told: list[Told] = []
        self.parties: dict[str, Party] = {}

    def people(self, known: Iterable[tuple[str, str, str]]) -> None:
        """Name, company and number; the address is made of the name."""
        known = list(known)
        many = [
            Known(
                name=name, company=company, phones=(phone,) if phone else (),
                emails=(f"{name.lower().replace(' ', '.')}@customers.example",),
            )
            for name, company, phone in known
        ]  # fmt: skip
        long_ago = self.now - HALF_A_YEAR
        found = find_or_add_many(self.bob.workspace, many, owner=self.bob, at=long_ago)
        self.parties |= {
            name.split()[0]: one for (name, _, _), one in zip(known, found, strict=True)
        }

    def day(self, ago: float, hour: int = 10, minute: int = 0) -> datetime:
        """At an hour of a day so many days ago; ahead of now with a minus."""
        there = self.now.astimezone(self.zone).date() - timedelta(days=int(ago))
        return datetime.combine(there, time(hour, minute), self.zone)

    def tell(self, who: str | Party, kind: str, at: datetime, said: str = "", /, **own: Any) -> str:
        """One fact, with its words; its name, so that others can refer to it."""
        party = self.parties[who] if isinstance(who, str) else who
        source = f"demo:{self.bob.workspace_id}:{len(self.told)}"
        by = {} if kind.startswith("They") else {"by": str(self.bob.pk)}
        fact: Fact = getattr(facts, kind)(at=at, **({"matter": "talk"} | by | own))
        words = (said, "") if kind == "Opened" else ("", said)
        heard = Heard(party=party, source=source, facts=[fact], words=[words])
        self.told.append(Told(at=at, heard=heard))
        return fact_name(source, kind)

    def write(self) -> None:
        """In the order in which it happened, each day as it was heard then, so that what was done
        in time was done in time in the books too."""
        in_order = sorted(self.told, key=lambda one: one.at)
        for _, some in groupby(in_order, key=lambda one: one.at.astimezone(self.zone).date()):
            day = list(some)
            record_many([one.heard for one in day], at=min(day[-1].at, self.now))
        self.told = []
