"""The mails that remind: the morning's, and what rings during the day, as text and as HTML."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from followthrough.channels.house import Letter
from followthrough.core.matter import PRIVATE
from followthrough.ledger.models import FollowUp, Member, Notice
from followthrough.ledger.notices import LATE, sum_told_with
from followthrough.web import say
from followthrough.web.reminders.morning import morning_of
from followthrough.web.reminders.pressed import addresses_of
from followthrough.web.site import absolute, host
from followthrough.web.today import day
from followthrough.web.today.rows import why
from followthrough.web.tongue import tell, tongue_for

SHOWN = 12  # people in one mail; the list holds them all
Context = dict[str, Any]


def write(member: Member, notices: Sequence[Notice], at: datetime) -> Letter | None:
    """In the language of its reader. None: nothing is to be done today."""
    with override(tongue_for(member)):
        if notices[0].alarm_id is None:
            return _letter("morning", member, notices, morning_of(member, at))
        return _letter("ringing", member, notices, _ringing(member, notices, at))


def _letter(
    template: str, member: Member, notices: Sequence[Notice], context: Context | None
) -> Letter | None:
    if context is None:
        return None
    around = context | {
        "tongue": get_language(), "today_url": absolute(reverse("today")),
        "profile_url": absolute(f"{reverse('profile')}#reminders"),
    }  # fmt: skip
    return Letter(
        to=member.user.email,
        subject=say.shortened(context["subject"], 120),
        text=render_to_string(f"mail/{template}.txt", around).strip() + "\n",
        html=render_to_string(f"mail/{template}.html", around),
        name=f"<reminder.{notices[0].pk}.{notices[0].key.replace(':', '.')}@{host()}>",
    )


def _ringing(member: Member, notices: Sequence[Notice], at: datetime) -> Context:
    lines = [_line(notice, member, at) for notice in notices[:SHOWN]]
    n = len(notices)
    subject = ngettext("{n} reminder", "{n} reminders", n).format(n=say.number(n))
    if n == 1:
        subject = f"{lines[0]['who']}: {lines[0]['what']}" if lines[0]["who"] else lines[0]["what"]
    late = tell(sum_told_with(notices, member))
    if n == 1 and at - notices[0].at > LATE:
        late = _("This comes {long} late").format(long=say.ago(notices[0].at, at))
    return {
        "subject": subject,
        "today": say.day_line(at, member.own_zone()),
        "late": late,
        "lines": lines,
        "more": say.number(n - SHOWN) if n > SHOWN else "",
    }


def _line(notice: Notice, member: Member, at: datetime) -> Context:
    alarm = notice.alarm
    assert alarm is not None  # noqa: S101 - the morning's mail is written elsewhere
    duty = alarm.followup
    if duty is None:  # of the house itself
        return {"who": "", "what": tell(alarm.what), "why": "", "wait": "",
                "open_url": absolute(reverse("health"))}  # fmt: skip
    private = duty.party.kind == PRIVATE
    return {
        "who": _("Private") if private else duty.party.name,
        "detail": "" if private else _detail(duty),
        "what": tell(alarm.what),
        "why": "" if private else why(duty, at),
        "wait": say.in_words(duty.due, at, member.own_zone()),
        "hot": duty.due < at,
        **_number(duty, member),
        **addresses_of(duty, member),
    }


def _number(duty: FollowUp, member: Member) -> Context:
    """Where they are to be called, a press is enough."""
    if duty.how != "call" or duty.party.kind == PRIVATE:
        return {}
    some = [duty.party]
    reach = day.reach_by_party(some, day.addresses_of(some, member))[duty.party_id]
    return {"tel": reach.get("tel", ""), "phone": reach.get("phone", "")}


def _detail(duty: FollowUp) -> str:
    return " · ".join(filter(None, [duty.party.company, duty.matter.title]))
