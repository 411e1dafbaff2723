"""What a service that sends for us tells of our mail, and how it is told where to."""

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from followthrough.channels.email import hooks as saying
from followthrough.channels.email.services import SERVICES
from followthrough.ledger import clock, hooks
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import Mailbox, ServiceHook
from followthrough.ledger.models.mailboxes import BY_KEY
from followthrough.ledger.outbox import hearing
from followthrough.web import say
from followthrough.web.doors.knocks import size_of
from followthrough.web.gate import MemberRequest

LARGEST = 1 << 20
Context = dict[str, Any]


def told_of(request: MemberRequest, box: Mailbox) -> Context:
    """The address that an administrator types at the service."""
    hook = hooks.hook_of(box) if box.sign_in == BY_KEY else None
    if hook is None or not request.member.administers:
        return {}
    said = _("It has told nothing yet.")
    if hook.heard_at:
        ago = say.back(hook.heard_at, clock.now())
        said = _("It told something {ago}.").format(ago=ago)
    return {"hook": _address(request, box, hook), "hook_said": said,
            "service": SERVICES[box.provider].name}  # fmt: skip


def _address(request: MemberRequest, box: Mailbox, hook: ServiceHook) -> str:
    there = reverse("mail_service_told", args=[hook.key])
    site = settings.SITE.geturl().rstrip("/")
    whole = f"{site}{there}" if site else request.build_absolute_uri(there)
    if SERVICES[box.provider].signs:
        return whole
    try:
        word = hooks.word_of(hook)
    except CouldNotUnlock:
        return ""
    parts = urlsplit(whole)
    return parts._replace(netloc=f"{saying.USER}:{quote(word)}@{parts.netloc}").geturl()


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def told(request: HttpRequest, key: str) -> HttpResponse:
    """Whatever it says twice, late or in another order comes to the same."""
    hook = hooks.hook_by_key(key)
    if hook is None:
        return _no(404, _("There is nothing here."))
    if request.method == "HEAD":  # some look whether anybody is there
        return HttpResponse()
    if size_of(request) > LARGEST:
        return _no(413, _("That is too large: 1 MB at most."))
    return _hear(request, hook)


def _hear(request: HttpRequest, hook: ServiceHook) -> HttpResponse:
    try:
        events = saying.events_of(SERVICES[hook.mailbox.provider], request, hooks.word_of(hook))
    except CouldNotUnlock:
        return _no(
            503, _("The key of the server was changed. Remove this mailbox and add it anew.")
        )
    except saying.CouldNotBelieve:
        return _no(401, _("The signature or the password is missing or wrong."))
    except saying.CouldNotRead:
        return _no(400, _("That could not be read."))
    now = clock.now()
    for one in events:
        at = min(one.at or now, now)
        hearing.hear(hook.mailbox, one.envelope, one.what, gone=one.dead, at=at)
    hooks.was_heard(hook, at=now)
    return JsonResponse({"ok": True})


def _no(status: int, why: str) -> HttpResponse:
    return JsonResponse({"error": why}, status=status, json_dumps_params={"ensure_ascii": False})
