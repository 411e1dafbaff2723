"""What rang: when, by which way, whether it came late, and whether it was seen."""

from datetime import datetime, tzinfo
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from followthrough.core.matter import PRIVATE
from followthrough.ledger import clock
from followthrough.ledger.models import Notice
from followthrough.ledger.models.reminders import MAIL, PAGE, PUSH
from followthrough.ledger.notices import LATE, mails_go_out, told_to
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tongue import tell

SHOWN = 60
WAYS = {
    PAGE: gettext_lazy("On the page"), MAIL: gettext_lazy("By mail"),
    PUSH: gettext_lazy("On your devices"),
}  # fmt: skip
NOT_YET = (  # by mail, on a device
    gettext_lazy("could not be mailed, and is tried again: {why}"),
    gettext_lazy("could not be shown there, and is tried again: {why}"),
)
Context = dict[str, Any]


@members_only
@require_GET
def reminders(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    rows = list(told_to(member)[: SHOWN + 1])
    page = {
        "here": "reminders",
        "lines": [_line(row, now, member.own_zone()) for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "mails": mails_go_out(member.workspace),
    }
    return render(request, "reminders/reminders.html", page)


def _line(notice: Notice, now: datetime, zone: tzinfo) -> Context:
    alarm = notice.alarm
    duty = alarm.followup if alarm else None
    private = bool(duty and duty.party.kind == PRIVATE)
    who = "" if duty is None else _("Private") if private else duty.party.name
    return {
        "who": who,
        "url": reverse("person", args=[duty.party_id]) if duty and not private else "",
        "what": tell(alarm.what) if alarm else _("The morning’s mail"),
        "icon": "mail" if notice.way == MAIL else "bell",
        "way": WAYS.get(notice.way, notice.way),
        "at": notice.sent_at or notice.at,
        "when": say.moment(notice.sent_at or notice.at, now, zone),
        "said": _said(notice, duty is not None and duty.settled_at is not None, now, zone),
        "tone": "ember" if not notice.sent_at else "honey" if _is_late(notice) else "",
    }


def _said(notice: Notice, done: bool, now: datetime, zone: tzinfo) -> str:  # noqa: FBT001
    """What became of it, in a few words."""
    said = [_("again")] if notice.key.endswith(":2") else []
    if not notice.sent_at:
        said.append(NOT_YET[notice.way == PUSH].format(why=tell(notice.problem)))
    elif _is_late(notice):
        long = say.ago(notice.at, notice.sent_at)
        said.append(_("{long} late, should have come {then}").format(
            long=long, then=say.in_words(notice.at, now, zone)))  # fmt: skip
    if notice.seen_at:
        said.append(_("seen {ago}").format(ago=say.back(notice.seen_at, now)))
    if done:
        said.append(_("done"))
    return " · ".join(said)


def _is_late(notice: Notice) -> bool:
    return bool(notice.sent_at and notice.sent_at - notice.at > LATE)
