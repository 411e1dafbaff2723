"""Links and pictures of mails, where a team wants to know whether they are read. Where an address
leads stands in our own table: nobody can make it lead anywhere else."""

from base64 import b64decode
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from followthrough.ledger import clock, links
from followthrough.ledger.models import Link
from followthrough.ledger.models.offers import OPENING, TARGET
from followthrough.web.offers import programs

NOTHING = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # 1 × 1, clear


@require_safe
def target(request: HttpRequest, token: str) -> HttpResponse:
    link, now = _link(token, TARGET), clock.now()
    if _counts(request, link):
        links.clicked(link, at=now, uncertain=_uncertain(request, link, now))
    return _kept_by_nobody(HttpResponseRedirect(link.target))


@require_safe
def picture(request: HttpRequest, token: str) -> HttpResponse:
    link, now = _link(token, OPENING), clock.now()
    if _counts(request, link):
        links.opened_by_a_program(link, at=now, uncertain=_uncertain(request, link, now))
    return _kept_by_nobody(HttpResponse(NOTHING, content_type="image/gif"))


def _link(token: str, purpose: str) -> Link:
    link = links.by_token(token, frozenset({purpose}))
    if link is None:
        raise Http404
    return link


def _counts(request: HttpRequest, link: Link) -> bool:
    """Not a program, none of us, and the team still wants to know."""
    ours = getattr(request, "member", None) is not None
    return link.workspace.tracks and not ours and not programs.is_program(request)


def _uncertain(request: HttpRequest, link: Link, now: datetime) -> bool:
    return programs.is_uncertain(request, links.sent_at(link), now)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
