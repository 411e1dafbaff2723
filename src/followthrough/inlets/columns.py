"""What the columns of a list mean, by the names that people and programs give them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from followthrough.core.saying import says
from followthrough.inlets.column_names import PEOPLE, PLACES, SEVERAL
from followthrough.inlets.column_names_of_deeds import DEEDS
from followthrough.inlets.wording import folded

# What a column may mean, in the order of choosing, with the words that people see.
FIELDS: dict[str, str] = {
    "": says("Leave it out"),
    "name": says("Name"),
    "first": says("First name"),
    "middle": says("Middle name"),
    "last": says("Last name"),
    "prefix": says("Before the name (Dr., Mrs.)"),
    "suffix": says("After the name (Jr.)"),
    "nickname": says("Nickname"),
    "email": says("Mail address"),
    "phone": says("Phone number"),
    "fax": says("Fax number"),
    "company": says("Company"),
    "department": says("Department"),
    "title": says("Job"),
    "street": says("Street"),
    "city": says("Town"),
    "state": says("State or region"),
    "postcode": says("Postcode"),
    "country": says("Country"),
    "url": says("Website"),
    "box": says("Post box"),
    "birthday": says("Birthday"),
    "note": says("Note"),
    "external": says("Their number in the other program"),
    "source": says("Where they came from"),
    "owner": says("Who looks after them"),
    "enquired_at": says("Day they enquired, or day it began"),
    "do_not_email": says("No mail, please (yes or no)"),
    "may_email": says("Mail is welcome (yes or no)"),
    "do_not_call": says("No calls, please (yes or no)"),
    "deal": says("Name of the deal"),
    "deal_id": says("Number of the deal"),
    "stage": says("Stage of the deal"),
    "converted": says("Won (yes or no)"),
    "closed": says("Closed (yes or no)"),
    "amount": says("Amount"),
    "closed_at": says("Day it closes"),
    "won_at": says("Day it was won"),
    "touches": says("How often you were in touch"),
    "at": says("Day it happened"),
    "start": says("Time it began"),
    "end": says("Time it ended"),
    "direction": says("In or out"),
    "outcome": says("How it went"),
    "kind": says("Call, visit or mail"),
    "subject": says("Subject"),
    "order": says("Number of the order or invoice"),
    "item": says("What was bought"),
    "quantity": says("How many"),
    "price": says("Price of one"),
}

# What a list may be about.
SUBJECTS: dict[str, str] = {
    "people": says("People and companies"),
    "deals": says("Deals"),
    "calls": says("Calls"),
    "visits": says("Visits and meetings"),
    "purchases": says("Orders and invoices"),
    "messages": says("Messages"),
}

# Of these somebody may have several; of all others the surest column counts.
MANY = frozenset(SEVERAL)


def _ranked(names: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for field, words in names.items():
        for rank, word in enumerate(words.replace("\n", " ").split("|")):
            found.setdefault("".join(word.split()), (field, rank))
    return found


# Without their blanks, so that `LeadSource`, LEADSOURCE and “Lead source” are one name.
_RANK = _ranked(PEOPLE | DEEDS) | _ranked(SEVERAL)
_PLACE = {
    word.strip(): place
    for place, words in PLACES.items()
    if place != "fax"
    for word in words.replace("\n", " ").split("|")
}
_BESIDE = (
    "1 2 3 4 5 6 7 8 9 de del do di du la am an op au of der ihre votre your their "
    "customer client contact person lead"
)
_FILLERS = frozenset(_BESIDE.split())


def meanings(headers: tuple[str, ...], known: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The field of each column, "" for a column without one. Only mail addresses, numbers,
    postal addresses and notes may stand in several. `known` are a program's own names."""
    own = known or {}
    found = [
        (own[squeezed(header)], -1) if squeezed(header) in own else _meaning(plain(header))
        for header in headers
    ]
    found = _firms_and_their_people(headers, _titles_before_names(headers, found))
    best: dict[str, tuple[int, int]] = {}
    for place, (field, rank) in enumerate(found):
        if field and field not in MANY:
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    return tuple(
        field if field in MANY or best.get(field) == (rank, place) else ""
        for place, (field, rank) in enumerate(found)
    )


def _titles_before_names(
    headers: tuple[str, ...], found: list[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Beside a column for the job, a bare “Title” is a Dr. or Mrs."""
    if len([field for field, _ in found if field == "title"]) < 2:
        return found
    bare = [squeezed(header) in ("title", "titre") for header in headers]
    return [
        ("prefix", 99) if this and one[0] == "title" else one
        for this, one in zip(bare, found, strict=True)
    ]


_FIRM = {"name", "kunde", "kundenname", "customer", "customername", "klant", "client", "cliente"}
_PERSON = {
    "ansprechpartner", "kontaktperson", "kontakt", "contactperson", "contactpersoon",
    "contactname", "contact", "contacto", "contatto", "contato",
}  # fmt: skip


def _firms_and_their_people(
    headers: tuple[str, ...], found: list[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Beside a column for the person to ask for, a bare “Name” is that of the firm."""
    words = [squeezed(header) for header in headers]
    fields = {field for field, _ in found}
    if "company" in fields or not (_FIRM & set(words) and _PERSON & set(words)):
        return found
    return [
        ("company", 99) if word in _FIRM else one for word, one in zip(words, found, strict=True)
    ]


@lru_cache(maxsize=4_096)
def plain(header: str) -> str:
    """Lower case, no accents, words apart: `Do-Not_Email` and `DoNotEmail*` meet here."""
    header = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    words = re.sub(r"[\W_]+", " ", re.sub(r"__c$", "", folded(header))).strip()
    return words.removesuffix(" utc").removesuffix(" gmt")


def squeezed(header: str) -> str:
    return plain(header).replace(" ", "")


def _meaning(word: str) -> tuple[str, int]:
    """By its whole name, else by what is left of it without words of place and numbers."""
    if word.replace(" ", "") in _RANK:
        return _RANK[word.replace(" ", "")]
    rest = [one for one in word.split() if one not in _PLACE and one not in _FILLERS]
    bare = "".join(rest)
    if not bare and any(_PLACE.get(one) in ("cell", "pager", "car") for one in word.split()):
        return _RANK["phone"]
    if bare in _RANK and _RANK[bare][0] in MANY:
        return _RANK[bare]
    return "", 0


_SUREST = ("cell", "pager", "car", "assistant", "video")


def place_of(header: str) -> str:
    """Home, work, cell, main, other, car …: which of somebody's addresses a column holds."""
    found = [_PLACE[word] for word in plain(header).split() if word in _PLACE]
    return next((place for place in found if place in _SUREST), next(iter(found), ""))
