"""`{% line "waiting/row.html" same="icon" row=row %}`: as an include, drawn once for each shape."""

from django import template
from django.utils.safestring import SafeString

from followthrough.web import drawing

register = template.Library()


@register.simple_tag
def line(name: str, same: str = "", **values: object) -> SafeString:
    return drawing.line(name, same, values)
