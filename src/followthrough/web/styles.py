"""One stylesheet out of many small files, joined when first asked for: one request, no build."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path

FOLDER = Path(__file__).parent / "static" / "followthrough" / "css"
FONT = "followthrough/fonts/inter-latin.woff2"


@dataclass(frozen=True, kw_only=True)
class Joined:
    plain: bytes
    packed: bytes
    digest: str


@login_not_required
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    return answered(request, joined(), digest, "text/css")


def answered(request: HttpRequest, sheet: Joined, digest: str, kind: str) -> HttpResponse:
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        sheet.packed if takes_gzip else sheet.plain, content_type=f"{kind}; charset=utf-8"
    )
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    # An old page may ask for an old name while a new version starts: answer, but do not keep it.
    kept = "public, max-age=31536000, immutable" if digest == sheet.digest else "no-store"
    response["Cache-Control"] = kept
    return response


def joined() -> Joined:
    return read() if settings.DEBUG else read_once()


def read() -> Joined:
    text = "\n".join(file.read_text(encoding="utf-8") for file in files())
    return packed(squeeze(text).replace("../fonts/inter-latin.woff2", static(FONT)))


def packed(text: str) -> Joined:
    plain = text.encode()
    return Joined(
        plain=plain,
        packed=gzip.compress(plain, mtime=0),
        digest=sha256(plain).hexdigest()[:12],
    )


read_once = cache(read)


def files() -> list[Path]:
    """The tokens come first because they name the order of the layers; after that it is free."""
    tokens = FOLDER / "tokens.css"
    return [tokens, *sorted(file for file in FOLDER.rglob("*.css") if file != tokens)]


def squeeze(text: str) -> str:
    """Comments and indentation are for the people who edit the files."""
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", without_comments).strip() + "\n"


urlpatterns = [path("styles-<slug:digest>.css", stylesheet, name="stylesheet")]
