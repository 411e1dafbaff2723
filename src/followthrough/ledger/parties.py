"""Who is this? Known by an address, a number or a foreign id; added where nobody knows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from followthrough.ledger.addresses import canonical_email, canonical_phone
from followthrough.ledger.balance import balance
from followthrough.ledger.forget import anybody_is_forgotten, is_forgotten
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Member, Party, Person, Workspace
from followthrough.ledger.search import make_findable
from followthrough.ledger.statements import (
    insert,
    insert_numbered,
    insert_values,
    insert_values_numbered,
    made,
    select,
)

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


@dataclass(frozen=True, kw_only=True)
class Match:
    """Whom a source spoke of; `by` is the address, number or id that they were known by, "" for
    somebody new."""

    party: Party
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Matches:
    """One for each that was asked for, and the new ones with the kinds of their addresses."""

    each: list[Match]
    newcomers: dict[int, frozenset[str]]


def find_or_add_many(
    workspace: Workspace, many: Sequence[Known], *, owner: Member | None, at: datetime
) -> list[Party]:
    """A party for each, in their order; the same address or id is the same party."""
    found = match_many(workspace, many, owner=owner, at=at)
    return [one.party for one in found.each]


def match_many(
    workspace: Workspace,
    many: Sequence[Known],
    *,
    owner: Member | None,
    at: datetime,
    intake: int | None = None,
) -> Matches:
    """The same, and by what each was known. `intake` is what brings them in."""
    with transaction.atomic():
        keys = [_keys(known, workspace) for known in many]
        book = _Book(workspace, owner=owner, at=at, intake=intake)
        book.look_up({key for some in keys for key in some}, {k.external for k in many} - {""})
        found = [book.match(known, some) for known, some in zip(many, keys, strict=True)]
        book.write()
        return Matches(each=found, newcomers=book.newcomers())


def forgotten(workspace: Workspace, known: Known) -> bool:
    """Whether any of these addresses asked to be forgotten."""
    return anybody_is_forgotten() and any(
        is_forgotten(workspace.pk, *key) for key in _keys(known, workspace)
    )


def _keys(known: Known, workspace: Workspace) -> dict[Key, str]:
    emails = {("email", canonical_email(mail)): mail for mail in known.emails}
    phones = {("phone", canonical_phone(tel, workspace.country)): tel for tel in known.phones}
    return {key: said for key, said in (emails | phones).items() if len(key[1]) > 2}


class _Book:
    """The address book while a batch is looked up and added to."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        owner: Member | None = None,
        at: datetime | None = None,
        intake: int | None = None,
    ) -> None:
        self.workspace, self.owner, self.at, self.intake = workspace, owner, at, intake
        self.by_key: dict[Key, Party] = {}
        self.by_external: dict[str, Party] = {}
        self.new: list[Party] = []
        self.roles: list[str] = []  # of the new ones
        self.addresses: list[tuple[Key, str, Party]] = []

    def look_up(self, keys: Iterable[Key], externals: Iterable[str]) -> None:
        canonicals = list({canonical for _, canonical in keys})
        ours = {"workspace": [self.workspace.pk]}
        rows = list(
            select(
                Address, ("kind", "canonical", "party"),
                ours | {"kind": ["email", "phone"], "canonical": canonicals},
            )
        )  # fmt: skip
        # In the words of the index, so that it is used.
        only = "AND NOT (\"external\" = '')"
        named = list(select(Party, ("external", "id"), ours | {"external": list(externals)}, only))
        parties = self._speakers({pk for *_, pk in (*rows, *named)})
        self.by_key = {(kind, canonical): parties[pk] for kind, canonical, pk in rows}
        self.by_external = {external: parties[pk] for external, pk in named}

    def match(self, known: Known, keys: dict[Key, str]) -> Match:
        party = self.by_external.get(known.external) if known.external else None
        by = known.external if party else ""
        for key, said in keys.items():
            if party is None and key in self.by_key:
                party, by = self.by_key[key], said
        party = party or self._add(known)
        if known.external:
            self.by_external[known.external] = party
        for key, said in keys.items():
            if key not in self.by_key:
                self.by_key[key] = party
                self.addresses.append((key, said, party))
        return Match(party=party, by=by)

    def newcomers(self) -> dict[int, frozenset[str]]:
        kinds: dict[int, set[str]] = {party.pk: set() for party in self.new}
        for (kind, _), _, party in self.addresses:
            if party.pk in kinds:
                kinds[party.pk].add(kind)
        return {pk: frozenset(some) for pk, some in kinds.items()}

    def write(self) -> None:
        insert_numbered(self.new)
        persons = [
            (self.workspace.pk, party.pk, party.name, role)
            for party, role in zip(self.new, self.roles, strict=True)
        ]
        ids = insert_values_numbered(Person, ("workspace", "party", "name", "role"), persons)
        people = {party.pk: pk for party, pk in zip(self.new, ids, strict=True)}
        insert_values(
            Address,
            ("workspace", "party", "person", "kind", "canonical", "value", "intake"),
            [
                (self.workspace.pk, party.pk, people.get(party.pk), kind, canonical[:254],
                 said[:254], self.intake)
                for (kind, canonical), said, party in self.addresses
            ],
        )  # fmt: skip
        if self.intake is None:  # who came by an import is made findable after it
            make_findable([*self.new, *(party for _, _, party in self.addresses)])

    def _add(self, known: Known) -> Party:
        name = known.name or _name_from(known) or NAMELESS
        party = made(
            Party, workspace_id=self.workspace.pk, name=name[:200], company=known.company[:200],
            about=known.note, external=known.external[:120],
            owner_id=self.owner.pk if self.owner else None, created_at=self.at,
            intake_id=self.intake, terms_version=self.workspace.terms_version,
        )  # fmt: skip
        party.workspace = self.workspace
        self.new.append(party)
        self.roles.append(known.role[:120])
        return party

    def _speakers(self, ids: set[int]) -> dict[int, Party]:
        """Who speaks for each of them."""
        ours = {"workspace": self.workspace}
        found = Party.objects.filter(**ours).in_bulk(ids) if ids else {}
        for pk, party in found.items():
            while party.merged_into_id:
                party = Party.objects.get(**ours, pk=party.merged_into_id)  # noqa: PLW2901
            found[pk] = party
        return found


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
