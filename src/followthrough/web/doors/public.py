"""The page of a form, for anybody: no cookie, no script, and it works inside another site too."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.core.saying import says
from followthrough.inlets import doors
from followthrough.ledger import clock, connections, receipts
from followthrough.ledger.models import Connection
from followthrough.ledger.models.doors import FORM, HELD, RECEIVED
from followthrough.web.cleaned import cleaned
from followthrough.web.doors.asking import LURE, VisitorForm
from followthrough.web.doors.knocks import AT_ONCE, as_json, size_of

SALT = "followthrough.form"
LEAST_SECONDS = 2  # no person reads and fills a form faster
MOST = 64 << 10
A_MACHINE = says("It filled a field that nobody sees, as machines do.")
FRAME = "frame"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'{goes_on}; base-uri 'none'; frame-ancestors *"
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The form as it stands, and why it does not go on."""

    form: VisitorForm
    problem: str = ""
    status: int = 200


@csrf_exempt
@xframe_options_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, key: str) -> HttpResponse:
    connection, now = _open(key), clock.now()
    if request.method != "POST":
        return _page(request, connection, Shown(form=VisitorForm(connection=connection)), now)
    refused = _refused(request, connection, now)
    if isinstance(refused, Shown):
        return _page(request, connection, refused, now)
    _take(request, connection, refused, now)
    return _thanked(request, connection)


def _refused(request: HttpRequest, connection: Connection, now: datetime) -> Shown | VisitorForm:
    """What stands in the way; else the form, which is good."""
    if size_of(request) > MOST:
        said = _("That is more than we can take: 64 kB at most.")
        return Shown(form=VisitorForm(connection=connection), problem=said, status=413)
    form = VisitorForm(cleaned(request.POST), connection=connection)
    if not form.is_valid():
        return Shown(form=form, status=422)
    if not ratelimit.consume(request, action="form", key=connection.key):
        said = _("Many people are writing at this moment. Please press once more in a minute.")
        return Shown(form=form, problem=said, status=429)
    if _too_fast(request.POST.get("t", ""), connection, now):
        said = _("That was very quick. Please press once more, so that we know you are a person.")
        return Shown(form=form, problem=said, status=422)
    return form


@xframe_options_exempt
@require_safe
def thanks(request: HttpRequest, key: str) -> HttpResponse:
    connection = _open(key)
    context = {"connection": connection, "framed": FRAME in request.GET}
    return _anywhere(render(request, "doors/thanks.html", context), connection)


def _open(key: str) -> Connection:
    connection = connections.by_key(key, frozenset({FORM}))
    if connection is None:
        raise Http404
    return connection


def _take(request: HttpRequest, connection: Connection, form: VisitorForm, now: datetime) -> None:
    """What looks like a machine is kept too, and a person decides: nobody is lost to a trap."""
    told = as_json(form.told())
    named = request.POST.get("t", "") or str(int(now.timestamp()) // AT_ONCE)
    their_id = sha256(told + named.encode("utf-8", "replace")).hexdigest()
    receipt, news = receipts.store(
        connection, receipts.Delivery(their_id=their_id, raw=told, topic=FORM), at=now
    )
    if not news and receipt.outcome != RECEIVED:
        return
    if request.POST.get(LURE):
        receipts.set_aside(receipt, HELD, A_MACHINE)
        return
    doors.take_in(receipt, at=now)


def _too_fast(token: str, connection: Connection, now: datetime) -> bool:
    """Only our own page says when it was opened; a form on another site does not."""
    try:
        whose, opened_at, _salt = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return False
    return bool(whose == connection.pk and now.timestamp() - opened_at < LEAST_SECONDS)


def _thanked(request: HttpRequest, connection: Connection) -> HttpResponse:
    if connection.goes_to:
        return HttpResponseRedirect(connection.goes_to, status=303)
    framed = f"?{FRAME}=1" if FRAME in request.GET else ""
    address = reverse("form_thanks", args=[connection.key])
    return HttpResponseRedirect(f"{address}{framed}", status=303)


def _page(
    request: HttpRequest, connection: Connection, shown: Shown, now: datetime
) -> HttpResponse:
    """A new token only where none is at hand: shown again, it is still the same opening."""
    token = request.POST.get("t", "") if shown.status in (422, 429) else ""
    opening = [connection.pk, now.timestamp(), secrets.token_hex(4)]
    context = {
        "connection": connection, "form": shown.form, "problem": shown.problem, "lure": LURE,
        "framed": FRAME in request.GET, "token": token or signing.dumps(opening, salt=SALT),
    }  # fmt: skip
    response = render(request, "doors/form.html", context, status=shown.status)
    return _anywhere(response, connection)


def _anywhere(response: HttpResponse, connection: Connection) -> HttpResponse:
    """It may stand in a frame of another site, and go on to the page that the team has set."""
    home = urlsplit(connection.goes_to)
    goes_on = f" {home.scheme}://{home.netloc}" if home.netloc else ""
    response["Content-Security-Policy"] = POLICY.format(goes_on=goes_on)
    response["Cache-Control"] = "no-store"
    return response
