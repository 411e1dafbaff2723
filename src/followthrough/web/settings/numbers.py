"""Every number beside the promise that it belongs to: the default, yours, and its bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from followthrough.core.decide import RULES
from followthrough.core.rule import Knob
from followthrough.core.saying import says_many
from followthrough.ledger.models import Workspace
from followthrough.ledger.numbers import AROUND, NUMBERS, OF_RULES
from followthrough.web.tongue import tell

Given = Mapping[str, str]
# Units with their one; the knobs say the many.
UNITS = {
    "working days": lambda n: says_many("{n} working day", "{n} working days", n),
    "working hours": lambda n: says_many("{n} working hour", "{n} working hours", n),
    "hours": lambda n: says_many("{n} hour", "{n} hours", n),
    "days": lambda n: says_many("{n} day", "{n} days", n),
    "minutes": lambda n: says_many("{n} minute", "{n} minutes", n),
    "contacts": lambda n: says_many("{n} contact", "{n} contacts", n),
    "calls": lambda n: says_many("{n} call", "{n} calls", n),
    "people": lambda n: says_many("{n} person", "{n} people", n),
}


@dataclass(frozen=True, kw_only=True)
class Number:
    name: str
    knob: Knob
    value: str  # as it stands in the field
    yours: int | None  # None: the default
    problem: str = ""

    @property
    def asks(self) -> str:
        return tell(self.knob.asks)

    @property
    def unit(self) -> str:
        return tell(self.knob.unit)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A rule and its numbers; the last of them are those around all rules."""

    promise: str
    url: str
    numbers: list[Number]


def promises_of(team: Workspace, given: Given | None = None) -> list[Promise]:
    """`given` is what was typed, where something stood in its way."""
    found = [
        Promise(
            promise=tell(rule.promise),
            url=reverse("help_page", args=[f"rules/{name}"]),
            numbers=_some(team, given, [f"{name}.{knob}" for knob in rule.knobs]),
        )
        for name, rule in RULES.items()
    ]
    around = Promise(
        promise=_("Over all of them"),
        url=f"{reverse('help_page', args=['rules/index'])}#below-and-around-them",
        numbers=_some(team, given, list(AROUND)),
    )
    return [*(one for one in found if one.numbers), around]


def without_numbers() -> list[str]:
    """Promises that nothing can be set of."""
    return [tell(rule.promise) for rule in RULES.values() if not rule.knobs]


def wanted(given: Given) -> dict[str, Any] | None:
    """The numbers as typed, the default being none of one's own; None where one cannot be."""
    knobs: dict[str, int | None] = {}
    for name, knob in NUMBERS.items():
        if name not in given:
            continue
        if name == given.get("reset") or not given[name].strip():
            knobs[name] = None
        elif _problem(knob, given[name]):
            return None
        else:
            value = int(given[name])
            knobs[name] = None if value == knob.default else value
    return {"knobs": knobs}


def _some(team: Workspace, given: Given | None, names: list[str]) -> list[Number]:
    return [_number(team, given, name) for name in names]


def _number(team: Workspace, given: Given | None, name: str) -> Number:
    knob, yours = NUMBERS[name], team.knobs.get(name)
    typed = given.get(name, "") if given is not None else None
    value = str(yours if yours is not None else knob.default)
    return Number(
        name=name, knob=knob, yours=yours, value=value if typed is None else typed,
        problem=_problem(knob, typed) if typed else "",
    )  # fmt: skip


def _problem(knob: Knob, typed: str) -> str:
    typed = typed.strip()
    if typed.isdecimal() and len(typed) < 9 and knob.least <= int(typed) <= knob.most:
        return ""
    return _("A whole number from {least} to {most}, please.").format(
        least=knob.least, most=knob.most
    )


def said(name: str, value: int | None) -> str:
    """A number inside a sentence: "2 working days"."""
    knob = NUMBERS[name]
    number = knob.default if value is None else value
    if knob.unit in UNITS:
        return tell(UNITS[knob.unit](number))
    return _("{number} {unit}").format(number=number, unit=tell(knob.unit))


def asks(name: str) -> str:
    return tell(NUMBERS[name].asks) if name in OF_RULES | AROUND else name
