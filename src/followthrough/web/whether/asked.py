"""What the two presses are called: it hangs on why anybody doubts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from followthrough.core.facts import PerhapsReplied, Waived
from followthrough.core.rules.ask_whether import WHY
from followthrough.ledger.doubting import NO, RULE, YES, doubts_about
from followthrough.ledger.models import Fact, FollowUp


def asked_of(followup: FollowUp) -> dict[str, str]:
    return _asked(by_machine=followup.why == str(WHY["machine"]))


def decisions_in(rows: Sequence[Fact]) -> dict[str, str]:
    """What was pressed, by the name of the fact that let the question go."""
    asked = {row.own["what"].rpartition("/")[2]: row for row in rows if _lets_go(row)}
    if not asked:
        return {}
    mails = Fact.objects.filter(workspace=rows[0].workspace_id, name__in=asked)
    told, by_machine = doubts_about(mails), {one.name for one in mails if _is_machine(one)}
    return {
        row.name: _asked(by_machine=said in by_machine).get(told[said].answer, "")
        for said, row in asked.items()
        if said in told
    }


def _lets_go(row: Fact) -> bool:
    return row.kind == Waived.__name__ and str(row.own["what"]).startswith(f"{RULE}/")


def _is_machine(row: Fact) -> bool:
    return bool(row.own.get("why", PerhapsReplied.why) == "machine")


def _asked(*, by_machine: bool) -> dict[str, str]:
    if by_machine:
        return {YES: _("A person wrote it"), NO: _("Automatic, go on")}
    return {YES: _("It is their answer"), NO: _("No, go on")}
