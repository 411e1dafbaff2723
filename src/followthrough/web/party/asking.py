"""The address of the list of people: what it asks for, read and written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from followthrough.core.roles import CUSTOMER, PROSPECT, REFERRER, SUPPLIER
from followthrough.ledger.fitting import BY_HAND, NO_CONTACT, NOBODY, Looking
from followthrough.ledger.looking import FIRST, ORDERS, Turn, place_of
from followthrough.ledger.models import Member
from followthrough.ledger.place import Place, as_named, id_in
from followthrough.web.kinds import KINDS

Words = Mapping[str, Promise | str]
SILENCES: Words = {
    "30": gettext_lazy("Silent for 30 days"),
    "90": gettext_lazy("Silent for 90 days"),
    "180": gettext_lazy("Silent for 180 days"),
    NO_CONTACT: gettext_lazy("Not reached yet"),
}
SORTS: Words = {
    "": gettext_lazy("By name"),
    "silence": gettext_lazy("Longest silent first"),
    "next": gettext_lazy("Next step first"),
    "value": gettext_lazy("Most at stake first"),
}
STANDINGS: Words = {
    "quiet": gettext_lazy("Gone quiet"),
    "free": gettext_lazy("Nothing due this week"),
}
PLAYS: Words = {
    PROSPECT: gettext_lazy("Prospects"),
    CUSTOMER: gettext_lazy("Customers"),
    SUPPLIER: gettext_lazy("Suppliers"),
    REFERRER: gettext_lazy("Those who send others"),
}
ME = "me"
QUESTIONS = ("name", "owner", "kind", "silent", "standing", "source", "role", "firm", "order")
# The tabs that everybody has.
BUILT_IN: Mapping[str, Promise | str] = {
    "": pgettext_lazy("a list of people", "Everybody"),
    "owner=me": pgettext_lazy("a list of people", "Mine"),
    "standing=quiet": gettext_lazy("Gone quiet"),
    "standing=free": gettext_lazy("Nothing due this week"),
}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """`asked` holds what was chosen, "" where nothing was; `looking` is the same for the books."""

    asked: dict[str, str]
    looking: Looking
    turn: Turn

    @property
    def query(self) -> str:
        """Of the list itself, whichever page of it is shown."""
        return address_of(self.asked)


def address_of(asked: Mapping[str, str]) -> str:
    return urlencode({name: asked[name] for name in QUESTIONS if asked.get(name)})


def cleaned(query: str) -> str:
    """What somebody wants to save, without whatever does not belong to it."""
    return address_of(dict(parse_qsl(query[:1000])))[:500]


def asking_of(data: QueryDict, member: Member, now: datetime) -> Asking:
    asked = {name: data.get(name, "").strip() for name in QUESTIONS}
    allowed: dict[str, Iterable[str]] = {
        "kind": KINDS, "silent": SILENCES, "standing": STANDINGS, "order": ORDERS,
        "role": PLAYS,
    }  # fmt: skip
    for name, values in allowed.items():
        asked[name] = asked[name] if asked[name] in values else ""
    asked["owner"] = _of_the_team(_known(asked["owner"], (ME, NOBODY)), member)
    asked["source"] = _known(asked["source"], (BY_HAND,))
    asked["name"], asked["firm"] = asked["name"][:80], asked["firm"][:200]
    return Asking(
        asked=asked, looking=_looking(asked, member, now), turn=_turn(data, asked["order"])
    )


def _known(value: str, names: Iterable[str]) -> str:
    return value if value in names or id_in(value) else ""


def _of_the_team(value: str, member: Member) -> str:
    """Whose people they are: of another team nobody is asked for."""
    if not value.isdecimal():
        return value
    team = Member.objects.filter(workspace=member.workspace_id, pk=int(value))
    return value if team.exists() else ""


def _looking(asked: Mapping[str, str], member: Member, now: datetime) -> Looking:
    return Looking(
        words=asked["name"],
        firm=asked["firm"],
        owner=str(member.pk) if asked["owner"] == ME else asked["owner"],
        kind=asked["kind"],
        silent=asked["silent"],
        quiet=asked["standing"] == "quiet",
        free=end_of_week(member, now) if asked["standing"] == "free" else None,
        source=asked["source"],
        role=asked["role"],
        order=asked["order"],
    )


def end_of_week(member: Member, now: datetime) -> datetime:
    """The first moment of the coming Monday, where they are."""
    zone = member.own_zone()
    today = now.astimezone(zone).date()
    return datetime.combine(today + timedelta(days=8 - today.isoweekday()), time(), zone)


def _turn(data: QueryDict, order: str) -> Turn:
    for name in ("after", "before"):
        place = place_of(order, data.get(name, ""))
        if place is not None:
            return Turn(place=place, back=name == "before")
    return FIRST


def page_address(asking: Asking, name: str, place: Place | None) -> str:
    """The address of the page on one side, without its question mark; "" where there is none."""
    if place is None:
        return ""
    return "&".join(filter(None, [asking.query, urlencode({name: as_named(place)})]))
