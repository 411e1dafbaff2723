"""`{% made_late %}`: on Today, the one question about what changed terms made late."""

from typing import Any

from django import template

from followthrough.web.settings.late import question_of

register = template.Library()


@register.inclusion_tag("settings/late.html", takes_context=True)
def made_late(context: Any) -> dict[str, Any]:
    request = context["request"]
    return {"question": question_of(request.member), "csrf_token": context.get("csrf_token")}
