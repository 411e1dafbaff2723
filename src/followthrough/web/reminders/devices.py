"""Notices on a member's own devices: switched on by a press in each, and taken away here."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.channels.push.sealing import NoKeys, keys_of, public_key
from followthrough.ledger import clock, devices
from followthrough.ledger.devices import CouldNotAdd, Told
from followthrough.ledger.models import Device
from followthrough.ledger.opening import device_for
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tongue import tell

LONGEST = 1000
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
# In this order: most say that they are others, too.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox",
            "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}  # fmt: skip


def card_of(request: MemberRequest) -> dict[str, Any]:
    """What *You* shows of it. `push_key`: "" where no browser would show notices."""
    member, now = request.member, clock.now()
    may = not member.workspace.demo and _is_trusted(request)
    return {
        "push_key": public_key(settings.NAME_KEY) if may else "",
        "devices": [_line(device, now) for device in devices.of_member(member)],
    }


def _is_trusted(request: HttpRequest) -> bool:
    """Browsers show notices of what came over HTTPS, and of their own machine."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return request.is_secure() or host in ("localhost", "127.0.0.1", "::1")


def _line(device: Device, now: Any) -> dict[str, Any]:
    since = _("since {ago}").format(ago=say.back(device.added_at, now))
    if device.shown_at:
        since = _("last shown {ago}").format(ago=say.back(device.shown_at, now))
    failing = _("Its service does not take them: {why}").format(why=device.problem)
    return {
        "pk": device.pk, "name": device.name or _("A browser"), "bad": bool(device.problem),
        "said": failing if device.problem else since,
    }  # fmt: skip


@members_only
@require_POST
def added(request: MemberRequest) -> HttpResponse:
    told = _read(request)
    if isinstance(told, str):
        messages.error(request, told)
        return _back()
    try:
        device = devices.add(request.member, told, at=clock.now())
    except CouldNotAdd as why:
        messages.error(request, tell(why.args[0]))
        return _back()
    undo = reverse("device_removed", args=[device.pk])
    messages.success(request, _("Reminders are shown on this device from now on."), undo)
    return _back()


@members_only
@require_POST
def removed(request: MemberRequest, pk: int) -> HttpResponse:
    device = device_for(request.member, pk)
    if devices.remove(device, at=clock.now()):
        undo = reverse("device_as_before", args=[pk])
        said = _("{name} shows no reminders any more.")
        messages.success(request, said.format(name=device.name or _("A browser")), undo)
    return _back()


@members_only
@require_POST
def as_before(request: MemberRequest, pk: int) -> HttpResponse:
    if devices.bring_back(device_for(request.member, pk)):
        messages.success(request, _("Taken back."))
    return _back()


def _back() -> HttpResponse:
    return redirect(f"{reverse('profile')}#devices")


def _read(request: HttpRequest) -> Told | str:
    """What the browser told, or why nothing can be shown in it."""
    raw = request.POST.get("told", "")
    if raw == "NotAllowedError":
        return _(
            "Your browser did not allow it. Allow notifications for this address in the settings "
            "of the browser, then press again."
        )
    try:
        said = json.loads(raw)
        endpoint, keys = said["endpoint"], said["keys"]
        keys_of(keys["p256dh"], keys["auth"])
        if urlsplit(endpoint).scheme not in _schemes() or len(endpoint) > LONGEST:
            raise NoKeys("It names no address that can be called.")
    except (ValueError, KeyError, TypeError, AttributeError):
        return _(
            "This browser cannot show reminders. On an iPhone, add Followthrough to the home "
            "screen first and open it there."
        )
    name = name_of(request.headers.get("User-Agent", ""))
    return Told(endpoint=endpoint, key=keys["p256dh"], auth=keys["auth"], name=name)


def _schemes() -> tuple[str, ...]:
    return ("https", "http") if settings.WEB_INSIDE == "machine" else ("https",)


def name_of(agent: str) -> str:
    """So that one can be told from another: no more is kept of what a browser says of itself."""
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "").replace("Macintosh", "Mac")
    return ", ".join(filter(None, [browser, system]))
