"""Act, then undo: each thing done carries the address that takes it back."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from followthrough.ledger import clock
from followthrough.ledger.models import Party
from followthrough.ledger.opening import party_for
from followthrough.ledger.undo import undo as take_back
from followthrough.web.gate import MemberRequest, members_only

SALT = "followthrough.undo"


def undo_address(party: Party, source: str) -> str:
    return undo_all_address([(party, source)])


def undo_all_address(told: Iterable[tuple[Party, str]]) -> str:
    """One undo for what was told of several parties together."""
    named = [[party.pk, source] for party, source in told]
    return reverse("undo", args=[signing.dumps(named, salt=SALT, compress=True)])


@members_only
@require_POST
def undo(request: MemberRequest, token: str) -> HttpResponse:
    try:
        named = signing.loads(token, salt=SALT)
    except signing.BadSignature as broken:
        raise Http404("This undo is not one of ours.") from broken
    told = [(party_for(request.member, pk), source) for pk, source in named]
    now = clock.now()
    news = [take_back(one, source=source, by=request.member, at=now) for one, source in told]
    if any(news):
        messages.success(request, "Taken back.")
    else:
        messages.info(request, "That was taken back already.")
    if urlsplit(request.headers.get("Referer", "")).path.startswith(reverse("promises")):
        return redirect("promises")
    back = request.POST.get("back") == "person"
    return redirect("person", told[0][0].pk) if back else redirect("today")


urlpatterns = [path("undo/<str:token>/", undo, name="undo")]
