"""The words of a step as one person gets them: nothing is left open, or they do not leave."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from followthrough.core.plans import BEFORE_END, A, Plan, Step, version_for
from followthrough.core.running import RULE
from followthrough.core.saying import says
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.offers import page_to_tell_of
from followthrough.ledger.plans import plans_of

LONGEST_TOPIC = 80
NAME, TOPIC, ME = "{name}", "{topic}", "{me}"
# Whoever does not know what a header is finds a way out, too.
WAY_OUT = says("Would you rather hear no more from us? Answer “stop”, and that is all.")


class Missing(Exception):
    """`what` is a word of `MISSING` in core/rules/ask_again.py: a person sees it, and does it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, kw_only=True)
class Written:
    """`version` is which of two wordings it is; "" where there is one. `answers`: it has no subject
    of its own, so that it goes on in the conversation that there is."""

    subject: str
    text: str
    plan: Plan
    place: int
    version: str
    answers: bool


def written_for(duty: FollowUp, member: Member, at: datetime) -> Written:
    """In the language of whoever it leaves from."""
    plan = plans_of(duty.workspace_id, {duty.matter.plan}).get(duty.matter.plan)
    place = duty.matter.plan_step
    if plan is None or place >= len(plan.steps) or duty.rule != RULE:
        raise Missing("words")
    step = plan.steps[place]
    version = version_for(_enrolment(duty), plan.key, place) if step.other else ""
    with translation.override(member.language or duty.workspace.language or "en"):
        own, text = (_told(one) for one in step.words_of(version or A))
        subject = own or _told(step.what) or gettext("A word from us")
        way_out = gettext(str(WAY_OUT))
    known = {NAME: first_name(duty.party.name), TOPIC: _topic(duty), ME: member.name}
    said = [_filled(text, known), *_page(duty, step, at), way_out]
    return Written(
        subject=_filled(subject, known), text="\n\n".join(said), plan=plan,
        place=place, version=version, answers=not own,
    )  # fmt: skip


def _page(duty: FollowUp, step: Step, at: datetime) -> list[str]:
    """Whoever hears of the last day of an offer needs its address, too."""
    if step.unit != BEFORE_END:
        return []
    page = page_to_tell_of(duty.party, duty.since, at)
    if not page:
        raise Missing("offer")
    return [page]


def first_name(name: str) -> str:
    """What to call them; a firm stays whole, an address is nobody's name."""
    if "@" in name:
        return ""
    if any(letter.isdigit() for letter in name):
        return name
    given = name.split(",")[1].strip() if name.count(",") == 1 else name
    return given.split()[0] if given.split() else name


def _enrolment(duty: FollowUp) -> str:
    return duty.occasion.rpartition(":")[0]


def _told(text: str) -> str:
    """What is still ours is said in their language; Django gives its own head for nothing."""
    return gettext(text) if text else ""


def _topic(duty: FollowUp) -> str:
    """A whole sentence cannot be spoken inside another one."""
    title = duty.matter.title.strip()
    return title if len(title) <= LONGEST_TOPIC else ""


def _filled(text: str, known: dict[str, str]) -> str:
    if not text.strip():
        raise Missing("words")
    for mark, value in known.items():
        if mark in text and not value:
            raise Missing(mark.strip("{}"))
        text = text.replace(mark, value)
    return text
