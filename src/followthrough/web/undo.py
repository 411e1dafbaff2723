"""Act, then undo: each thing done carries the address that takes it back."""

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
    return reverse("undo", args=[signing.dumps([party.pk, source], salt=SALT, compress=True)])


@members_only
@require_POST
def undo(request: MemberRequest, token: str) -> HttpResponse:
    try:
        pk, source = signing.loads(token, salt=SALT)
    except signing.BadSignature as broken:
        raise Http404("This undo is not one of ours.") from broken
    party = party_for(request.member, pk)
    if take_back(party, source=source, by=request.member, at=clock.now()):
        messages.success(request, "Taken back.")
    else:
        messages.info(request, "That was taken back already.")
    return (
        redirect("person", party.pk) if request.POST.get("back") == "person" else redirect("today")
    )


urlpatterns = [path("undo/<str:token>/", undo, name="undo")]
