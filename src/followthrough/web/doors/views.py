"""Settings: what is connected, how one connects it, and what became of all that it brought."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.core.saying import says
from followthrough.inlets import doors
from followthrough.inlets.brought import Brought
from followthrough.ledger import clock, connections, receipts
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import Connection
from followthrough.ledger.models.doors import FORM, OTHER, TEST
from followthrough.ledger.opening import connection_for
from followthrough.web.doors.forms import (
    GONE,
    KEPT,
    SALT,
    ConnectionForm,
    as_before_address,
    form_class,
    standing,
)
from followthrough.web.doors.kinds import KINDS
from followthrough.web.doors.knocks import delivery_of, is_signed
from followthrough.web.doors.listed import listed, page_of
from followthrough.web.doors.samples import sample
from followthrough.web.gate import MemberRequest, administrators_only
from followthrough.web.tokens import opened

TOKEN = "connection_token"  # noqa: S105 - the place in the session where a new one waits
WORKS = says("Signed as it should be, and understood. Nothing was written into your books.")
KEY_CHANGED = gettext_lazy(
    "The server’s key was changed, so the secret cannot be read. Give it once more."
)
NO_SECRET = gettext_lazy("Give the secret first: without it nothing that comes in is believed.")


@require_GET
@administrators_only
def all_connections(request: MemberRequest) -> HttpResponse:
    context = {
        "here": "settings", "tab": "connections", "may": True, "kinds": KINDS,
        "lines": listed(request.member, clock.now()),
    }  # fmt: skip
    return render(request, "doors/connections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new(request: MemberRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    name = "" if kind in (FORM, OTHER) else str(KINDS[kind].name)
    connection = Connection(kind=kind, title=name)
    form = form_class(kind)(
        request.POST if request.method == "POST" else None,
        member=request.member, connection=connection,
    )  # fmt: skip
    if not form.is_valid():
        return _form_page(request, connection, form)
    form.fill()
    connections.add(connection, by=request.member, at=clock.now())
    _give_secret(request, connection, form)
    undo = as_before_address(connection, {GONE: True})
    messages.success(request, _("“{title}” is there.").format(title=connection.title), undo)
    return redirect("connection", connection.pk)


@require_GET
@administrators_only
def connection(request: MemberRequest, pk: int) -> HttpResponse:
    one = connection_for(request.member, pk)
    token = request.session.pop(TOKEN, None)
    context = page_of(one, request, clock.now()) | {
        "here": "settings", "kind": KINDS[one.kind],
        "token": token[1] if token and token[0] == one.pk else "",
    }  # fmt: skip
    return render(request, "doors/connection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    one = connection_for(request.member, pk)
    form = form_class(one.kind)(
        request.POST if request.method == "POST" else None, member=request.member, connection=one
    )
    if not form.is_valid():
        return _form_page(request, one, form)
    was = standing(one)
    form.fill()
    one.save(update_fields=KEPT)
    _give_secret(request, one, form)
    messages.success(request, _("Kept."), as_before_address(one, was))
    return redirect("connection", one.pk)


@require_POST
@administrators_only
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    one = connection_for(request.member, pk)
    was = standing(one)
    one.removed_at = clock.now()
    one.save(update_fields=["removed_at"])
    said = _("“{title}” is taken away: nothing comes in by it any more.")
    messages.success(request, said.format(title=one.title), as_before_address(one, was))
    return redirect("connections")


@require_POST
@administrators_only
def as_before(request: MemberRequest, token: str) -> HttpResponse:
    told = opened(token, SALT, request.member)
    one, ours = connection_for(request.member, told["pk"], gone=True), told["ours"]
    now = standing(one)
    was = {name: value for name, value in told["was"].items() if now[name] == ours[name]}
    if GONE in was:
        one.removed_at = clock.now() if was.pop(GONE) else None
    for name, value in was.items():
        setattr(one, name, value)
    one.save(update_fields=[*KEPT, "removed_at"])
    messages.success(request, _("Taken back."))
    return redirect("connections")


@require_POST
@administrators_only
def new_token(request: MemberRequest, pk: int) -> HttpResponse:
    """The one before works on until there is a third."""
    one = connection_for(request.member, pk)
    if one.kind != OTHER:
        raise Http404
    request.session[TOKEN] = [one.pk, connections.make_secret(one)]
    return redirect("connection", one.pk)


@require_POST
@administrators_only
def test(request: MemberRequest, pk: int) -> HttpResponse:
    """As the other side would send it, from the signature to what it would tell."""
    one, now = connection_for(request.member, pk), clock.now()
    if one.kind == FORM:
        raise Http404
    try:
        _try_out(request, one, now)
    except CouldNotUnlock:
        messages.error(request, str(KEY_CHANGED))
    return redirect("connection", one.pk)


def _try_out(request: MemberRequest, one: Connection, now: datetime) -> None:
    knock = sample(one, now)
    if knock is None:
        messages.error(request, str(NO_SECRET))
        return
    signed = is_signed(one, knock, now)
    with transaction.atomic():  # else a crash between the two would take the sample for a person
        receipt, _news = receipts.store(one, delivery_of(one, knock, now), at=now)
        works = signed and isinstance(doors.read(receipt), Brought)
        receipts.set_aside(receipt, TEST, WORKS if works else "")
    if works:
        messages.success(request, _("It works: a delivery like this would be taken in."))
    else:
        messages.error(request, _("The test was not understood. Look at it in the list below."))


def _give_secret(request: MemberRequest, one: Connection, form: ConnectionForm) -> None:
    if said := getattr(form, "said", ""):
        connections.give_secret(one, said)
    if one.kind == OTHER and not one.secret:
        request.session[TOKEN] = [one.pk, connections.make_secret(one)]


def _form_page(request: MemberRequest, one: Connection, form: ConnectionForm) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "settings", "connection": one, "form": form, "kind": KINDS[one.kind],
    }  # fmt: skip
    return render(request, "doors/change.html", context, status=422 if form.errors else 200)
