"""One question for the field above everything: who is it, and where does it say so?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rapidfuzz.distance import OSA

from followthrough.core.facts import unpack
from followthrough.core.order import taken_back
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import speakers_of
from followthrough.ledger.models import Address, Fact, Member, Party, Word
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.noted import sentence_with, texts_with
from followthrough.ledger.search import NAME, begins, found
from followthrough.ledger.words import WORD, folded, words_of

NOTE, LIKE = "note", "like"
TEXTS = 60  # so many of the newest notes are looked into
ALIKE = 400  # so many words that begin alike are compared
SHORT, LONG = 4, 8  # letters from which one, and two, may be wrong


@dataclass(frozen=True, kw_only=True)
class Hit:
    """`where` is name, email, phone, note or like (the nearest name, where nobody has this one).

    `said` is the address, or the sentence of the note; `begins` and `ends` mark the word in it.
    """

    party: Party
    where: str = NAME
    said: str = ""
    begins: int = 0
    ends: int = 0
    at: datetime | None = None


def find(member: Member, text: str, limit: int = 8) -> list[Hit]:
    """People by any word of their name or company, by mail address, by four digits in a row of
    a number; then by words of notes and mails, the newest first; then by a name that is nearly
    so. Each once. What was taken back, or is private, is found by nobody."""
    named = found(member.workspace, text).select_related("owner").order_by("name", "pk")
    hits = _where(list(named[:limit]), text)
    if len(hits) < limit:
        known = {hit.party.pk for hit in hits}
        hits += [one for one in in_notes(member, text) if one.party.pk not in known]
    return hits[:limit] or _nearly(member, text, limit)


def in_notes(member: Member, text: str) -> list[Hit]:
    """Whose notes and mails hold these words; each once, by the newest of them."""
    texts = texts_with(member.workspace_id, text, most=TEXTS)
    rows = Fact.objects.filter(workspace=member.workspace_id, text__in=texts)
    told = list(rows.select_related("text").order_by("-at", "-pk"))
    newest: dict[int, Fact] = {}
    for fact in _standing(told):
        newest.setdefault(fact.party_id, fact)
    speaks = speakers_of(newest)
    parties = Party.objects.select_related("owner").in_bulk({*speaks.values()})
    hits = {
        speaks[pk]: _noted(parties[speaks[pk]], fact, text) for pk, fact in reversed(newest.items())
    }
    return [hit for hit in reversed(hits.values()) if _is_listed(hit.party)]


def _is_listed(party: Party) -> bool:
    """What is private, or said to a colleague, is on no list."""
    return not party.forgotten and party.kind not in UNLISTED


def _noted(party: Party, fact: Fact, text: str) -> Hit:
    words = f"{fact.text.title}\n{fact.text.body}" if fact.text else ""
    said, first, last = sentence_with(words, text)
    return Hit(party=party, where=NOTE, said=said, begins=first, ends=last, at=fact.at)


def _standing(told: Sequence[Fact]) -> list[Fact]:
    """Not what was taken back."""
    parties = {fact.party_id for fact in told}
    workspaces = {fact.workspace_id for fact in told}
    takings = Fact.objects.filter(workspace__in=workspaces, party__in=parties, kind="Retracted")
    gone = taken_back(
        [unpack(row.kind, {"at": row.at, "name": row.name}, row.own) for row in takings]
    )
    return [fact for fact in told if fact.name not in gone]


def _where(parties: list[Party], text: str) -> list[Hit]:
    """The name as a rule; the address or number where it is that which was asked for."""
    digits = "".join(filter(str.isdecimal, folded(text))).lstrip("0")
    speaker = {pk: party.pk for party in parties for pk in family_of(party)}
    hits = {party.pk: Hit(party=party) for party in parties}
    if not (digits or "@" in text or "." in text):
        return list(hits.values())
    rows = Address.objects.filter(
        workspace__in={p.workspace_id for p in parties}, party__in=speaker
    )
    for address in rows:
        if _is_asked(address, folded(text).strip(), digits):
            pk = speaker[address.party_id]
            hits[pk] = replace(hits[pk], where=address.kind, said=address.value)
    return list(hits.values())


def _is_asked(address: Address, text: str, digits: str) -> bool:
    if address.kind == "phone":
        return bool(digits) and digits in "".join(
            filter(str.isdecimal, address.canonical + address.value)
        )
    return any(part and part in folded(address.value) for part in text.split())


# --- nobody has this name --------------------------------------------------------------------


def _nearly(member: Member, text: str, limit: int) -> list[Hit]:
    """Whose name differs by a letter or two: "Jürgen Mueler" is Jürgen Müller’s neighbour."""
    asked = [word for word in words_of(text) if WORD.fullmatch(word)]
    if not asked or any(word.isdecimal() for word in asked):
        return []
    near = [_near(member, word) for word in asked]
    if not all(near):
        return []
    rows = Party.objects.filter(
        workspace=member.workspace_id, merged_into=None, forgotten=False
    ).exclude(kind__in=UNLISTED)
    for words in near:
        theirs = Word.objects.filter(workspace=member.workspace_id, kind=NAME, word__in=words)
        rows = rows.filter(pk__in=theirs.values("party"))
    some = rows.select_related("owner").order_by("name", "pk")[:limit]
    return [Hit(party=party, where=LIKE) for party in some]


def _near(member: Member, word: str) -> list[str]:
    """The word itself, where somebody has it, else the nearest ones that begin as it does."""
    if len(word) < SHORT:
        return []
    most = 2 if len(word) >= LONG else 1
    known = Word.objects.filter(begins(word[:2]), workspace=member.workspace_id, kind=NAME)
    some: Iterable[str] = known.order_by("word").values_list("word", flat=True).distinct()[:ALIKE]
    apart = {one: OSA.distance(word, one, score_cutoff=most) for one in some}
    nearest = min(apart.values(), default=most + 1)
    return [one for one, far in apart.items() if far == nearest <= most]
