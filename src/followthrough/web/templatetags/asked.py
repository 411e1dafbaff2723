"""On Today: `{% made_late %}` and `{% late_steps %}`, the questions about what is late, and
`{% leaving %}`, what goes out by itself in the member's name."""

from typing import Any

from django import template

from followthrough.web.sequences.leaving import late_of, leaving_of
from followthrough.web.settings.late import question_of

register = template.Library()


@register.inclusion_tag("settings/late.html", takes_context=True)
def made_late(context: Any) -> dict[str, Any]:
    request = context["request"]
    return {"question": question_of(request.member), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("sequences/late.html", takes_context=True)
def late_steps(context: Any) -> dict[str, Any]:
    request = context["request"]
    return {**late_of(request.member), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("sequences/leaving.html", takes_context=True)
def leaving(context: Any) -> dict[str, Any]:
    request = context["request"]
    return {**leaving_of(request.member), "csrf_token": context.get("csrf_token")}
