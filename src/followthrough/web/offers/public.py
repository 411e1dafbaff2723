"""The page of an offer, for whom it was made: no login, and nobody else's script or picture.

That it was asked for says nothing: programs look at addresses, too. It was seen where the page was
really shown (a word from its own script), or where a button of it was pressed.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.facts import TheyEnquired
from followthrough.inlets.enquiries import asked
from followthrough.ledger import clock, links, offers
from followthrough.ledger.links import Visitor
from followthrough.ledger.models import Link
from followthrough.ledger.models.offers import OFFER
from followthrough.web.cleaned import cleaned
from followthrough.web.doors.knocks import AT_ONCE, size_of
from followthrough.web.offers import programs
from followthrough.web.offers.forms import QuestionForm, StrangerForm
from followthrough.web.offers.shown import page_of
from followthrough.web.tongue import reader_of

COOKIE, YEAR = "seen", 365 * 24 * 60 * 60
MOST = 64 << 10
YES, NO, ASK = "yes", "no", "ask"


@dataclass(frozen=True, kw_only=True)
class Look:
    """Who looks at which link, and when."""

    link: Link
    visitor: Visitor
    now: datetime

    @property
    def theirs(self) -> bool:
        return links.is_theirs(self.link, self.visitor)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def offer_page(request: HttpRequest, token: str) -> HttpResponse:
    look = look_of(request, token, OFFER)
    with reader_of(request, look.link.workspace):
        posted = request.method == "POST"
        response = _pressed(request, look) if posted else _page(request, look, _form(look))
    return safe(response, request, look)


@csrf_exempt
@require_POST
def seen(request: HttpRequest, token: str) -> HttpResponse:
    """The page says that it stands before somebody's eyes."""
    look = look_of(request, token, OFFER)
    if not programs.is_program(request) and look.visitor.browser:
        links.shown(look.link, look.visitor, at=look.now)
    return HttpResponse(status=204)


def look_of(request: HttpRequest, token: str, *purposes: str) -> Look:
    link = links.by_token(token, frozenset(purposes))
    if link is None or (link.purpose == OFFER and link.offer is None):
        raise Http404
    return Look(
        link=link, visitor=Visitor(browser=request.COOKIES.get(COOKIE, "")[:60]), now=clock.now()
    )


def _pressed(request: HttpRequest, look: Look) -> HttpResponse:
    if size_of(request) > MOST:
        said = _("That is more than we can take: 64 kB at most.")
        return _page(request, look, _form(look), problem=said, status=413)
    said = cleaned(request.POST)
    if said.get("say") not in (YES, NO) or not look.theirs:
        return _asked(request, look, said)
    if programs.is_program(request):  # or somebody who reads inside another program
        return _in_words(request, look, str(said["say"]))
    links.shown(look.link, look.visitor, at=look.now)
    try:
        answer = offers.take if said["say"] == YES else offers.decline
        answer(look.link, at=look.now)
    except offers.TooLate:
        wish = _("I would have liked to take it.") if said["say"] == YES else ""
        return _page(request, look, QuestionForm(initial={"message": wish}), status=409)
    return HttpResponseRedirect(request.path, status=303)


def _in_words(request: HttpRequest, look: Look, say: str) -> HttpResponse:
    """No answer is taken from a program; a person can still give it, in words."""
    wish = _("I would like to take it.") if say == YES else _("I do not want it.")
    problem = _("This came as if a program had pressed. Please send us these words instead:")
    form = QuestionForm(initial={"message": wish})
    return _page(request, look, form, problem=problem, status=422)


def _form(look: Look, data: Any = None) -> QuestionForm:
    return QuestionForm(data) if look.theirs else StrangerForm(data)


def _asked(request: HttpRequest, look: Look, data: Any) -> HttpResponse:
    """A question: of whose link it is, or of somebody to whom it was passed on."""
    form = _form(look, data if data.get("say") == ASK else None)
    if not form.is_valid():
        return _page(request, look, form, status=422)
    if not ratelimit.consume(request, action="form", key=look.link.token):
        said = _("Many people are writing at this moment. Please press once more in a minute.")
        return _page(request, look, form, problem=said, status=429)
    _keep(look, form, str(form.cleaned_data["message"]))
    return HttpResponseRedirect(f"{request.path}?asked", status=303)


def _keep(look: Look, form: QuestionForm, words: str) -> None:
    over = look.link.offer is not None and offers.is_over(look.link.offer, look.now)
    origin = offers.AFTER_ITS_END if over else offers.ITS_PAGE
    if isinstance(form, StrangerForm):
        origin = offers.PASSED_ON
    told = asked(words, TheyEnquired(at=look.now, origin=str(origin)))
    said = offers.Said(facts=told, words=words, source=_source(look, words))
    if isinstance(form, StrangerForm):
        offers.ask_as_another(look.link, form.who(), said, at=look.now)
    else:
        links.shown(look.link, look.visitor, at=look.now)
        offers.ask(look.link, said, at=look.now)


def _source(look: Look, words: str) -> str:
    """Pressed twice it is one question."""
    when = int(look.now.timestamp()) // AT_ONCE
    told = f"{look.visitor.browser}:{when}:{words}".encode("utf-8", "replace")
    return f"link:{look.link.pk}:{sha256(told).hexdigest()[:32]}"


def _page(
    request: HttpRequest, look: Look, form: QuestionForm, *, problem: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    context = page_of(look.link, theirs=look.theirs, now=look.now) | {
        "form": form, "problem": problem, "asked": "asked" in request.GET,
        "asking": form.is_bound or bool(form.initial.get("message")) or "ask" in request.GET,
    }  # fmt: skip
    return render(request, "offers/public.html", context, status=status)


def safe(response: HttpResponse, request: HttpRequest, look: Look) -> HttpResponse:
    """Kept by nobody on the way. The cookie is of this page alone, and says nothing but that it is
    the same browser."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    if not look.visitor.browser and not programs.is_program(request):
        response.set_cookie(
            COOKIE, secrets.token_urlsafe(16), max_age=YEAR, path=request.path, httponly=True,
            samesite="Lax", secure=request.is_secure(),
        )  # fmt: skip
    return response
