"""A request that is refused before anybody looks at it says what to do instead."""

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

TITLE = _("That could not be read")
PLEASE = _(
    "Something of what your browser sent was not as it should be. Please go back and try again."
)
TOO_MANY = _("That is too much at once")
ZIP_THEM = _(
    "We take up to {most} files at a time, and nothing of these was brought in. Zip them into one "
    "file and bring that: all that is in it will be read."
)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too many files are refused while they come in: no page of ours has been asked yet."""
    said = {"title": TITLE, "said": PLEASE, "back": "/", "name": _("Back to Today")}
    if isinstance(exception, TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        said = {
            "title": TOO_MANY, "said": str(ZIP_THEM).format(most=most), "back": "/import/",
            "name": _("Back to the import"),
        }  # fmt: skip
    return render(request, "400.html", said, status=400)
