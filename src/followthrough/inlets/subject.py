"""What a list is about, by what its columns mean and by the words in their names."""

import re

from followthrough.inlets.columns import plain

_CALLS = re.compile(r"\b(call|calls|caller|anruf|gesprach|appel|llamada|chiamata)")
_VISITS = re.compile(r"\b(visit|visited|meeting|besuch|termin|visite|visita|bezoek)")
_MESSAGES = re.compile(r"\b(sent|received|message|gesendet|empfangen|envoye|enviado|verzonden)")


def subject_of(headers: tuple[str, ...], mapping: tuple[str, ...]) -> str:
    """A key of `columns.SUBJECTS`; people where nothing else is plain."""
    has = set(mapping)
    dated = bool(has & {"at", "enquired_at"})
    if dated and _tells_orders(has):
        return "purchases"
    if "at" in has and _MESSAGES.search(plain(headers[mapping.index("at")])):
        return "messages"
    if {"start", "end"} <= has or "direction" in has or ("outcome" in has and dated):
        return "calls"
    if has & {"deal", "deal_id"} or ("stage" in has and not has & _SOMEBODY):
        return "deals"
    return _by_the_day(headers, mapping) if "at" in has else "people"


_SOMEBODY = {"name", "first", "last", "email", "phone", "external"}


def _tells_orders(has: set[str]) -> bool:
    sums = bool(has & {"amount", "price", "quantity"})
    return ("order" in has and sums) or {"item", "quantity"} <= has


def _by_the_day(headers: tuple[str, ...], mapping: tuple[str, ...]) -> str:
    """Who and when: the name of the day's column says what happened on it."""
    words = plain(headers[mapping.index("at")])
    for what, pattern in (("calls", _CALLS), ("visits", _VISITS)):
        if pattern.search(words):
            return what
    if "subject" in mapping:
        return "messages"
    return "purchases" if "amount" in mapping else "visits" if "kind" in mapping else "people"


_RESULTS = re.compile(r"(out ?come|result|ergebnis|resultat|resultado|esito|status|statut|estado)")


# On a list of companies these are what they turn over in a year, on one of orders what was sold.
_TAKINGS = re.compile(r"^(net )?(sales|revenue|turnover|umsatz|erlos|chiffre d affaires|omzet)$")
_OF_ONE = re.compile(r"^(price|preis|prix|precio|prezzo|prijs|preco)$")


def in_its_light(what: str, headers: tuple[str, ...], mapping: tuple[str, ...]) -> tuple[str, ...]:
    """Some words mean another thing in a log of calls or orders than in a list of people."""
    has = set(mapping)
    others: dict[str, str] = {}
    if what == "deals" and {"name", "company", "stage"} <= has and "deal" not in has:
        others["name"] = "deal"
    if what == "purchases":
        others["note"] = "" if "item" in has else "item"
        sums = plain(headers[mapping.index("amount")]) if "amount" in has else ""
        if {"quantity", "amount"} <= has and "price" not in has and _OF_ONE.search(sums):
            others["amount"] = "price"
    if what in ("calls", "visits", "purchases", "messages") and "at" not in has:
        others["enquired_at"] = "at"
    result = plain(headers[mapping.index("stage")]) if "stage" in has else ""
    if what == "calls" and "outcome" not in has and _RESULTS.search(result):
        others["stage"] = "outcome"
    found = [others.get(field, field) for field in mapping]
    if what == "purchases" and not {"amount", "price"} & set(found):
        takings = [n for n, header in enumerate(headers) if _TAKINGS.search(plain(header))]
        for place in takings[:1]:
            found[place] = "amount"
    return tuple(found)
