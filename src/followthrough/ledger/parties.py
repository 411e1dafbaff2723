"""Who is this? Known by an address, a number or a foreign id; added where nobody knows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from followthrough.ledger.addresses import canonical_email, canonical_phone
from followthrough.ledger.balance import balance
from followthrough.ledger.forget import is_forgotten
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Member, Party, Person, Workspace
from followthrough.ledger.search import make_findable
from followthrough.ledger.statements import insert

NAMELESS = "Somebody"


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


Key = tuple[str, str]  # kind and canonical form


def find_or_add(workspace: Workspace, known: Known, *, owner: Member | None, at: datetime) -> Party:
    return find_or_add_many(workspace, [known], owner=owner, at=at)[0]


def find_or_add_many(
    workspace: Workspace, many: Sequence[Known], *, owner: Member | None, at: datetime
) -> list[Party]:
    """A party for each, in their order; the same address or id is the same party."""
    with transaction.atomic():
        keys = [_keys(known, workspace) for known in many]
        book = _Book(workspace)
        book.look_up({key for some in keys for key in some}, {k.external for k in many} - {""})
        found = [
            book.party_of(known, some, owner, at) for known, some in zip(many, keys, strict=True)
        ]
        book.write()
        return found


def forgotten(workspace: Workspace, known: Known) -> bool:
    """Whether any of these addresses asked to be forgotten."""
    return any(is_forgotten(workspace.pk, *key) for key in _keys(known, workspace))


def _keys(known: Known, workspace: Workspace) -> dict[Key, str]:
    emails = {("email", canonical_email(mail)): mail for mail in known.emails}
    phones = {("phone", canonical_phone(tel, workspace.country)): tel for tel in known.phones}
    return {key: said for key, said in (emails | phones).items() if len(key[1]) > 2}


class _Book:
    """The address book while a batch is looked up and added to."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.by_key: dict[Key, Party] = {}
        self.by_external: dict[str, Party] = {}
        self.new: list[Party] = []
        self.people: list[Person] = []
        self.addresses: list[tuple[Key, str, Party]] = []

    def look_up(self, keys: Iterable[Key], externals: Iterable[str]) -> None:
        canonicals = list({canonical for _, canonical in keys})
        externals = list(externals)
        for start in range(0, len(canonicals), 500):
            rows = Address.objects.filter(
                workspace=self.workspace, canonical__in=canonicals[start : start + 500]
            )
            for row in rows.select_related("party"):
                self.by_key[(row.kind, row.canonical)] = self._speaker(row.party)
        for start in range(0, len(externals), 500):
            rows_of = Party.objects.filter(
                workspace=self.workspace, external__in=externals[start : start + 500]
            )
            for party in rows_of:
                self.by_external[party.external] = self._speaker(party)

    def party_of(
        self, known: Known, keys: dict[Key, str], owner: Member | None, at: datetime
    ) -> Party:
        party = self.by_external.get(known.external) if known.external else None
        for key in keys:
            party = party or self.by_key.get(key)
        party = party or self._add(known, owner, at)
        if known.external:
            self.by_external[known.external] = party
        for key, said in keys.items():
            if key not in self.by_key:
                self.by_key[key] = party
                self.addresses.append((key, said, party))
        return party

    def write(self) -> None:
        Party.objects.bulk_create(self.new, batch_size=500)
        Person.objects.bulk_create(self.people, batch_size=500)
        people = {person.party_id: person for person in self.people}
        insert(
            [
                Address(
                    workspace=self.workspace, party=party, person=people.get(party.pk),
                    kind=kind, canonical=canonical[:254], value=said[:254],
                )
                for (kind, canonical), said, party in self.addresses
            ]
        )  # fmt: skip
        make_findable([*self.new, *(party for _, _, party in self.addresses)])

    def _add(self, known: Known, owner: Member | None, at: datetime) -> Party:
        name = known.name or _name_from(known) or NAMELESS
        party = Party(
            workspace=self.workspace, name=name[:200], company=known.company[:200],
            about=known.note, external=known.external[:120], owner=owner, created_at=at,
        )  # fmt: skip
        self.new.append(party)
        self.people.append(
            Person(workspace=self.workspace, party=party, name=name[:200], role=known.role[:120])
        )
        return party

    def _speaker(self, party: Party) -> Party:
        while party.merged_into_id:
            party = Party.objects.get(workspace=self.workspace, pk=party.merged_into_id)
        return party


def _name_from(known: Known) -> str:
    if known.company:
        return known.company
    if known.emails:
        return known.emails[0]
    if known.phones:
        return known.phones[0]
    return known.external


def speaker_of(workspace: Workspace, known: Known) -> Party | None:
    """Whose address or number this is already, if anybody's."""
    keys = _keys(known, workspace)
    book = _Book(workspace)
    book.look_up(keys, ())
    return next((book.by_key[key] for key in keys if key in book.by_key), None)


def add_addresses(party: Party, known: Known, *, at: datetime) -> None:
    """More ways to reach them. They may open a channel, so the party is decided anew."""
    keys = _keys(known, party.workspace)
    if not keys:
        return
    with transaction.atomic():
        insert(
            [
                Address(
                    workspace=party.workspace, party=party, kind=kind,
                    canonical=canonical[:254], value=said[:254],
                )
                for (kind, canonical), said in keys.items()
                if not Address.objects.filter(
                    workspace=party.workspace, kind=kind, canonical=canonical
                ).exists()
            ]
        )  # fmt: skip
        make_findable([party])
        balance(lock({party.pk}).values(), at=at)
