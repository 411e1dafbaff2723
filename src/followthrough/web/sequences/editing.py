"""A sequence as it stands in the form, kept or not: each press moves a line of it, and nothing is
lost. No script is needed."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from followthrough.core.plans import UNITS, WAYS, Plan, Step
from followthrough.core.running import ENQUIRY, ORDER, QUIET, QUOTE
from followthrough.ledger.sequences import LONGEST_WAIT, LONGEST_WORDS, MOST_STEPS, Draft
from followthrough.web import say
from followthrough.web.tongue import tell

SAVE, ADD, LOOK = "save", "add", "look"
UNIT_NAMES: dict[str, Promise] = {
    "business_days": gettext_lazy("working days"),
    "days": gettext_lazy("days"),
    "hours": gettext_lazy("hours"),
}
BEGINS: dict[str, Promise] = {
    "": gettext_lazy("When somebody chooses it"),
    ENQUIRY: gettext_lazy("With every new enquiry"),
    QUOTE: gettext_lazy("With every quote"),
    ORDER: gettext_lazy("With every order"),
    QUIET: gettext_lazy("When a customer has gone quiet"),
}
PARTS = ("how", "wait", "unit", "what", "subject", "words", "alone")


@dataclass(kw_only=True)
class Form:
    """What the form holds, valid or not; `problem` says what to do, about the step `wrong`."""

    name: str = ""
    talk_ends: bool = True
    begins: str = ""
    steps: list[Step] = field(default_factory=list)
    move: bool = False
    who: str = ""
    problem: str = ""
    wrong: int = 0

    @classmethod
    def of(cls, data: QueryDict) -> "Form":
        lines = zip(*(data.getlist(part)[: MOST_STEPS + 1] for part in PARTS), strict=False)
        begins = data.get("begins", "")
        return cls(
            name=data.get("name", "").strip()[:80],
            talk_ends=data.get("talk_ends") == "yes",
            begins=begins if begins in BEGINS else "",
            steps=[_step(*line) for line in lines],
            move=data.get("move") == "yes",
            who=data.get("who", "").strip()[:80],
        )

    @classmethod
    def showing(cls, plan: Plan, begins: str) -> "Form":
        """In the reader's language, where the words are still ours."""
        steps = [
            replace(step, what=tell(step.what), subject=tell(step.subject), words=tell(step.words))
            for step in plan.steps
        ]
        return cls(name=tell(plan.name), talk_ends=plan.talk_ends, begins=begins, steps=steps)

    @property
    def draft(self) -> Draft:
        return Draft(name=self.name, steps=tuple(self.steps), talk_ends=self.talk_ends)

    def says_the_same(self, other: "Form") -> bool:
        return self.draft == other.draft

    def press(self, button: str) -> None:
        """`up-2`, `down-2`, `remove-2`, `add`: steps are counted from 1."""
        verb, _dash, number = button.partition("-")
        place = int(number) - 1 if number.isdecimal() and len(number) < 4 else -1
        if verb == ADD and len(self.steps) < MOST_STEPS:
            self.steps.append(Step(wait=3))
        if not 0 <= place < len(self.steps):
            return
        if verb == "remove":
            del self.steps[place]
        other = place + {"up": -1, "down": 1}.get(verb, 0)
        if verb in ("up", "down") and 0 <= other < len(self.steps):
            self.steps[place], self.steps[other] = self.steps[other], self.steps[place]


def _step(*told: str) -> Step:
    how, wait, unit, what, subject, words, alone = told
    return Step(
        how=how if how in WAYS else "call",
        wait=int(wait) if wait.isdecimal() and len(wait) < 6 else -1,
        unit=next((one for one in UNITS if one == unit), UNITS[0]),
        what=what.strip()[:80], subject=subject.strip()[:120],
        words=words.replace("\r\n", "\n").strip()[: LONGEST_WORDS + 1],
        alone=alone == "yes",
    )  # fmt: skip


def lines_of(form: Form) -> list[dict[str, Any]]:
    """Each step as the page shows it."""
    last = len(form.steps)
    return [
        {
            "n": n, "step": step, "icon": say.way(step.how)[1],
            "wait": "" if step.wait < 0 else step.wait,
            "is_first": n == 1, "is_last": n == last, "writes": step.how == "email",
            "wrong": form.problem if form.wrong == n else "",
        }
        for n, step in enumerate(form.steps, 1)
    ]  # fmt: skip


def offered() -> dict[str, Any]:
    return {
        "ways": [(way, way_name(way)) for way in WAYS],
        "units": list(UNIT_NAMES.items()),
        "beginnings": list(BEGINS.items()),
        "longest": LONGEST_WAIT,
    }


def way_name(way: str) -> str:
    return say.way(way)[0]
