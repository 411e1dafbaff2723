"""The list of help pages with a search, and each page."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.core.decide import RULES
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.help import pages
from followthrough.web.tongue import tell

EVERY_DAY = ("today", "finishing", "dates", "people", "duplicates", "capture")
ONCE = ("settings", "noticing", "import", "found", "members")
TO_BE_SURE = ("health", "rules/index", "commands", "running", "worker")
LONGEST = 100  # letters of what is looked for


@require_safe
@members_only
def helps(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST]
    known = pages.pages()
    context = {
        "here": "help",
        "q": words,
        "found": pages.find(words),
        "groups": [
            (title, [known[name] for name in names if name in known])
            for title, names in (
                (_("Every day"), EVERY_DAY), (_("Once"), ONCE),
                (_("When you want to be sure"), TO_BE_SURE),
            )
        ],
        "rules": [(name, tell(rule.promise)) for name, rule in RULES.items()],
    }  # fmt: skip
    return render(request, "help/helps.html", context)


@require_safe
@members_only
def one(request: MemberRequest, page: str) -> HttpResponse:
    found = pages.pages().get(page)
    if found is None:
        raise Http404("There is no such page of the help.")
    # Our own file, rendered with all HTML in it escaped.
    html = mark_safe(found.html)  # noqa: S308
    return render(request, "help/page.html", {"here": "help", "page": found, "html": html})
