"""Today: what this member is to do now, in the order of the day, fast however much is open."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from followthrough.core.followups import QUIET, WAITING, WARM, WORD
from followthrough.core.matter import PRIVATE
from followthrough.ledger.models import Fact, FollowUp, Member, Text
from followthrough.ledger.sealing import open_for
from followthrough.ledger.statements import select

BANDS = (WAITING, WORD, QUIET, WARM)
MANY = 200  # up to so many due we sort here; beyond, the index walks the order of the day
COUNTED = 99
LIGHT = ("id", "band", "rank", "due", "how", "blocks", "until", "exact", "show_at")
ORDER = ("band", F("rank").desc(), "due", "id")
Said = Mapping[str, tuple[Text, str]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """`said` are the words of the fact that it shows, `sentence` the one that matters in them."""

    followup: FollowUp
    said: Text | None
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    number: int
    rows: list[Row]
    more: bool


@dataclass(frozen=True, kw_only=True)
class Today:
    bands: list[Band]
    due: int
    by_channel: Mapping[str, str]
    blocks: bool = False  # somebody asked so often in vain that they come first

    @property
    def total(self) -> str:
        return capped(self.due)


def today(member: Member, now: datetime, per_band: int = 7) -> Today:
    """At most four queries: for whom, what is due, the rows to show, and their words."""
    whose = _whose(member, now)
    due = _light(member, whose, now)
    counted = [row for row in due if _speaks(row, now)]
    if len(due) < MANY:
        shown = _first_of_each_band(counted, per_band + 1)
        followups = _in_order(_whole(FollowUp.objects.filter(pk__in=shown)))
    else:
        followups = _walk(member, whose, now, per_band + 1)
    said = said_of(followups)
    open_for(member, [text for text, _ in said.values()])
    channels = Counter(row[4] for row in counted)
    return Today(
        bands=[_band(number, followups, said, per_band) for number in BANDS],
        due=len(counted),
        by_channel={how: capped(count) for how, count in channels.items()},
        blocks=len(due) >= MANY or any(row[LIGHT.index("blocks")] for row in counted),
    )


def due_rows(member: Member, now: datetime) -> QuerySet[FollowUp]:
    """Open, worth showing by the end of their day, and this member's or of those away whom they
    stand in for: what was late before an absence began is late still."""
    return _due(member, _whose(member, now), now)


def _due(member: Member, whose: Sequence[int], now: datetime) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, settled_at=None, show_at__lt=end_of_day(member, now)
    )
    if len(whose) > 1:
        mine = rows.filter(Q(member=member) | ~Q(matter__kind=PRIVATE), member__in=whose)
    else:
        mine = rows.filter(member=member)
    return mine.order_by("show_at", "id")


def _light(member: Member, whose: Sequence[int], now: datetime) -> list[tuple[Any, ...]]:
    """A few columns of the first `MANY` due, by a statement that is built once."""
    where = {"workspace": [member.workspace_id], "member": whose}
    end = connection.ops.adapt_datetimefield_value(end_of_day(member, now).astimezone(UTC))
    private = NOT_THEIRS if len(whose) > 1 else ""
    due = f"AND settled_at IS NULL AND show_at < %s {private} ORDER BY show_at, id LIMIT %s"
    mine = [member.pk] if private else []
    return list(select(FollowUp, LIGHT, where, due, [end, *mine, MANY]))


def _whose(member: Member, now: datetime) -> list[int]:
    return [member.pk, *_stands_in_for(member, now)]


def _stands_in_for(member: Member, now: datetime) -> list[int]:
    """Asked once for each member object, as a page counts, shows and counts again."""
    if member.__dict__.get("covers") is False:  # the gate has looked already
        return []
    known: list[int] | None = member.__dict__.get("_stands_in_for")
    if known is None:
        known = member.__dict__["_stands_in_for"] = _away(member, now)
    return known


def _away(member: Member, now: datetime) -> list[int]:
    today = now.astimezone(member.own_zone()).date()
    away = Member.objects.filter(
        workspace=member.workspace_id, stand_in=member, away_from__lte=today, away_until__gte=today
    )
    return list(away.values_list("pk", flat=True))


def speaking(now: datetime) -> Q:
    """Not those whose successor speaks by now, nor those that wait for their minute."""
    return (Q(until=None) | Q(until__gt=now)) & (Q(exact=False) | Q(show_at__lte=now))


def _speaks(row: tuple[Any, ...], now: datetime) -> bool:
    *_, until, exact, show_at = row
    return (until is None or until > now) and (not exact or show_at <= now)


def end_of_day(member: Member, now: datetime) -> datetime:
    zone = member.own_zone()
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)


def capped(count: int) -> str:
    return str(count) if count <= COUNTED else f"{COUNTED}+"


def said_of(followups: Iterable[FollowUp]) -> dict[str, tuple[Text, str]]:
    """The words of the facts that are shown, and the sentence that matters in them, by name of the
    fact. A name begins with its source."""
    names = {row.shows or row.because for row in followups}
    workspaces = {row.workspace_id for row in followups}
    facts = Fact.objects.filter(
        workspace__in=workspaces, source__in={name.partition(".")[0] for name in names}
    )
    rows = facts.filter(name__in=names, text__isnull=False).select_related("text")
    return {fact.name: (fact.text, sentence_of(fact)) for fact in rows if fact.text}


def sentence_of(fact: Fact) -> str:
    """What a finding pointed at in the words of this fact, word for word; "" for nothing."""
    place = fact.own.get("shows") or []
    return fact.text.body[slice(*place)].strip() if fact.text and len(place) == 2 else ""


def _first_of_each_band(rows: list[tuple[Any, ...]], most: int) -> list[int]:
    ordered = sorted(rows, key=lambda row: (row[1], -row[2], row[3], row[0]))
    seen = Counter[int]()
    shown = []
    for pk, band, *_ in ordered:
        seen[band] += 1
        if seen[band] <= most:
            shown.append(pk)
    return shown


def _walk(member: Member, whose: Sequence[int], now: datetime, most: int) -> list[FollowUp]:
    """A few rows from the head of each band, as the index holds them."""
    stored = connection.ops.adapt_datetimefield_value
    end, moment = stored(end_of_day(member, now).astimezone(UTC)), stored(now.astimezone(UTC))
    private, mine = (NOT_THEIRS, [member.pk]) if len(whose) > 1 else ("", [])
    index = BY_THE_INDEX.get(connection.vendor, "")
    head = HEAD.format(index=index, marks=marks_for(whose), private=private)
    sql = " UNION ALL ".join(head for _ in BANDS)
    values = [
        value
        for band in BANDS
        for value in (member.workspace_id, *whose, end, moment, moment, band, *mine, most)
    ]
    heads = RawSQL(sql, values)  # noqa: S611 - no value is written into it
    return _in_order(_whole(FollowUp.objects.filter(pk__in=heads)))


# Who stands in for somebody does not see what is private to them.
NOT_THEIRS = """AND (member_id = %s OR NOT EXISTS (
    SELECT 1 FROM ledger_matter m WHERE m.id = matter_id AND m.kind = 'private'))"""
# One after the other: SQLite takes no LIMIT inside a UNION unless each is wrapped.
HEAD = """
SELECT * FROM (
    SELECT id FROM ledger_followup {index}
     WHERE workspace_id = %s AND member_id IN ({marks}) AND settled_at IS NULL AND show_at < %s
       AND (until IS NULL OR until > %s) AND (NOT exact OR show_at <= %s) AND band = %s {private}
     ORDER BY rank DESC, due, id LIMIT %s) AS head
"""
# Before its first ANALYZE SQLite would read all that is due and sort it.
BY_THE_INDEX = {"sqlite": "INDEXED BY followup_in_order_of_day"}


def marks_for(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _in_order(rows: Iterable[FollowUp]) -> list[FollowUp]:
    return sorted(rows, key=lambda row: (row.band, -row.rank, row.due, row.pk))


def _whole(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """With all that a line shows. The ids are the member's own, and enough: with the workspace
    beside them SQLite would read through all of it."""
    return rows.select_related("party", "matter")


def _band(number: int, rows: list[FollowUp], said: Said, most: int) -> Band:
    here = [row for row in rows if row.band == number]
    shown = [_row(row, said) for row in here[:most]]
    return Band(number=number, rows=shown, more=len(here) > most)


def _row(followup: FollowUp, said: Said) -> Row:
    text, sentence = said.get(followup.shows or followup.because, (None, ""))
    return Row(followup=followup, said=text, sentence=sentence)
