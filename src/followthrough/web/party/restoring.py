"""Ordinary rows have no facts to take back: their undo carries what they were before."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger import clock, dead, wants
from followthrough.ledger.models import Address, Detail, Party, Want
from followthrough.ledger.opening import (
    address_for,
    detail_for,
    party_for,
    want_for,
)
from followthrough.ledger.parties import Known, add_addresses, take_addresses
from followthrough.ledger.search import make_findable
from followthrough.ledger.undo import undo as take_back
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.nearness import set_roles
from followthrough.web.tokens import opened, signed

SALT = "followthrough.known"
Values = Mapping[str, Any]
Back = Callable[[MemberRequest, int, Values, datetime], int]  # the party whose page comes next
OURS = "ours"  # how each stood when the undo was offered
OF_PARTY = ("name", "company", "about", "zone")


def tell_done(request: MemberRequest, said: str, row: Model, back: Values) -> None:
    messages.success(request, said, extra_tags=restore_address(row, back))


def restore_address(row: Model, back: Values, kind: str = "") -> str:
    """Where a POST gives the row these values back, if they still are as they were set."""
    told = [kind or type(row).__name__, row.pk, dict(back) | {OURS: _as_set(row, back)}]
    return reverse("restore", args=[signed(told, SALT)])


@members_only
@require_POST
def restore(request: MemberRequest, token: str) -> HttpResponse:
    """Undo: what was added goes, what was changed or taken away is as it was."""
    kind, pk, values = opened(token, SALT, request.member)
    party = BACK[kind](request, pk, values, clock.now())
    messages.success(request, _("Taken back."))
    return redirect("person", party)


def _want(request: MemberRequest, pk: int, values: Values, _now: datetime) -> int:
    want = want_for(request.member, pk)
    if values["gone_at"] is None:
        wants.bring_back(want)
    else:
        put_back(want, values, ["gone_at"])
    return int(want.party_id)


def _detail(request: MemberRequest, pk: int, values: Values, _now: datetime) -> int:
    detail = detail_for(request.member, pk)
    put_back(detail, values, values.keys() - {OURS})
    return int(detail.party_id)


def _party(request: MemberRequest, pk: int, values: Values, now: datetime) -> int:
    """What was edited in place, with the addresses and the move that came along."""
    party = party_for(request.member, pk)
    put_back(party, values, [name for name in OF_PARTY if name in values])
    if "role" in values:
        party.people.filter(workspace=party.workspace_id).update(role=values["role"])
    take_addresses(party, values.get("added", ()), at=now)
    emails, phones = values.get("emails", ()), values.get("phones", ())
    add_addresses(party, Known(emails=tuple(emails), phones=tuple(phones)), at=now)
    make_findable([party])
    if values.get("source"):
        take_back(party, source=values["source"], by=request.member, at=now)
    return party.pk


def _address(request: MemberRequest, pk: int, values: Values, now: datetime) -> int:
    address = address_for(request.member, pk)
    if address.dead_by == values[OURS]["dead_by"]:
        dead.set_dead(address, values["dead_by"], at=now)
    return int(address.party_id)


def _roles(request: MemberRequest, pk: int, values: Values, _now: datetime) -> int:
    party = party_for(request.member, pk)
    set_roles(party, values["names"])
    return party.pk


BACK: dict[str, Back] = {
    Want.__name__: _want, Detail.__name__: _detail, Party.__name__: _party,
    Address.__name__: _address, "Roles": _roles,
}  # fmt: skip


def put_back(row: Model, values: Values, names: Iterable[str]) -> None:
    """Only what still is as we set it: what a colleague changed since stays."""
    ours = values[OURS]
    set_values(row, {name: values[name] for name in names if _said(row, name) == ours.get(name)})


def _as_set(row: Model, names: Iterable[str]) -> dict[str, str]:
    kept = type(row)._default_manager.get(pk=row.pk)
    return {name: _said(kept, name) for name in names if hasattr(kept, name)}


def _said(row: Model, name: str) -> str:
    return str(getattr(row, name))


def set_values(row: Model, values: Values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
