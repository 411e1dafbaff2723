"""The lists somebody is on: said by one of us, or by themselves on the page of their own link."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.facts import Fact, JoinedList
from followthrough.ledger import clock, links, lists
from followthrough.ledger.models import Link, Member, Party, Text
from followthrough.ledger.models.offers import LIST
from followthrough.ledger.opening import party_for
from followthrough.ledger.person import PersonPage
from followthrough.ledger.place import id_in
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.offers.public import Look, look_of, safe
from followthrough.web.party.forms import CouldNotKeep
from followthrough.web.party.keeping import keep, text_in
from followthrough.web.site import absolute
from followthrough.web.tongue import reader_of, tell

Context = dict[str, Any]
JOIN, LEAVE = "join", "leave"


@members_only
@require_POST
def lists_of(request: MemberRequest, pk: int) -> HttpResponse:
    """They joined or left, in whose words we know it."""
    called, joins = lists.named(text_in(request, "list", 200)), request.POST.get("say") != "no"

    def told(_party: Party, member: Member, now: datetime) -> list[Fact]:
        if not called:
            raise CouldNotKeep(_("Say which list, such as Newsletter."))
        return [lists.word(called, joins=joins, at=now, by=str(member.pk))]

    said = _("They are on the list.") if joins else _("They are off the list.")
    return keep(request, pk, told, text_in(request, "said", 300), said)


@members_only
@require_POST
def list_link(request: MemberRequest, pk: int) -> HttpResponse:
    """An address by which they join and leave it themselves."""
    party = party_for(request.member, pk)
    called = lists.named(text_in(request, "list", 200))
    if called:
        lists.link_for(party, called, at=clock.now())
        messages.success(request, _("Their link stands below: it is theirs alone."))
    else:
        messages.error(request, _("Say which list, such as Newsletter."))
    return redirect(f"{reverse('person', args=[party.pk])}#consent")


def lists_on(
    said: Mapping[str, Fact], own: Iterable[Link], around: PersonPage, member: Member, now: datetime
) -> list[Context]:
    """For the person's page: each list, whether they are on it, and by whose word we know."""
    links_by = {link.called: link for link in own if link.purpose == LIST}
    ids = _texts(said)
    texts = {str(row.pk): row.body for row in Text.objects.filter(pk__in=ids)} if ids else {}
    return [
        {
            "called": called,
            "on": isinstance(said.get(called), JoinedList),
            "origin": _origin(said[called], texts, around.members, member, now)
            if called in said else "",
            **_link(links_by.get(called)),
        }
        for called in sorted({*said, *links_by})
    ]  # fmt: skip


def _link(link: Link | None) -> Context:
    if link is None:
        return {"name": "", "url": ""}
    address = absolute(reverse("list_page", args=[link.token]))
    return {"name": f"list-{link.pk}", "url": address}


def _texts(said: Mapping[str, Fact]) -> list[int]:
    return [int(fact.text) for fact in said.values() if fact.text]


def _origin(
    fact: Fact, texts: Mapping[str, str], members: Mapping[int, Member], member: Member,
    now: datetime,
) -> str:  # fmt: skip
    words, who = tell(texts.get(fact.text, "")), members.get(id_in(fact.by))
    day = say.in_words(fact.at, now, member.own_zone()).rsplit(", ", 1)[0]
    quoted = _("“{words}”").format(words=words) if words else ""
    told = _("{day} ({who})").format(day=day, who=who.name) if who else day
    return ", ".join(filter(None, [quoted, told]))


# --- the page of their link ------------------------------------------------------------------


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def list_page(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing happens by opening it. To leave works in any browser, to join only in theirs."""
    look = look_of(request, token, LIST)
    with reader_of(request, look.link.workspace):
        if request.method == "POST" and request.POST.get("say") in (JOIN, LEAVE):
            _press(look, joins=request.POST["say"] == JOIN)
            return safe(HttpResponseRedirect(request.path, status=303), request, look)
        return safe(_page(request, look), request, look)


def _press(look: Look, *, joins: bool) -> None:
    theirs = look.theirs
    if joins and not theirs:
        raise Http404
    if theirs:
        links.bind(look.link, look.visitor, at=look.now)
    lists.press(look.link, joins=joins, at=look.now)


def _page(request: HttpRequest, look: Look) -> HttpResponse:
    link = look.link
    context = {
        "team": link.workspace.name, "called": link.called, "theirs": look.theirs,
        "on": lists.is_on(link.party, link.called),
        "known": lists.word_on(link.party, link.called) is not None,
    }  # fmt: skip
    return render(request, "offers/list.html", context)
