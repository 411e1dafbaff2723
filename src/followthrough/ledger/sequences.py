"""The team's sequences: written down, changed for those to come, and whom a change concerns."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from followthrough.core.plans import BEFORE_END, BOOKED, HAPPENINGS, WAITS, WAYS, Plan, Step
from followthrough.core.saying import says
from followthrough.ledger.models import Mailbox, Member, Sequence, SequenceVersion, Workspace
from followthrough.ledger.plans import plain
from followthrough.ledger.ready_made import READY

MOST_STEPS, LONGEST_WAIT, LONGEST_WORDS = 30, 365, 4000
FILLED_IN = {"{name}", "{topic}", "{me}"}
MARK = re.compile(r"\{[^{}]*\}?")


class CouldNotKeep(Exception):
    """Said to the person as it stands; `step` is the number of the step that it is about."""

    def __init__(self, why: str, *, step: int = 0) -> None:
        super().__init__(why)
        self.why, self.step = why, step


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A sequence as somebody wishes it to be."""

    name: str
    steps: tuple[Step, ...]
    talk_ends: bool = True


# --- writing them down ------------------------------------------------------------------


def check(draft: Draft) -> None:
    if not draft.name.strip():
        raise CouldNotKeep(says("Give it a name, such as “After a fair”."))
    if not draft.steps:
        raise CouldNotKeep(says("A sequence needs at least one step."))
    if len(draft.steps) > MOST_STEPS:
        raise CouldNotKeep(says("Up to {n} steps, please.", n=MOST_STEPS))
    for number, step in enumerate(draft.steps, 1):
        _check_step(step, number)
        _check_ways_on(step, number, len(draft.steps))


def check_for(workspace: Workspace, draft: Draft) -> None:
    """Nothing leaves by itself where nobody would see an answer to it."""
    check(draft)
    alone = [n for n, step in enumerate(draft.steps, 1) if step.by_itself]
    boxes = Mailbox.objects.filter(workspace=workspace, removed_at=None, read_at__isnull=False)
    if alone and not boxes.exists():
        raise CouldNotKeep(
            says("Connect a mailbox first: a mail leaves by itself only where answers are read."),
            step=alone[0],
        )  # fmt: skip


def _check_step(step: Step, number: int) -> None:
    if step.how not in WAYS or step.unit not in WAITS:
        raise CouldNotKeep(says("Choose a way and a wait from the list."), step=number)
    if not 0 <= step.wait <= LONGEST_WAIT:
        raise CouldNotKeep(says("A wait is from 0 to {n}.", n=LONGEST_WAIT), step=number)
    if step.unit == BEFORE_END and not step.wait:
        raise CouldNotKeep(
            says("Say how many working days before its last day they hear of it: 1 or more."),
            step=number,
        )  # fmt: skip
    if step.by_itself and not step.words.strip():
        raise CouldNotKeep(says("Write its words: it leaves as it stands here."), step=number)
    if max(len(step.words), len(step.other)) > LONGEST_WORDS:
        raise CouldNotKeep(says("Up to {n} letters, please.", n=LONGEST_WORDS), step=number)
    for mark in MARK.findall(" ".join((step.subject, step.words, step.other_subject, step.other))):
        if mark not in FILLED_IN:
            said = says(
                "Nobody knows what to fill in for {mark}. Use {{name}}, {{topic}} or {{me}}.",
                mark=mark,
            )  # fmt: skip
            raise CouldNotKeep(said, step=number)


def _check_ways_on(step: Step, number: int, last: int) -> None:
    """Forward, so that nobody goes round in a circle."""
    for what, to in step.goes:
        after_it = step.how == "email" or what == BOOKED
        if what not in HAPPENINGS or not after_it or not number < to <= last:
            said = says("What follows a step is one of the steps below it.")
            raise CouldNotKeep(said, step=number)


