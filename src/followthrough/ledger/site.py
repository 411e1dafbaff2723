"""Addresses of ours as they stand in a mail or a calendar, where no request says where we are."""

import os

from django.conf import settings


def absolute(path: str) -> str:
    """From SITE_URL; without it, on the machine itself."""
    return f"{_site()}{path}"


def host() -> str:
    return str(settings.SITE.hostname or "followthrough.localhost")


def _site() -> str:
    given: str = settings.SITE.geturl().rstrip("/")
    return given or f"http://localhost:{os.environ.get('PORT', '8000')}"
