"""The manifest, the service worker, and what it shows when a page was not kept."""

import json
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from followthrough.web import scripts, styles

WORKER = scripts.FOLDER / "sw.js"
ICONS = {"icon-192.png": "192x192", "icon-512.png": "512x512"}


@login_not_required
@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static(f"followthrough/img/{name}"), "sizes": sizes, "type": "image/png",
         "purpose": purpose}
        for name, sizes in ICONS.items() for purpose in ("any", "maskable")
    ]  # fmt: skip
    told = {
        "name": "Followthrough", "short_name": "Followthrough", "id": "/", "start_url": "/",
        "scope": "/", "display": "standalone", "background_color": "#f8f7f3",
        "theme_color": "#f8f7f3", "icons": icons,
        "description": _("Whom to follow up today, why, and with which words."),
        "shortcuts": [
            {"name": _("Add someone"), "url": reverse("capture")},
            {"name": _("Find"), "url": reverse("find")},
        ],
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """Its text names the files of this version: a new version is a new worker."""
    files = [
        reverse("offline"), reverse("stylesheet", args=[styles.joined().digest]),
        reverse("scripts", args=[scripts.joined().digest]), static(styles.FONT),
        static("django_htmx/htmx-2.min.js"), static("followthrough/img/mark.svg"),
    ]  # fmt: skip
    text = WORKER.read_text(encoding="utf-8")
    version = sha256(f"{text}{files}".encode()).hexdigest()[:12]
    said = {"VERSION": version, "FILES": files, "ICON": static("followthrough/img/icon-192.png")}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in said.items())
    response = HttpResponse(head + styles.squeeze(text), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline/offline.html")
