"""What stays without an answer, and why; and what somebody has learned of a silence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from followthrough.core.facts import Fact, SilenceExplained
from followthrough.core.facts.standing import WHY
from followthrough.ledger import clock
from followthrough.ledger.models import Member, Party
from followthrough.ledger.opening import parties_for
from followthrough.reports.no_answer import NO_VALUE, UNKNOWN, NoAnswer, Reason, no_answer
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.forms import CouldNotKeep
from followthrough.web.party.keeping import keep, text_in
from followthrough.web.tongue import tell

SHOWN = 12  # of those whom we do not hear from; a page is no heap
FEW = 5
# As they stand in one sentence, with their number.
SHORT = {
    NO_VALUE: gettext_lazy("no value {share}"),
    "wrong_person": gettext_lazy("wrong person {share}"),
    "not_seen": gettext_lazy("never arrived {share}"),
    "bad_time": gettext_lazy("bad time {share}"),
    "another": gettext_lazy("somebody else {share}"),
    "other": gettext_lazy("other reasons {share}"),
    UNKNOWN: gettext_lazy("nobody knows {share}"),
}


@members_only
@require_GET
def silence(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    found = no_answer(member.workspace, at=now)
    context = {
        "here": "library", "finding": finding(found), "of": found.of,
        "table": _table(found) if found.of >= FEW else None,
        "still": parties_for(member, found.still[:SHOWN]),
        "reasons": reasons(), "token": str(uuid4()),
    }  # fmt: skip
    return render(request, "library/silence.html", context)


def finding(found: NoAnswer) -> str:
    """ "No answer after: no value 61%, wrong person 20%"."""
    if found.of < FEW:
        return _("Too few to say")
    known = [one for one in found.reasons if one.why != UNKNOWN]
    shares = ", ".join(_short(one) for one in known or found.reasons)
    return _("No answer after: {shares}").format(shares=shares)


def _short(one: Reason) -> str:
    said = SHORT.get(one.why, SHORT["other"])
    return str(said).format(share=say.percent(one.share.percent))


def _table(found: NoAnswer) -> dict[str, Any]:
    def words(why: str) -> str:
        return _("Nobody knows") if why == UNKNOWN else tell(WHY.get(why, WHY["other"]))

    rows = [
        [words(one.why), say.number(one.share.done), say.percent(one.share.percent)]
        for one in found.reasons
    ]
    return {
        "caption": _("What stayed without an answer"),
        "columns": [{"label": _("Why")}, {"label": _("How often")}, {"label": _("Share")}],
        "rows": rows,
    }


def reasons() -> list[dict[str, str]]:
    return [{"value": why, "label": tell(said)} for why, said in WHY.items()]


@members_only
@require_POST
def explained(request: MemberRequest, pk: int) -> HttpResponse:
    """Why they were silent, as somebody has learned it."""
    why = text_in(request, "why", 20)

    def told(_party: Party, member: Member, now: datetime) -> Sequence[Fact]:
        if why not in WHY:
            raise CouldNotKeep(_("Choose why they were silent."))
        return [SilenceExplained(at=now, why=why, by=str(member.pk))]

    return keep(request, pk, told, "", _("Kept. It counts in what stays without an answer."))
