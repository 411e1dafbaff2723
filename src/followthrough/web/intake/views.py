"""Bring files in: the door, and one page for each of them, whatever phase it is in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.ledger import clock
from followthrough.ledger import intakes as door
from followthrough.ledger.intakes import call_off, receive, tell_to_go
from followthrough.ledger.models import Intake, Member
from followthrough.ledger.models.intake import CALLED_OFF, READY, RECEIVED, UNDONE
from followthrough.ledger.opening import intake_for
from followthrough.ledger.taking_back import take_back
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.intake.choosing import Chosen, chosen_in
from followthrough.web.intake.preview import preview_of
from followthrough.web.intake.progress import progress_of
from followthrough.web.intake.report import OUTCOMES, report_of

NOTHING_CHOSEN = gettext_lazy("Choose a file first: a mailbox, a list or an address book.")
SAID = {
    READY: gettext_lazy("Waits for your look"),
    CALLED_OFF: gettext_lazy("Called off"),
    UNDONE: gettext_lazy("Taken back"),
}
WHO = gettext_lazy("Which of these addresses are yours? Tick them, or “None of these”.")
TOO_LATE = gettext_lazy("Somebody decided about this already.")
STILL = gettext_lazy("It is still being looked at. One moment, please.")


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def intakes(request: MemberRequest) -> HttpResponse:
    files = request.FILES.getlist("file")
    problem = NOTHING_CHOSEN if request.method == "POST" and not files else ""
    if files:
        received = [_receive(request, file) for file in files]
        return redirect("import") if len(received) > 1 else redirect("intake", received[0].pk)
    context = {
        "here": "import", "problem": problem, "address": request.member.user.email,
        "ours": _ours(request), "waiting": door.waiting(request.member).count(),
        "past": [_line(one, request.member) for one in _past(request.member)],
    }  # fmt: skip
    return render(request, "intake/intakes.html", context, status=422 if problem else 200)


def _past(member: Member) -> Any:
    past = Intake.objects.filter(workspace=member.workspace_id).select_related("member")
    past = past if member.manages else past.filter(member=member)
    return past.order_by("-id")[:20]


def _receive(request: MemberRequest, file: Any) -> Intake:
    settings = {"ours": _ours(request)[:1000].replace(",", " ").split()}
    member, name = request.member, str(file.name or "file")
    return receive(member.workspace, member, name, file, settings, at=clock.now(), go=False)


def _ours(request: MemberRequest) -> str:
    """PostgreSQL takes no NUL."""
    return request.POST.get("ours", "")


def _line(intake: Intake, member: Any) -> dict[str, Any]:
    counts = intake.counts.get("outcomes", {})
    read = sum(counts.get(name, 0) for name, _said in OUTCOMES)
    by = ngettext("{n} piece read, by {who}", "{n} pieces read, by {who}", read)
    return {
        "intake": intake,
        "by": by.format(n=say.number(read), who=intake.member.name),
        "when": say.moment(intake.created_at, clock.now(), member.own_zone()),
        "said": SAID.get(intake.phase, ""),
        "waits": intake.phase == READY,
    }


# --- one of them ---------------------------------------------------------------------------


@members_only
@require_GET
def intake(request: MemberRequest, pk: int) -> HttpResponse:
    one = intake_for(request.member, pk)
    context: dict[str, Any] = {"here": "import", "intake": one}
    if one.phase in (READY, RECEIVED) and not one.told and one.preview:
        return _shown(request, "preview", context | preview_of(one, request.member))
    if one.phase == CALLED_OFF:
        return render(request, "intake/called_off.html", context)
    if one.finished_at is None and not one.problem:
        return _shown(request, "progress", context | progress_of(one, clock.now()))
    return _shown(
        request, "report", context | {"found": found_for(request)} | report_of(request, one)
    )


def found_for(request: MemberRequest) -> int:
    """The gate has asked along with who it is, for a part of a page too."""
    return getattr(request.member, "found", 0) or 0


def _shown(request: MemberRequest, part: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or the part of it that asks for itself again."""
    whole = not request.htmx  # type: ignore[attr-defined]
    name = "intake/intake.html" if whole else f"intake/{part}.html"
    return render(request, name, context | {"part": f"intake/{part}.html"})


@members_only
@require_POST
def choices(request: MemberRequest, pk: int) -> HttpResponse:
    """What somebody put right, looked at anew."""
    one = intake_for(request.member, pk)
    door.look_again(one, chosen_in(request.POST, one).settings)
    return intake_again(request, one)


def intake_again(request: MemberRequest, one: Intake) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("intake", one.pk)
    one.refresh_from_db()
    context = {"here": "import", "intake": one} | preview_of(one, request.member)
    return render(request, "intake/preview.html", context)


@members_only
@require_POST
def start(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring it in. What was changed beside the button is looked at first: nothing comes in unseen.
    Addresses that somebody says are theirs need no second look."""
    one = intake_for(request.member, pk)
    chosen: Chosen = chosen_in(request.POST, one)
    if chosen.unseen:
        door.look_again(one, chosen.settings)
        messages.info(request, _("You changed something: have a look at how it reads now."))
    elif chosen.undecided:
        messages.info(request, WHO)
    elif not tell_to_go(one, settings=chosen.settings, at=clock.now()):
        messages.info(request, STILL if one.phase == RECEIVED else TOO_LATE)
    return redirect("intake", one.pk)


@members_only
@require_POST
def calling_off(request: MemberRequest, pk: int) -> HttpResponse:
    one = intake_for(request.member, pk)
    if not call_off(one, at=clock.now()):
        messages.info(request, TOO_LATE)
        return redirect("intake", one.pk)
    said = _("Called off. Nothing of {file} was kept.").format(file=one.file_name)
    messages.success(request, said)
    return redirect("import")


@members_only
@require_POST
def taking_back(request: MemberRequest, pk: int) -> HttpResponse:
    one = intake_for(request.member, pk)
    if not take_back(one, at=clock.now()):
        messages.info(request, TOO_LATE)
    return redirect("intake", one.pk)
