"""The one gate: who is asking, and may they?"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import auth
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from followthrough.ledger.at_the_door import member_at_the_door
from followthrough.ledger.models import Member

View = Callable[..., HttpResponseBase]
UNAUTHORIZED = 401


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
            return _to_the_door(request)
        response = view(request, *args, **kwargs)
        # A page about people must not be found in the browser after signing out.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return guarded


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    """Who was signed out while writing gets the words back; no part of a page becomes a door."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=UNAUTHORIZED)
    if words_in(request):
        context = {"next": _where_they_wrote(request)}
        return render(request, "401.html", context, status=UNAUTHORIZED)
    return redirect_to_login(request.get_full_path())


def _where_they_wrote(request: HttpRequest) -> str:
    """The page of the form: what it is sent to may be no page."""
    page = urlsplit(request.headers.get("Referer", ""))
    return f"{page.path}?{page.query}".rstrip("?") if page.netloc == request.get_host() else "/"


def words_in(request: HttpRequest) -> list[str]:
    """What somebody typed into the form that this request sends; a password is shown nowhere."""
    told = request.POST.items() if request.method == "POST" else ()
    typed = [str(said) for name, said in told if "password" not in name]
    return [said for said in typed if " " in said.strip()]


def administrators_only(view: View) -> View:
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.member.administers:
            raise PermissionDenied("Only an administrator of your team can do this.")
        return view(request, *args, **kwargs)

    return members_only(guarded)
