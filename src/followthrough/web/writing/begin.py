"""The words that a mail begins with, until somebody writes others."""

from datetime import datetime

from django.utils.translation import gettext as _

from followthrough.channels.email.writing import subject_answering
from followthrough.core.running import RULE
from followthrough.ledger.models import FollowUp
from followthrough.ledger.plans import step_of_row
from followthrough.web import say
from followthrough.web.sequences.words import words_of_step
from followthrough.web.today.lately import lately
from followthrough.web.today.to_say import words_for
from followthrough.web.words.suggested import Proposed, best_mail
from followthrough.web.writing.form import Writing
from followthrough.web.writing.occasion import Occasion


def first_words(occasion: Occasion, now: datetime) -> Writing:
    """Those that stand on the panel: the team's own where they fit, else those of the rule."""
    if best := _of_a_template(occasion, now):
        subject = subject_answering(occasion.head) if occasion.head else best.subject
        return Writing(subject=subject, text=best.text, choice=best.choice)
    row = occasion.followup
    text = words_for(row, occasion.member).get("mail", "") if row else ""
    subject = _subject(occasion)
    if row is not None and _has_subject(row):  # the step's words begin with it
        own, _blank, text = text.partition("\n\n")
        subject = subject if occasion.head else own
    hello = _("Hello {name},").format(name=say.first_name(occasion.party.name))
    return Writing(subject=subject, text=text or f"{hello}\n\n")


def _of_a_template(occasion: Occasion, now: datetime) -> Proposed | None:
    row, member = occasion.followup, occasion.member
    if row is None or row.how == "decide" or words_of_step(row):
        return None
    return best_mail(row, member, lately(occasion.party, member), now)


def _has_subject(row: FollowUp) -> bool:
    step = step_of_row(row) if row.rule == RULE else None
    return bool(step and step.subject and step.words and step.how == row.how)


def _subject(occasion: Occasion) -> str:
    if occasion.head is not None:
        return subject_answering(occasion.head)
    row = occasion.followup
    return row.matter.title if row else ""
