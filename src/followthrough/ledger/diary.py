"""What stands in the way of a day: what we owe others then, and the holidays of these people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import phonenumbers

from followthrough.core.calendar import DAY, Calendar
from followthrough.ledger.books import family_of
from followthrough.ledger.calendars import countries, holidays_of
from followthrough.ledger.models import Address, FollowUp, Member, Party

COUNTED = 99
ONE_TALK = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """`others` of ours at that time, or on that day where no time was said (`all_day`);
    `already` is another day on which these people stand on the list."""

    others: int = 0
    all_day: bool = False
    already: datetime | None = None
    holiday: bool = False


def beside(
    due: datetime, member: Member, calendar: Calendar, party: Party | None = None, but: int = 0
) -> Beside:
    """`but` is the follow-up that is being finished: it does not count."""
    local = calendar.local(due)
    all_day = local.time() == calendar.start
    return Beside(
        others=_ours(due, member, calendar, but) if all_day else _at_once(due, member, but),
        all_day=all_day,
        already=_already(party, due, calendar, but) if party else None,
        holiday=party is not None and local.date() in _holidays(party, local.year),
    )


def _at_once(due: datetime, member: Member, but: int) -> int:
    # What is due at ten shows from the morning of that day, or from its minute on.
    return _count(member, but, (due - DAY, due + ONE_TALK), (due - ONE_TALK, due + ONE_TALK))


def _ours(due: datetime, member: Member, calendar: Calendar, but: int) -> int:
    midnight = calendar.local(due).replace(hour=0, minute=0, second=0, microsecond=0)
    day = (midnight, midnight + DAY)
    return _count(member, but, day, day)


def _count(
    member: Member, but: int, shown: tuple[datetime, datetime], due: tuple[datetime, datetime]
) -> int:
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, member=member, settled_at=None,
        show_at__gte=shown[0], show_at__lt=shown[1], due__gt=due[0], due__lt=due[1],
    ).exclude(pk=but)  # fmt: skip
    return len(rows.values_list("pk")[: COUNTED + 1])


def _already(party: Party, due: datetime, calendar: Calendar, but: int) -> datetime | None:
    rows = FollowUp.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), settled_at=None, until=None
    ).exclude(pk=but)
    there = calendar.local(due).date()
    found: list[datetime] = sorted(rows.values_list("due", flat=True))
    return next((at for at in found if calendar.local(at).date() != there), None)


def _holidays(party: Party, year: int) -> frozenset[date]:
    """Of the country that their number belongs to; none where nobody knows."""
    country = country_of(party)
    known = country in dict(countries())
    return holidays_of(country, "", [year]) if known else frozenset()


def country_of(party: Party) -> str:
    rows = Address.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), kind="phone",
        canonical__startswith="+",
    )  # fmt: skip
    first = rows.order_by("pk").values_list("canonical", flat=True).first()
    if not first:
        return ""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(first)) or ""
    except phonenumbers.NumberParseException:
        return ""
