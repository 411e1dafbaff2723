"""What they allow, way by way, and who said so, when and in which words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.core import facts
from followthrough.core.facts import THEIRS, Fact
from followthrough.core.history import History
from followthrough.ledger.models import Member, Text
from followthrough.ledger.person import PersonPage
from followthrough.ledger.place import id_in
from followthrough.web import say
from followthrough.web.tongue import tell

Context = dict[str, Any]
LABELS = {
    "call": gettext_lazy("Calls"),
    "email": gettext_lazy("Mail"),
    "sms": gettext_lazy("Texts"),
    "card": gettext_lazy("Post"),
}
# By which word of theirs a way is open, without anybody having asked.
CAME_BY = {"email": "email", "form": "email", "phone": "call", "sms": "sms"}
KEYS = {"call": "c", "email": "e", "sms": "t"}


def consent_of(page: PersonPage, history: History, member: Member, now: datetime) -> list[Context]:
    """A line for each way: whether they allow it, and by which fact we know."""
    came = _came(history)
    told = [fact for way in LABELS if (fact := history.known.word_on(way) or came.get(way))]
    words = _words(told)
    numbers = {row.name: row.pk for row in page.timeline}
    lines = []
    for way, label in LABELS.items():
        fact = history.known.word_on(way) or came.get(way)
        refused = history.refuses(way)
        lines.append(
            {
                "way": way,
                "label": label,
                "refused": refused,
                "state": _("No") if refused else _("Yes") if fact else _("Not asked yet"),
                "origin": _origin(fact, words, page.members, member, now) if fact else "",
                "url": f"#fact-{numbers[fact.name]}" if fact and fact.name in numbers else "",
            }
        )
    return lines


def barred(lines: list[Context]) -> list[Context]:
    """The ways with a key that they refused: the key rests, and says why."""
    return [
        {"key": KEYS[line["way"]], "label": line["label"], "why": line["origin"]}
        for line in lines
        if line["refused"] and line["way"] in KEYS
    ]


def _came(history: History) -> dict[str, Fact]:
    """Their first word by each way."""
    found: dict[str, Fact] = {}
    for fact in history.facts:
        pressed = isinstance(fact, facts.TheyTookIt | facts.TheyDeclined)  # it says yes to no way
        if fact.turn == THEIRS and not pressed:
            channel = getattr(fact, "channel", "") or "phone"
            way = CAME_BY.get(channel)
            if way:
                found.setdefault(way, fact)
    return found


def _words(told: list[Fact]) -> dict[str, str]:
    """What somebody wrote down with a word on consent."""
    texts = {int(one.text): one.name for one in told if one.text and _is_consent(one)}
    if not texts:
        return {}
    return {texts[row.pk]: row.body for row in Text.objects.filter(pk__in=texts)}


def _is_consent(fact: Fact) -> bool:
    return isinstance(fact, facts.OptedIn | facts.OptedOut)


def _origin(
    fact: Fact, words: Mapping[str, str], members: Mapping[int, Member], member: Member,
    now: datetime,
) -> str:  # fmt: skip
    day = say.in_words(fact.at, now, member.own_zone()).rsplit(", ", 1)[0]
    who = members.get(id_in(fact.by))
    said = words.get(fact.name) or tell(str(fact))
    if who is None:
        return _("{said}, {day}").format(said=said, day=day)
    return _("{said}, {day} ({who})").format(said=said, day=day, who=who.name)
