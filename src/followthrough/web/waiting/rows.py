"""A line of those that we wait for: whose move, how long, and what we do on which day."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.today import end_of_day
from followthrough.web import say
from followthrough.web.paths import path_to
from followthrough.web.templatetags.icons import icon
from followthrough.web.templatetags.words import TICKS
from followthrough.web.tongue import tell

Context = dict[str, Any]
# By the rule, and by the kind of fact that it waits after.
CHIPS = {
    "ask_after_their_promise": gettext_lazy("Their word"),
    "they_owe_us_a_call": gettext_lazy("They owe us a call"),
    "QuoteSent": gettext_lazy("Quote"),
    "Provided": gettext_lazy("On its way"),
}
NEXT = {
    "call": gettext_lazy("We call {day} if it stays quiet"),
    "email": gettext_lazy("We write {day} if it stays quiet"),
    "sms": gettext_lazy("We text {day} if it stays quiet"),
    "card": gettext_lazy("A card goes out {day} if it stays quiet"),
    "decide": gettext_lazy("We decide {day} if it stays quiet"),
}
OTHERWISE = gettext_lazy("We ask {day} if it stays quiet")


def row_of(followup: FollowUp, member: Member, now: datetime) -> Context:
    party, matter = followup.party, followup.matter
    how, name = say.way(followup.how)
    title = matter.title if matter.title != party.name else ""
    sheet = path_to("outcome", followup.pk)
    return {
        "id": followup.pk,
        "icon": icon(name, how),
        "how": how,
        "who": party.name,
        "who_detail": " · ".join(filter(None, [party.company, title])),
        "why": tell(followup.why),
        "chip": _chip(followup),
        "next": _next(followup, member, now),
        "meter": min(followup.contacts, TICKS),
        "meter_text": say.contact_number(followup.contacts),
        "money": say.money(matter.value, member.workspace.currency),
        "wait": say.ago(followup.since, now),
        "url": path_to("person", party.pk),
        "sheet_url": sheet,
        "not_now_url": f"{sheet}?mode=not_now",
        "sooner_url": _sooner(followup, member, now),
    }


def _chip(followup: FollowUp) -> str:
    if followup.matter.kind == "supply":
        return _("Order")
    kind = followup.because.split(".")[1] if followup.because.count(".") > 1 else ""
    return str(CHIPS.get(followup.rule) or CHIPS.get(kind) or "")


def _next(followup: FollowUp, member: Member, now: datetime) -> str:
    """When we act by ourselves, and how: the next try may go another way."""
    zone = member.own_zone()
    if followup.show_at < end_of_day(member, now):
        day = _("today")
    else:
        day = say.in_words(followup.show_at, now, zone).partition(",")[0]
    return str(NEXT.get(followup.how, OTHERWISE)).format(day=day)


def _sooner(followup: FollowUp, member: Member, now: datetime) -> str:
    late = followup.show_at < end_of_day(member, now)
    return "" if late else path_to("sooner", followup.pk)
