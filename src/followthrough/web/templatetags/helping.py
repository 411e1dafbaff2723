"""`{% help_link "today" %}`: the quiet question mark that opens the page about this screen."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from followthrough.web.templatetags.icons import icon

register = template.Library()


@register.simple_tag
def help_link(page: str) -> SafeString:
    return format_html(
        '<a class="button quiet square" href="{}" aria-label="{}">{}</a>',
        reverse("help_page", args=[page]), _("Help with this page"), icon("circle-help"),
    )  # fmt: skip
