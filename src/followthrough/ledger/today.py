"""Today: what this member is to do now, in the order of the day, fast however much is open."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b

from django.db.models import F, Q, QuerySet

from followthrough.ledger.hidden import not_theirs
from followthrough.ledger.models import Fact, FollowUp, Member, Text
from followthrough.ledger.order_of_day import (
    BANDS,
    MANY,
    Light,
    Look,
    after,
    head_of,
    heads,
    in_order,
    light,
    whole,
)
from followthrough.ledger.sealing import open_for
from followthrough.ledger.whole import marks_for, rows_with

COUNTED = 99
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
    """`left` is how many more there are, 0 where they were not counted."""

    number: int
    rows: list[Row]
    more: bool
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class Today:
    """`first` asked so often in vain that they come before all that we start ourselves."""

    bands: list[Band]
    due: int
    by_channel: Mapping[str, str]
    pulse: str = ""  # another one: something of it has changed
    first: FollowUp | None = None

    @property
    def total(self) -> str:
        return capped(self.due)


def today(member: Member, now: datetime, per_band: int = 7, ways: tuple[str, ...] = ()) -> Today:
    """At most four queries: for whom, what is due, the rows to show, and their words. `ways` are
    the channels to show; counted is all of the day."""
    look = look_of(member, now, ways)
    due = light(look)
    counted = [row for row in due if row.speaks]
    left: Counter[int] = Counter()
    if len(due) < MANY:
        asked = in_order(row for row in counted if not ways or row.how in ways)
        shown, left = _first_of_each_band(asked, per_band)
        blocks = _who_blocks(counted)
        found = whole([*shown, *blocks])
        followups = [row for row in found if row.pk in shown]
    else:
        found = heads(look, per_band + 1)
        followups = [row for row in found if not ways or row.how in ways]
    said = said_to(member, followups)
    channels = Counter(row.how for row in counted)
    stopped = len(due) >= MANY
    return Today(
        bands=[_band(number, followups, said, (per_band, left)) for number in BANDS],
        due=len(counted),
        by_channel={
            how: f"{count}+" if stopped else capped(count) for how, count in channels.items()
        },
        pulse=pulse_of(due),
        first=_first(found, member, now),
    )


def pulse_of(due: list[Light]) -> str:
    return blake2b(repr(due).encode(), digest_size=8).hexdigest()


def band_page(member: Member, look: Look, number: int, most: int) -> Band:
    """The first page of one band."""
    followups = head_of(look, number, most + 1)
    return _band(number, followups, said_to(member, followups[:most]), (most, Counter()))


def rest_of_band(member: Member, look: Look, last: FollowUp, most: int) -> Band:
    """A page of the band that this line stands in, from the line after it on."""
    followups = after(look, last, most + 1)
    return _band(last.band, followups, said_to(member, followups[:most]), (most, Counter()))


def look_of(member: Member, now: datetime, ways: tuple[str, ...] = ()) -> Look:
    return Look(
        workspace=member.workspace_id, whose=(member.pk, *_stands_in_for(member, now)),
        now=now, until=end_of_day(member, now), ways=ways,
    )  # fmt: skip


def due_rows(member: Member, now: datetime, *, until: datetime | None = None) -> QuerySet[FollowUp]:
    """Open, worth showing by the end of their day (or that of `until`), and this member's or of
    those away now whom they stand in for: what was late before an absence began is late still."""
    whose = [member.pk, *_stands_in_for(member, now)]
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, settled_at=None, show_at__lt=end_of_day(member, until or now)
    )
    if len(whose) > 1:
        mine = rows.filter(not_theirs(member), member__in=whose)
    else:
        mine = rows.filter(member=member)
    return mine.order_by("show_at", "id")


def _stands_in_for(member: Member, now: datetime) -> list[int]:
    """Asked once for each member object, as a page counts, shows and counts again."""
    if not member.__dict__.get("covers", True):  # the gate has looked already
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


def end_of_day(member: Member, now: datetime) -> datetime:
    zone = member.own_zone()
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)


def capped(count: int) -> str:
    return str(count) if count <= COUNTED else f"{COUNTED}+"


def said_of(followups: Iterable[FollowUp]) -> dict[str, tuple[Text, str]]:
    """The words of the facts that are shown, and the sentence that matters in them, by name of the
    fact. A name begins with its source."""
    names = sorted({row.shows or row.because for row in followups})
    if not names:
        return {}
    workspaces = sorted({row.workspace_id for row in followups})
    sources = sorted({name.partition(".")[0] for name in names})
    rest = (
        f'WHERE own."workspace_id" IN ({marks_for(workspaces)}) '
        f'AND own."source" IN ({marks_for(sources)}) AND own."name" IN ({marks_for(names)}) '
        'AND own."text_id" IS NOT NULL'
    )
    facts = rows_with(Fact, ("text",), rest, [*workspaces, *sources, *names])
    return {fact.name: (fact.text, sentence_of(fact)) for fact in facts if fact.text}


def said_to(member: Member, followups: Iterable[FollowUp]) -> dict[str, tuple[Text, str]]:
    """The same, with the member's own private words opened for them."""
    said = said_of(followups)
    open_for(member, [text for text, _ in said.values()])
    return said


def sentence_of(fact: Fact) -> str:
    """What a finding pointed at in the words of this fact, word for word; "" for nothing."""
    place = fact.own.get("shows") or []
    return fact.text.body[slice(*place)].strip() if fact.text and len(place) == 2 else ""


def _first_of_each_band(rows: Sequence[Light], most: int) -> tuple[list[int], Counter[int]]:
    """The ids to show, and by band how many are left."""
    seen = Counter[int]()
    shown = []
    for row in rows:
        seen[row.band] += 1
        if seen[row.band] <= most:
            shown.append(row.id)
    return shown, Counter({band: count - most for band, count in seen.items() if count > most})


def _who_blocks(rows: Iterable[Light]) -> list[int]:
    blocking = [(row.since, row.id) for row in rows if row.blocks and row.shown]
    return [pk for _, pk in sorted(blocking)[:5]]


def _first(rows: Iterable[FollowUp], member: Member, now: datetime) -> FollowUp | None:
    mine = [row for row in rows if row.blocks and row.member_id == member.pk and row.show_at <= now]
    return min(mine, key=lambda row: (row.since, row.pk), default=None)


def _band(
    number: int, rows: list[FollowUp], said: Said, most_and_left: tuple[int, Counter[int]]
) -> Band:
    most, left = most_and_left
    here = [row for row in rows if row.band == number]
    shown = [_row(row, said) for row in here[:most]]
    more = len(here) > most or bool(left[number])
    return Band(number=number, rows=shown, more=more, left=left[number])


def _row(followup: FollowUp, said: Said) -> Row:
    text, sentence = said.get(followup.shows or followup.because, (None, ""))
    return Row(followup=followup, said=text, sentence=sentence)
