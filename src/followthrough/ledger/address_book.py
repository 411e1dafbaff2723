"""The address book while a batch is looked up and added to: who is known by what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from followthrough.ledger.addresses import canonical_email, canonical_phone
from followthrough.ledger.books import Where, where
from followthrough.ledger.filling_in import NAMELESS, FillingIn
from followthrough.ledger.likenesses import ask, look_again
from followthrough.ledger.models import Address, Member, Party, Person, Workspace
from followthrough.ledger.namesakes import contradict
from followthrough.ledger.search import find_anew, firm_of, make_findable, make_new_findable
from followthrough.ledger.statements import (
    insert_numbered,
    insert_values,
    insert_values_numbered,
    made,
    select,
)

SAME_NUMBER = "the same phone number"
PERSON = ("workspace", "party", "name", "role")
ADDRESS = (
    "workspace",
    "party",
    "person",
    "kind",
    "canonical",
    "value",
    "sharer",
    "intake",
    "dead_by",
)
# In the words of the index, so that it is used.
NAMED = "AND NOT (\"external\" = '')"

Key = tuple[str, str]  # kind and canonical form


@dataclass(frozen=True, kw_only=True)
class Known:
    """What one source knows of somebody. `external` is their id in another system."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    company: str = ""
    role: str = ""
    note: str = ""
    external: str = ""

    def keys(self, workspace: Workspace) -> dict[Key, str]:
        """What tells them from others, each with how it was written."""
        country = workspace.country
        emails = {("email", canonical_email(mail)): mail for mail in self.emails}
        phones = {("phone", canonical_phone(tel, country)): tel for tel in self.phones}
        return {key: said for key, said in (emails | phones).items() if len(key[1]) > 2}


