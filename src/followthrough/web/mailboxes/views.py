"""The mailboxes' pages: all of them with a form to connect one, and one by itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.core.saying import Saying
from followthrough.inlets.servers.places import Server, Servers, provider_of, providers
from followthrough.inlets.servers.trial import Login, problems_with, servers_of
from followthrough.ledger import clock
from followthrough.ledger import mailboxes as books
from followthrough.ledger.credentials import CouldNotUnlock, secret_of
from followthrough.ledger.models import Mailbox
from followthrough.ledger.opening import (
    colleague_for,
    mailbox_for,
    removed_mailbox_for,
    unread_mail_for,
)
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.mailboxes import shown
from followthrough.web.mailboxes.forms import (
    OTHER,
    KeeperForm,
    MailboxForm,
    PasswordForm,
    ServersForm,
    as_fields,
)
from followthrough.web.tongue import tell

Context = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def mailboxes(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return _list(request, MailboxForm(member=request.member), None)
    form = MailboxForm(request.POST, member=request.member)
    asked = None
    if "imap_host" in request.POST:
        asked = ServersForm(request.POST, inside=settings.MAIL_INSIDE)
    if not form.is_valid() or (asked and not asked.is_valid()):
        return _list(request, form, asked, refused=True)
    return _try_and_connect(request, form, asked)


def _try_and_connect(
    request: MemberRequest, form: MailboxForm, asked: ServersForm | None
) -> HttpResponse:
    address, provider = form.cleaned_data["address"], form.cleaned_data["provider"]
    inside = settings.MAIL_INSIDE
    found = asked.servers() if asked else None
    if found is None and provider != OTHER:
        found = servers_of(address, provider=provider, inside=inside)
    if found is None:  # nobody knows where it lies: they are asked
        return _list(request, form, _servers_to_ask(address), refused=True, unknown=True)
    name = (asked.cleaned_data["username"] if asked else "") or address
    login = Login(name=name, password=form.cleaned_data["password"], inside=inside)
    known = None if asked else providers().get(provider) or provider_of(address)
    if problems := problems_with(found, login, known):
        for one in problems:
            form.add_error(None, tell(one))
        return _list(request, form, asked, refused=True)
    try:
        made = _connect(form, found, login, known.key if known else "")
    except books.AlreadyConnected as why:
        form.add_error("address", tell(why.args[0]))
        return _list(request, form, asked, refused=True)
    off = reverse("mailbox_removed", args=[made.pk])
    messages.success(request, _("Connected. It is read from now on."), extra_tags=off)
    return redirect("mailbox", made.pk)


def _connect(form: MailboxForm, found: Servers, login: Login, provider: str) -> Mailbox:
    now = clock.now()
    return books.connect(
        form.whose(), login.password, at=now, address=form.cleaned_data["address"],
        username=login.name, shared=bool(form.cleaned_data.get("shared")), provider=provider,
        read_from=form.read_from(now.date()), **as_fields(found),
    )  # fmt: skip


def _servers_to_ask(address: str) -> ServersForm:
    return ServersForm(initial=ServersForm.guessed(address), inside=settings.MAIL_INSIDE)


def _list(
    request: MemberRequest,
    form: MailboxForm,
    servers: ServersForm | None,
    *,
    refused: bool = False,
    unknown: bool = False,
) -> HttpResponse:
    found = books.of_member(request.member)
    context = {
        "boxes": shown.lines_of(found, request.member, clock.now()),
        "form": form, "servers": servers, "unknown": unknown,
    }  # fmt: skip
    return _page(request, "mailboxes/mailboxes.html", context, refused=refused)


# --- one of them ----------------------------------------------------------------------


@require_GET
@members_only
def mailbox(request: MemberRequest, pk: int) -> HttpResponse:
    return _one(request, mailbox_for(request.member, pk), PasswordForm())


@require_POST
@members_only
def tried(request: MemberRequest, pk: int) -> HttpResponse:
    """Both servers, asked now."""
    box = mailbox_for(request.member, pk)
    try:
        problems = _problems(box, secret_of(box))
    except CouldNotUnlock:
        messages.error(request, _("Its password cannot be read any more. Please type it again."))
        return redirect("mailbox", pk)
    for one in problems:
        messages.error(request, tell(one))
    if not problems:
        messages.success(request, _("It works: it can be read, and it can send."))
    return redirect("mailbox", pk)


@require_POST
@members_only
def password(request: MemberRequest, pk: int) -> HttpResponse:
    """Another one is tried before it is kept."""
    box = mailbox_for(request.member, pk)
    form = PasswordForm(request.POST)
    if form.is_valid():
        secret = form.cleaned_data["password"]
        problems = _problems(box, secret)
        if not problems:
            books.change_secret(box, secret)
            messages.success(request, _("It works. The new password is kept."))
            return redirect("mailbox", pk)
        for one in problems:
            form.add_error(None, tell(one))
    return _one(request, box, form)


def _problems(box: Mailbox, secret: str) -> list[Saying]:
    imap, smtp = (
        Server(
            host=getattr(box, f"{way}_host"), port=getattr(box, f"{way}_port"),
            security=getattr(box, f"{way}_security"),
        )
        for way in ("imap", "smtp")
    )  # fmt: skip
    login = Login(name=box.username, password=secret, inside=settings.MAIL_INSIDE)
    return problems_with(Servers(imap=imap, smtp=smtp), login, providers().get(box.provider))


@require_POST
@members_only
def keeper(request: MemberRequest, pk: int) -> HttpResponse:
    """A shared one is handed to somebody else."""
    box = _shared(request, pk)
    form = KeeperForm(request.POST, member=request.member)
    if not form.is_valid():
        messages.error(request, _("Choose a colleague"))
        return redirect("mailbox", pk)
    before = reverse("mailbox_keeper_back", args=[pk, box.member_id])
    books.give_to(box, form.cleaned_data["whose"])
    said = _("{who} looks after it now.").format(who=box.member.name)
    messages.success(request, said, extra_tags=before)
    return redirect("mailbox", pk)


@require_POST
@members_only
def keeper_back(request: MemberRequest, pk: int, whose: int) -> HttpResponse:
    books.give_to(_shared(request, pk), colleague_for(request.member, whose))
    messages.success(request, _("Taken back."))
    return redirect("mailbox", pk)


def _shared(request: MemberRequest, pk: int) -> Mailbox:
    box = mailbox_for(request.member, pk)
    if not (box.shared and request.member.manages):
        raise PermissionDenied(_("Only who manages the team hands on a shared mailbox."))
    return box


@require_POST
@members_only
def removed(request: MemberRequest, pk: int) -> HttpResponse:
    box = mailbox_for(request.member, pk)
    books.remove(box, at=clock.now())
    said = _("Removed. What it told stays; nothing more is read from it.")
    messages.success(request, said, extra_tags=reverse("mailbox_back", args=[pk]))
    return redirect("mailboxes")


@require_POST
@members_only
def back(request: MemberRequest, pk: int) -> HttpResponse:
    if books.bring_back(removed_mailbox_for(request.member, pk)):
        messages.success(request, _("Taken back."))
        return redirect("mailbox", pk)
    messages.info(request, _("That was taken back already, or its password is gone: connect it."))
    return redirect("mailboxes")


@require_GET
@members_only
def unread_mail(request: MemberRequest, pk: int, mail: int) -> HttpResponse:
    """As it came, to be opened in a mail program."""
    row = unread_mail_for(request.member, pk, mail)
    response = HttpResponse(bytes(row.raw or b""), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="mail-{row.pk}.eml"'
    response["Content-Security-Policy"] = "sandbox"
    return response


def _one(request: MemberRequest, box: Mailbox, form: PasswordForm) -> HttpResponse:
    context = {"form": form, **shown.page_of(box, request.member, clock.now())}
    if box.shared and request.member.manages:
        initial = {"whose": box.member_id}
        context["keeper"] = KeeperForm(initial=initial, member=request.member)
    return _page(request, "mailboxes/mailbox.html", context, refused=bool(form.errors))


def _page(
    request: MemberRequest, template: str, context: Context, *, refused: bool = False
) -> HttpResponse:
    whole = {"here": "settings", "tab": "mailboxes", "may": True, "page": "mailboxes", **context}
    response = render(request, template, whole, status=422 if refused else 200)
    response["Cache-Control"] = "no-store"  # a password that was typed may stand on it
    return response
