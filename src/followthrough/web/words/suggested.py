"""Words for a follow-up: the template that fits best, filled in with what is known, and others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from followthrough.ledger import templates
from followthrough.ledger.models import FollowUp, Member, Template, TemplateFile
from followthrough.ledger.models.wording import FORMAL, PLAIN, TONES, WARM
from followthrough.ledger.template_files import files_of
from followthrough.ledger.wording import fields_of, fill
from followthrough.ledger.words_used import Choice
from followthrough.web.today.lately import Told
from followthrough.web.words.known import About, known

TONE_NAMES = {PLAIN: _("Plain"), WARM: _("Warm"), FORMAL: _("Formal")}
MOST_OTHERS = 8


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Words as they would be sent. `gaps` are fields that nobody could fill; `choice` is what a
    form carries so that it is known later which words these were."""

    template: Template
    subject: str
    text: str
    gaps: Sequence[str]
    files: Sequence[TemplateFile]
    choice: str


def proposed(template: Template, about: About) -> Proposed:
    about.files = files_of(template)
    line = templates.subject_for(template, about.party)
    names = fields_of(line) | fields_of(template.text)
    values = known(about, template.language, sorted(names))
    subject, text = fill(line, values), fill(template.text, values)
    return Proposed(
        template=template, subject=" ".join(subject.text.split()), text=text.text.strip(),
        gaps=tuple(dict.fromkeys((*subject.gaps, *text.gaps))), files=about.files,
        choice=str(Choice.of(template, line, subject.text)),
    )  # fmt: skip


def language_of(member: Member) -> str:
    """In which language this member writes: as they read, as far as there are words in it."""
    code = (member.language or member.workspace.language or get_language() or "en")[:2]
    return code if code in dict(settings.LANGUAGES) else "en"


def best_mail(
    followup: FollowUp, member: Member, recent: Sequence[Told], now: datetime
) -> Proposed | None:
    """What the panel shows for a mail; None where no template is made for this occasion, or it
    would leave a gap: then the words of the rule itself are better."""
    occasions = templates.occasions_of(followup)[:1]
    if not occasions:
        return None
    language = language_of(member)
    found = templates.offered_for(member.workspace, occasions, language)
    best = templates.fitting(found, occasions, language)[:1]
    if not best:
        return None
    about = About(party=followup.party, member=member, now=now, followup=followup, recent=recent)
    words = proposed(best[0], about)
    return None if words.gaps else words


def tones_of(found: Sequence[Template], chosen: Template) -> list[dict[str, Any]]:
    """The same occasion and language in each tone that there is."""
    same = {
        one.tone: one for one in reversed(found)
        if one.occasion == chosen.occasion and one.language == chosen.language and not one.snippet
    }  # fmt: skip
    return [
        _switch(TONE_NAMES[tone], (same | {chosen.tone: chosen})[tone], chosen)
        for tone in TONES if tone in same or tone == chosen.tone
    ]  # fmt: skip


def languages_of(found: Sequence[Template], chosen: Template) -> list[dict[str, Any]]:
    """The same occasion in each language that there is, in this tone where there is one."""
    same = [one for one in found if one.occasion == chosen.occasion and not one.snippet]
    same.sort(key=lambda one: one.tone == chosen.tone)
    by_language = {one.language: one for one in same} | {chosen.language: chosen}
    return [
        _switch(name, by_language[code], chosen)
        for code, name in settings.LANGUAGES if code in by_language
    ]  # fmt: skip


def _switch(name: Any, one: Template, chosen: Template) -> dict[str, Any]:
    return {"name": name, "words": templates.name_of(one), "chosen": one is chosen}
