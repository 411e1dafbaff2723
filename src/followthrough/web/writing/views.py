"""A mail is written here, kept as a draft, sent after a moment for Stop, and stopped."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.channels.email.writing import CouldNotWrite, mail_addresses
from followthrough.channels.email.writing import write as queue_it
from followthrough.ledger import clock, unsent, words_used
from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.models import Message
from followthrough.ledger.models.outbox import CANCELLED
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import followup_for, message_for, party_for
from followthrough.ledger.outbox.stopping import cancel
from followthrough.ledger.parties import Known, add_addresses, speaker_of
from followthrough.web import say
from followthrough.web.followup.views import BACK
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import pressed
from followthrough.web.offline.sending import HEADER
from followthrough.web.tongue import tell
from followthrough.web.writing.begin import first_words
from followthrough.web.writing.form import LONGEST_SUBJECT, LONGEST_TEXT, Writing
from followthrough.web.writing.going import when_it_goes
from followthrough.web.writing.occasion import Occasion, of_followup, of_party
from followthrough.web.writing.shown import chosen_from, page_of

FORM = "write"


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """For a follow-up: it is done once the mail has left."""
    followup = followup_for(request.member, pk)
    if followup.party.kind in UNLISTED:  # among ourselves one talks
        return redirect("promises")
    return _written(request, of_followup(followup, request.member))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request: MemberRequest, pk: int) -> HttpResponse:
    return _written(request, of_party(party_for(request.member, pk), request.member))


@members_only
@require_POST
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    """While it is written, every now and then."""
    followup = followup_for(request.member, pk)
    return _kept_on_the_way(request, of_followup(followup, request.member))


@members_only
@require_POST
def keep_to(request: MemberRequest, pk: int) -> HttpResponse:
    party = party_for(request.member, pk)
    return _kept_on_the_way(request, Occasion(member=request.member, party=party))


def _kept_on_the_way(request: MemberRequest, occasion: Occasion) -> HttpResponse:
    if _has_been_sent(request):  # this was on its way while Send was pressed
        return HttpResponse(status=204)
    form = Writing.of(request.POST, request.FILES)
    draft = unsent.of(occasion.member, occasion.party, occasion.row)
    form.kept = list(unsent.files_of(draft).values_list("pk", flat=True))
    form.keep(occasion, at=clock.now())
    return HttpResponse(status=204)


def _has_been_sent(request: MemberRequest) -> bool:
    """By this very page, whatever its words were."""
    token = request.POST.get("token", "")[:60]
    page = f"{FORM}:{request.member.pk}:{token}:"
    sent = Message.objects.filter(workspace=request.member.workspace, key__startswith=page)
    return bool(token) and sent.exists()


def _written(request: MemberRequest, occasion: Occasion) -> HttpResponse:
    now = clock.now()
    if request.method != "POST":
        return _page(request, occasion, _begun(request, occasion, now), str(uuid4()), now)
    form = Writing.of(request.POST, request.FILES)
    if "keep" in request.POST:
        return _kept(request, occasion, form, now)
    if HEADER in request.headers:  # without its files, and hours later
        return _kept_away(request, occasion, form, now)
    token = request.POST.get("token", "")[:60] or str(uuid4())
    return _sent(request, occasion, form, token, now)


def _begun(request: MemberRequest, occasion: Occasion, now: datetime) -> Writing:
    """What was kept of it; what the address brings along; else the words that are suggested."""
    draft = unsent.of(occasion.member, occasion.party, occasion.row)
    form = Writing.kept_as(draft) if draft else first_words(occasion, now)
    chosen = chosen_from(occasion)
    form.to, form.mailbox = form.to or chosen["to"], form.mailbox or chosen["mailbox"]
    form.subject = request.GET.get("subject", form.subject)[:LONGEST_SUBJECT]
    form.text = request.GET.get("text", form.text)[:LONGEST_TEXT]
    form.back = request.GET.get("back", "")[:20]
    return form


def _kept(request: MemberRequest, occasion: Occasion, form: Writing, now: datetime) -> HttpResponse:
    kept = form.keep(occasion, at=now)
    said = _("Kept as a draft. It stands here until you send it.") if kept else _("Nothing kept.")
    messages.success(request, said)
    return redirect(_where(occasion, form))


def _kept_away(
    request: MemberRequest, occasion: Occasion, form: Writing, now: datetime
) -> HttpResponse:
    """What was pressed without network does not leave unseen, once there is one."""
    form.keep(occasion, at=now)
    who = say.first_name(occasion.party.name)
    waits = _("Your mail to {who} was written without network. It waits as a draft.")
    messages.success(request, waits.format(who=who))
    return redirect(_where(occasion, form))


def _sent(
    request: MemberRequest, occasion: Occasion, form: Writing, token: str, now: datetime
) -> HttpResponse:
    """Queued, or shown again with all that was typed and what there is to say about it."""
    form.check(occasion, now)
    key = _key(request, token)
    if occasion.about and not form.beside and not _known(occasion, key):
        form.beside = True
        form.errors["all"] = _("This was done while you wrote. Send once more, and it goes too.")
    if form.errors:
        return _refused(request, occasion, form, token, now)
    try:
        with transaction.atomic():
            _learn_address(occasion, form, now)
            message = queue_it(form.draft(occasion, now), key=key, at=now)
            words_used.keep_with(message, form.choice, at=now)
            unsent.drop(occasion.member, occasion.party, occasion.row)
    except CouldNotWrite as why:
        form.errors["all"] = tell(why.args[0])
        return _refused(request, occasion, form, token, now)
    said = f"{when_it_goes(message, request.member, now)}."
    messages.success(request, said, extra_tags=reverse("mail_stop", args=[message.pk]))
    return redirect(_where(occasion, form))


def _key(request: MemberRequest, token: str) -> str:
    """Pressing twice is one mail; sending again what was stopped is another."""
    key = pressed(request, FORM, token)
    stopped = Message.objects.filter(workspace=request.member.workspace, state=CANCELLED)
    while stopped.filter(key=key).exists():
        key = f"{key}+"
    return key


def _known(occasion: Occasion, key: str) -> bool:
    return Message.objects.filter(workspace=occasion.member.workspace_id, key=key).exists()


def _learn_address(occasion: Occasion, form: Writing, now: datetime) -> None:
    """A new one is theirs from now on; nobody else's is taken."""
    wanted = canonical_email(form.to)
    if wanted in {canonical_email(one.value) for one in mail_addresses(occasion.party)}:
        return
    try:
        validate_email(form.to)
    except ValidationError:
        return  # what is wrong with it is said by whoever makes the mail
    known = Known(emails=(form.to,))
    other = speaker_of(occasion.party.workspace, known)
    if other is None:
        add_addresses(occasion.party, known, at=now)
    elif other.pk != occasion.party.pk:
        belongs = _("That address belongs to {name} already.")
        raise CouldNotWrite(belongs.format(name=other.name))


