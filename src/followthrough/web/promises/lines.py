"""A word given as a line of the list, by its day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from followthrough.core.followups import WORD
from followthrough.core.matter import PRIVATE
from followthrough.ledger import circle
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.promises import Given, repairs_of
from followthrough.web import say
from followthrough.web.paths import path_to
from followthrough.web.templatetags.icons import icon
from followthrough.web.tongue import tell

Context = dict[str, Any]
CIRCLE_NAMES = {
    "": gettext_lazy("All"),
    circle.CUSTOMERS: gettext_lazy("Customers"),
    circle.TEAM: gettext_lazy("The team"),
    PRIVATE: gettext_lazy("Private"),
}
ICONS = {circle.CUSTOMERS: "handshake", circle.TEAM: "users", PRIVATE: "lock"}


def days_of(given: Sequence[Given], member: Member, now: datetime) -> list[Context]:
    """Days in their order, what is late before them all."""
    lines = [(one, line_of(one, member, now)) for one in given]
    repairs = repairs_of(one.followup for one, line in lines if line["late"])
    days: list[Context] = []
    for one, line in lines:
        repair = repairs.get((one.followup.party_id, one.name))
        line["repair"] = path_to("outcome", repair) if repair else ""
        over = line["late"] or (one.followup.due < now and not one.ours)
        name = _("Late") if over else say.day(one.followup.due, now, member.own_zone())
        if not days or days[-1]["name"] != name:
            days.append({"name": name, "tone": "ember" if over else "", "lines": []})
        days[-1]["lines"].append(line)
    return days


def line_of(one: Given, member: Member, now: datetime) -> Context:
    row = one.followup
    where = circle.circle_of(row.party)
    late = row.due < now and (row.until is None or row.until <= now) and one.ours
    return {
        "pk": row.pk,
        "text": one.words or tell(row.what),
        "icon": ICONS[where] if one.ours else "reply",
        "whose": whose(one, where, member),
        "private": where == PRIVATE,
        "customer": where == circle.CUSTOMERS,
        "ours": one.ours,
        "mine": row.member_id == member.pk,
        "late": late,
        "by": by_when(one, member, now),
        "due": row.due.isoformat(),
        "over_url": path_to("promise_over", row.pk),
        "later_url": path_to("promise_later", row.pk),
        "url": path_to("person", row.party_id) if where == circle.CUSTOMERS else "",
    }


def whose(one: Given, where: str, member: Member) -> str:
    """ "You to Ann Archer", "Jo to Fenwick", "Ann Archer to you", "Private: only you see this"."""
    row = one.followup
    if where == PRIVATE:
        return _("Private: only you see this")
    us = pgettext("who gives the word", "You")
    giver = us if row.member_id == member.pk or row.member is None else row.member.name
    if one.ours:
        return _("%(giver)s to %(other)s") % {"giver": giver, "other": row.party.name}
    if giver == us:
        return _("%(other)s to you") % {"other": row.party.name}
    return _("%(giver)s to %(other)s") % {"giver": row.party.name, "other": giver}


def by_when(one: Given, member: Member, now: datetime) -> str:
    condition = one.told.own.get("condition", "") if one.told else ""
    if condition:
        return _("when %(condition)s") % {"condition": condition}
    due, zone = one.followup.due, member.own_zone()
    if due >= now or one.followup.band != WORD:
        return _("by %(when)s") % {"when": say.in_words(due, now, zone)}
    return _("%(time)s late") % {"time": say.ago(due, now)}


def busy(row: FollowUp, member: Member) -> Context:
    """What is private to a colleague: the time is taken, and nobody else knows by what."""
    return {
        "pk": row.pk, "who": _("Busy"), "choose": _("Busy"), "url": reverse("promises"),
        "icon": icon("lock"), "time": say.clock(row.due, member.own_zone()),
    }  # fmt: skip
