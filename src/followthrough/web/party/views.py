"""A person's page, and what can be said about them by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import clock, likenesses, queries
from followthrough.ledger.books import family_of
from followthrough.ledger.forget import forget
from followthrough.ledger.handover import hand_over_party
from followthrough.ledger.models import Matter, Member, Party
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import colleague_for, party_for
from followthrough.web.gate import MemberRequest, administrators_only, members_only
from followthrough.web.party import forms
from followthrough.web.party.days import asking_for
from followthrough.web.party.details import DetailsForm
from followthrough.web.party.keeping import keep, text_in
from followthrough.web.party.known import known_of
from followthrough.web.party.show import joined_of, page_of

SHOWN = 30  # lines of what happened, until the rest is asked for
RHYTHMS = [
    (30, "every month"),
    (60, "every two months"),
    (90, "every quarter"),
    (180, "twice a year"),
]


@members_only
@require_GET
def person(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = party_for(request.member, pk), clock.now()
    if party.pk != pk:
        return redirect("person", party.pk)
    if party.kind in UNLISTED:  # words to a colleague, or private ones, have their own page
        return redirect("promises")
    colleagues = Member.objects.filter(workspace=request.member.workspace_id, active=True)
    first = queries.blocking(request.member, now)
    page, older = _first_lines(request, queries.person_page(party))
    context = page_of(page, first, request.member, now)
    context |= {
        "here": "people",
        "colleagues": colleagues.exclude(pk=request.member.pk).order_by("name"),
        "token": str(uuid4()),
        "rhythms": RHYTHMS,
        "older": older,
        **known_of(party, now, request.member),
        "likenesses": likenesses.of_party(party),
        "joined": joined_of(party, request.member, now),
    }
    return render(request, "party/person.html", context)


def _first_lines(request: MemberRequest, page: queries.PersonPage) -> tuple[Any, bool]:
    """The page with the lines that are shown, and whether there are older ones."""
    if "all" in request.GET or len(page.timeline) <= SHOWN:
        return page, False
    return replace(page, timeline=page.timeline[:SHOWN]), True


# --- what is said about them -------------------------------------------------------------


@members_only
@require_POST
def notes(request: MemberRequest, pk: int) -> HttpResponse:
    text = text_in(request, "note", 20_000)
    return keep(request, pk, lambda _p, m, now: forms.note(text, m, now), text, "Noted.")


@members_only
@require_POST
def promises(request: MemberRequest, pk: int) -> HttpResponse:
    data = {name: text_in(request, name, 500) for name in ("text", "when", "side", "condition")}
    return keep(
        request, pk, lambda p, m, now: forms.promise(p, data, m, now), data["text"],
        "The promise stands in the books.",
    )  # fmt: skip


@members_only
@require_POST
def days(request: MemberRequest, pk: int) -> HttpResponse:
    text = text_in(request, "days", 1000)
    return keep(
        request, pk, lambda _p, m, now: asking_for(text, m, now), "",
        "The days stand here. They wait for your word.",
    )  # fmt: skip


@members_only
@require_POST
def promise_end(request: MemberRequest, pk: int) -> HttpResponse:
    name, released = text_in(request, "promise", 120), request.POST.get("end") == "released"

    def ending(party: Party, member: Member, now: Any) -> Sequence[Fact]:
        return forms.ending(party, name, released=released, member=member, now=now)

    return keep(request, pk, ending, "", "It no longer binds." if released else "Kept.")


@members_only
@require_POST
def answers(request: MemberRequest, pk: int) -> HttpResponse:
    """A question is answered, or what they asked for is on its way, with its proof."""
    name, channel = text_in(request, "asked", 120), text_in(request, "channel", 20)
    data = {"proof": text_in(request, "proof", 120), "channel": channel}
    said = "Posted. We ask whether it arrived." if channel == "post" else "They have their answer."
    return keep(request, pk, lambda p, m, now: [forms.giving(p, name, data, m, now)], "", said)


@members_only
@require_POST
def consent(request: MemberRequest, pk: int) -> HttpResponse:
    channel = request.POST.get("channel", "*")
    channels = (channel if channel in ("*", "email", "call", "sms", "card") else "*",)
    kind = facts.OptedIn if request.POST.get("say") == "yes" else facts.OptedOut
    said = "They hear from us again." if kind is facts.OptedIn else "Nothing goes out to them."
    return keep(
        request, pk, lambda _p, m, now: [kind(at=now, channels=channels, by=str(m.pk))], "", said
    )


@members_only
@require_POST
def strong_yes(request: MemberRequest, pk: int) -> HttpResponse:
    yes = request.POST.get("yes") != "no"

    def qualifying(party: Party, member: Member, now: Any) -> Sequence[Fact]:
        matter = forms.open_matter(party)
        if not matter:
            raise forms.CouldNotKeep("Nothing is open with them. Add what they want first.")
        return [facts.Qualified(at=now, matter=matter, yes=yes, by=str(member.pk))]

    return keep(request, pk, qualifying, "", "To the top of the list." if yes else "Noted.")


@members_only
@require_POST
def rhythm(request: MemberRequest, pk: int) -> HttpResponse:
    days = request.POST.get("days", "")

    def staying(_party: Party, member: Member, now: Any) -> Sequence[Fact]:
        if not days.isdecimal() or len(days) > 3 or not 7 <= int(days) <= 180:
            raise forms.CouldNotKeep("Choose how often: between a week and half a year.")
        return [
            facts.Opened(
                at=now, matter="keep-in-touch", kind="keep_in_touch", days=int(days),
                owner=str(member.pk), by=str(member.pk),
            )
        ]  # fmt: skip

    return keep(request, pk, staying, "", "You stay in touch.")


@members_only
@require_POST
def reopened(request: MemberRequest, pk: int) -> HttpResponse:
    """What was closed by mistake, or too early, is owed again."""
    key = request.POST.get("matter", "").replace("\x00", "")[:80]

    def opening(party: Party, member: Member, now: Any) -> Sequence[Fact]:
        rows = Matter.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
        if not rows.filter(key=key, closed_at__isnull=False).exists():
            raise forms.CouldNotKeep("That is open already.")
        return [facts.Reopened(at=now, matter=key, by=str(member.pk))]

    return keep(request, pk, opening, "", "It is open again.")


@members_only
@require_POST
def owner(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody else looks after them from now on, with everything that is open."""
    party, now = party_for(request.member, pk), clock.now()
    to = request.POST.get("to", "")
    colleague = colleague_for(request.member, int(to) if to.isdecimal() and len(to) < 18 else 0)
    hand_over_party(party, to=colleague, by=request.member, at=now)
    messages.success(request, f"{colleague.name} looks after {party.name} now.")
    return redirect("person", party.pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: MemberRequest, pk: int) -> HttpResponse:
    party = party_for(request.member, pk)
    form = DetailsForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid():
        form.keep(at=clock.now())
        messages.success(request, "Kept.")
        return redirect("person", party.pk)
    status = 422 if form.is_bound else 200
    return render(request, "party/details.html", {"form": form, "party": party}, status=status)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def oblivion(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget somebody for good. The one thing that cannot be undone, so it asks first."""
    party = party_for(request.member, pk)
    if request.method != "POST":
        return render(request, "party/forget.html", {"party": party, "here": "people"})
    forget(party, by=request.member, at=clock.now())
    messages.success(request, "Forgotten. What remains holds no name and no words.")
    return redirect("people")
