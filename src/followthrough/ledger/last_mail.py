"""On which day the last mail of a plan leaves, where it runs with many: by what each mailbox may
send, by what waits in it already, and by working days; if nobody answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil

from django.db.models import Count, Q

from followthrough.core.budget import Ahead, Budget, last_day
from followthrough.core.manners import WEEKLY
from followthrough.core.plans import Step
from followthrough.core.rule import knob
from followthrough.core.terms import Terms
from followthrough.ledger import by_itself, sequence_people
from followthrough.ledger.models import Mailbox, Member, Message, Pace, Party, Workspace
from followthrough.ledger.models import Sequence as Kept
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.outbox import STOPPABLE
from followthrough.ledger.outbox.pace import DAY, HOUR, per_hour
from followthrough.ledger.terms import terms_of

Going = tuple[int, Ahead]  # in whose name


@dataclass(kw_only=True)
class Forecast:
    """`boxes` is the mailbox that each member writes from; whoever has none sends nothing."""

    workspace: Workspace
    at: datetime
    boxes: Mapping[int, Mailbox]
    terms: Terms = field(init=False)
    _budgets: dict[int, Budget] = field(default_factory=dict)
    _waits: dict[int, list[date]] = field(default_factory=dict)  # in each mailbox, all of it

    def __post_init__(self) -> None:
        self.terms = terms_of(self.workspace)

    def begun_with(self, parties: Iterable[Party], steps: Sequence[Step]) -> date | None:
        """If it began with all of them now."""
        if not steps:
            return None
        budget = Budget(calendar=self.terms.contact, since=self._day(self.at), today=0, a_day=0)
        ahead = Ahead(budget.after(budget.since, steps[0]), steps)
        return self._last([(self._owner(one.owner_id), ahead) for one in parties])

    def going_on(self, sequence: Kept, steps: Sequence[Step]) -> date | None:
        """If whoever is in it goes on with these steps, from where they are."""
        runs = sequence_people.runs_in(sequence).exclude(next_due=None)
        stand = runs.values_list("plan_step", "next_due", "owner", "party__owner")
        left = [steps[n:] for n in range(len(steps))]
        going = [
            (self._owner(owner or other), Ahead(self._day(due or self.at), left[step]))
            for step, due, owner, other in stand
            if step < len(left)
        ]
        return self._last(going, without=sequence)

    def _day(self, at: datetime) -> date:
        return self.terms.contact.local(at).date()

    def _owner(self, member: int | None) -> int:
        return member or int(self.terms.manager or 0)

    def _last(self, going: Sequence[Going], without: Kept | None = None) -> date | None:
        """Of all mailboxes; each sends what its members have in it."""
        by_box: dict[int, list[Ahead]] = {}
        for member, ahead in going:
            if member in self.boxes:
                by_box.setdefault(self.boxes[member].pk, []).append(ahead)
        boxes = {box.pk: box for box in self.boxes.values()}
        days = [
            last_day(
                self._budget(boxes[pk]), ours, before=self._before(boxes[pk], without)
            )
            for pk, ours in by_box.items()
        ]  # fmt: skip
        return max((day for day in days if day), default=None)

    def _budget(self, mailbox: Mailbox) -> Budget:
        if mailbox.pk not in self._budgets:
            self._budgets[mailbox.pk] = budget_of(mailbox, self.terms, at=self.at)
        return self._budgets[mailbox.pk]

    def _before(self, mailbox: Mailbox, without: Kept | None) -> list[date]:
        if without:
            return self._waiting(mailbox, without)
        if mailbox.pk not in self._waits:
            self._waits[mailbox.pk] = self._waiting(mailbox, None)
        return self._waits[mailbox.pk]

    def _waiting(self, mailbox: Mailbox, without: Kept | None) -> list[date]:
        """What is written and has not left, and the steps that are still to be written."""
        members = [member for member, box in self.boxes.items() if box.pk == mailbox.pk]
        written = Message.objects.filter(
            workspace=self.workspace, mailbox=mailbox, state__in=STOPPABLE
        )
        steps = by_itself.standing(self.workspace).filter(sender__in=members)
        if without:
            own = without.versions.values("key")
            written, steps = written.exclude(plan__in=own), steps.exclude(matter__plan__in=own)
        moments = [
            *written.values_list("not_before", flat=True),
            *steps.values_list("due", flat=True),
        ]
        return [self._day(moment) for moment in moments]


def boxes_in(workspace: Workspace) -> dict[int, Mailbox]:
    """From which each writes what leaves by itself: their own, else a shared one, that is read."""
    rows = Mailbox.objects.filter(
        workspace=workspace, state=WORKS, removed_at=None, read_at__isnull=False
    ).order_by("pk")
    own, shared = dict[int, Mailbox](), list[Mailbox]()
    for row in rows:
        if row.shared:
            shared.append(row)
        else:
            own.setdefault(row.member_id, row)
    members = Member.objects.filter(workspace=workspace, active=True).values_list("pk", flat=True)
    found = {pk: own.get(pk) or next(iter(shared), None) for pk in members}
    return {pk: box for pk, box in found.items() if box}


def budget_of(mailbox: Mailbox, terms: Terms, *, at: datetime) -> Budget:
    """Its limits, the patience that its server asked for, and what left within the last day."""
    mine = {"workspace": mailbox.workspace_id, "mailbox": mailbox}
    calendar = terms.contact
    pace = Pace.objects.filter(**mine).first() or Pace()
    at = max(at, pace.rests_until or at)
    hourly = per_hour(mailbox, pace, at)
    used = Message.objects.filter(**mine).aggregate(
        n=Count("pk", filter=Q(handover_at__gt=at - DAY))
    )
    today = calendar.local(at).date()
    opens, closes = calendar.day_start(today), calendar.day_end(today)
    hours = ceil(max(closes - max(at, opens), 0 * HOUR) / HOUR) if calendar.works_on(today) else 0
    whole = ceil((closes - opens) / HOUR)
    return Budget(
        calendar=calendar, since=today, weekly=knob(terms, "manners.weekly", WEEKLY),
        a_day=min(mailbox.per_day, hourly * whole),
        today=max(0, min(mailbox.per_day - used["n"], hourly * hours)),
    )  # fmt: skip
