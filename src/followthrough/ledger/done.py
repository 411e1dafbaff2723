"""What was done today, and what a colleague took meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection

from followthrough.core.facts import unpack
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Fact, FollowUp, Member
from followthrough.ledger.order_of_day import whole
from followthrough.ledger.statements import select

LATELY = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Done:
    """A follow-up and the fact that settled it."""

    pk: int
    at: datetime
    fact: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What settled it: `said` in words, `by` the member who did it, None where nobody of us did;
    `source` is the hashed one."""

    followup: FollowUp
    at: datetime
    said: str
    by: Member | None
    source: str


def done_today(member: Member, now: datetime) -> list[Done]:
    """What was settled on this day of theirs, last first. What a sweep put right, what was taken
    back and what nobody had seen yet is not counted."""
    return done_on(member, now.astimezone(member.own_zone()).date())


def done_on(member: Member, day: date) -> list[Done]:
    zone, stored = member.own_zone(), connection.ops.adapt_datetimefield_value
    start = stored(datetime.combine(day, time(), zone).astimezone(UTC))
    end = stored(datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC))
    within = f"AND settled_at >= %s AND settled_at < %s {NOT_OWED_AGAIN}"
    rows = select(
        FollowUp, ("id", "party_id", "settled_at", "settled_by", "show_at"),
        {"workspace": [member.workspace_id], "member": [member.pk]},
        f"{within} ORDER BY settled_at DESC, id DESC", [start, end],
    )  # fmt: skip
    # One press may settle several rows with somebody: that is one piece of work.
    once: dict[tuple[int, str], Done] = {}
    for pk, party, at, fact, show_at in rows:
        if fact and ".Retracted." not in fact and show_at != HELD:
            once.setdefault((party, fact.partition(".")[0]), Done(pk=pk, at=at, fact=fact))
    return list(once.values())


# What was taken back is owed again, in a row of its own.
NOT_OWED_AGAIN = """
AND NOT EXISTS (
    SELECT 1 FROM ledger_followup n
     WHERE n.workspace_id = ledger_followup.workspace_id AND n.party_id = ledger_followup.party_id
       AND n.matter_id = ledger_followup.matter_id AND n.rule = ledger_followup.rule
       AND n.occasion = ledger_followup.occasion AND n.settled_at IS NULL)"""


def told_of(member: Member, done: Sequence[Done]) -> list[Told]:
    """Each with its person, and what settled it."""
    settled = {one.pk: one for one in done}
    rows = {row.pk: row for row in whole([*settled])}
    facts = _facts({one.fact for one in done}, member.workspace_id)
    people = {str(one.pk): one for one in Member.objects.filter(workspace=member.workspace_id)}
    return [
        Told(
            followup=rows[one.pk], at=one.at, said=facts[one.fact][0],
            by=people.get(facts[one.fact][1]), source=one.fact.partition(".")[0],
        )
        for one in done
        if one.pk in rows and one.fact in facts
    ]  # fmt: skip


def taken_lately(member: Member, done: Sequence[Done], now: datetime) -> list[Told]:
    """What a colleague did a few minutes ago, while it stood on this member's list."""
    lately = [one for one in done if now - LATELY <= one.at <= now]
    if not lately:
        return []
    return [one for one in told_of(member, lately) if one.by and one.by.pk != member.pk]


def _facts(names: set[str], workspace: int) -> dict[str, tuple[str, str]]:
    """By name of what settled it: what was done, and who did it. Of all that was told at once it is
    the touch that counts, and not the next step that was set with it."""
    sources = {name.partition(".")[0] for name in names}
    rows = select(
        Fact, ("name", "source", "kind", "at", "by", "own"),
        {"workspace": [workspace], "source": sources}, "ORDER BY id",
    )  # fmt: skip
    touches: dict[str, tuple[str, str]] = {}
    settled: dict[str, tuple[str, str]] = {}
    for name, source, kind, at, by, own in rows:
        fact = unpack(kind, {"at": at}, own)
        if fact.turn:
            touches.setdefault(source, (str(fact), by))
        if name in names:
            settled[name] = (str(fact), by)
    return {name: touches.get(name.partition(".")[0], told) for name, told in settled.items()}
