"""Who is in the demo: a member who switched over for a while, or whoever comes before the team.

It is a note in the session, and nobody signs in as somebody else. Once there is a real team only
its members may look around.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from followthrough.ledger import membership
from followthrough.ledger.at_the_door import member_at_the_door
from followthrough.ledger.demo import workspace
from followthrough.ledger.models import Member

NOTE = "demo"  # in the session: whose it is, so that it ends when somebody else signs in
NOBODY = 0
# Of the account nothing but these has a meaning in the demo.
OPEN = ("account_signup", "account_login")


class DemoMiddleware:
    """After the gate: whom it let in looks around, if they went over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NOTE not in request.session:
            return self.get_response(request)
        guide = _guide(request)
        if guide is None:
            go_out(request)
            return self.get_response(request)
        setattr(request, "member", guide)  # noqa: B010 - HttpRequest does not declare it
        if request.path == reverse("account_logout"):
            go_out(request)
        elif request.path.startswith("/account/") and request.path not in map(reverse, OPEN):
            return redirect("demo")
        return self.get_response(request)


def _guide(request: HttpRequest) -> Member | None:
    """None: the demo is gone, or whoever went over is somebody else by now, or shut out."""
    if request.session[NOTE] != _who(request) or not may_look(request):
        return None
    guide = workspace.guide()
    return member_at_the_door(guide.user) if guide else None


def _who(request: HttpRequest) -> int:
    return int(request.user.pk or NOBODY)


def go_in(request: HttpRequest) -> None:
    request.session[NOTE] = _who(request)


def go_out(request: HttpRequest) -> None:
    request.session.pop(NOTE, None)


def may_look(request: HttpRequest) -> bool:
    """Members may, and everybody while there is no real team."""
    return getattr(request, "member", None) is not None or membership.nobody_yet()
