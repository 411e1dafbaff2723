"""Who is told by which way: written before it is sent, repeated until acted on, never a burst."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from followthrough.core.calendar import Calendar
from followthrough.core.rule import Knob, knob
from followthrough.core.saying import Saying, says
from followthrough.core.terms import Terms
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Alarm, Device, FollowUp, Member, Notice, Workspace
from followthrough.ledger.models.members import BY_MAIL_TOO, IN_THE_MORNING
from followthrough.ledger.models.reminders import MAIL, PAGE, PUSH

AGAIN = Knob(
    default=2,
    unit=says("working hours"),
    asks=says("You are reminded again after"),
    least=1,
    most=8,
)
LATE = timedelta(minutes=10)  # what came later than that came late, and is said to
KEPT = timedelta(days=180)
AHEAD = timedelta(hours=6)  # a bell may ring so long before its duty shows
# They have their minute: a mail about them is of use at once, or not at all; who believes that
# their mail arrived does nothing until they know better.
WITH_A_MINUTE = ("call_when_we_said", "repair_broken_promises", "mend_the_bounce")
A_PLAN, A_CALL = "keep_the_plan", "call_when_we_said"


@dataclass(frozen=True, kw_only=True)
class Ringing:
    """What rings now. Before `awake` nobody could have told anybody."""

    workspace: Workspace
    terms: Terms
    at: datetime
    awake: datetime

    def should(self, alarm: Alarm) -> datetime:
        opened = alarm.followup.opened_at if alarm.followup else alarm.at
        return min(max(alarm.at, opened, self.awake), self.at)

    def is_late(self, alarm: Alarm) -> bool:
        return self.at - self.should(alarm) > LATE


def mails_go_out(workspace: Workspace) -> bool:
    """Whether the installation has a mail server; nobody of the demo has a mailbox."""
    return not workspace.demo and "filebased" not in settings.EMAIL_BACKEND


def write(ringing: Ringing, rung: Sequence[Alarm]) -> None:
    """The tellings of these alarms: on the page and on devices, now and again; and by mail."""
    missed = _missed(ringing, rung)
    mails, pushed = mails_go_out(ringing.workspace), _with_devices(ringing.workspace, rung)
    notices: list[Notice] = []
    for alarm in rung:
        by_mail = mails and alarm.member.reminds == BY_MAIL_TOO
        by_push = alarm.member_id in pushed and not _is_quiet(alarm)
        burst = len(missed[alarm.member_id]) > 1 and ringing.is_late(alarm)
        now = by_mail and (burst or _is_mailed_at_once(alarm))
        notices += _first(ringing, alarm, mail=now, push=by_push)
        if _is_repeated(alarm):
            notices += _again(ringing, alarm, mail=by_mail and not burst, push=by_push)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    _be_quiet(rung, ringing.at)


def _with_devices(workspace: Workspace, rung: Sequence[Alarm]) -> set[int]:
    """Members who said yes on a device; of the demo nobody did."""
    if workspace.demo or not rung:
        return set()
    members = {alarm.member_id for alarm in rung}
    rows = Device.objects.filter(workspace=workspace, member__in=members, removed_at=None)
    return set(rows.values_list("member", flat=True))


def _is_quiet(alarm: Alarm) -> bool:
    """What the house says of itself is always told."""
    return alarm.member.reminds == IN_THE_MORNING and alarm.followup is not None


def _missed(ringing: Ringing, rung: Iterable[Alarm]) -> dict[int, list[Alarm]]:
    """What came late, by member."""
    missed: dict[int, list[Alarm]] = defaultdict(list)
    for alarm in rung:
        if ringing.is_late(alarm):
            missed[alarm.member_id].append(alarm)
    return missed


def _is_mailed_at_once(alarm: Alarm) -> bool:
    return alarm.followup is None or alarm.followup.rule in WITH_A_MINUTE


def _is_repeated(alarm: Alarm) -> bool:
    """A promised call has its next bell when it is late."""
    duty = alarm.followup
    return duty is not None and duty.rule != A_CALL and alarm.member.reminds != IN_THE_MORNING


def _first(ringing: Ringing, alarm: Alarm, *, mail: bool, push: bool) -> Iterator[Notice]:
    should, at = ringing.should(alarm), ringing.at
    yield _notice(alarm, PAGE, 1, should, sent_at=at, seen_at=at if _is_quiet(alarm) else None)
    if push:
        yield _notice(alarm, PUSH, 1, should)
    if mail:
        yield _notice(alarm, MAIL, 1, should)


def _again(ringing: Ringing, alarm: Alarm, *, mail: bool, push: bool) -> Iterator[Notice]:
    """On a device once more before another way is tried: then the mail is the third."""
    calendar = ringing.terms.calendar_of(str(alarm.member_id))
    hours = knob(ringing.terms, "remind.again", AGAIN)
    then = calendar.working_hours_after(ringing.at, hours)
    yield _notice(alarm, PAGE, 2, then)
    if push:
        yield _notice(alarm, PUSH, 2, then)
    told = _is_mailed_at_once(alarm) or (alarm.member.digest and is_a_day(alarm.followup, calendar))
    if mail and not told:
        nth, then = (3, calendar.working_hours_after(then, hours)) if push else (2, then)
        yield _notice(alarm, MAIL, nth, then)


def is_a_day(duty: FollowUp | None, calendar: Calendar) -> bool:
    """A plan for a day and not for an hour: the morning's mail has told of it."""
    if duty is None or duty.rule != A_PLAN:
        return False
    return calendar.local(duty.due).time() == calendar.start


