"""Connecting a mailbox: found, tried, and only then kept."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followthrough.inlets.servers.finding import servers_of
from followthrough.inlets.servers.places import Servers, provider_of, providers
from followthrough.inlets.servers.trial import Login, problems_with
from followthrough.ledger import clock
from followthrough.ledger import mailboxes as books
from followthrough.ledger.models import Mailbox
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.mailboxes import signing_in
from followthrough.web.mailboxes.forms import OTHER, MailboxForm, ServersForm, as_fields
from followthrough.web.mailboxes.pages import list_page
from followthrough.web.mailboxes.trials import too_many
from followthrough.web.tongue import tell


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def mailboxes(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return list_page(request, MailboxForm(member=request.member))
    by = request.POST.get("by", "")
    form = MailboxForm(request.POST, member=request.member, by_token=bool(by))
    asked = None
    if "imap_host" in request.POST and not by:
        asked = ServersForm(request.POST, inside=settings.MAIL_INSIDE)
    if not form.is_valid() or (asked and not asked.is_valid()):
        return list_page(request, form, asked, status=422)
    if by:
        return signing_in.begin_new(request, form, by)
    if wait := too_many(request):
        form.add_error(None, wait)
        return list_page(request, form, asked, status=429)
    return _find(request, form, asked)


def _find(request: MemberRequest, form: MailboxForm, asked: ServersForm | None) -> HttpResponse:
    address, provider = form.cleaned_data["address"], form.cleaned_data["provider"]
    if asked:
        name = asked.cleaned_data["username"] or address
        return _try(request, form, asked, asked.servers(), name)
    found = None
    if provider != OTHER:
        found = servers_of(address, provider=provider, inside=settings.MAIL_INSIDE)
    if found is None:  # nobody knows where it lies: they are asked
        form_asked = _to_ask(ServersForm.guessed(address))
        said = _(
            "We could not find its servers. Whoever keeps the mailbox says what they are called; "
            "these are a guess."
        )
        if provider == OTHER:  # nobody looked for them
            said = _(
                "Whoever keeps the mailbox says what its servers are called; these are a guess."
            )
        return list_page(request, form, form_asked, status=422, asked=said)
    if not found.sure:
        form_asked = _to_ask(as_fields(found.servers))
        said = _(
            "These servers are named for your address, but they belong to somebody else’s house. "
            "Only if you know them: try it with them."
        )
        return list_page(request, form, form_asked, status=422, asked=said)
    return _try(request, form, None, found.servers, found.name)


def _try(
    request: MemberRequest,
    form: MailboxForm,
    asked: ServersForm | None,
    servers: Servers,
    name: str,
) -> HttpResponse:
    address, provider = form.cleaned_data["address"], form.cleaned_data["provider"]
    login = Login(name=name, password=form.cleaned_data["password"], inside=settings.MAIL_INSIDE)
    known = None if asked else providers().get(provider) or provider_of(address)
    for one in problems_with(servers, login, known):
        form.add_error(None, tell(one))
    if form.errors:
        return list_page(request, form, asked, status=422)
    try:
        made = _connect(form, servers, login, known.key if known else "")
    except books.AlreadyConnected as why:
        form.add_error("address", tell(why.args[0]))
        return list_page(request, form, asked, status=422)
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


def _to_ask(initial: dict[str, object]) -> ServersForm:
    return ServersForm(initial=initial, inside=settings.MAIL_INSIDE)
