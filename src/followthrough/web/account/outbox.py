"""Says on the page where a mail went on a machine without a mail server."""

from django.conf import settings
from django.http import HttpRequest


def outbox(_request: HttpRequest) -> dict[str, bool]:
    return {"mails_are_files": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")}
