"""Whom somebody looked at last: their numbers in a cookie of this browser, never their names."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from followthrough.ledger.models import Member, Party
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import parties_for
from followthrough.ledger.place import id_in

COOKIE, DAYS, SHOWN = "recent", 30, 6


class Recent:
    """Remembers each person's page that is opened by a press; not those kept for later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        seen, member = request.resolver_match, getattr(request, "member", None)
        asked = request.method == "GET" and "X-Kept" not in request.headers
        if seen and seen.url_name == "person" and member and asked and response.status_code == 200:
            pk = seen.kwargs["pk"]
            numbers = [pk, *(one for one in _numbers(request, member) if one != pk)][:SHOWN]
            value = ".".join(map(str, [member.pk, *numbers]))
            response.set_cookie(
                COOKIE, value, max_age=DAYS * 86_400, httponly=True, samesite="Lax",
                secure=request.is_secure(),
            )  # fmt: skip
        return response


def recent(request: HttpRequest, member: Member) -> list[Party]:
    """The last few whose page this member opened here, and may still open."""
    numbers = _numbers(request, member)
    rows = parties_for(member, numbers) if numbers else []
    found = {party.pk: party for party in rows if party.kind not in UNLISTED}
    return [found[pk] for pk in numbers if pk in found]


def _numbers(request: HttpRequest, member: Member) -> list[int]:
    """None of another member who used this browser before."""
    said = request.COOKIES.get(COOKIE, "").split(".")
    whose, *numbers = [pk for pk in map(id_in, said) if pk] or [0]
    return numbers[:SHOWN] if whose == member.pk else []
