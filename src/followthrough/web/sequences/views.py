"""The sequences of the team: the list, the editor, and each change taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.plans import Step
from followthrough.ledger import clock, sequence_people, sequences
from followthrough.ledger.models import Matter, Sequence
from followthrough.ledger.opening import sequence_for
from followthrough.ledger.plans import plan_of
from followthrough.ledger.ready_made import READY
from followthrough.ledger.sequence_people import Earned
from followthrough.ledger.sequences import CouldNotKeep
from followthrough.ledger.undo import undo as take_back
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.sequences import showing
from followthrough.web.sequences.editing import SAVE, Form, lines_of, offered, tracks
from followthrough.web.sequences.last_mail import if_all_go_on
from followthrough.web.tokens import opened, signed
from followthrough.web.tongue import tell

SALT = "followthrough.sequences"
GONE, BACK, CHANGED = "gone", "back", "changed"


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def all_of_them(request: MemberRequest) -> HttpResponse:
    """The list; a POST takes a ready-made one."""
    workspace = request.member.workspace
    if request.method == "POST":
        only_who_manages(request)
        return _taken(request, request.POST.get("ready", ""))
    lines = [showing.line_of(*one) for one in sequence_people.shelves(workspace)]
    taken = set(Sequence.objects.filter(workspace=workspace).values_list("ready", flat=True))
    context = {
        "here": "sequences", "may": request.member.manages,
        "lines": [line for line in lines if not line["gone"]],
        "gone": [line for line in lines if line["gone"]],
        "ready": showing.ready_lines(taken),
        "switches": showing.switches_of(request.member),
    }  # fmt: skip
    return render(request, "sequences/sequences.html", context)


def _taken(request: MemberRequest, key: str) -> HttpResponse:
    if key not in READY:
        return redirect("sequences")
    try:
        made = sequences.take(request.member.workspace, key, by=request.member, at=clock.now())
    except CouldNotKeep as could_not:
        messages.error(request, tell(could_not.why))
        return redirect("sequences")
    said = _("“{name}” is yours. Change what you like.").format(name=tell(made.name))
    messages.success(request, said, extra_tags=_back_address(made, GONE))
    return redirect("sequence", made.pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    only_who_manages(request)
    if request.method != "POST":
        return _page(request, None, Form(name="", steps=[Step(wait=0), Step(how="email", wait=3)]))
    form = Form.of(request.POST)
    if (button := request.POST.get("do", "")) != SAVE:
        form.press(button)
        return _page(request, None, form)
    try:
        made = sequences.make(
            request.member.workspace, form.draft, by=request.member, at=clock.now()
        )
    except CouldNotKeep as could_not:
        return _refused(request, None, form, could_not)
    sequences.begin_with(made, form.begins, at=clock.now())
    said = _("“{name}” is kept.").format(name=made.name)
    messages.success(request, said, extra_tags=_back_address(made, GONE))
    return redirect("sequence", made.pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: MemberRequest, pk: int) -> HttpResponse:
    sequence = sequence_for(request.member, pk)
    if request.method != "POST":
        form = _as_it_is(sequence)
        form.who = request.GET.get("who", "").strip()[:80]
        return _page(request, sequence, form)
    only_who_manages(request)
    form = Form.of(request.POST)
    if (button := request.POST.get("do", "")) != SAVE:
        form.press(button)
        return _page(request, sequence, form)
    try:
        return _kept(request, sequence, form)
    except CouldNotKeep as could_not:
        return _refused(request, sequence, form, could_not)


def _kept(request: MemberRequest, sequence: Sequence, form: Form) -> HttpResponse:
    """A new version where anything is different; and whoever is to move, moves."""
    before, began, now = sequences.newest(sequence), sequence.begins, clock.now()
    made, moved = before, 0
    if not form.says_the_same(_as_it_is(sequence)):
        made = sequences.revise(sequence, form.draft, by=request.member, at=now)
    if form.begins != began:
        sequences.begin_with(sequence, form.begins, at=now)
    if form.move:
        moved = sequence_people.move_all_to(made, by=request.member, at=now)
    told = {"was": before.number, "made": made.number, "begins": began}
    back = _back_address(sequence, CHANGED, **told)
    changed = made != before or form.begins != began or moved
    said = _("Kept.") if changed else _("Nothing was different.")
    if moved:
        more = ngettext("{n} person goes on in it.", "{n} people go on in it.", moved)
        said = f"{said} {more.format(n=say.number(moved))}"
    messages.success(request, said, extra_tags=back if changed else "")
    return redirect("sequence", sequence.pk)


@members_only
@require_POST
def retirement(request: MemberRequest, pk: int) -> HttpResponse:
    """No longer begun, or offered again."""
    only_who_manages(request)
    sequence, began = sequence_for(request.member, pk), ""
    name = tell(sequence.name)
    if request.POST.get("back"):
        return _bring_back(request, sequence)
    began = sequence.begins
    sequences.retire(sequence, at=clock.now())
    said = _("“{name}” begins with nobody any more. Whoever is in it goes on.").format(name=name)
    messages.success(request, said, extra_tags=_back_address(sequence, BACK, begins=began))
    return redirect("sequences")


def _bring_back(request: MemberRequest, sequence: Sequence) -> HttpResponse:
    try:
        sequences.bring_back(sequence)
    except CouldNotKeep as could_not:
        messages.error(request, tell(could_not.why))
        return redirect("sequences")
    said = _("“{name}” is back.").format(name=tell(sequence.name))
    messages.success(request, said, extra_tags=_back_address(sequence, GONE))
    return redirect("sequences")


# --- taking back ---------------------------------------------------------------------------


def _back_address(sequence: Sequence, does: str, **more: Any) -> str:
    told = {"pk": sequence.pk, "does": does, **more}
    return reverse("sequence_as_before", args=[signed(told, SALT)])


@members_only
@require_POST
def as_before(request: MemberRequest, token: str) -> HttpResponse:
    only_who_manages(request)
    told = opened(token, SALT, request.member)
    sequence, now = sequence_for(request.member, told["pk"]), clock.now()
    try:
        if told["does"] == GONE:
            sequences.retire(sequence, at=now)
        elif told["does"] == BACK:
            sequences.bring_back(sequence)
            sequences.begin_with(sequence, told["begins"], at=now)
        else:
            _unchanged(request, sequence, told)
    except CouldNotKeep as could_not:
        messages.error(request, tell(could_not.why))
    else:
        messages.success(request, _("Taken back."))
    return redirect("sequences")


def _unchanged(request: MemberRequest, sequence: Sequence, told: dict[str, Any]) -> None:
    """The version before comes again as the newest; whoever was moved is moved back."""
    versions = {row.number: row for row in sequence.versions.all()}
    was, made, now = versions[told["was"]], versions[told["made"]], clock.now()
    matters = Matter.objects.filter(workspace=sequence.workspace_id, plan=made.key)
    for matter in matters.select_related("party__workspace"):
        source = sequence_people.moved_by(made, matter)
        take_back(matter.party, source=source, by=request.member, at=now)
    if was != made:
        sequences.revise(sequence, sequences.draft_of(plan_of(was)), by=request.member, at=now)
    if sequence.begins != told["begins"]:
        sequences.begin_with(sequence, told["begins"], at=now)


# --- the page ------------------------------------------------------------------------------


def _as_it_is(sequence: Sequence) -> Form:
    return Form.showing(plan_of(sequences.newest(sequence)), sequence.begins)


def _refused(
    request: MemberRequest, sequence: Sequence | None, form: Form, could_not: CouldNotKeep
) -> HttpResponse:
    form.problem, form.wrong = tell(could_not.why), could_not.step
    return _page(request, sequence, form)


def _page(request: MemberRequest, sequence: Sequence | None, form: Form) -> HttpResponse:
    named = sequence_people.page_of(sequence, None, showing.NAMED) if sequence else []
    earned = sequence_people.earned_by(sequence) if sequence else Earned()
    context = {
        "here": "sequences", "may": request.member.manages, "sequence": sequence, "form": form,
        "title": form.name or _("A new sequence"),
        "lede": showing.lede_of(sequence, earned) if sequence else "",
        "lines": lines_of(form, tracks=tracks(request.member.workspace)),
        "no_postal": not request.member.workspace.postal and any(s.by_itself for s in form.steps),
        "wordings": showing.wordings_of(sequence) if sequence else {},
        **offered(),
        **showing.affected(sequence, named),
        "last": if_all_go_on(sequence, form, clock.now()),
        **showing.looked_ahead(form, named, request.member, clock.now()),
    }  # fmt: skip
    return render(request, "sequences/sequence.html", context, status=422 if form.problem else 200)


def only_who_manages(request: MemberRequest) -> None:
    if not request.member.manages:
        raise PermissionDenied(_("Whoever manages your team can change the sequences."))
