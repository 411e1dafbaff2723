"""The sheet as a page: what it offers, what was typed, and what there is to say about it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.core.facts import unpack
from followthrough.core.saying import says
from followthrough.ledger import giving, queries
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Address, Fact, FollowUp, Member, Party
from followthrough.ledger.place import id_in
from followthrough.web import say
from followthrough.web.followup.offered import ANSWER, NOTHING, REASONS, outcomes_for
from followthrough.web.followup.outcome import NOT_NOW, Sheet
from followthrough.web.followup.promised import promises_in
from followthrough.web.sequences.going_on import goes_on
from followthrough.web.today.first import comes_after, mail_to
from followthrough.web.today.rows import reach_of
from followthrough.web.tongue import tell
from followthrough.web.when import reading_of, shown

Context = dict[str, Any]
# What fills the field must be understood there: in the reader's words, or in English ones.
SUGGESTIONS = (
    (gettext_lazy("Tomorrow 9 am"), gettext_lazy("call tomorrow 9:00")),
    (gettext_lazy("In 3 working days"), gettext_lazy("call in 3 working days")),
    (gettext_lazy("In 2 weeks"), gettext_lazy("call in 2 weeks")),
)
LATER = (
    (gettext_lazy("In a month"), gettext_lazy("in 1 month")),
    (gettext_lazy("In 3 months"), gettext_lazy("in 3 months")),
    (gettext_lazy("In the new year"), gettext_lazy("in the new year")),
)
MOST_GIFTS = 6


def context_of(
    followup: FollowUp, sheet: Sheet, member: Member, now: datetime, *, token: str
) -> Context:
    party = followup.party
    reading = reading_of(sheet.when, member, now)
    action = reverse("outcome", args=[followup.pk])
    return {
        "here": "today",
        "followup": _about(followup, member),
        "first": _first(member, followup, now),
        "outcomes": outcomes_of(outcomes_for(followup.how, followup.what)),
        "mode": sheet.mode,
        "plan": goes_on(followup, member, now),
        "reading": shown(reading, party.name, member, resting=sheet.mode == NOT_NOW),
        "action": action,
        "when_url": f"{reverse('when')}?who={followup.party_id}&but={followup.pk}",
        "heard_url": reverse("heard"),
        "heard": promises_in(sheet.note, member, now) if sheet.note else [],
        "cancel_url": reverse("today"),
        "form": sheet,
        "token": token,
        "taken": taken_by(followup, member, now) if sheet.beside else None,
        **gifts_of(party, sheet.gifts),
        **choices(),
    }


def choices() -> Context:
    return {
        "suggestions": _chips(SUGGESTIONS),
        "later_suggestions": _chips(LATER),
        "reasons": [{"value": key, "label": tell(why)} for key, (_end, why) in REASONS.items()],
    }


def _chips(suggested: Any) -> list[dict[str, str]]:
    return [{"label": str(label), "text": str(text)} for label, text in suggested]


def outcomes_of(offered: Any) -> list[dict[str, str]]:
    return [{"value": value, "label": str(label), "icon": icon} for value, label, icon in offered]


def gifts_of(party: Party, ticked: list[str]) -> Context:
    """An answer, what they have not had yet, and nothing; what was ticked stays."""
    shelf = giving.shelf_for(party)
    titles = [str(ANSWER), *(gift.title for gift in shelf.gifts[:MOST_GIFTS])]
    titles += [title for title in ticked if title not in titles and title != NOTHING]
    hint = [tell(says(gift.title)) for gift in shelf.give_first]
    return {
        "gifts": [{"value": title, "label": tell(title)} for title in (*titles, str(NOTHING))],
        "give_first": {"asks": shelf.asks, "titles": hint} if hint else None,
    }


def _about(followup: FollowUp, member: Member) -> Context:
    party = followup.party
    rows = Address.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
    reach = reach_of(list(rows), party.refuses)
    what = tell(followup.what)
    if followup.how == "call" and reach.get("phone"):
        what = _("Call to {number}").format(number=reach["phone"])
    return {
        "who": party.name,
        "first_name": say.first_name(party.name),
        "way": what,
        "about": say.contact_number(followup.contacts + 1),
        "tel": reach.get("tel", ""),
        "write": _write_at(followup, reach, member),
    }


def _write_at(followup: FollowUp, reach: dict[str, str], member: Member) -> str:
    """Where its mail is written here, if that is its way."""
    there = mail_to(reach, member, reverse("write", args=[followup.pk]))
    return there if followup.how == "email" and there.startswith("/") else ""


def _first(member: Member, followup: FollowUp, now: datetime) -> str:
    """Who asked three times in vain comes before anything that we start ourselves (S48)."""
    first = queries.blocking(member, now)
    if first is None or not comes_after(followup, first):
        return ""
    said = _("{who} wrote {count} times and has no answer: {who} comes before the next call.")
    return said.format(who=say.first_name(first.party.name), count=first.count)


def taken_by(followup: FollowUp, member: Member, now: datetime) -> str:
    """Who was faster, what they did, and the step that stands now."""
    zone, party = member.own_zone(), followup.party
    rows = Fact.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
    fact = rows.filter(name=followup.settled_by).first() if followup.settled_by else None
    owed = FollowUp.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), settled_at=None
    )
    following = owed.order_by("due", "pk").first()
    said = [_("Nothing is owed here any more.")]
    if fact is not None:
        what = tell(str(unpack(fact.kind, {"at": fact.at}, fact.own)))
        who, when = _who(fact.by, member), say.in_words(fact.at, now, zone)
        by_us = _("{who}, {when}: {what}.").format(who=who, when=when, what=what)
        said = [by_us if fact.by else _("{what}, {when}.").format(what=what, when=when)]
    if following is not None:
        day = say.in_words(following.due, now, zone)
        said.append(_("Next: {what}, {day}.").format(what=tell(following.what), day=day))
    return " ".join(said)


def _who(by: str, member: Member) -> str:
    if by == str(member.pk):
        return _("You")
    team = Member.objects.filter(workspace=member.workspace_id)
    found = team.filter(pk=id_in(by)).first()
    return found.name if found else _("Somebody")
