"""What the two presses are called: it hangs on why anybody doubts."""

from django.utils.translation import gettext as _

from followthrough.core.rules.ask_whether import WHY
from followthrough.ledger.models import FollowUp


def asked_of(followup: FollowUp) -> dict[str, str]:
    if followup.why == str(WHY["machine"]):
        return {"yes": _("A person wrote it"), "no": _("Automatic, go on")}
    return {"yes": _("It is their answer"), "no": _("No, go on")}
