"""The language of whoever reads: their own, else the team's, else what their browser asks for."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext, ngettext

from followthrough.core.saying import Saying
from followthrough.ledger.models import Member, Workspace
from followthrough.web.shapes import known_again


class TongueMiddleware:
    """After the gate: it asks who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(tongue_of(request)):
            setattr(request, "LANGUAGE_CODE", translation.get_language())  # noqa: B010
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", getattr(request, "LANGUAGE_CODE", "en"))
        return response


def tongue_of(request: HttpRequest) -> str:
    """A code of LANGUAGES, and en-us for who reads English in an American team."""
    member: Member | None = getattr(request, "member", None)
    asked = translation.get_language_from_request(request)
    return tongue_for(member, asked) if member else asked


def reader_of(request: HttpRequest, team: Workspace) -> translation.override:
    """For a page that anybody may open: as their browser asks, else as the team reads."""
    asked = translation.get_language_from_request(request)
    unasked = not request.headers.get("Accept-Language")
    return translation.override(team.language if unasked and team.language else asked)


def tongue_for(member: Member, else_in: str = "en") -> str:
    """In which language this member reads, also where no request is: in a mail."""
    chosen = member.language or member.workspace.language or else_in
    american = chosen == "en" and member.workspace.country == "US"
    return "en-us" if american else chosen


def tell(text: Any) -> str:
    """A sentence of ours in the reader's language; whatever is not ours stays as it is.

    What lies in the books as plain English (the report of an import) is known by its shape.
    """
    if not isinstance(text, Saying):
        return _from_the_books(str(text), translation.get_language() or "en") if text else ""
    values = {name: _told(value) for name, value in text.values.items()}
    if text.many:
        chosen = ngettext(text.template, text.many, values["n"])
    else:
        chosen = gettext(text.template)
    return chosen.format_map(values) if values else chosen


@lru_cache(maxsize=4096)
def _from_the_books(text: str, language: str) -> str:
    said = gettext(text)
    return said if said != text else known_again(text, language)


def _told(value: Any) -> Any:
    return tell(value) if isinstance(value, Saying) else value
