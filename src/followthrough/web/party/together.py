"""Several people at once: handed over, a next step for each, or not now. One Undo for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.followups import WAITING, WORD
from followthrough.ledger import clock
from followthrough.ledger.books import family_of
from followthrough.ledger.handover import Given, hand_back, hand_over_parties
from followthrough.ledger.models import FollowUp, Member, Party
from followthrough.ledger.opening import colleague_for, parties_for
from followthrough.ledger.place import id_in, ids_in
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.undo import names_to_tell
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.asked import step_facts
from followthrough.web.party.asking import cleaned
from followthrough.web.party.forms import open_matters
from followthrough.web.tokens import opened, signed
from followthrough.web.undo import undo_all_address
from followthrough.web.when import calendar_of, reading_of

SALT = "followthrough.handed"
STAY = gettext_lazy("Left as they are, as they wait for your word or nothing is open: {names}.")
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Whom somebody ticked, and what they typed beside it."""

    people: list[Party]
    when: str
    to: str
    token: str


@members_only
@require_POST
def together(request: MemberRequest) -> HttpResponse:
    post = request.POST
    ticked = ids_in(post.getlist("party"))
    choice = Choice(
        people=parties_for(request.member, ticked[:MOST]),
        when=post.get("when", "")[:500],
        to=post.get("to", ""),
        token=post.get("token", "")[:60] or str(uuid4()),
    )
    pressed = {"hand_over": _hand_over, "next": _next_step, "not_now": _not_now}
    if not choice.people:
        messages.error(request, _("Tick at least one of them first."))
    elif post.get("do") in pressed:
        pressed[post["do"]](request, choice, clock.now())
    elif post.get("do") == "plan":
        ids = urlencode([("party", one.pk) for one in choice.people])
        return redirect(f"{reverse('plan_for_many')}?{ids}")
    query = cleaned(post.get("query", ""))
    return redirect(f"{reverse('people')}?{query}" if query else reverse("people"))


def _counted(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=say.number(count))


# --- handed over -----------------------------------------------------------------------------


def _hand_over(request: MemberRequest, choice: Choice, now: datetime) -> None:
    if not id_in(choice.to):
        messages.error(request, _("Choose who looks after them from now on."))
        return
    to = colleague_for(request.member, id_in(choice.to))
    given = hand_over_parties(choice.people, to=to, by=request.member, at=now)
    said = _("{name} looks after {people} now.")
    messages.success(
        request, said.format(name=to.name, people=_counted(len(given))),
        extra_tags=back_address(given),
    )  # fmt: skip


def back_address(given: Sequence[Given]) -> str:
    """Each goes back to whom they had, with all that was open, as it was."""
    return reverse("handed_back", args=[signed(given, SALT)])


@members_only
@require_POST
def handed_back(request: MemberRequest, token: str) -> HttpResponse:
    given = opened(token, SALT, request.member)
    mine = {party.pk for party in parties_for(request.member, [one[0] for one in given])}
    now = clock.now()
    back = hand_back([one for one in given if one[0] in mine], by=request.member, at=now)
    if back:
        messages.success(request, _("Taken back: {people}.").format(people=_counted(back)))
    else:
        messages.info(request, _("That was taken back already."))
    return redirect("person", given[0][0]) if len(given) == 1 else redirect("people")


# --- a day for each --------------------------------------------------------------------------


def _next_step(request: MemberRequest, choice: Choice, now: datetime) -> None:
    reading = reading_of(choice.when, request.member, now)
    if reading.due is None:
        messages.error(request, reading.sentence)
        return
    day = say.in_words(reading.due, now, request.member.own_zone())
    open_now, calendar = open_matters(choice.people), calendar_of(request.member)
    common = {"at": now, "by": str(request.member.pk)}
    told = {
        one.pk: step_facts(one, reading, common, open_now[one.pk], calendar)
        for one in choice.people
    }
    _keep(request, choice, told, now, _("A next step for {people}: {day}.").format(
        people=_counted(len(told)), day=day))  # fmt: skip


def _not_now(request: MemberRequest, choice: Choice, now: datetime) -> None:
    """What rests comes back on that day. Who waits for us, or has our word, is never put off
    silently: they stay, and it is said."""
    reading = reading_of(choice.when, request.member, now)
    if reading.due is None:
        messages.error(request, reading.sentence)
        return
    resting = _resting(choice.people, reading.due, request.member, now)
    told = {pk: happened for pk, happened in resting.items() if happened}
    day = say.in_words(reading.due, now, request.member.own_zone())
    if told:
        said = _("Not now: {people}, until {day}.")
        _keep(request, choice, told, now, said.format(people=_counted(len(told)), day=day))
    stay = [one.name for one in choice.people if not resting[one.pk]]
    if stay:
        names = say.shortened(", ".join(stay))
        messages.info(request, STAY.format(names=names))


def _resting(
    people: Sequence[Party], until: datetime, member: Member, now: datetime
) -> dict[int, list[Fact]]:
    by_id = {pk: one.pk for one in people for pk in family_of(one)}
    rows = FollowUp.objects.filter(workspace=member.workspace_id, party__in=by_id, settled_at=None)
    bands: dict[tuple[int, str], set[int]] = {}
    for pk, key, band in rows.values_list("party", "matter__key", "band"):
        bands.setdefault((by_id[pk], key), set()).add(band)
    rest: dict[int, list[Fact]] = {one.pk: [] for one in people}
    for (pk, key), found in sorted(bands.items()):
        if not found & {WAITING, WORD}:
            resting = facts.NotNow(at=now, matter=key, until=until, by=str(member.pk))
            rest[pk].append(resting)
    return rest


def _keep(
    request: MemberRequest, choice: Choice, told: dict[int, Sequence[Fact]] | dict[int, list[Fact]],
    now: datetime, said: str,
) -> None:  # fmt: skip
    source = f"together:{request.member.pk}:{choice.token}:{request.POST.get('do')}"
    people = [one for one in choice.people if one.pk in told]
    sources = [f"{source}:{one.pk}" for one in people]
    names = names_to_tell(request.member.workspace, sources)
    heard = [
        Heard(party=one, source=names[f"{source}:{one.pk}"], facts=told[one.pk])
        for one in people
    ]  # fmt: skip
    record_many(heard, at=now)
    undo = undo_all_address([(one.party, one.source) for one in heard])
    messages.success(request, said, extra_tags=undo)
