"""Words for somebody, with a follow-up or without: proposed, in another tone, with a piece put in,
looked at once more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from followthrough.channels.email.writing import answered_by, subject_answering
from followthrough.inlets.language.polite import remarks_on
from followthrough.ledger import clock, templates, unsent
from followthrough.ledger.books import history_of
from followthrough.ledger.drafting import model_of
from followthrough.ledger.models import FollowUp, Party, Template, TemplateFile
from followthrough.ledger.opening import followup_for, party_for
from followthrough.ledger.template_files import files_of
from followthrough.ledger.wording import LONGEST, LONGEST_SUBJECT
from followthrough.ledger.words_used import Choice
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.sequences.words import words_of_step
from followthrough.web.today import day
from followthrough.web.today.first import ways_to
from followthrough.web.today.lately import lately
from followthrough.web.today.to_say import words_for as rule_words
from followthrough.web.words.known import About
from followthrough.web.words.suggested import (
    MOST_OTHERS,
    Proposed,
    language_of,
    languages_of,
    proposed,
    tones_of,
)

Context = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Written:
    """As it stands in the form: what was proposed, or what somebody made of it."""

    subject: str = ""
    text: str = ""
    choice: str = ""

    @classmethod
    def of(cls, said: Any) -> "Written":
        return cls(
            subject=" ".join(said.get("subject", "").split())[:LONGEST_SUBJECT],
            text=said.get("text", "").replace("\r\n", "\n")[:LONGEST],
            choice=said.get("choice", "")[:80],
        )

    @classmethod
    def proposed(cls, words: Proposed) -> "Written":
        return cls(subject=words.subject, text=words.text, choice=words.choice)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def words_for(request: MemberRequest, pk: int) -> HttpResponse:
    return _words(request, about_of(request, followup_for(request.member, pk)))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def words_to(request: MemberRequest, pk: int) -> HttpResponse:
    """Nothing is owed; somebody writes all the same."""
    return _words(request, about_of(request, None, party=party_for(request.member, pk)))


def _words(request: MemberRequest, about: About) -> HttpResponse:
    found = templates.offered(request.member.workspace)
    typed = Written.of(request.POST) if request.method == "POST" else None
    asked = request.POST.get("words") or request.GET.get("words", "")
    if typed is not None and not asked:  # a piece put in, or looked at once more
        typed = _with(typed, _named(found, request.POST.get("add", "")), about)
        chosen = of_choice(found, typed)
        files = files_of(chosen) if chosen else ()
        if "ready" in request.POST and getattr(request.member, "writes", False):
            return _on_to_the_mail(request, about, typed, files)
        return page(request, about, chosen=chosen, written=typed, files=files)
    chosen = _chosen(found, about, asked, request.GET.get("for", ""))
    words = proposed(chosen, about) if chosen else None
    return page(
        request, about, chosen=chosen, files=words.files if words else (),
        gaps=", ".join(words.gaps) if words else "",
        written=_answering(Written.proposed(words) if words else _of_the_rule(about), about),
        before=_own_words(found, typed, about),
    )  # fmt: skip


def _answering(written: Written, about: About) -> Written:
    """Under the subject of the mail that it answers, where there is one."""
    talk = None if about.followup else history_of(about.party).open_talk
    matter = about.followup.matter.key if about.followup else talk.name if talk else ""
    head = answered_by(about.party, matter)
    return replace(written, subject=subject_answering(head)) if head else written


def _on_to_the_mail(
    request: MemberRequest, about: About, written: Written, files: Sequence[TemplateFile]
) -> HttpResponse:
    """As a draft, with the files that go with the words; it is sent there, and not before."""
    member, followup = request.member, about.followup
    with transaction.atomic():
        draft = unsent.keep(
            member, about.party, followup, at=about.now, subject=written.subject,
            text=written.text, choice=written.choice,
        )  # fmt: skip
        there = set(unsent.files_of(draft).values_list("name", flat=True))
        new = [(one.name, one.kind, bytes(one.body)) for one in files if one.name not in there]
        unsent.add_files(draft, new)
    address = f"{_address('write' if followup else 'write_to', about)}?fresh=yes"
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(address)
    return redirect(address)


def _address(name: str, about: About) -> str:
    """Of the follow-up, else of the person."""
    return reverse(name, args=[(about.followup or about.party).pk])


def about_of(
    request: MemberRequest, followup: FollowUp | None, *, party: Party | None = None
) -> About:
    whom = followup.party if followup else party
    assert whom is not None  # noqa: S101 - one of the two is given
    return About(
        party=whom, member=request.member, now=clock.now(), followup=followup,
        recent=lately(whom, request.member),
    )  # fmt: skip


def _own_words(found: list[Template], typed: Written | None, about: About) -> str:
    """What somebody had made of the words before they chose others; "" where nothing."""
    if typed is None or not typed.text.strip():
        return ""
    before = of_choice(found, typed)
    same = before is not None and proposed(before, about).text.split() == typed.text.split()
    return "" if same else typed.text


def of_choice(found: list[Template], typed: Written) -> Template | None:
    choice = Choice.parse(typed.choice)
    return _named(found, choice.template) if choice else None


def _chosen(found: list[Template], about: About, asked: str, occasion: str) -> Template | None:
    """The one that was asked for, else the best for an occasion, else for this follow-up."""
    if named := _named(found, asked):
        return named
    occasions = (occasion,) if occasion else _occasions(about)
    if about.followup and words_of_step(about.followup):
        return None
    language, wanted = language_of(about.member), (*occasions[:1], "")
    fits = [one for one in found if one.occasion in wanted and one.language == language]
    return next(iter(templates.fitting(fits, occasions, language)), None)


def _occasions(about: About) -> tuple[str, ...]:
    return templates.occasions_of(about.followup) if about.followup else ()


def _of_the_rule(about: About) -> Written:
    """Where no template is made for it, what the rule or the plan would say."""
    if about.followup is None:
        return Written()
    words = rule_words(about.followup, about.member)
    text = words.get("mail") or words.get("card") or words.get("text", "")
    return Written(subject=about.followup.matter.title[:LONGEST_SUBJECT], text=text)


def _named(found: list[Template], asked: str) -> Template | None:
    return next((one for one in found if asked and templates.name_of(one) == asked), None)


def _with(written: Written, snippet: Template | None, about: About) -> Written:
    """The piece stands before the last part of a text: that is the greeting."""
    if snippet is None:
        return written
    piece = proposed(snippet, about).text
    parts = written.text.rstrip().split("\n\n")
    at = len(parts) - 1 if len(parts) > 1 else len(parts)
    text = "\n\n".join(part for part in (*parts[:at], piece, *parts[at:]) if part)
    return Written(subject=written.subject, text=text[:LONGEST], choice=written.choice)


def page(request: MemberRequest, about: About, *, written: Written, **more: Any) -> HttpResponse:
    """As a page, or as the sheet over another one."""
    chosen = more.get("chosen")
    found = templates.offered(request.member.workspace)
    followup, member = about.followup, request.member
    context = {
        "here": "today" if followup else "people", "followup": followup,
        "who": about.party.name, "written": written,
        "back": reverse("today") if followup else reverse("person", args=[about.party.pk]),
        "remarks": remarks_on(f"{written.subject}\n{written.text}"),
        "action": _address("followup_words" if followup else "person_words", about),
        "tones": tones_of(found, chosen) if chosen else [],
        "languages": languages_of(found, chosen) if chosen else [],
        "others": _others(found, chosen, about), "snippets": _snippets(found, request),
        "mailto": _mailto(about, written),
        "model": model_of(member.workspace) if followup else None,
        "ready": "ready" in request.POST, **more,
    }  # fmt: skip
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    name = "words/sheet.html" if fragment else "words/followup.html"
    return render(request, name, context | {"page": not fragment})


def _others(found: list[Template], chosen: Template | None, about: About) -> list[Context]:
    """Other words in this language, those that fit first; one tone of each."""
    language = chosen.language if chosen else language_of(about.member)
    occasions = _occasions(about)
    here = [one for one in found if one.language == language]
    names = {(chosen.occasion, chosen.name): ""} if chosen else {}
    for one in templates.fitting(here, occasions, language, chosen.tone if chosen else ""):
        names.setdefault((one.occasion, one.name), templates.name_of(one))
    others = [{"name": name, "words": key} for (_for, name), key in names.items() if key]
    return others[:MOST_OTHERS]


def _snippets(found: list[Template], request: MemberRequest) -> list[Context]:
    language = language_of(request.member)
    some = sorted((one for one in found if one.snippet), key=lambda one: one.language != language)
    return [{"name": one.name, "key": templates.name_of(one)} for one in some[:MOST_OTHERS]]


def _mailto(about: About, written: Written) -> str:
    """Into the mail program of this machine, with the words in it."""
    party, member, row = about.party, about.member, about.followup
    reach = day.reach_by_party([party], day.addresses_of([party], member))[party.pk]
    address = ways_to(row, reach, None, member)["mailto"] if row else reach.get("mailto", "")
    if not address:
        return ""
    body = quote(written.text.replace("\n", "\r\n"))
    return f"{address.partition('?')[0]}?subject={quote(written.subject)}&body={body}"
