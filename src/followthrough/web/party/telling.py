"""What is said about somebody by hand: each a fact, and each can be taken back."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Matter, Member, Party
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party import forms
from followthrough.web.party.days import asking_for
from followthrough.web.party.keeping import keep, text_in
from followthrough.web.party.nearness import BY_HAND

CHANNELS = ("*", "email", "call", "sms", "card")


@members_only
@require_POST
def notes(request: MemberRequest, pk: int) -> HttpResponse:
    text, what = text_in(request, "note", 20_000), text_in(request, "what", 10)
    said = {
        "call": _("The call stands in the books."),
        "met": _("The meeting stands in the books."),
    }
    return keep(
        request, pk, lambda _party, m, now: forms.happened(text, what, m, now), text,
        said.get(what, _("Noted.")),
    )  # fmt: skip


@members_only
@require_POST
def promises(request: MemberRequest, pk: int) -> HttpResponse:
    data = {name: text_in(request, name, 500) for name in ("text", "when", "side", "condition")}
    return keep(
        request, pk, lambda p, m, now: forms.promise(p, data, m, now), data["text"],
        _("The promise stands in the books."),
    )  # fmt: skip


@members_only
@require_POST
def days(request: MemberRequest, pk: int) -> HttpResponse:
    text = text_in(request, "days", 1000)
    return keep(
        request, pk, lambda _party, m, now: asking_for(text, m, now), "",
        _("The days stand here. They wait for your word."),
    )  # fmt: skip


@members_only
@require_POST
def promise_end(request: MemberRequest, pk: int) -> HttpResponse:
    name, released = text_in(request, "promise", 120), request.POST.get("end") == "released"

    def ending(party: Party, member: Member, now: Any) -> Sequence[Fact]:
        return forms.ending(party, name, released=released, member=member, now=now)

    return keep(request, pk, ending, "", _("It no longer binds.") if released else _("Kept."))


@members_only
@require_POST
def answers(request: MemberRequest, pk: int) -> HttpResponse:
    """A question is answered, or what they asked for is on its way, with its proof."""
    name, channel = text_in(request, "asked", 120), text_in(request, "channel", 20)
    data = {"proof": text_in(request, "proof", 120), "channel": channel}
    said = (
        _("Posted. We ask whether it arrived.")
        if channel == "post"
        else _("They have their answer.")
    )
    return keep(request, pk, lambda p, m, now: [forms.giving(p, name, data, m, now)], "", said)


@members_only
@require_POST
def consent(request: MemberRequest, pk: int) -> HttpResponse:
    """What they allow by one way or by all, in whose words we know it."""
    channel = request.POST.get("channel", "*")
    channels = (channel if channel in CHANNELS else "*",)
    kind = facts.OptedIn if request.POST.get("say") == "yes" else facts.OptedOut
    none = _("Nothing goes out to them.") if "*" in channels else _("Not by this way any more.")
    said = _("They hear from us again.") if kind is facts.OptedIn else none
    told = text_in(request, "said", 300)
    return keep(
        request,
        pk,
        lambda _party, m, now: [kind(at=now, channels=channels, by=str(m.pk))],
        told,
        said,
    )


@members_only
@require_POST
def learned(request: MemberRequest, pk: int) -> HttpResponse:
    """A part of a yes: need, budget, authority, date, or that they asked for a price."""
    part, holds = text_in(request, "part", 20), request.POST.get("holds") != "no"

    def learning(_party: Party, member: Member, now: Any) -> Sequence[Fact]:
        if part not in BY_HAND:
            raise forms.CouldNotKeep(_("Choose what you have learned."))
        return [facts.Learned(at=now, part=part, holds=holds, by=str(member.pk))]

    return keep(request, pk, learning, text_in(request, "said", 300), _("Kept. It counts at once."))


@members_only
@require_POST
def strong_yes(request: MemberRequest, pk: int) -> HttpResponse:
    yes = request.POST.get("yes") != "no"

    def qualifying(party: Party, member: Member, now: Any) -> Sequence[Fact]:
        matter = forms.open_matter(party)
        if not matter:
            raise forms.CouldNotKeep(_("Nothing is open with them. Add what they want first."))
        return [facts.Qualified(at=now, matter=matter, yes=yes, by=str(member.pk))]

    return keep(request, pk, qualifying, "", _("To the top of the list.") if yes else _("Noted."))


@members_only
@require_POST
def rhythm(request: MemberRequest, pk: int) -> HttpResponse:
    days = request.POST.get("days", "")

    def staying(_party: Party, member: Member, now: Any) -> Sequence[Fact]:
        if not days.isdecimal() or len(days) > 3 or not 7 <= int(days) <= 180:
            raise forms.CouldNotKeep(_("Choose how often: between a week and half a year."))
        return [
            facts.Opened(
                at=now, matter="keep-in-touch", kind="keep_in_touch", days=int(days),
                owner=str(member.pk), by=str(member.pk),
            )
        ]  # fmt: skip

    return keep(request, pk, staying, "", _("You stay in touch."))


@members_only
@require_POST
def reopened(request: MemberRequest, pk: int) -> HttpResponse:
    """What was closed by mistake, or too early, is owed again."""
    key = request.POST.get("matter", "")[:80]

    def opening(party: Party, member: Member, now: Any) -> Sequence[Fact]:
        rows = Matter.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
        if not rows.filter(key=key, closed_at__isnull=False).exists():
            raise forms.CouldNotKeep(_("That is open already."))
        return [facts.Reopened(at=now, matter=key, by=str(member.pk))]

    return keep(request, pk, opening, "", _("It is open again."))
