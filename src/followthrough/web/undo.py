"""Act, then undo: each thing done carries the address that takes it back, and the last is kept."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger import clock
from followthrough.ledger.models import Party
from followthrough.ledger.opening import listener_for
from followthrough.ledger.undo import undo as take_back
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened, signed

SALT = "followthrough.undo"
COOKIE, MINUTES, LONGEST = "undo", 10, 3000


def undo_address(party: Party, source: str) -> str:
    return undo_all_address([(party, source)])


def undo_all_address(told: Iterable[tuple[Party, str]]) -> str:
    """One undo for what was told of several parties together."""
    named = [[party.pk, source] for party, source in told]
    return reverse("undo", args=[signed(named, SALT)])


@members_only
@require_POST
def undo(request: MemberRequest, token: str) -> HttpResponse:
    named = opened(token, SALT, request.member)
    told = [(listener_for(request.member, pk), source) for pk, source in named]
    now = clock.now()
    news = [take_back(one, source=source, by=request.member, at=now) for one, source in told]
    if any(news):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, _("That was taken back already."))
    return _back(request, told[0][0])


def _back(request: MemberRequest, party: Party) -> HttpResponse:
    """To the page on which it was pressed, where that page is one that can be asked for."""
    if request.POST.get("back") == "person":
        return redirect("person", party.pk)
    at = request.POST.get("at", "")
    safe = at.startswith("/") and url_has_allowed_host_and_scheme(at, allowed_hosts=None)
    return redirect(at) if safe else redirect("today")


# --- the last one, also when its toast has gone ------------------------------------------------


class Told(FallbackStorage):
    """Messages as always; the address that takes the newest back is noted on the request."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        address = address_in(extra_tags)
        if address:
            setattr(self.request, "undo_address", address)  # noqa: B010 - not declared
        super().add(level, message, extra_tags or "")

    def taken(self) -> list[Message]:
        """What this request had to say, told by other means; what waits from before still waits."""
        added: list[Message] = list(vars(self)["_queued_messages"])
        vars(self)["_queued_messages"] = []
        return added


class LastUndo:
    """Keeps it in a cookie for some minutes, so that Z takes back what was done a page ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        member, address = getattr(request, "member", None), getattr(request, "undo_address", "")
        if address and member and len(address) < LONGEST:
            kept = signing.dumps([member.pk, address], salt=SALT)
            response.set_cookie(
                COOKIE, kept, max_age=MINUTES * 60, httponly=True, samesite="Lax",
                secure=request.is_secure(),
            )  # fmt: skip
        elif request.method == "POST" and COOKIE in request.COOKIES and _is_spent(request):
            response.delete_cookie(COOKIE)
        return response


def _is_spent(request: HttpRequest) -> bool:
    """It was pressed, or somebody left."""
    return request.path == last_undo(request) or getattr(request, "member", None) is None


def last_undo(request: HttpRequest) -> str:
    """The address that takes back what this member did last; "" after some minutes."""
    member: Any = getattr(request, "member", None)
    kept = request.COOKIES.get(COOKIE, "")
    if not member or not kept:
        return ""
    try:
        pk, address = signing.loads(kept, salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        return ""
    return str(address) if pk == member.pk else ""


def address_in(extra_tags: object) -> str:
    """Messages carry the address that takes them back in their extra tags."""
    return next((tag for tag in str(extra_tags or "").split() if is_ours(tag)), "")


def is_ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")


urlpatterns = [path("undo/<str:token>/", undo, name="undo")]
