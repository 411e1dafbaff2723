"""What somebody wants to see of the list: which lanes, whose, since when untouched, how ordered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.core.stages import OTHER
from followthrough.ledger import place
from followthrough.ledger.deals import ORDERS, Lane, Line, Looking, Sum, place_of
from followthrough.ledger.models import Member
from followthrough.ledger.place import Place, as_named, id_in, moment_in, sum_in
from followthrough.web.deals.cards import lane_name
from followthrough.web.gate import MemberRequest

EVERYTHING = "all"
AGES = {"8": gettext_lazy("8 days or more"), "21": gettext_lazy("21 days or more")}
ORDERED = {
    "next": gettext_lazy("Next step first"),
    "touch": gettext_lazy("Longest untouched first"),
    "money": gettext_lazy("Most money first"),
}


def looking_at(
    request: MemberRequest, lanes: Sequence[Lane], sums: dict[str, Sum], now: datetime
) -> Looking:
    asked = request.GET
    order = asked.get("order", "")
    owner, age = asked.get("owner", ""), asked.get("age", "")
    hour = now.replace(minute=0, second=0, microsecond=0)  # so that sums may be kept a while
    return Looking(
        lanes=_lanes(asked.get("stage", ""), lanes, sums),
        owner=id_in(owner),
        silent_since=hour - timedelta(days=int(age)) if age in AGES else None,
        order=order if order in ORDERS else "next",
    )


def _lanes(stage: str, lanes: Sequence[Lane], sums: dict[str, Sum]) -> tuple[str, ...]:
    """All deals, unless one lane, one other kind, or all that is open is asked for."""
    if stage == EVERYTHING:
        return tuple(sums)
    if stage.startswith(OTHER):
        return (stage,) if stage in sums else ()
    chosen = [lane for lane in lanes if lane.key == stage] or lanes
    return tuple(key for lane in chosen for key in lane.keys if key in sums)


def filters(
    request: MemberRequest, lanes: Sequence[Lane], sums: dict[str, Sum]
) -> list[dict[str, Any]]:
    """The lists to choose from above the list, each with what is chosen."""
    team = Member.objects.filter(workspace=request.member.workspace_id, active=True)
    owners = [(str(one.pk), one.name) for one in team.order_by("name")]
    stages = [(lane.key, lane_name(lane.key, lanes)) for lane in lanes]
    kinds = [(key, lane_name(key, lanes)) for key in sorted(sums) if key.startswith(OTHER)]
    every = [(EVERYTHING, _("All that is open"))] if kinds else []
    places = [("", _("All deals")), *stages, *kinds, *every]
    return [
        _choice(request, "stage", _("Stage or kind"), places),
        _choice(request, "owner", _("Whose"), [("", _("Everybody’s")), *owners]),
        _choice(request, "age", _("Untouched for"), [("", _("Touched or not")), *AGES.items()]),
        _choice(request, "order", _("Order"), list(ORDERED.items())),
    ]  # fmt: skip


def _choice(
    request: MemberRequest, name: str, label: str, options: Sequence[tuple[str, Any]]
) -> dict[str, Any]:
    chosen = request.GET.get(name, "")
    shown = [{"value": v, "label": said, "chosen": v == chosen} for v, said in options]
    return {"name": name, "label": label, "options": shown}


def place_in(request: MemberRequest) -> Place | None:
    """Where the page before this one ended."""
    read = sum_in if request.GET.get("order") == "money" else moment_in
    return place.place_in(request.GET.get("after", ""), read)


def until(request: MemberRequest, last: Line, order: str) -> str:
    after = as_named(place_of(last, order))
    asked = {name: request.GET.get(name, "") for name in ("stage", "owner", "age", "order")}
    return f"?{urlencode({'view': 'list', **asked, 'after': after})}"
