"""No more mail: looking changes nothing, one press does, without a cookie (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from followthrough.ledger import clock
from followthrough.ledger import leaving as books
from followthrough.ledger.models import Party

FIELD, PRESSED = "List-Unsubscribe", "One-Click"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """Scanners follow links and some even fill forms; only the press says so. Whoever is gone, or
    has pressed before, gets the same answer."""
    party = books.who_leaves(token)
    if party is None:
        raise Http404
    pressed = request.method == "POST" and request.POST.get(FIELD) == PRESSED
    if pressed:
        books.leave(party, at=clock.now())
    return _page(request, party, done=pressed)


def _page(request: HttpRequest, party: Party, *, done: bool) -> HttpResponse:
    """It names the team, and nobody else: the address may have been handed on."""
    context = {"team": party.workspace.name, "done": done, "field": FIELD, "pressed": PRESSED}
    response = render(request, "leaving/leaving.html", context)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    return response
