"""“The last one goes out on …”: said before a plan with mails of its own begins or changes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from followthrough.core.plans import Plan
from followthrough.ledger.last_mail import Forecast, boxes_in
from followthrough.ledger.models import Party, Sequence, Workspace
from followthrough.web import say
from followthrough.web.sequences.editing import Form


def forecast_for(workspace: Workspace, now: datetime) -> Forecast:
    """One for all the plans of a page: what waits is looked up once."""
    return Forecast(workspace=workspace, at=now, boxes=boxes_in(workspace))


def if_begun(forecast: Forecast, parties: Iterable[Party], plan: Plan) -> str:
    if not plan.sends:
        return ""
    said = _("If nobody answers, the last mail goes out on {day}.")
    return _on(said, forecast.begun_with(parties, plan.steps))


def if_all_go_on(sequence: Sequence | None, form: Form, now: datetime) -> str:
    """With the steps as they stand in the form, if they can be kept."""
    if sequence is None or form.problem or not any(step.by_itself for step in form.steps):
        return ""
    said = _("With these steps for all of them the last mail goes out on {day}, if nobody answers.")
    return _on(said, forecast_for(sequence.workspace, now).going_on(sequence, form.steps))


def _on(said: str, last: date | None) -> str:
    return said.format(day=say.dated(last, "EEE d MMM y")) if last else ""
