"""A sequence as it stands in the form, kept or not: each press moves a line of it, and nothing is
lost. No script is needed."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.core.plans import BOOKED, CAME_BACK, CLICKED, LOOKED, WAITS, WAYS, Plan, Step
from followthrough.core.running import ENQUIRY, ORDER, QUIET, QUOTE
from followthrough.ledger.models import Workspace
from followthrough.ledger.sequences import LONGEST_WAIT, LONGEST_WORDS, MOST_STEPS, Draft
from followthrough.web import say
from followthrough.web.tongue import tell

SAVE, ADD, LOOK = "save", "add", "look"
UNIT_NAMES: dict[str, Promise] = {
    "business_days": gettext_lazy("working days"),
    "days": gettext_lazy("days"),
    "hours": gettext_lazy("hours"),
    "before_end": gettext_lazy("working days before their offer ends"),
}
BEGINS: dict[str, Promise] = {
    "": gettext_lazy("When somebody chooses it"),
    ENQUIRY: gettext_lazy("With every new enquiry"),
    QUOTE: gettext_lazy("With every quote"),
    ORDER: gettext_lazy("With every order"),
    QUIET: gettext_lazy("When a customer has gone quiet"),
}
PARTS = ("how", "wait", "unit", "what", "subject", "words", "other_subject", "other")
BY_ITSELF = gettext_lazy("Mail that leaves by itself")
ALONE = "email_alone"  # a mail that leaves by itself, as the form calls it
LEADS: dict[str, Promise] = {
    CAME_BACK: gettext_lazy("If it comes back"),
    LOOKED: gettext_lazy("If they look at it"),
    CLICKED: gettext_lazy("If they follow a link in it"),
    BOOKED: gettext_lazy("If they agree to an appointment"),
}


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
        begins = data.get("begins", "")
        return cls(
            name=data.get("name", "").strip()[:80],
            talk_ends=data.get("talk_ends") == "yes",
            begins=begins if begins in BEGINS else "",
            steps=_steps(data),
            move=data.get("move") == "yes",
            who=data.get("who", "").strip()[:80],
        )

    @classmethod
    def showing(cls, plan: Plan, begins: str) -> "Form":
        """In the reader's language, where the words are still ours."""
        steps = [
            replace(
                step,
                what=tell(step.what),
                subject=tell(step.subject),
                words=tell(step.words),
                other_subject=tell(step.other_subject),
                other=tell(step.other),
            )
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
        order = list(range(len(self.steps)))
        if verb == "remove":
            del order[place]
        other = place + {"up": -1, "down": 1}.get(verb, 0)
        if verb in ("up", "down") and 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
        self.steps = _in_order(self.steps, order)


def _in_order(steps: list[Step], order: list[int]) -> list[Step]:
    """What leads to a step still leads there, as long as it lies below."""
    now_at = {old + 1: new for new, old in enumerate(order, 1)}
    return [
        replace(
            steps[old],
            goes=tuple((what, now_at[to]) for what, to in steps[old].goes if now_at.get(to, 0) > n),
        )
        for n, old in enumerate(order, 1)
    ]


def _steps(data: QueryDict) -> list[Step]:
    """What an older page does not send is empty."""
    many = range(len(data.getlist("how")[: MOST_STEPS + 1]))
    parts = {name: data.getlist(name) for name in (*PARTS, *(f"goes_{one}" for one in LEADS))}
    told = {name: [*found, *([""] * len(many))] for name, found in parts.items()}
    return [
        _step(
            *(told[part][n] for part in PARTS),
            goes=_goes({one: told[f"goes_{one}"][n] for one in LEADS}),
        )
        for n in many
    ]


def _goes(told: dict[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (what, int(to)) for what, to in told.items() if to.isdecimal() and 0 < int(to[:4]) < 100
    )


def _step(*told: str, goes: tuple[tuple[str, int], ...]) -> Step:
    how, wait, unit, what, subject, words, other_subject, other = told
    alone, how = how == ALONE, "email" if how == ALONE else how
    mail = how == "email"
    return Step(
        how=how if how in WAYS else "call",
        wait=int(wait) if wait.isdecimal() and len(wait) < 6 else -1,
        unit=next((one for one in WAITS if one == unit), WAITS[0]),
        what=what.strip()[:80], subject=subject.strip()[:120],
        words=_words(words), alone=alone, other=_words(other),
        goes=tuple(one for one in goes if mail or one[0] == BOOKED),
        other_subject=other_subject.strip()[:120],
    )  # fmt: skip


def _words(text: str) -> str:
    return text.replace("\r\n", "\n").strip()[: LONGEST_WORDS + 1]


def lines_of(form: Form, *, tracks: bool) -> list[dict[str, Any]]:
    """Each step as the page shows it; `tracks`: whether anybody would know what they looked at."""
    last = len(form.steps)
    return [
        {
            "n": n, "step": step, "icon": say.way(step.how)[1],
            "way": ALONE if step.by_itself else step.how, "leads": _leads(form, n, tracks=tracks),
            "wait": "" if step.wait < 0 else step.wait,
            "is_first": n == 1, "is_last": n == last, "writes": step.how == "email",
            "wrong": form.problem if form.wrong == n else "",
        }
        for n, step in enumerate(form.steps, 1)
    ]  # fmt: skip


def _leads(form: Form, n: int, *, tracks: bool) -> list[dict[str, Any]]:
    """Where each thing that may happen after this step leads, and where else it could; also those
    that are not shown, so that the form holds as many of each as there are steps."""
    step, goes = form.steps[n - 1], dict(form.steps[n - 1].goes)
    mails, always = step.how == "email", (BOOKED, *((CAME_BACK,) if step.how == "email" else ()))
    below = [(m, _called(m, form.steps[m - 1])) for m in range(n + 1, len(form.steps) + 1)]
    return [
        {
            "name": f"goes_{what}", "label": label, "to": goes.get(what, 0), "below": below,
            "leads": next((name for m, name in below if m == goes.get(what)), ""),
            "shown": bool(below) and (what in always or (mails and tracks) or what in goes),
        }
        for what, label in LEADS.items()
    ]  # fmt: skip


def ways_on(form: Form, n: int) -> list[str]:
    """What may happen after this step, and where that leads."""
    leads = _leads(form, n, tracks=True) if 0 < n <= len(form.steps) else []
    return [f"{one['label']}: {one['leads']}" for one in leads if one["leads"]]


def tracks(workspace: Workspace) -> bool:
    """Whether the team wants to know what they looked at."""
    return bool(getattr(workspace, "tracks", False))


def _called(n: int, step: Step) -> str:
    return _("step {n}: {what}").format(n=n, what=step.what or way_name(step.how))


def offered() -> dict[str, Any]:
    return {
        "ways": [
            line
            for way in WAYS
            for line in [(way, way_name(way)), *([(ALONE, BY_ITSELF)] if way == "email" else [])]
        ],
        "units": list(UNIT_NAMES.items()),
        "beginnings": list(BEGINS.items()),
        "longest": LONGEST_WAIT,
    }


def way_name(way: str) -> str:
    return say.way(way)[0]