def _refused(
    request: MemberRequest, occasion: Occasion, form: Writing, token: str, now: datetime
) -> HttpResponse:
    """Nothing is lost: it is a draft meanwhile, with its files."""
    draft = form.keep(occasion, at=now)
    form.kept = list(unsent.files_of(draft).values_list("pk", flat=True))
    return _page(request, occasion, form, token, now)


def _page(
    request: MemberRequest, occasion: Occasion, form: Writing, token: str, now: datetime
) -> HttpResponse:
    context = page_of(occasion, form, now, token=token)
    status = 422 if form.errors else 200
    return render(request, "writing/write.html", context, status=status)


def _where(occasion: Occasion, form: Writing) -> str:
    if form.back in BACK:
        return reverse(form.back)
    if occasion.followup is None:
        return reverse("person", args=[occasion.party.pk])
    return reverse("today")


@members_only
@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """As long as it has not left. It is a draft again, and opened to be changed."""
    message, now = message_for(request.member, pk), clock.now()
    if not cancel(message, at=now):
        messages.info(request, _("That has left already, or was stopped before."))
        return redirect("mail", pk)
    if message.automatic:
        messages.success(request, _("Stopped. It will not go out."))
        return redirect("person", message.party_id)
    draft = unsent.bring_back(message, at=now)
    messages.success(request, _("Stopped. It is a draft again."))
    if message.member_id != request.member.pk:
        return redirect("person", message.party_id)
    if draft.followup_id:
        return redirect("write", draft.followup_id)
    return redirect("write_to", message.party_id)
