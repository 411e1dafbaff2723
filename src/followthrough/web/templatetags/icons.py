"""`{% icon "phone" %}`: a Lucide icon out of the sprite that base.html puts into the page."""

import re
from functools import cache, lru_cache
from pathlib import Path

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = Path(__file__).parent.parent / "templates" / "components" / "sprite.html"
STAND_IN = "circle-alert"


@register.simple_tag
@lru_cache(maxsize=512)  # a page draws the same few again and again
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Decoration by default; with a label it is read out, for an icon that stands alone."""
    classes = f"icon {size}".strip()
    # A list must not fall over because a rule named an icon nobody has drawn yet.
    symbol = name if name in drawn() else STAND_IN
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="#i-{}"/></svg>',
            classes,
            label,
            symbol,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, symbol
    )


@cache
def drawn() -> frozenset[str]:
    return frozenset(re.findall(r'id="i-([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))
