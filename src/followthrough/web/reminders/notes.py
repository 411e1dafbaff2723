"""What a lock screen shows of a reminder: as short as it can be said, and names only if wanted."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from followthrough.channels.push.sealing import Note
from followthrough.core.matter import PRIVATE
from followthrough.ledger.models import Alarm, Member, Notice
from followthrough.ledger.notices import A_CALL, LATE, sum_told_with
from followthrough.web import say
from followthrough.web.tongue import tell, tongue_for

NAMED = 3  # people in one notice; the list holds them all


def note(member: Member, notices: Sequence[Notice], at: datetime) -> Note:
    """In the language of its reader."""
    with override(tongue_for(member)):
        alarms = [one.alarm for one in notices if one.alarm]
        if len(alarms) == 1:
            return _one(alarms[0], notices[0], member, at)
        return _several(alarms, notices, member)


def _one(alarm: Alarm, notice: Notice, member: Member, at: datetime) -> Note:
    duty, what = alarm.followup, tell(alarm.what)
    if duty is None:
        return Note(title="Followthrough", text=what, about="house", path=reverse("health"))
    plain = duty.party.kind == PRIVATE or duty.rule == A_CALL  # it says what to do
    said = [what] if plain else [what, tell(duty.what)]
    if at - notice.at > LATE:
        said.append(_("This comes {long} late").format(long=say.ago(notice.at, at)))
    who = _who(alarm, member)
    return Note(
        title=who or "Followthrough", text=" · ".join(dict.fromkeys(said)) if who else said[0],
        about=f"duty-{duty.pk}", path=_path(alarm),
    )  # fmt: skip


def _several(alarms: Sequence[Alarm], notices: Sequence[Notice], member: Member) -> Note:
    n = len(alarms)
    names = list(dict.fromkeys(filter(None, (_who(one, member) for one in alarms))))
    more = _("and {n} more").format(n=say.number(len(names) - NAMED)) if len(names) > NAMED else ""
    shown = [", ".join(names[:NAMED]), more]
    late = tell(sum_told_with(notices, member))
    return Note(
        title=ngettext("{n} reminder", "{n} reminders", n).format(n=say.number(n)),
        text=" · ".join(filter(None, [late, " ".join(filter(None, shown))])),
        about="several", path=reverse("today"),
    )  # fmt: skip


def _who(alarm: Alarm, member: Member) -> str:
    """Private ones are never named where others may look."""
    duty = alarm.followup
    if duty is None or duty.party.kind == PRIVATE or not member.shows_names:
        return ""
    return str(duty.party.name)


def _path(alarm: Alarm) -> str:
    duty = alarm.followup
    if duty is None or duty.party.kind == PRIVATE:
        return reverse("today")
    return reverse("outcome", args=[duty.pk])
