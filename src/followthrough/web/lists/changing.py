"""Somebody is put on a list, or some are taken off: each by a word that can be taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from followthrough.ledger import clock, lists
from followthrough.ledger.models import Party
from followthrough.ledger.opening import parties_for
from followthrough.ledger.place import ids_in
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.undo import names_to_tell
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import HEARD
from followthrough.web.party.keeping import text_in
from followthrough.web.undo import undo_all_address

MOST = 200


@members_only
@require_POST
def joined(request: MemberRequest) -> HttpResponse:
    return _change(request, joins=True)


@members_only
@require_POST
def left(request: MemberRequest) -> HttpResponse:
    return _change(request, joins=False)


def _change(request: MemberRequest, *, joins: bool) -> HttpResponse:
    called = lists.named(text_in(request, "list", 200))
    if not called:
        messages.error(request, _("Say which list, such as Newsletter."))
        return redirect("lists")
    ticked = ids_in(request.POST.getlist("party"))[:MOST]
    theirs = parties_for(request.member, ticked)
    on_it = lists.on_it(theirs, called)
    people = [one for one in theirs if (one.pk in on_it) != joins]
    if not ticked:
        messages.error(request, _("Tick at least one of them first."))
    elif not people:
        messages.info(request, HEARD)
    else:
        _tell(request, called, people, joins=joins)
    return redirect(reverse("list_people", args=[called]))


def _tell(request: MemberRequest, called: str, people: list[Party], *, joins: bool) -> None:
    now, member, words = clock.now(), request.member, text_in(request, "said", 300)
    token = text_in(request, "token", 60)
    sources = {
        one.pk: f"list:{member.pk}:{token}:{called}:{'join' if joins else 'leave'}:{one.pk}"
        for one in people
    }
    names = names_to_tell(member.workspace, [*sources.values()])
    fact = lists.word(called, joins=joins, at=now, by=str(member.pk))
    heard = [
        Heard(
            party=one, source=names[sources[one.pk]], facts=[fact],
            words=[("", words)] if words else (),
        )
        for one in people
    ]  # fmt: skip
    record_many(heard, at=now)
    n = say.number(len(people))
    if len(people) == 1:  # a number would be read as that of all who are on it
        said = _("They are on the list.") if joins else _("They are off the list.")
    elif joins:
        said = ngettext("{n} person is on the list.", "{n} people are on the list.", len(people))
    else:
        said = ngettext("{n} person is off the list.", "{n} people are off the list.", len(people))
    undo = undo_all_address([(one.party, one.source) for one in heard])
    messages.success(request, said.format(n=n), extra_tags=undo)
