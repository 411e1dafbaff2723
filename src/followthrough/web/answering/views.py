"""The page on which somebody says what a form or a mailbox answers at once, and sees it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import at_once, clock
from followthrough.ledger.models import Connection, Mailbox, Member
from followthrough.ledger.models.doors import FORM, OTHER
from followthrough.ledger.opening import connection_for, mailbox_for
from followthrough.web import say
from followthrough.web.answering.forms import AnswerForm
from followthrough.web.gate import MemberRequest, administrators_only, members_only
from followthrough.web.tokens import opened, signed
from followthrough.web.tongue import tell

SALT = "followthrough.answer"
Context = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def of_form(request: MemberRequest, pk: int) -> HttpResponse:
    connection = connection_for(request.member, pk)
    if connection.kind not in (FORM, OTHER):
        raise Http404
    return _page(request, connection)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def of_mailbox(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, mailbox_for(request.member, pk))


def _page(request: MemberRequest, by: Connection | Mailbox) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None, by=by)
    if request.method != "POST" or not form.is_valid() or "look" in request.POST:
        status = 422 if form.errors else 200
        return render(
            request, "answering/answer.html", _context(by, form, request.member), status=status
        )
    was = _standing(by)
    at_once.change(by, on=form.cleaned_data["on"], words=form.kept_words())
    undo = reverse("answer_as_before", args=[signed(_told(by, was), SALT)])
    messages.success(request, _("Kept."), extra_tags=undo)
    return redirect(*_home(by))


@require_POST
@members_only
def as_before(request: MemberRequest, token: str) -> HttpResponse:
    told = opened(token, SALT, request.member)
    by: Connection | Mailbox = (
        connection_for(request.member, told["pk"])
        if told["form"] else mailbox_for(request.member, told["pk"])
    )  # fmt: skip
    at_once.change(by, on=told["was"]["on"], words=told["was"]["words"])
    messages.success(request, _("Taken back."))
    return redirect(*_home(by))


def _standing(by: Connection | Mailbox) -> Context:
    row = at_once.setting_of(by)
    return {"on": row.on if row else at_once.is_on(by), "words": row.words if row else ""}


def _told(by: Connection | Mailbox, was: Context) -> Context:
    return {"form": isinstance(by, Connection), "pk": by.pk, "was": was}


def _home(by: Connection | Mailbox) -> tuple[str, int]:
    return ("connection" if isinstance(by, Connection) else "mailbox"), by.pk


def _context(by: Connection | Mailbox, form: AnswerForm, member: Member) -> Context:
    words = form["words"].value() or ""
    sample = at_once.filled(
        str(words), name=_("Ann"), topic=_("“{words}”").format(words=_("A sign")),
        me=at_once.who_writes(by).name,
    )  # fmt: skip
    sender = at_once.sender_of(by)
    return {
        "here": "settings", "form": form, "preview": sample, "sender": sender,
        "title": by.title if isinstance(by, Connection) else by.address,
        "without": _without(by, member),
        "back": reverse(_home(by)[0], args=[by.pk]), "is_form": isinstance(by, Connection),
    }  # fmt: skip


def _without(by: Connection | Mailbox, member: Member) -> list[Context]:
    """Who got none lately, and why."""
    now, zone = clock.now(), member.own_zone()
    return [
        {"party": one.party, "why": tell(why), "when": say.moment(one.at, now, zone)}
        for one, why in at_once.lately_none(by)
    ]
