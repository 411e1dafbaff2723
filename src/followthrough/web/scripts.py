"""One script out of many small files, as the stylesheet: one request, no build."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from followthrough.web.styles import Joined, answered, packed, squeeze

FOLDER = Path(__file__).parent / "static" / "followthrough" / "js"
# Together they are smaller than apart: a screen's own script finds nothing to do on the others.
NAMES = (
    "keys", "sheet", "talked", "when", "toast", "copy", "file", "draft", "offline", "palette",
    "push", "busy", "today", "swipe", "picks", "deals", "week",
)  # fmt: skip


@login_not_required
def scripts(request: HttpRequest, digest: str) -> HttpResponse:
    return answered(request, joined(), digest, "text/javascript")


def joined() -> Joined:
    return read() if settings.DEBUG else read_once()


def read() -> Joined:
    return packed("".join(squeeze(file.read_text(encoding="utf-8")) for file in files()))


read_once = cache(read)


def files() -> list[Path]:
    return [FOLDER / f"{name}.js" for name in NAMES]


urlpatterns = [path("script-<slug:digest>.js", scripts, name="scripts")]
