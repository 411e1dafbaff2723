"""The deals as a board and as a list, and one of them as its card."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from followthrough.core.stages import RESTING
from followthrough.ledger import clock
from followthrough.ledger import deals as questions
from followthrough.ledger.deal_steps import bare_deals
from followthrough.ledger.deals import Lane, Sum
from followthrough.ledger.models import Matter, Member
from followthrough.ledger.opening import matter_for
from followthrough.ledger.place import id_in
from followthrough.web import say
from followthrough.web.deals.cards import cards_of, lane_name
from followthrough.web.deals.looking import filters, looking_at, place_in, until
from followthrough.web.gate import MemberRequest, members_only

PER_LANE = 8
PAGE = 30
Context = dict[str, Any]


@members_only
@require_GET
def deals(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    sums = questions.sums_of(member.workspace)
    lanes = questions.lanes_of(member.workspace, sums)
    view = view_of(request)
    context = {
        "here": "deals", "view": view, "board_url": "?view=board", "list_url": "?view=list",
        "back": request.get_full_path(),
        **_head(lanes, sums, member),
    }  # fmt: skip
    if view == "board":
        context["lanes"] = _board(request, lanes, now)
    else:
        context |= _list(request, lanes, sums, now)
    return render(request, "deals/deals.html", context)


def _focus(request: MemberRequest, cards: dict[int, Context]) -> None:
    """The deal that has just changed takes it."""
    just = id_in(request.GET.get("just", ""))
    if just in cards:
        cards[just]["focus"] = True


def view_of(request: MemberRequest) -> str:
    """On a phone the list comes first; whoever asks for the board gets it."""
    asked = request.GET.get("view", "")
    if asked in ("board", "list"):
        return asked
    mobile = request.headers.get("Sec-CH-UA-Mobile") == "?1"
    return "list" if mobile or "Mobi" in request.headers.get("User-Agent", "") else "board"


def _head(lanes: Sequence[Lane], sums: dict[str, Sum], member: Member) -> Context:
    """What all of it comes to, in sentences; and that each has a next step."""
    currency = member.workspace.currency
    active = sum((lane.sum for lane in lanes if lane.stage), Sum())
    resting = next(lane.sum.count for lane in lanes if lane.key == RESTING)
    likely = sum(lane.sum.money * lane.stage.chance // 100 for lane in lanes if lane.stage)
    total = active.count + resting
    bare = bare_deals(member.workspace) if getattr(member, "uncovered", 0) else 0
    return {
        "total": total,
        "anything": total or sums,
        "lede": _open(active, resting, currency),
        "forecast": _("By the chances of your stages, about {money} of it will be a yes.").format(
            money=say.money(_about(likely), currency)
        )
        if likely
        else "",
        "seal": _("{n} of {total} have a next step").format(
            n=say.number(total - bare), total=say.number(total)
        ),
        "bare": bare,
    }


def _about(money: int) -> int:
    """A guess is said with two figures: more of them would promise what nobody knows."""
    return round(money, 2 - len(str(money))) if money else 0


def _open(active: Sum, resting: int, currency: str) -> str:
    """ "€40,750 open in 13 deals, 2 more resting." """
    money = say.money(active.money, currency)
    n = say.number(active.count)
    if money:
        said = ngettext("{money} open in {n} deal", "{money} open in {n} deals", active.count)
    else:
        said = ngettext("{n} deal open", "{n} deals open", active.count)
    said = said.format(money=money, n=n)
    if not resting:
        return _("{open}.").format(open=said)
    return _("{open}, {n} more resting.").format(open=said, n=say.number(resting))


# --- the board ------------------------------------------------------------------------


def _board(request: MemberRequest, lanes: Sequence[Lane], now: datetime) -> list[Context]:
    member = request.member
    heads = questions.heads(member.workspace, lanes, PER_LANE)
    cards = cards_of([row for rows in heads for row in rows], lanes, member, now)
    _focus(request, cards)
    return [
        {
            "key": lane.key,
            "name": lane_name(lane.key, lanes),
            "count": say.number(lane.sum.count),
            "money": _lane_money(lane, member),
            "cards": [cards[row.id] for row in rows],
            "more": _more(lane, len(rows)),
            "more_url": f"?{urlencode({'view': 'list', 'stage': lane.key})}",
        }
        for lane, rows in zip(lanes, heads, strict=True)
    ]


def _lane_money(lane: Lane, member: Member) -> str:
    if lane.key == RESTING:
        return _("until they’re ready")
    return say.money(lane.sum.money, member.workspace.currency)


def _more(lane: Lane, shown: int) -> str:
    rest = lane.sum.count - shown
    if rest <= 0:
        return ""
    return ngettext("and {n} more", "and {n} more", rest).format(n=say.number(rest))


# --- the list ---------------------------------------------------------------------------


def _list(
    request: MemberRequest, lanes: Sequence[Lane], sums: dict[str, Sum], now: datetime
) -> Context:
    member = request.member
    looking = looking_at(request, lanes, sums, now)
    rows = questions.page(member.workspace, looking, place_in(request), PAGE + 1)
    cards = cards_of(rows[:PAGE], lanes, member, now)
    _focus(request, cards)
    narrowed = questions.sums_of(member.workspace, looking) if looking.narrows else sums
    here = sum((narrowed.get(key, Sum()) for key in looking.lanes), Sum())
    return {
        "cards": list(cards.values()),
        "next_url": until(request, rows[PAGE - 1], looking.order) if len(rows) > PAGE else "",
        "found": _found(here, member),
        "next_said": _("The next {n}").format(n=PAGE),
        "filters": filters(request, lanes, sums),
    }


def _found(here: Sum, member: Member) -> str:
    said = ngettext("{n} open", "{n} open", here.count).format(n=say.number(here.count))
    money = say.money(here.money, member.workspace.currency)
    return _("{open}, {money}").format(open=said, money=money) if money else said


# --- one of them -------------------------------------------------------------------------


@members_only
@require_GET
def card(request: MemberRequest, pk: int) -> HttpResponse:
    """As it was before somebody began to move or change it."""
    return render(request, "deals/card.html", {"card": one_card(request, pk)})


def one_card(request: MemberRequest, pk: int) -> Context:
    matter = matter_for(request.member, pk)
    return of_matter(request.member, matter, every_lane(request.member))


def of_matter(member: Member, matter: Matter, lanes: Sequence[Lane]) -> Context:
    return cards_of(questions.lines([matter.pk]), lanes, member, clock.now())[matter.pk]


def every_lane(member: Member) -> list[Lane]:
    """Without sums: enough to say where one deal stands."""
    return questions.lanes_of(member.workspace, {})
