"""On Today: `{% made_late %}`, the one question about what changed terms made late, and
`{% leaving %}`, what goes out by itself in the member's name."""

from typing import Any

from django import template

from followthrough.web.sequences.leaving import leaving_of
from followthrough.web.settings.late import question_of

register = template.Library()


@register.inclusion_tag("settings/late.html", takes_context=True)
def made_late(context: Any) -> dict[str, Any]:
    request = context["request"]
    return {"question": question_of(request.member), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("sequences/leaving.html", takes_context=True)
def leaving(context: Any) -> dict[str, Any]:
    request = context["request"]
    return {**leaving_of(request.member), "csrf_token": context.get("csrf_token")}