@dataclass(frozen=True, kw_only=True)
class Match:
    """Whom a source spoke of; `by` is the address, number or id that they were known by, "" for
    somebody new."""

    party: Party
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose address it is, by the names that they were written down with."""

    party: Party
    names: tuple[str, ...]


class AddressBook:
    """`intake` is what brings people in, `owner` who looks after the new ones."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        owner: Member | None = None,
        at: datetime | None = None,
        intake: int | None = None,
    ) -> None:
        self.workspace, self.owner, self.at, self.intake = workspace, owner, at, intake
        self.holders: dict[Key, list[Holder]] = defaultdict(list)
        self.by_external: dict[str, Party] = {}
        self.new: list[Party] = []
        self.roles: list[str] = []  # of the new ones
        self.addresses: list[tuple[Key, str, Party, int]] = []
        self.questions: list[tuple[Party, Party]] = []
        self.filling = FillingIn()

    def look_up(self, keys: Iterable[Key], externals: Iterable[str]) -> None:
        canonicals = list({canonical for _, canonical in keys})
        ours = {"workspace": [self.workspace.pk]}
        where = ours | {"kind": ["email", "phone"], "canonical": canonicals}
        rows = sorted(select(Address, ("sharer", "kind", "canonical", "party"), where))
        named = list(select(Party, ("external", "id"), ours | {"external": list(externals)}, NAMED))
        parties = self._holders({pk for *_, pk in (*rows, *named)})
        for _, kind, canonical, pk in rows:
            self.holders[(kind, canonical)].append(parties[pk])
        self.by_external = {external: parties[pk].party for external, pk in named}

    def match(self, known: Known, keys: dict[Key, str]) -> Match:
        party = self.by_external.get(known.external) if known.external else None
        by = known.external if party else ""
        for key, said in keys.items():
            if party is None and (party := self._known_by(key, known.name)):
                by = said
        if party:
            self.filling.note(party, name=known.name, company=known.company, role=known.role)
        else:
            party = self._add(known)
        if known.external:
            self.by_external[known.external] = party
        for key, said in keys.items():
            self.give(key, said, party)
        return Match(party=party, by=by)

    def give(self, key: Key, said: str, party: Party) -> None:
        """A mail address stays with whom it was heard of first; a number may be shared, and then
        it is a question whether the two are one."""
        holders = self.holders[key]
        if any(_same(holder.party, party) for holder in holders):
            return
        if holders and key[0] != "phone":
            return
        if len(holders) == 1:
            self.questions.append((holders[0].party, party))
        self.addresses.append((key, said, party, len(holders)))
        holders.append(Holder(party=party, names=(party.name,)))

    def newcomers(self) -> dict[int, frozenset[Where]]:
        """The new ones, and by what each is reached."""
        reached: dict[int, set[Where]] = {party.pk: set() for party in self.new}
        for (kind, canonical), said, party, _ in self.addresses:
            if party.pk in reached:
                reached[party.pk].add(where(kind, said, canonical))
        return {pk: frozenset(some) for pk, some in reached.items()}

    def write(self, at: datetime) -> None:
        filled = self.filling.write()
        insert_numbered(self.new)
        persons = [
            (self.workspace.pk, party.pk, party.name, role or self.filling.role_of(party))
            for party, role in zip(self.new, self.roles, strict=True)
        ]
        ids = insert_values_numbered(Person, PERSON, persons)
        people = {party.pk: pk for party, pk in zip(self.new, ids, strict=True)}
        insert_values(Address, ADDRESS, self._rows(people))
        look_again(party for _, _, party, _ in self.addresses if party.compared)
        ask(self.workspace, self.questions, because=SAME_NUMBER, at=at)
        if self.intake is None:  # who came by an import is made findable after it
            self._make_findable(filled)
        else:
            find_anew(party for _, _, party, _ in self.addresses if party.firm)

    def _make_findable(self, filled: Iterable[Party]) -> None:
        new = {party.pk for party in self.new}
        rows = [(party.pk, *key, said) for key, said, party, _ in self.addresses]
        make_new_findable(self.new, [row for row in rows if row[0] in new])
        given = (party for _, _, party, _ in self.addresses)
        make_findable([party for party in (*filled, *given) if party.pk not in new])

    def _rows(self, people: dict[int, int]) -> list[tuple[Any, ...]]:
        return [
            (self.workspace.pk, party.pk, people.get(party.pk), kind, canonical[:254], said[:254],
             sharer, self.intake, "")
            for (kind, canonical), said, party, sharer in self.addresses
        ]  # fmt: skip

    def _known_by(self, key: Key, name: str) -> Party | None:
        """A mail address is one's own. A number may be shared: there the names must not differ."""
        for holder in self.holders.get(key, ()):
            if key[0] != "phone" or not all(contradict(name, one) for one in holder.names):
                return holder.party
        return None

    def _add(self, known: Known) -> Party:
        name = known.name or _name_from(known) or NAMELESS
        party = made(
            Party, workspace_id=self.workspace.pk, name=name[:200], company=known.company[:200],
            about=known.note, external=known.external[:120],
            owner_id=self.owner.pk if self.owner else None, created_at=self.at,
            intake_id=self.intake, terms_version=self.workspace.terms_version,
        )  # fmt: skip
        party.workspace = self.workspace
        if self.intake is None:
            party.firm = firm_of(party)
        self.new.append(party)
        self.roles.append(known.role[:120])
        return party

    def _holders(self, ids: set[int]) -> dict[int, Holder]:
        """Who speaks for each of them, and under which names."""
        ours = {"workspace": self.workspace}
        found: dict[int, Holder] = {}
        for pk, party in (Party.objects.filter(**ours).in_bulk(ids) if ids else {}).items():
            speaker = party
            while speaker.merged_into_id:
                speaker = Party.objects.get(**ours, pk=speaker.merged_into_id)
            found[pk] = Holder(party=speaker, names=(party.name, speaker.name))
        return found


def _same(one: Party, other: Party) -> bool:
    """New ones have no id yet."""
    return one is other or (one.pk is not None and one.pk == other.pk)


def _name_from(known: Known) -> str:
    if known.company:
        return known.company
    if known.emails:
        return known.emails[0]
    if known.phones:
        return known.phones[0]
    return known.external