def _notice(alarm: Alarm, way: str, nth: int, at: datetime, **told: datetime | None) -> Notice:
    return Notice(
        workspace_id=alarm.workspace_id, member_id=alarm.member_id, alarm=alarm, way=way,
        key=f"{alarm.pk}:{way}:{nth}", at=at, try_at=at, **told,
    )  # fmt: skip


def _be_quiet(rung: Iterable[Alarm], at: datetime) -> None:
    """Who wants the morning's mail only sees the rest on the list."""
    quiet = [a.pk for a in rung if a.followup and a.member.reminds == IN_THE_MORNING]
    if quiet:
        Alarm.objects.filter(pk__in=quiet).update(seen_at=at)


def sum_up(ringing: Ringing, rung: Iterable[Alarm]) -> None:
    """One line for each member of whom several were late: how many still matter, and by how much
    the latest came too late."""
    at = ringing.at
    for member, late in _missed(ringing, rung).items():
        count = sum(not _is_overtaken(alarm, at) for alarm in late)
        if count > 1:
            what = late_by(count, max(at - ringing.should(alarm) for alarm in late))
            told = Alarm.objects.create(
                workspace=ringing.workspace, member_id=member, at=at, told_at=at, what=str(what)
            )
            _notice(told, PAGE, 1, at, sent_at=at).save()


def _is_overtaken(alarm: Alarm, at: datetime) -> bool:
    """Another duty speaks in the place of this one by now: the call is late, and no longer due."""
    duty = alarm.followup
    return duty is not None and duty.until is not None and duty.until <= at


def late_by(count: int, most: timedelta) -> Saying:
    """Without a singular, as it stands in the books as plain English and is known by its shape."""
    hours, minutes = divmod(int(most.total_seconds()) // 60, 60)
    return says(
        "{n} reminders were late by up to {hours} h {minutes} min",
        n=count, hours=hours, minutes=minutes,
    )  # fmt: skip


def sum_told_with(notices: Iterable[Notice], member: Member) -> str:
    """What was said of an outage when these rang; "" where there was none."""
    rung = {one.alarm.told_at for one in notices if one.alarm and one.alarm.told_at}
    rows = Alarm.objects.filter(
        workspace=member.workspace_id, member=member, followup=None, at__in=rung
    )
    said = rows.values_list("what", flat=True)
    return next(filter(tells_of_lateness, said), "")


def tells_of_lateness(what: str) -> bool:
    """Whether an alarm of the house is such a sum: the others are the audit's."""
    return " late by " in what


# --- what is sent later -------------------------------------------------------------------


def waiting(workspace: Workspace, way: str, *, at: datetime) -> QuerySet[Notice]:
    """Due by now and not told, oldest first."""
    rows = Notice.objects.filter(
        workspace=workspace, way=way, sent_at=None, gone_at=None, try_at__lte=at
    )
    return rows.select_related("member__workspace", "member__user", "alarm__followup__matter",
                               "alarm__followup__party").order_by("try_at", "pk")  # fmt: skip


def still_speaks(notice: Notice, *, at: datetime) -> bool:
    """False once the duty was done, put off or taken over, or its member has left."""
    duty = notice.alarm.followup if notice.alarm else None
    if not notice.member.active:
        return False
    if duty is None:
        return True
    ahead = at + AHEAD if notice.key.endswith(":1") else at
    return (
        duty.settled_at is None and duty.show_at < HELD and duty.show_at <= ahead
        and (duty.until is None or duty.until > at)
    )  # fmt: skip


def let_go(notices: Iterable[Notice], *, at: datetime) -> None:
    pks = [notice.pk for notice in notices]
    Notice.objects.filter(pk__in=pks, sent_at=None).update(gone_at=at)


def told_to(member: Member) -> QuerySet[Notice]:
    """All that this member was told, or is to be, newest first; what private words it was about
    stays theirs, as each is told of their own duties alone."""
    rows = Notice.objects.filter(workspace=member.workspace_id, member=member, gone_at=None)
    told = Q(sent_at__isnull=False) | Q(attempts__gt=0)
    return rows.filter(told).select_related("alarm__followup__party").order_by("-at", "-pk")


def discard_old(workspace: Workspace, *, at: datetime) -> int:
    """What was told half a year ago nobody looks up; what happened stands in the facts."""
    old = Notice.objects.filter(workspace=workspace, at__lt=at - KEPT)
    return old.delete()[0]
