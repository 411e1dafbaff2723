"""Finding somebody by the beginning of a word, of an address, or by a piece of a number."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from followthrough.ledger.books import family_of
from followthrough.ledger.models import Address, Party, Word, Workspace
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.statements import delete, insert_plain, select, update
from followthrough.ledger.words import endings_of, folded, pieces_of, words_of

NAME, MAIL, TEL = "name", "mail", "tel"
PARTY, ADDRESS = ("id", "name", "company"), ("party", "kind", "canonical", "value")
NewAddress = tuple[int, str, str, str]  # party, kind, canonical, value
WORD = ("workspace", "party", "kind", "word")
LONGEST = 80
MOST_WORDS = 6
NO_WORDS = "-"  # a name of signs alone
PIECE = 4  # so many digits tell a number


def make_findable(parties: Iterable[Party]) -> None:
    """The words of these parties, and of those they speak for, as they now are."""
    parties = list({party.pk: party for party in parties}.values())
    if not parties:
        return
    within = {party.workspace_id for party in parties}
    pks = [party.pk for party in parties]
    speaker = {pk: party for party in parties for pk in family_of(party)}
    said: dict[int, set[tuple[str, str]]] = {pk: set() for pk in pks}
    for pk, name, company in select(Party, PARTY, {"workspace": within, "id": speaker}):
        said[speaker[pk].pk] |= {(NAME, word) for word in pieces_of(f"{name} {company}")}
    for pk, *address in select(Address, ADDRESS, {"workspace": within, "party": speaker}):
        said[speaker[pk].pk] |= set(_words_of(*address))
    words = [
        (party.workspace_id, party.pk, kind, word[:LONGEST])
        for party in parties
        for kind, word in sorted(said[party.pk])
    ]
    changed = [party for party in parties if party.firm != firm_of(party)]
    for party in changed:
        party.firm = firm_of(party)
    with transaction.atomic():
        delete(Word, {"workspace": within, "kind": (NAME, MAIL, TEL), "party": pks})
        insert_plain(Word, WORD, words)
        update(changed, ("firm",))


def make_new_findable(parties: Sequence[Party], addresses: Iterable[NewAddress]) -> None:
    """The words of those who were added in this very transaction: there is nothing to read. Their
    `firm` is set already."""
    said = {party.pk: {(NAME, word) for word in pieces_of(_called(party))} for party in parties}
    for party, *address in addresses:
        if party in said:
            said[party] |= set(_words_of(*address))
    within = {party.pk: party.workspace_id for party in parties}
    insert_plain(
        Word, WORD,
        [(within[pk], pk, kind, word[:LONGEST]) for pk in said for kind, word in sorted(said[pk])],
    )  # fmt: skip


def _called(party: Party) -> str:
    return f"{party.name} {party.company}"


def firm_of(party: Party) -> str:
    """The company as one compares it; who has none may be one: then by their own name."""
    return " ".join(words_of(party.company or party.name))[:200] or NO_WORDS


def catch_up(workspace: Workspace, *, most: int) -> int:
    """Make findable whom an import brought, so many at a time; how many."""
    some = list(Party.objects.filter(workspace=workspace, firm="").order_by("pk")[:most])
    if some:
        with transaction.atomic():
            make_findable(some)
    return len(some)


def find_anew(parties: Iterable[Party]) -> None:
    """The words of these have changed: `catch_up` takes them up."""
    ids = {party.pk for party in parties}
    if ids:
        Party.objects.filter(pk__in=ids).update(firm="")


def found(workspace: Workspace, text: str) -> QuerySet[Party]:
    """The parties in which each word of the text begins something; nobody where it has no word."""
    rows = Party.objects.filter(workspace=workspace, merged_into=None, forgotten=False)
    rows = rows.exclude(kind__in=UNLISTED)
    asked = list(asked_of(text))
    if not asked:
        return rows.none()
    for one in asked:
        rows = rows.filter(pk__in=Word.objects.filter(one, workspace=workspace).values("party"))
    return rows


def begins(word: str) -> Q:
    """Of the words that begin so, by the index in the way that each database uses one."""
    if connection.vendor == "sqlite":
        return Q(word__gte=word, word__lt=f"{word}\U0010ffff")
    return Q(word__startswith=word)


def _words_of(kind: str, canonical: str, value: str) -> Iterator[tuple[str, str]]:
    if kind == "phone":
        for number in (canonical, value):
            yield from ((TEL, ending) for ending in endings_of(number, PIECE))
        return
    for mail in (folded(canonical), folded(value)):
        local, _, house = mail.partition("@")
        yield from ((MAIL, piece) for piece in (mail, house, *words_of(local)) if piece)


def asked_of(text: str) -> Iterator[Q]:
    """What each word of the question must begin."""
    digits = "".join(filter(str.isdecimal, folded(text)))
    if len(digits) >= PIECE and not any(letter.isalpha() for letter in text):
        yield _number(digits)
        return
    for piece in text.split()[:MOST_WORDS]:
        words, mail = words_of(piece), Q(kind=MAIL) & begins(folded(piece)[:LONGEST])
        if "@" in piece and words:
            yield mail
        elif "." in piece.strip(".") and words:
            yield mail | Q(kind=NAME) & begins(words[0][:LONGEST])
        else:
            for word in words[:MOST_WORDS]:
                yield Q(kind__in=(NAME, MAIL)) & begins(word[:LONGEST])


def _number(digits: str) -> Q:
    """Without the noughts of home or abroad it may be a number of the world; or it is a name."""
    asked = Q(kind__in=(TEL, NAME, MAIL)) & begins(digits[:LONGEST])
    plain = digits.lstrip("0")[:LONGEST]
    return asked | Q(kind=TEL) & begins(plain) if len(plain) >= PIECE else asked
