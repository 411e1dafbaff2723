"""The team's templates and snippets, the ready-made ones among them, and which fit a follow-up."""

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from django.core.cache import cache

from followthrough.core.saying import Saying, says
from followthrough.ledger.models import FollowUp, Party, Template, Workspace
from followthrough.ledger.models.wording import TONES
from followthrough.ledger.ready_words import ready_for
from followthrough.ledger.wording import LONGEST_SUBJECT, problems_in

MOST, MOST_SUBJECTS = 500, 4
KEPT = 600  # seconds
# What the words are for; "" is any. The order is that of the page.
OCCASIONS = {
    "information": says("They asked for information"),
    "enquiry": says("A new enquiry"),
    "answer": says("They wrote back"),
    "missed_call": says("We missed their call"),
    "quote": says("After a quote"),
    "promise": says("Something that we promised"),
    "thanks": says("Thank you"),
    "complaint": says("A complaint"),
    "reconnect": says("Getting in touch again"),
    "": says("Any occasion"),
}
# What can stand between two braces, and what it becomes.
FIELDS = {
    "name": says("Their whole name"),
    "first_name": says("Their first name"),
    "company": says("Their company"),
    "topic": says("What it is about"),
    "price": says("What it is worth"),
    "their_words": says("What they said last, shortened"),
    "their_promise": says("What they promised us"),
    "my_promise": says("What we promised them"),
    "last_contact": says("The day of the last contact"),
    "since": says("How long ago that was"),
    "in_common": says("What you have in common"),
    "wants": says("What they would like to have"),
    "day": says("A day to propose: three working days from now"),
    "booking": says("Your address for booking a time"),
    "files": says("The files that go with these words"),
    "me": says("Your name"),
    "us": says("The name of your team"),
}
_BY_RULE = {
    "answer_questions": ("information",),
    "first_touch": ("enquiry", "information"),
    "strike_while_hot": ("quote", "enquiry"),
    "quiet_after_our_word": ("quote",),
    "ask_again": ("quote",),
    "unclear_means_us": ("quote",),
    "keep_promises": ("promise",),
    "when_it_happens": ("promise",),
    "repair_broken_promises": ("complaint",),
    "follow_the_order": ("thanks",),
    "stay_in_touch": ("reconnect",),
    "not_now": ("reconnect",),
}
NO_SUBJECT = says("Give it a subject: it is the first thing that they read.")
NO_TEXT = says("Write the words.")
TOO_MANY = says("Up to {n} subjects can be tried against each other. Leave some out.")


def of_workspace(workspace: Workspace) -> list[Template]:
    """All of them: the team's own, and ready-made ones that no row stands in place of."""
    rows = _own(workspace)
    taken = {row.ready for row in rows}
    return [*rows, *(one for one in ready_for(workspace) if one.ready not in taken)]


def _own(workspace: Workspace) -> list[Template]:
    """Read once until somebody changes them: they stand beside every line of the day."""
    if not workspace.words_version:
        return []
    key = f"words:{workspace.pk}:{workspace.words_version}"
    rows: list[Template] | None = cache.get(key)
    if rows is None:
        rows = list(Template.objects.filter(workspace=workspace).order_by("name", "pk")[:MOST])
        cache.set(key, rows, KEPT)
    return rows


def offered(workspace: Workspace) -> list[Template]:
    return [one for one in of_workspace(workspace) if not one.retired_at]


def offered_for(workspace: Workspace, occasions: Sequence[str], language: str) -> list[Template]:
    """Those for these occasions and no others, in one language."""
    return [
        one for one in offered(workspace)
        if one.occasion in occasions and one.language == language and not one.snippet
    ]  # fmt: skip


def name_of(template: Template) -> str:
    """As it stands in addresses: its number, or the name of a ready-made one."""
    return str(template.pk) if template.pk else template.ready


def problems_of(values: dict[str, Any]) -> dict[str, list[Saying]]:
    """By field, why it cannot be kept like this."""
    subjects: Sequence[str] = values["subjects"]
    found: dict[str, list[Saying]] = {"subjects": [], "text": problems_in(values["text"], FIELDS)}
    if not values["text"].strip():
        found["text"] = [NO_TEXT]
    if not values["snippet"]:
        found["subjects"] = [
            one for line in subjects for one in problems_in(line, FIELDS, longest=LONGEST_SUBJECT)
        ]
        if not subjects:
            found["subjects"] = [NO_SUBJECT]
        if len(subjects) > MOST_SUBJECTS:
            found["subjects"] = [says(TOO_MANY.template, n=MOST_SUBJECTS)]
    return {field: said for field, said in found.items() if said}


# --- which fit ------------------------------------------------------------------------


def occasions_of(followup: FollowUp) -> tuple[str, ...]:
    """What a follow-up is the occasion for, the likeliest first."""
    if followup.tag == "upset" or followup.matter.kind == "complaint":
        return ("complaint",)
    if followup.rule == "answer_them":
        came_by = "".join(followup.because.split(".")[1:2])
        if came_by == "TheyCalled":
            return ("missed_call",)
        knew_us = came_by == "TheyWrote" and followup.contacts
        return ("answer" if knew_us else "enquiry", "information")
    return _BY_RULE.get(followup.rule, ())


def fitting(
    templates: Iterable[Template], occasions: Sequence[str], language: str, tone: str = ""
) -> list[Template]:
    """Best first: for this occasion, in this language and tone, the team's own before others."""
    places = {name: place for place, name in enumerate((*occasions, ""))}

    def turn(one: Template) -> tuple[int, bool, bool, int, bool, str]:
        return (
            places.get(one.occasion, len(places)), one.language != language,
            bool(tone) and one.tone != tone, TONES.index(one.tone) if one.tone in TONES else 9,
            not one.pk, one.name,
        )  # fmt: skip

    return sorted((one for one in templates if not one.snippet), key=turn)


def subject_for(template: Template, party: Party) -> str:
    """One of its lines: always the same for the same people, and each line equally often."""
    lines = template.subjects
    if not lines:
        return ""
    return str(lines[crc32(f"{name_of(template)}:{party.pk}".encode()) % len(lines)])
