"""One POST, one source: facts are made, recorded, and can be undone together."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import clock
from followthrough.ledger.models import Member, Party
from followthrough.ledger.opening import party_for
from followthrough.ledger.record import record
from followthrough.web import say
from followthrough.web.gate import MemberRequest
from followthrough.web.heard import HEARD, source_of, typed_at
from followthrough.web.party.forms import CouldNotKeep
from followthrough.web.undo import undo_address

Making = Callable[[Party, Member, datetime], Sequence[Fact]]
LONGEST = {"note": 20_000, "text": 500, "condition": 120, "proof": 120, "said": 300}
WORDED = (
    facts.Noted, facts.WePromised, facts.TheyPromised, facts.WeCalled, facts.Met, facts.Learned,
    facts.Acquainted, facts.OptedIn, facts.OptedOut, facts.Moved,
    facts.JoinedList, facts.LeftList,
)  # fmt: skip
TYPED = ("note", "text", "when", "condition", "side", "days", "want")
MOST_KEPT = 25_000


def keep(request: MemberRequest, pk: int, made: Making, text: str, said: str) -> HttpResponse:
    """`said` once it is kept; else why it was not, or that it was known."""
    party, now = party_for(request.member, pk), clock.now()
    source = source_of(request, "page", request.POST.get("token", "")[:60] or str(uuid4()))
    try:
        _short_enough(request)
        happened = made(party, request.member, typed_at(request, now))
    except CouldNotKeep as why:
        return refuse(request, party, str(why))
    words = [("", text) if isinstance(fact, WORDED) else ("", "") for fact in happened]
    news = record(party, *happened, source=source, at=now, words=words if text else ())
    tell = messages.success if news else messages.info
    tell(request, said if news else HEARD, extra_tags=undo_address(party, source))
    return redirect("person", party.pk)


def refuse(request: MemberRequest, party: Party, why: str) -> HttpResponse:
    """Said on the page, where what was typed still stands."""
    typed = {name: request.POST.get(name, "")[:MOST_KEPT] for name in TYPED if name in request.POST}
    request.session["typed"] = typed
    messages.error(request, why)
    return redirect("person", party.pk)


def _short_enough(request: MemberRequest) -> None:
    for name, most in LONGEST.items():
        if len(request.POST.get(name, "")) > most:
            raise CouldNotKeep(too_long(most))


def too_long(most: int) -> str:
    return _("That is longer than we can keep: {most} letters.").format(most=say.number(most))


def text_in(request: MemberRequest, name: str, most: int) -> str:
    return request.POST.get(name, "").strip()[:most]
