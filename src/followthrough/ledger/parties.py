"""Who is this? Known by an address, a number or a foreign id; added where nobody knows them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from followthrough.ledger.addresses import canonical_email, canonical_phone
from followthrough.ledger.balance import balance
from followthrough.ledger.forget import is_forgotten
from followthrough.ledger.likenesses import ask, look_again
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Member, Party, Person, Workspace
from followthrough.ledger.namesakes import contradict
from followthrough.ledger.statements import insert

NAMELESS = "Somebody"
SAME_NUMBER = "the same phone number"


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
    """A party for each, in their order; the same address or id is the same party, and the same
    number where the names do not contradict; where they do, it is a question."""
    with transaction.atomic():
        keys = [_keys(known, workspace) for known in many]
        book = _Book(workspace)
        book.look_up({key for some in keys for key in some}, {k.external for k in many} - {""})
        found = [
            book.party_of(known, some, owner, at) for known, some in zip(many, keys, strict=True)
        ]
        book.write(at)
        return found


def forgotten(workspace: Workspace, known: Known) -> bool:
    """Whether any of these addresses asked to be forgotten."""
    return any(is_forgotten(workspace.pk, *key) for key in _keys(known, workspace))


def _keys(known: Known, workspace: Workspace) -> dict[Key, str]:
    emails = {("email", canonical_email(mail)): mail for mail in known.emails}
    phones = {("phone", canonical_phone(tel, workspace.country)): tel for tel in known.phones}
    return {key: said for key, said in (emails | phones).items() if len(key[1]) > 2}


@dataclass(frozen=True, kw_only=True)
class _Holder:
    """Whose address it is, by the names that they were written down with."""

    party: Party
    names: tuple[str, ...]


class _Book:
    """The address book while a batch is looked up and added to."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.holders: dict[Key, list[_Holder]] = defaultdict(list)
        self.by_external: dict[str, Party] = {}
        self.new: list[Party] = []
        self.people: list[Person] = []
        self.addresses: list[tuple[Key, str, Party, int]] = []
        self.questions: list[tuple[Party, Party]] = []

    def look_up(self, keys: Iterable[Key], externals: Iterable[str]) -> None:
        canonicals = list({canonical for _, canonical in keys})
        externals = list(externals)
        for start in range(0, len(canonicals), 500):
            rows = Address.objects.filter(
                workspace=self.workspace, canonical__in=canonicals[start : start + 500]
            )
            for row in rows.select_related("party").order_by("sharer"):
                speaker = self._speaker(row.party)
                names = (row.party.name, speaker.name)
                self.holders[(row.kind, row.canonical)].append(_Holder(party=speaker, names=names))
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
            party = party or self._known_by(key, known.name)
        party = party or self._add(known, owner, at)
        if known.external:
            self.by_external[known.external] = party
        for key, said in keys.items():
            self.give(key, said, party)
        return party

    def write(self, at: datetime) -> None:
        Party.objects.bulk_create(self.new, batch_size=500)
        Person.objects.bulk_create(self.people, batch_size=500)
        people = {person.party_id: person for person in self.people}
        insert(
            [
                Address(
                    workspace=self.workspace, party=party, person=people.get(party.pk),
                    kind=kind, canonical=canonical[:254], value=said[:254], sharer=sharer,
                )
                for (kind, canonical), said, party, sharer in self.addresses
            ]
        )  # fmt: skip
        look_again(party for _, _, party, _ in self.addresses if party.compared)
        ask(self.workspace, self.questions, because=SAME_NUMBER, at=at)

    def _known_by(self, key: Key, name: str) -> Party | None:
        """A mail address is one's own. A number may be shared: there the names must not differ."""
        for holder in self.holders.get(key, ()):
            if key[0] != "phone" or not all(contradict(name, one) for one in holder.names):
                return holder.party
        return None

    def give(self, key: Key, said: str, party: Party) -> None:
        holders = self.holders[key]
        if any(_same(holder.party, party) for holder in holders):
            return
        if holders and key[0] != "phone":
            return  # a mail address stays with whom it was heard of first
        if len(holders) == 1:
            self.questions.append((holders[0].party, party))
        self.addresses.append((key, said, party, len(holders)))
        holders.append(_Holder(party=party, names=(party.name,)))

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


def speaker_of(workspace: Workspace, known: Known) -> Party | None:
    """Whose address or number this is already, if anybody's."""
    keys = _keys(known, workspace)
    book = _Book(workspace)
    book.look_up(keys, ())
    return next((book.holders[key][0].party for key in keys if key in book.holders), None)


def add_addresses(party: Party, known: Known, *, at: datetime) -> None:
    """More ways to reach them. They may open a channel, so the party is decided anew."""
    keys = _keys(known, party.workspace)
    if not keys:
        return
    with transaction.atomic():
        party = lock({party.pk})[party.pk]
        book = _Book(party.workspace)
        book.look_up(keys, ())
        for key, said in keys.items():
            book.give(key, said, party)
        book.write(at)
        balance([party], at=at)
