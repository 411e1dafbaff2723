"""The one gate: who is asking, and may they?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import auth
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from followthrough.ledger.at_the_door import member_at_the_door
from followthrough.ledger.models import Member

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """What a view behind the gate is given."""

    member: Member


class MemberMiddleware:
    """Sets request.member. Somebody who no longer is one is signed out with this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        member = member_of(request)
        if member is None and request.user.is_authenticated:
            auth.logout(request)
        setattr(request, "member", member)  # noqa: B010 - HttpRequest does not declare it
        return self.get_response(request)


def member_of(request: HttpRequest) -> Member | None:
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return None
    return member_at_the_door(user)


def members_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "member", None) is None:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        # A page about people must not be found in the browser after signing out.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return guarded


def administrators_only(view: View) -> View:
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.member.administers:
            raise PermissionDenied("Only an administrator of your team can do this.")
        return view(request, *args, **kwargs)

    return members_only(guarded)
