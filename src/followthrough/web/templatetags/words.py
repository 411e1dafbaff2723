"""Small words of the screens: initials, capped counts, ticks, the stylesheet's name."""

from zlib import crc32

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from followthrough.web import scripts as all_scripts
from followthrough.web import styles, tongue
from followthrough.web.gate import words_in
from followthrough.web.undo import address_in

register = template.Library()
register.filter("tell", tongue.tell)


TONES = ("pine", "lake", "honey")
TICKS = 12


@register.filter
def initials(name: object) -> str:
    """Ann Archer is AA, Cher is C, and somebody without a name is a dot."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper() or "·"


@register.filter
def typed(request: HttpRequest | str) -> list[str]:
    """Handed back where it could not be kept; a page for bad news may know of no request."""
    return words_in(request) if isinstance(request, HttpRequest) else []


@register.filter
def tone_of(name: object) -> str:
    """The same person has the same colour on every screen and on every day."""
    return TONES[crc32(str(name or "").encode()) % len(TONES)]


@register.filter
def capped(count: int | None) -> str:
    """Beyond 99 the exact number only frightens."""
    return "99+" if (count or 0) > 99 else str(count or 0)


@register.filter
def ticks(contacts: int | None) -> int:
    """The drawing ends at twelve; the words beside it go on."""
    return max(0, min(TICKS, int(contacts or 0)))


@register.filter
def counted(count: int, words: str) -> str:
    """`{{ 1|counted:"person,people" }}` is "1 person"; the comma parts one from many."""
    one, many = words.split(",")
    return f"{count:,} {one if count == 1 else many}"


@register.filter
def undo_of(message: object) -> str:
    """Messages carry the address that takes them back in their extra tags."""
    return address_in(getattr(message, "extra_tags", ""))


@register.simple_tag
def stylesheet() -> SafeString:
    address = reverse("stylesheet", args=[styles.joined().digest])
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag(takes_context=True)
def drawn(context: Context, name: str, **also: object) -> SafeString:
    """A component that is the same for everybody who reads this language and may go to the same
    places; `also` is what it depends on besides. It is drawn once: on every page it would cost
    more than the page."""
    rail = context.get("rail") or {}
    same = (name, get_language(), rail.get("same"), *map(str, also.values()))
    if same not in _DRAWN or settings.DEBUG:
        if len(_DRAWN) > 1000:
            _DRAWN.clear()
        _DRAWN[same] = render_to_string(name, {"rail": rail, **also})
    return _DRAWN[same]


_DRAWN: dict[tuple[object, ...], SafeString] = {}


@register.simple_tag
def scripts() -> SafeString:
    address = reverse("scripts", args=[all_scripts.joined().digest])
    return format_html('<script src="{}" defer></script>', address)
