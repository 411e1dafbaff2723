"""The team's words: written, changed, left out, brought back; read as somebody would read them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.inlets.language.polite import UNFILLED, Remark, remarks_on
from followthrough.ledger import clock, templates
from followthrough.ledger.models import Template
from followthrough.ledger.opening_words import template_for
from followthrough.ledger.template_changes import change, retire, write
from followthrough.ledger.template_files import files_of
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened
from followthrough.web.tongue import tell
from followthrough.web.words.forms import (
    GONE,
    SALT,
    WordsForm,
    as_before_address,
    as_typed,
    mark_of,
    standing,
)
from followthrough.web.words.reading import as_read_by
from followthrough.web.words.suggested import TONE_NAMES, language_of

Context = dict[str, Any]


@members_only
@require_http_methods(["GET", "HEAD"])
def words(request: MemberRequest) -> HttpResponse:
    asked = request.GET.get("language", "")
    known = dict(settings.LANGUAGES)
    language = asked if asked in known else language_of(request.member)
    found = templates.of_workspace(request.member.workspace)
    here = [one for one in found if one.language == language]
    context = {
        "here": "library", "tab": "words", "language": language,
        "languages": [{"code": code, "name": name} for code, name in settings.LANGUAGES],
        "lines": list(_by_occasion([o for o in here if not o.snippet and not o.retired_at])),
        "snippets": [_line(one) for one in here if one.snippet and not one.retired_at],
        "gone": [_line(one) for one in here if one.retired_at],
    }  # fmt: skip
    return render(request, "words/words.html", context)


def _by_occasion(found: list[Template]) -> Iterator[Context]:
    """In the order of the occasions; the tones of one name stand on one line."""
    order, tones = [*templates.OCCASIONS], [*TONE_NAMES]

    def turn(one: Template) -> tuple[int, str, int]:
        known = one.occasion in order and one.tone in tones
        place = order.index(one.occasion) if known else len(order)
        return (place, one.name, tones.index(one.tone) if known else 0)

    for (occasion, name), rows in groupby(
        sorted(found, key=turn), key=lambda one: (one.occasion, one.name)
    ):
        said = tell(templates.OCCASIONS.get(occasion, occasion))
        yield {
            "name": name, "occasion": said if said != name else "",
            "tones": [_line(one) for one in rows],
        }  # fmt: skip


def _line(one: Template) -> Context:
    return {
        "key": templates.name_of(one), "name": one.name, "ours": bool(one.pk),
        "tone": TONE_NAMES.get(one.tone, one.tone), "text": one.text,
    }  # fmt: skip


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Empty, or a copy of another one."""
    member, snippet = request.member, bool(request.GET.get("snippet"))
    initial: Context = {"language": language_of(member), "occasion": ""}
    if copied := request.GET.get("copy", ""):
        from_which = template_for(member, copied)
        snippet = from_which.snippet
        initial = as_typed(from_which)
        initial["name"] = _("{name} (copy)").format(name=from_which.name)[:80]
    if request.method != "POST":
        return _editor(request, WordsForm(initial=initial, snippet=snippet), None)
    form = WordsForm(request.POST, snippet=snippet)
    if not form.is_valid():
        return _editor(request, form, None)
    made = write(member.workspace, form.values(), at=clock.now())
    off = as_before_address(made, {GONE: True})
    messages.success(request, _("Kept."), extra_tags=off)
    return redirect("template", templates.name_of(made))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: MemberRequest, key: str) -> HttpResponse:
    one = template_for(request.member, key)
    if request.method != "POST":
        form = WordsForm(initial=as_typed(one), snippet=one.snippet)
        return _editor(request, form, one)
    form = WordsForm(request.POST, snippet=one.snippet)
    if not form.is_valid():
        return _editor(request, form, one)
    was = standing(one)
    one = change(one, form.values(), at=clock.now())
    messages.success(request, _("Kept."), extra_tags=as_before_address(one, was))
    return redirect("template", templates.name_of(one))


@members_only
@require_POST
def retirement(request: MemberRequest, key: str) -> HttpResponse:
    """No longer offered, or offered again."""
    one = template_for(request.member, key)
    was = standing(one)
    now = clock.now()
    one = retire(one, gone_at=None if request.POST.get("back") else now, at=now)
    said = _("“{title}” is no longer offered.") if one.retired_at else _("“{title}” is back.")
    messages.success(request, said.format(title=one.name), extra_tags=as_before_address(one, was))
    return redirect("words")


@members_only
@require_POST
def as_before(request: MemberRequest, token: str) -> HttpResponse:
    told = opened(token, SALT, request.member)
    one = template_for(request.member, str(told["pk"]))
    now, ours = standing(one), told["ours"]
    was = {name: was for name, was in told["was"].items() if mark_of(now[name]) == ours[name]}
    at = clock.now()
    if GONE in was:
        retire(one, gone_at=(one.retired_at or at) if was.pop(GONE) else None, at=at)
    change(one, was, at=at)
    messages.success(request, _("Taken back."))
    return redirect("words")


@members_only
@require_POST
def kinder(request: MemberRequest) -> HttpResponse:
    """What could be said more kindly, asked for while somebody writes."""
    said = f"{request.POST.get('subject', '')[:300]}\n{request.POST.get('text', '')}"
    found = _of_template(said) if request.GET.get("template") else remarks_on(said)
    return render(request, "words/kinder.html", {"remarks": found})


def _of_template(said: str) -> list[Remark]:
    """Fields are filled in later."""
    return [one for one in remarks_on(said) if one.kind != UNFILLED]


def _editor(request: MemberRequest, form: WordsForm, one: Template | None) -> HttpResponse:
    fields = [{"name": name, "says": tell(said)} for name, said in templates.FIELDS.items()]
    context: Context = {
        "here": "library", "tab": "words", "form": form, "one": one, "fields": fields,
        "key": templates.name_of(one) if one else "", "snippet": form.snippet,
        "remarks": _of_template(str(form["text"].value() or "")),
    }  # fmt: skip
    if one is not None:
        context |= {"files": files_of(one), **as_read_by(request, one)}
    return render(request, "words/editor.html", context, status=422 if form.errors else 200)
