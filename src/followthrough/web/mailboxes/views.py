"""The page of one mailbox: tried, given another password, removed; and what could not be read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from followthrough.ledger import clock
from followthrough.ledger import mailboxes as books
from followthrough.ledger.opening import mailbox_for, removed_mailbox_for, unread_mail_for
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.mailboxes.forms import PasswordForm
from followthrough.web.mailboxes.pages import one_page
from followthrough.web.mailboxes.trials import problems_by, problems_of, too_many
from followthrough.web.tongue import tell


@require_GET
@members_only
def mailbox(request: MemberRequest, pk: int) -> HttpResponse:
    return one_page(request, mailbox_for(request.member, pk), PasswordForm())


@require_POST
@members_only
def tried(request: MemberRequest, pk: int) -> HttpResponse:
    """Both servers, asked now."""
    box = mailbox_for(request.member, pk)
    wait = too_many(request)
    problems = [wait] if wait else problems_of(box)
    for one in problems:
        messages.error(request, one)
    if not problems:
        messages.success(request, _("It works: it can be read, and it can send."))
    return redirect("mailbox", pk)


@require_POST
@members_only
def password(request: MemberRequest, pk: int) -> HttpResponse:
    """Another one is tried before it is kept."""
    box = mailbox_for(request.member, pk)
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return one_page(request, box, form, status=422)
    if wait := too_many(request):
        form.add_error(None, wait)
        return one_page(request, box, form, status=429)
    secret = form.cleaned_data["password"]
    for one in problems_by(box, secret):
        form.add_error(None, tell(one))
    if form.errors:
        return one_page(request, box, form, status=422)
    books.change_secret(box, secret)
    messages.success(request, _("It works. The new password is kept."))
    return redirect("mailbox", pk)


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