def make(
    workspace: Workspace, draft: Draft, *, at: datetime, by: Member | None = None, ready: str = ""
) -> Sequence:
    check_for(workspace, draft)
    try:
        with transaction.atomic():
            made = Sequence.objects.create(
                workspace=workspace, name=draft.name.strip()[:80], ready=ready, added_at=at
            )
            _version(made, draft, number=1, by=by, at=at)
    except IntegrityError as taken:
        raise CouldNotKeep(says("That name is taken.")) from taken
    return made


def revise(sequence: Sequence, draft: Draft, *, by: Member, at: datetime) -> SequenceVersion:
    """A new version for all who come; whoever runs in an older one keeps that."""
    check_for(sequence.workspace, draft)
    try:
        with transaction.atomic():
            locked = Sequence.objects.select_for_update().get(pk=sequence.pk)
            sequence.name = draft.name.strip()[:80]
            sequence.save(update_fields=["name"])
            made = _version(locked, draft, number=newest(locked).number + 1, by=by, at=at)
            if locked.begins:
                _begins(sequence.workspace_id, locked.begins, made.key, at)
    except IntegrityError as taken:
        raise CouldNotKeep(says("That name is taken.")) from taken
    return made


def _version(
    sequence: Sequence, draft: Draft, *, number: int, by: Member | None, at: datetime
) -> SequenceVersion:
    return SequenceVersion.objects.create(
        workspace_id=sequence.workspace_id, sequence=sequence, number=number,
        key=secrets.token_hex(6), name=draft.name.strip()[:80], talk_ends=draft.talk_ends,
        steps=[plain(step) for step in draft.steps], member=by, made_at=at,
    )  # fmt: skip


def newest(sequence: Sequence) -> SequenceVersion:
    rows = SequenceVersion.objects.filter(workspace=sequence.workspace_id, sequence=sequence)
    return rows.order_by("-number")[0]


def draft_of(plan: Plan) -> Draft:
    return Draft(name=plan.name, steps=plan.steps, talk_ends=plan.talk_ends)


# --- ready-made -------------------------------------------------------------------------


def take(workspace: Workspace, key: str, *, at: datetime, by: Member | None = None) -> Sequence:
    """A ready-made plan becomes the team's own."""
    ready = READY[key]
    draft = Draft(name=str(ready.name), steps=ready.steps, talk_ends=ready.talk_ends)
    return make(workspace, draft, at=at, by=by, ready=key)


def take_all(workspace: Workspace, *, at: datetime) -> None:
    """For a new team: nobody who enquires, gets a quote or orders is without a plan."""
    for key, ready in READY.items():
        made = take(workspace, key, at=at)
        if ready.begins:
            begin_with(made, ready.begins, at=at)


# --- what begins by itself ----------------------------------------------------------------


def begin_with(sequence: Sequence, kind: str, *, at: datetime) -> None:
    """From now on it begins by itself with what is of this kind; "" is with nothing any more. What
    is open already is left as it is. What was retired begins with nothing."""
    kind = "" if sequence.retired_at else kind
    with transaction.atomic():
        if sequence.begins and sequence.begins != kind:
            _begins(sequence.workspace_id, sequence.begins, "", at)
        if kind:
            others = Sequence.objects.filter(workspace=sequence.workspace_id, begins=kind)
            others.exclude(pk=sequence.pk).update(begins="")
            _begins(sequence.workspace_id, kind, newest(sequence).key, at)
        sequence.begins = kind
        sequence.save(update_fields=["begins"])


def _begins(workspace: int, kind: str, key: str, at: datetime) -> None:
    ours = Workspace.objects.select_for_update().get(pk=workspace)
    ours.begins = [*ours.begins, [kind, at.isoformat(), key]]
    ours.save(update_fields=["begins"])


def retire(sequence: Sequence, *, at: datetime) -> None:
    """Nobody begins it any more; whoever runs in it goes on."""
    with transaction.atomic():
        begin_with(sequence, "", at=at)
        sequence.retired_at = at
        sequence.save(update_fields=["retired_at"])


def bring_back(sequence: Sequence) -> None:
    sequence.retired_at = None
    try:
        with transaction.atomic():
            sequence.save(update_fields=["retired_at"])
    except IntegrityError as taken:
        raise CouldNotKeep(says("That name is taken.")) from taken
