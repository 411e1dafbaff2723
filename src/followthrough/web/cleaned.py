"""What a request says, without the empty letter (NUL), which no text has and PostgreSQL refuses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

EMPTY = "\x00"


class Cleaned:
    """Before any view looks; after the check against forgery, which has read the form already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_given: Any) -> None:
        if getattr(view, "csrf_exempt", False):  # it asks for the bytes first, and cleans them
            return
        request.GET = cleaned(request.GET)
        if request.method == "POST":
            request.POST = cleaned(request.POST)


def cleaned(query: Any) -> Any:
    if not any(EMPTY in value for _, values in query.lists() for value in values):
        return query
    copy = query.copy()
    for name, values in query.lists():
        copy.setlist(name, [value.replace(EMPTY, "") for value in values])
    return copy
