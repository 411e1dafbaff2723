"""What was kept without network and is sent now gets a plain answer: kept, refused, or sign in."""

from collections.abc import Callable
from typing import cast

from django.contrib.messages import ERROR, get_messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from followthrough.ledger import clock
from followthrough.ledger.models import Member
from followthrough.web.heard import typed_at
from followthrough.web.undo import Told
from followthrough.web.when import A_MINUTE

SALT = "followthrough.member"
HEADER = "X-Kept"  # on a request: it comes out of, or goes into, what this member's browser keeps
PLAIN = "text/plain; charset=utf-8"
MEMBER = "X-Member"  # on an answer: whose page it is, so that nobody else is shown it


class SentLater:
    """204: it stands in the books; 201: so it does, and this is what is to be said of it. 401: sign
    in first. 422: refused, with the reason if one was told. A script sees none of it in a
    redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        member: Member | None = getattr(request, "member", None)
        later = request.method == "POST" and HEADER in request.headers
        if later and (member is None or request.headers[HEADER] != key_of(member)):
            return HttpResponse(status=401)  # another one signed in here meanwhile
        response = self.get_response(request)
        if later:
            response = _plainly(request, response)
        if member is not None:
            response.headers[MEMBER] = key_of(member)
        return response


def _plainly(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if "Location" not in response.headers:
        return response
    said = cast("Told", get_messages(request)).taken()
    refused = [str(one) for one in said if one.level == ERROR]
    if refused:
        return HttpResponse(refused[0], content_type=PLAIN, status=422)
    now = clock.now()
    if said and now - typed_at(request, now) >= A_MINUTE:
        return HttpResponse(str(said[-1]), content_type=PLAIN, status=201)
    return HttpResponse(status=204)


def key_of(member: Member) -> str:
    """Tells one member's pages from another's, and nothing else."""
    return signing.Signer(salt=SALT).signature(str(member.pk))[:16]
