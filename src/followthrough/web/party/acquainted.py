"""How we came to know them: met in person, sent by somebody, or out of the cold."""

from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from followthrough.core.facts import Acquainted
from followthrough.core.roles import REFERRER
from followthrough.ledger import clock
from followthrough.ledger.details import PERSONAL
from followthrough.ledger.models import Detail, Party, Role
from followthrough.ledger.names import fact_name
from followthrough.ledger.opening import party_for
from followthrough.ledger.record import record
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import HEARD, source_of
from followthrough.web.party.keeping import text_in
from followthrough.web.undo import undo_address

HOW = {
    "met": gettext_lazy("Met in person"),
    "referred": gettext_lazy("Sent by somebody"),
    "cold": gettext_lazy("Nobody knew them"),
}
FLAGS = {
    "met": gettext_lazy("Met {where}"),
    "referred": gettext_lazy("Sent by {where}"),
    "cold": gettext_lazy("Nobody knew them: {where}"),
}


@members_only
@require_POST
def acquainted(request: MemberRequest, pk: int) -> HttpResponse:
    """A fact for the score, and a flag in words that stands on the card before each talk."""
    party, now = party_for(request.member, pk), clock.now()
    how, where = text_in(request, "how", 10), text_in(request, "said", 200)
    if how not in HOW:
        messages.error(request, _("Choose how you know them."))
        return redirect("person", party.pk)
    source = source_of(request, "acquainted", request.POST.get("token", "")[:60] or str(uuid4()))
    sender = _named(party, where) if how == "referred" else None
    with transaction.atomic():
        fact = Acquainted(
            at=now, how=how, through=str(sender.pk) if sender else "", by=str(request.member.pk)
        )
        news = record(party, fact, source=source, at=now, words=[("", where)])
        if news:
            _flag(party, str(FLAGS[how]).format(where=where) if where else str(HOW[how]), request,
                  fact_name(source, Acquainted.__name__))  # fmt: skip
        if news and sender:
            Role.objects.get_or_create(
                workspace=party.workspace, party=sender, name=REFERRER, by_hand=True
            )
    tell = messages.success if news else messages.info
    tell(request, _("Kept.") if news else HEARD, extra_tags=undo_address(party, source))
    return redirect("person", party.pk)


def _flag(party: Party, text: str, request: MemberRequest, fact: str) -> None:
    """It goes with the fact; what was written the last time gives way to it."""
    flags = Detail.objects.filter(workspace=party.workspace_id, party=party, gone_at=None)
    flags.filter(fact__contains=f".{Acquainted.__name__}.").update(gone_at=clock.now())
    Detail.objects.create(
        workspace=party.workspace, party=party, kind=PERSONAL, text=text[:300],
        said_at=clock.now(), by=request.member, fact=fact,
    )  # fmt: skip


def _named(party: Party, name: str) -> Party | None:
    """Who sent them, where just one of the books has that name."""
    rows = Party.objects.filter(workspace=party.workspace_id, name__iexact=name, forgotten=False)
    found = list(rows.filter(merged_into=None).exclude(pk=party.pk)[:2])
    return found[0] if len(found) == 1 and name else None
