"""What programs bring: signed, stored as it is, told to the books, and answered in their words."""

from datetime import datetime
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from followthrough.inlets import doors
from followthrough.ledger import clock, connections, receipts
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import Connection, Receipt
from followthrough.ledger.models.doors import (
    OTHER,
    RECEIVED,
    SHOPIFY,
    STRIPE,
    TELEPHONE,
    UNREADABLE,
    WOOCOMMERCE,
)
from followthrough.web.doors.knocks import (
    Knock,
    delivery_of,
    is_signed,
    knock_of,
    only_looks_in,
    size_of,
)
from followthrough.web.tongue import tell

KINDS = frozenset({OTHER, SHOPIFY, STRIPE, TELEPHONE, WOOCOMMERCE})
NO_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
FORMS = "multipart/"


@csrf_exempt
@require_POST
def delivery(request: HttpRequest, key: str) -> HttpResponse:
    connection = connections.by_key(key, KINDS)
    if connection is None:
        return _refused(404, _("There is nothing here."))
    if size_of(request) > receipts.MOST:
        return _refused(413, _("That is too large: 512 kB at most."))
    if (request.content_type or "").startswith(FORMS):
        return _refused(415, _("Send JSON, or a form that is not made of parts."))
    return _answered(request, connection, knock_of(request))


def _answered(request: HttpRequest, connection: Connection, knock: Knock) -> HttpResponse:
    now = clock.now()
    try:
        signed = is_signed(connection, knock, now)
    except CouldNotUnlock:
        said = _("The key of the server was changed. An administrator has to give the secret anew.")
        return _refused(503, said)
    if not signed and only_looks_in(connection, knock):
        return _done(connection)
    if not signed:
        _count(request, connection, now)
        return _refused(401, _("The signature or the token is missing, wrong or too old."))
    receipt, news = receipts.store(connection, delivery_of(connection, knock, now), at=now)
    if news or receipt.outcome == RECEIVED:
        doors.take_in(receipt, at=now)
    return _told(receipt)


def _count(request: HttpRequest, connection: Connection, now: datetime) -> None:
    if ratelimit.consume(request, action="signed_wrongly", key=connection.key):
        connections.count_refused(connection, at=now)


def _told(receipt: Receipt) -> HttpResponse:
    """What could not be read is said, so that whoever sends it can put it right."""
    if receipt.outcome == UNREADABLE:
        return _refused(400, tell(receipt.problem))
    return _done(receipt.connection)


def _done(connection: Connection) -> HttpResponse:
    if connection.kind == TELEPHONE:
        return HttpResponse(NO_ANSWER, content_type="text/xml")
    return JsonResponse({"ok": True})


def _refused(status: int, why: str) -> HttpResponse:
    said: dict[str, Any] = {"error": why}
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
