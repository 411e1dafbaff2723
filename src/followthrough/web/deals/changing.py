"""What a deal is called, what it may be worth and by when: changed in its card."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core import facts
from followthrough.ledger import clock
from followthrough.ledger.models import Matter, Member
from followthrough.ledger.opening import matter_for
from followthrough.ledger.record import record
from followthrough.ledger.undo import undo
from followthrough.web import say
from followthrough.web.deals.moving import at_its_card, back_of, back_to
from followthrough.web.deals.views import every_lane, of_matter
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.tokens import opened, signed
from followthrough.web.undo import undo_address

SALT = "followthrough.deal"
MOST = 10**15  # cents; beyond it is a slip of the hand
LONGEST = 200
Values = dict[str, str]


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    member = request.member
    matter = matter_for(member, pk)
    if request.method != "POST":
        return _form(request, matter, values_of(matter, member), {}, str(uuid4()))
    values = {name: request.POST.get(name, "").strip() for name in NAMES}
    errors = problems(values, member)
    token = request.POST.get("token", "")[:60] or str(uuid4())
    if errors:
        return _form(request, matter, values, errors, token)
    undone = _keep(request, matter, values, token)
    if undone:
        messages.success(request, _("Changed."), extra_tags=undone)
    return redirect(back_to(request, matter.pk))


NAMES = ("title", "value", "expected")


def values_of(matter: Matter, member: Member) -> Values:
    cents = 1 if member.workspace.currency in say.WITHOUT_CENTS else 100
    value = Decimal(matter.value) / cents
    return {
        "title": matter.title,
        "value": f"{value:f}".removesuffix(".00") if matter.value else "",
        "expected": matter.expected.isoformat() if matter.expected else "",
    }


def problems(values: Values, member: Member) -> dict[str, str]:
    errors = {}
    if len(values["title"]) > LONGEST:
        errors["title"] = _("That is longer than we can keep: {n} letters at most.").format(
            n=say.number(LONGEST)
        )
    if money_in(values["value"], member) is None:
        errors["value"] = _("Write a sum, such as 1200.")
    if values["expected"] and _day(values["expected"]) is None:
        errors["expected"] = _("Write a day, such as 2026-12-01.")
    return errors


def money_in(text: str, member: Member) -> int | None:
    """In the smallest unit: "1,200.50", "1.200,50" and "1200" are sums; None for what is not."""
    plain = "".join(text.split()).replace("’", "").replace("'", "").strip("€$£")
    if not plain:
        return 0
    if "," in plain and plain.rfind(",") > plain.rfind(".") and not plain[-4:].startswith(","):
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(".") > 1 or (plain[-4:].startswith(".") and "," not in plain):
        plain = plain.replace(".", "")
    try:
        amount = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    if not amount.is_finite():
        return None
    cents = amount * (1 if member.workspace.currency in say.WITHOUT_CENTS else 100)
    return int(cents) if 0 <= cents <= MOST else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _keep(request: MemberRequest, matter: Matter, values: Values, token: str) -> str:
    """The address that takes it back; "" where nothing is different."""
    source, before = "", matter.title
    fact = _estimate(matter, values, request.member, clock.now())
    if fact is not None:
        source = source_of(request, "estimate", token)
        record(matter.party, fact, source=source, at=fact.at)
    if values["title"] != before:
        # What it is called obliges nobody: an ordinary row.
        matter.title = values["title"]
        matter.save(update_fields=["title"])
        return called_address(matter, before, source)
    return undo_address(matter.party, source) if source else ""


def called_address(matter: Matter, before: str, source: str) -> str:
    """Takes back the name, and what was changed along with it."""
    return reverse("deal_restored", args=[signed([matter.pk, before, matter.title, source], SALT)])


def _estimate(
    matter: Matter, values: Values, member: Member, now: datetime
) -> facts.Estimated | None:
    value, expected = money_in(values["value"], member) or 0, _day(values["expected"])
    if (value, expected) == (matter.value, matter.expected):
        return None
    day = "" if expected == matter.expected else expected.isoformat() if expected else facts.NEVER
    return facts.Estimated(
        at=now, matter=matter.key, by=str(member.pk), expected=day,
        value=None if value == matter.value else value,
    )  # fmt: skip


@members_only
@require_POST
def called(request: MemberRequest, token: str) -> HttpResponse:
    """Undo of a change in the card."""
    pk, title, ours, source = opened(token, SALT, request.member)
    matter = matter_for(request.member, pk)
    # What a colleague has called it since stays.
    Matter.objects.filter(pk=matter.pk, title=ours).update(title=title)
    if source:
        undo(matter.party, source=source, by=request.member, at=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("deals")


def _form(
    request: MemberRequest, matter: Matter, values: Values, errors: dict[str, str], token: str
) -> HttpResponse:
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "here": "deals", "card": of_matter(request.member, matter, every_lane(request.member)),
        "changing": {
            "values": values, "errors": errors, "currency": request.member.workspace.currency,
        },
        "token": token, "back": back_of(request), "page": not fragment,
    }  # fmt: skip
    name = "deals/card.html" if fragment else "deals/one.html"
    response = render(request, name, context, status=422 if errors and not fragment else 200)
    return at_its_card(response, matter.pk) if fragment else response
