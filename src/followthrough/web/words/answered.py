"""Which words are answered: each template with its subject lines, how many of how many."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from followthrough.ledger import clock, templates
from followthrough.reports.shares import Share
from followthrough.reports.words_that_work import ENOUGH, Result, results
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.words.suggested import TONE_NAMES


@members_only
@require_GET
def answered(request: MemberRequest) -> HttpResponse:
    found = [_shown(one) for one in results(request.member.workspace, clock.now())]
    context = {"here": "library", "tab": "answered", "results": found, "enough": ENOUGH}
    return render(request, "words/answered.html", context)


def _shown(one: Result) -> dict[str, Any]:
    winner = one.winner
    return {
        "key": templates.name_of(one.template), "name": one.template.name,
        "tone": TONE_NAMES.get(one.template.tone, ""), "said": _said(one.share, one.young),
        "lines": [
            {"subject": line.subject or _("Another subject"), "said": _said(line.share, line.young)}
            for line in one.lines
        ] if len(one.lines) > 1 else [],
        "winner": winner.subject if winner else "",
    }  # fmt: skip


def _said(share: Share, young: int) -> str:
    """ "7 of 50 answered: 14%, between 7% and 26%"; of few cases no share."""
    said = _("{done} of {of} answered").format(done=say.number(share.done), of=say.number(share.of))
    if share.too_few:
        said = _("{said}: too few to say").format(said=said)
    else:
        low, high = share.range
        said = _("{said}: {percent}, most likely between {low} and {high}").format(
            said=said, percent=say.percent(share.percent), low=say.percent(low),
            high=say.percent(high),
        )  # fmt: skip
    if not young:
        return said
    more = ngettext("{n} is younger than two weeks", "{n} are younger than two weeks", young)
    return f"{said} · {more.format(n=say.number(young))}"
