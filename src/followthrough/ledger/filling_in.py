"""What a source knows of somebody known already fills what is empty, and overwrites nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from followthrough.ledger.models import Party, Person
from followthrough.ledger.namesakes import contradict
from followthrough.ledger.statements import select, update_values

NAMELESS = "Somebody"


def is_made_up(name: str) -> bool:
    """Whether a name is only an address or a number, for want of a better one."""
    return name in ("", NAMELESS) or "@" in name or not any(map(str.isalpha, name))


@dataclass(kw_only=True)
class Sketch:
    """One party as it was, and what is known of it by now. `role` is that of `named`."""

    party: Party
    name: str
    company: str
    named: str = ""
    role: str = ""

    @property
    def changed(self) -> bool:
        return (self.party.name, self.party.company) != (self.name, self.company)


@dataclass(kw_only=True)
class FillingIn:
    """Of a batch: gathered first, then written together. New ones have no id yet."""

    noted: dict[int, Sketch] = field(default_factory=dict)

    def note(self, party: Party, *, name: str, company: str, role: str) -> None:
        """The party itself says at once what is known."""
        if not (name or company or role):
            return
        known = self.noted.get(id(party)) or Sketch(
            party=party, name=party.name, company=party.company
        )
        self.noted[id(party)] = known
        if is_made_up(party.name) and not is_made_up(name):
            party.name = name[:200]
        party.company = party.company or company[:200]
        if role and not known.role and not contradict(name, party.name):
            known.named, known.role = name or party.name, role[:120]

    def role_of(self, party: Party) -> str:
        known = self.noted.get(id(party))
        return known.role if known else ""

    def write(self) -> list[Party]:
        """Those of the known ones whose name or company is another now."""
        old = [one for one in self.noted.values() if one.party.pk is not None]
        changed = [one for one in old if one.changed]
        if changed:
            with connection.cursor() as cursor:
                cursor.executemany(FILL, [_values(one) for one in changed])
        _fill_people([one for one in old if one.role or one.party.name != one.name])
        for one in changed:
            one.party.firm, one.party.compared = "", False
        return [one.party for one in changed]


# Only where nobody has written anything meanwhile.
FILL = """
UPDATE ledger_party SET name = %s, company = %s, firm = '', compared = %s
 WHERE id = %s AND name = %s AND company = %s
"""


def _values(one: Sketch) -> tuple[str | bool | int, ...]:
    party = one.party
    return (party.name, party.company, False, party.pk, one.name, one.company)


def _fill_people(some: Iterable[Sketch]) -> None:
    of_whom = {one.party.pk: one for one in some}
    if not of_whom:
        return
    within = {one.party.workspace_id for one in of_whom.values()}
    rows = select(Person, ("id", "party", "name", "role"), {"workspace": within, "party": of_whom})
    filled = []
    for pk, party, name, role in rows:
        one = of_whom[party]
        now = one.party.name if name == one.name else name
        theirs = not role and not contradict(one.named, now)
        after = (now, one.role if theirs else role)
        if after != (name, role):
            filled.append((*after, pk))
    update_values(Person, ("name", "role"), filled)
