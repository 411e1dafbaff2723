"""“The last one goes out on …”: said before a plan with mails of its own begins or changes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from followthrough.channels.email.writing import mailboxes_of
from followthrough.core.plans import Plan
from followthrough.ledger.last_mail import Forecast
from followthrough.ledger.models import Mailbox, Member, Party, Sequence, Workspace
from followthrough.web import say
from followthrough.web.sequences.editing import Form


def if_begun(parties: Iterable[Party], plan: Plan, member: Member, now: datetime) -> str:
    if not plan.sends:
        return ""
    said = _("If nobody answers, the last mail goes out on {day}.")
    return _on(said, _forecast(member.workspace, now).begun_with(parties, plan.steps))


def if_all_go_on(sequence: Sequence | None, form: Form, member: Member, now: datetime) -> str:
    """With the steps as they stand in the form, if they can be kept."""
    if sequence is None or form.problem or not any(step.by_itself for step in form.steps):
        return ""
    said = _("With these steps for all of them the last mail goes out on {day}, if nobody answers.")
    return _on(said, _forecast(member.workspace, now).going_on(sequence, form.steps))


def _forecast(workspace: Workspace, now: datetime) -> Forecast:
    members = Member.objects.filter(workspace=workspace, active=True)
    boxes = {one.pk: box for one in members if (box := _box_of(one))}
    return Forecast(workspace=workspace, at=now, boxes=boxes)


def _box_of(member: Member) -> Mailbox | None:
    usable = [one for one in mailboxes_of(member) if one.read_at]
    own = [one for one in usable if one.member_id == member.pk and not one.shared]
    return next(iter([*own, *usable]), None)


def _on(said: str, last: date | None) -> str:
    return said.format(day=say.dated(last, "EEE d MMM y")) if last else ""
