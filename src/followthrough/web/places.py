"""Where one can go, with icon, keys and name: for the rail, the phone's bar and the palette."""

from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Place:
    """`name` is its address's name and what a page says for `here`; `counts` what its number is."""

    name: str
    icon: str
    label: object
    keys: str
    counts: object = ""
    url: str = ""


DAILY = (
    Place(name="today", icon="sun", label=_("Today"), keys="g t", counts=_("to do")),
    Place(name="waiting", icon="clock", label=_("Waiting on them"), keys="g w"),
    Place(name="found", icon="mail", label=_("In your mail"), keys="g f", counts=_("to decide")),
    Place(name="people", icon="users", label=_("People"), keys="g p"),
    Place(name="deals", icon="square-kanban", label=_("Deals"), keys="g d"),
    Place(name="promises", icon="handshake", label=_("Promises"), keys="g o"),
    Place(name="week", icon="calendar-days", label=_("Week"), keys="g k"),
    Place(
        name="health",
        icon="shield-check",
        label=_("Uncovered"),
        keys="g h",
        counts=_("without a next step"),
    ),
)
ONCE = (
    Place(name="import", icon="upload", label=_("Import"), keys="g i"),
    Place(name="sequences", icon="route", label=_("Sequences"), keys="g s"),
    Place(name="library", icon="message-square-text", label=_("Library"), keys="g l"),
    Place(name="members", icon="user-plus", label=_("Members"), keys="g m"),
    Place(name="settings", icon="settings", label=_("Settings"), keys="g e"),
)
DOING = (
    Place(name="capture", icon="plus", label=_("Add someone"), keys="a"),
    Place(name="one", icon="play", label=_("One at a time"), keys="f"),
    Place(name="words", icon="message-square-text", label=_("Words"), keys=""),
    Place(name="lists", icon="list", label=_("Lists"), keys=""),
    Place(name="reminders", icon="bell", label=_("Reminders"), keys=""),
    Place(name="keys", icon="list", label=_("All keys"), keys=""),
    Place(name="demo", icon="store", label=_("A shop to try it in"), keys=""),
)


def places(*, mail: bool = True, everywhere: bool = False) -> dict[str, list[Place]]:
    """Those that exist: a screen that is not there yet has no address and no entry. Found mail has
    one where anything was found; the gallery shows them everywhere."""
    there = _places(settings.ROOT_URLCONF, everywhere)
    daily = [place for place in there["daily"] if mail or place.name != "found"]
    return there | {"daily": daily}


@cache
def _places(_routes: str, everywhere: bool) -> dict[str, list[Place]]:  # noqa: FBT001 - for the cache
    known = {"daily": DAILY, "once": ONCE, "doing": DOING}
    return {
        part: [found for place in some if (found := _there(place, everywhere=everywhere)).url]
        for part, some in known.items()
    }


def _there(place: Place, *, everywhere: bool) -> Place:
    try:
        return replace(place, url=reverse(place.name))
    except NoReverseMatch:
        return replace(place, url="#" if everywhere else "")
