"""Somebody on a list, as a line of the page and as a row of the file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.core import became
from followthrough.ledger.list_people import Listed
from followthrough.ledger.models import Member, Text
from followthrough.ledger.place import id_in
from followthrough.ledger.reach import addresses_of
from followthrough.web import say
from followthrough.web.templatetags.icons import icon
from followthrough.web.templatetags.words import initials, tone_of
from followthrough.web.tongue import tell

BECAME = {
    became.NOTHING: (gettext_lazy("Not written to yet"), "hourglass"),
    became.GOT: (gettext_lazy("Has our word, no answer yet"), "send"),
    became.MAYBE: (gettext_lazy("May have looked at it, no answer yet"), "eye"),
    became.OPENED: (gettext_lazy("Looked at it, no answer yet"), "eye"),
    became.BACK: (gettext_lazy("Our mail came back"), "undo-2"),
    became.ANSWERED: (gettext_lazy("We heard from them"), "message-square"),
    became.TOOK: (gettext_lazy("Took the offer"), "circle-check"),
    became.DECLINED: (gettext_lazy("Said no to the offer"), "circle-slash"),
}


def line_of(one: Listed, member: Member, now: datetime) -> dict[str, Any]:
    """As party/person_line.html reads it."""
    party, zone = one.party, member.own_zone()
    said, name = BECAME[one.became.what]
    since = say.in_words(one.joined.at, now, zone).rsplit(", ", 1)[0]
    fact = one.became.fact
    return {
        "pk": party.pk, "name": party.name, "company": party.company,
        "initials": initials(party.name), "tone": tone_of(party.name),
        "url": reverse("person", args=[party.pk]),
        "choose": _("Choose {name}").format(name=party.name),
        "owner": "" if one.takes_mail else _("Wants no mail"),
        "step": str(said), "step_icon": icon(name),
        "step_day": say.day(fact.at, now, zone) if fact else "",
        "money": "", "contact": _("on it since {day}").format(day=since), "firm_contact": "",
    }  # fmt: skip


def heads() -> list[str]:
    return [
        _("Name"), _("Company"), _("Mail"), _("On the list since"), _("Who said so, and how"),
        _("What became of our last word"), _("Day"),
    ]  # fmt: skip


def rows_of(slice_: Sequence[Listed], member: Member) -> list[list[str]]:
    addresses, texts, zone = _addresses(slice_), _texts(slice_), member.own_zone()
    names = dict(Member.objects.filter(workspace=member.workspace_id).values_list("pk", "name"))

    def day(at: datetime | None) -> str:
        return at.astimezone(zone).date().isoformat() if at else ""

    return [
        [
            one.party.name, one.party.company, addresses.get(one.party.pk, ""),
            day(one.joined.at),
            ", ".join(filter(None, [
                tell(texts.get(id_in(one.joined.text), "")), names.get(id_in(one.joined.by), ""),
            ])),
            _state(one), day(one.became.fact.at if one.became.fact else None),
        ]
        for one in slice_
    ]  # fmt: skip


def _state(one: Listed) -> str:
    said = str(BECAME[one.became.what][0])
    return said if one.takes_mail else f"{said} ({_('Wants no mail')})"


def _addresses(slice_: Sequence[Listed]) -> dict[int, str]:
    """The first that works, of each."""
    known = addresses_of([one.party for one in slice_])
    return {
        party: next((one.value for one in all_ if one.kind == "email" and not one.dead_by), "")
        for party, all_ in known.items()
    }


def _texts(slice_: Sequence[Listed]) -> dict[int, str]:
    ids = [pk for one in slice_ if (pk := id_in(one.joined.text))]
    return dict(Text.objects.filter(pk__in=ids).values_list("pk", "body"))
