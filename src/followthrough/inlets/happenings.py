"""What a row of a log tells: a call, a visit, an order or a message, and which way it went."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from followthrough.inlets.dates import clock_time
from followthrough.inlets.filled import Filled
from followthrough.inlets.wording import folded


@dataclass(frozen=True, kw_only=True)
class Happening:
    """`kind` is call, visit, order or message; `theirs` whether they came to us. `at` is None
    where the row names no day. `outcome` of a call is spoke, message, no_answer or missed.
    `began` is the time of day, `lasted` how long. `amount` is in cents, below zero for what was
    given back; `order` is what holds the lines of one order together. A line is `cancelled` by its
    sign: the number of an order may begin with any letter."""

    kind: str
    at: datetime | None = None
    theirs: bool = False
    outcome: str = ""
    began: timedelta | None = None
    lasted: timedelta | None = None
    subject: str = ""
    order: str = ""
    item: str = ""
    amount: int | None = None
    cancelled: bool = False


_KINDS = {"calls": "call", "visits": "visit", "purchases": "order", "messages": "message"}
_CALL = re.compile(r"call|phone|anruf|telefon|appel|llamada|bel|chiamata|ligacao")
_VISIT = re.compile(
    r"meet|visit|lunch|demo|besuch|treffen|termin|rendez|visite|reunion|cita|afspraak|incontro"
)
_MESSAGE = re.compile(r"mail|message|sms|text|letter|nachricht|brief|courriel|correo|bericht")
_INBOUND = re.compile(
    r"in|inbound|incoming|received|eingehend|eingang|entrant|entrante|inkomend|in arrivo"
    r"|recibid[oa]|empfangen|missed|verpasst|manque|perdid[oa]|from them|inc|incoming call|customer"
)
_NO_ANSWER = re.compile(
    r"no[ _-]?answer|not? (answered|reached)|unanswered|busy|engaged|failed|wrong number|hung up|"
    r"nicht (erreicht|angenommen)|niemand|besetzt|keine antwort|pas de reponse|occupe|absent|"
    r"no contest|ocupado|comunica|geen gehoor|bezet|non risponde|occupato|nao atende|canceled|"
    r"cancelled|no connect|no_connect"
)
_MISSED = re.compile(r"missed|abandoned|verpasst|entgangen|manque|perdid|gemist|perso|persa")
_MAILBOX = re.compile(
    r"voice ?mail|left .*message|message left|mailbox|anrufbeantworter|repondeur|buzon|segreteria"
)


def happening_of(what: str, filled: Filled, when: Mapping[str, datetime | None]) -> Happening:
    """`when` are the dates that could be read."""
    one = filled.one
    kind = _kind(one("kind")) or _KINDS[what]
    whole = ":" in one("at")  # the day comes with its time
    began, ended = clock_time(one("at" if whole else "start")), clock_time(one("end"))
    day = when.get("at") or when.get("enquired_at")
    at = day if whole else _moment(day, began)
    direction = folded(one("direction"))
    if kind == "order":
        return _order(filled, at)
    return Happening(
        kind=kind,
        at=at,
        theirs=bool(_INBOUND.fullmatch(direction)),
        outcome=call_outcome(f"{one('outcome')} {direction}") if kind == "call" else "",
        began=began,
        lasted=(ended - began) % timedelta(days=1)
        if began is not None and ended is not None
        else None,
        subject=one("subject"),
    )


def _moment(day: datetime | None, began: timedelta | None) -> datetime | None:
    """A day with the time of day that stands in a column of its own."""
    return day if day is None or began is None else day + began


@lru_cache(maxsize=1_024)
def _kind(cell: str) -> str:
    word = folded(cell)
    for kind, pattern in (("call", _CALL), ("visit", _VISIT), ("message", _MESSAGE)):
        if pattern.search(word):
            return kind
    return ""


@lru_cache(maxsize=1_024)
def call_outcome(words: str) -> str:
    word = folded(words)
    for outcome, pattern in (
        ("message", _MAILBOX), ("missed", _MISSED), ("no_answer", _NO_ANSWER),
    ):  # fmt: skip
        if pattern.search(word):
            return outcome
    return "spoke"


def _order(filled: Filled, at: datetime | None) -> Happening:
    """A line of an order. What it comes to is its amount, else its price times how many."""
    amount, price, many = filled.cents("amount"), filled.number("price"), filled.number("quantity")
    if amount is None and price is not None:
        amount = round(price * (1 if many is None else many) * 100)
    elif amount is not None and many is not None and many < 0:
        amount = -abs(amount)
    return Happening(
        kind="order",
        at=at,
        theirs=True,
        order=filled.one("order"),
        item=filled.one("item"),
        amount=amount,
        cancelled=(amount or 0) < 0 or (many or 0) < 0,
    )
