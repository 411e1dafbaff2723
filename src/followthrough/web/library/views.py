"""The value library: add, change, stop offering, bring back; how often given, and what followed."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import clock, giving
from followthrough.ledger.models import Gift
from followthrough.ledger.opening import gift_for
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.library.forms import (
    GONE,
    KEPT,
    KINDS,
    SALT,
    GiftForm,
    as_before_address,
    gone_address,
    standing,
)
from followthrough.web.tokens import opened
from followthrough.web.tongue import tell


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def library(request: MemberRequest) -> HttpResponse:
    workspace, now = request.member.workspace, clock.now()
    if request.method != "POST":
        return _page(request, GiftForm(workspace=workspace))
    giving.keep_starters(workspace, at=now)  # so that each of them can be changed, and go
    form = GiftForm(request.POST, workspace=workspace)
    if not form.is_valid():
        return _page(request, form)
    added = Gift.objects.create(workspace=workspace, added_at=now, **form.cleaned_data)
    said = _("“{title}” can be given now.").format(title=added.title)
    messages.success(request, said, extra_tags=gone_address(added))
    return redirect("library")


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def gift(request: MemberRequest, pk: int) -> HttpResponse:
    one, workspace = gift_for(request.member, pk), request.member.workspace
    stood = {name: getattr(one, name) for name in KEPT}
    form = GiftForm(request.POST or None, workspace=workspace, gift=one, initial=stood)
    if request.method == "POST" and form.is_valid():
        was = standing(one)
        _set(one, form.cleaned_data)
        messages.success(request, _("Kept."), extra_tags=as_before_address(one, was))
        return redirect("library")
    context = {"form": form, "gift": one, "title": tell(one.title), "here": "library"}
    return render(request, "library/gift.html", context, status=422 if form.errors else 200)


@members_only
@require_POST
def retirement(request: MemberRequest, pk: int) -> HttpResponse:
    """No longer offered, or offered again."""
    one = gift_for(request.member, pk)
    was = standing(one)
    one.retired_at = None if request.POST.get("back") else clock.now()
    one.save(update_fields=["retired_at"])
    said = _("“{title}” is no longer offered.") if one.retired_at else _("“{title}” is back.")
    back = as_before_address(one, was)
    messages.success(request, said.format(title=tell(one.title)), extra_tags=back)
    return redirect("library")


@members_only
@require_POST
def as_before(request: MemberRequest, token: str) -> HttpResponse:
    told = opened(token, SALT, request.member)
    one = gift_for(request.member, told["pk"])
    try:
        with transaction.atomic():
            now, ours = standing(one), told["ours"]
            was = {name: was for name, was in told["was"].items() if now[name] == ours[name]}
            if GONE in was:
                one.retired_at = (one.retired_at or clock.now()) if was.pop(GONE) else None
            _set(one, was)
            messages.success(request, _("Taken back."))
    except IntegrityError:
        messages.info(request, _("Another gift has that name now. Nothing was changed."))
    return redirect("library")


def _set(one: Gift, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(one, name, value)
    one.save(update_fields=[*KEPT, "retired_at"])


def _page(request: MemberRequest, form: GiftForm) -> HttpResponse:
    workspace = request.member.workspace
    lines = [_line(one) for one in giving.shelves(workspace) or giving.starters(workspace)]
    context = {
        "here": "library",
        "form": form,
        "gifts": [line for line in lines if not line["gone"]],
        "gone": [line for line in lines if line["gone"]],
    }
    return render(request, "library/library.html", context, status=422 if form.errors else 200)


def _line(one: Gift) -> dict[str, Any]:
    given, followed = getattr(one, "given", 0), getattr(one, "followed", 0)
    told = _("Not given yet")
    if given:
        times = ngettext("Given once", "Given {n} times", given).format(n=say.number(given))
        after = ngettext(
            "{n} answer within two weeks", "{n} answers within two weeks", followed
        ).format(n=say.number(followed))
        told = f"{times} · {after}"
    return {
        "pk": one.pk, "title": tell(one.title),
        "kind": "" if one.again else KINDS.get(one.kind, ""),
        "link": one.link, "text": one.text, "told": told, "again": one.again,
        "gone": one.retired_at is not None,
    }  # fmt: skip
