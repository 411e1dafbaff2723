"""Do we keep our word? Each promise of one member with how it ended, and the share kept on time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from followthrough.core.facts import BOTH, KINDS, OURS, PromiseKept, PromiseReleased, WePromised
from followthrough.core.matter import PRIVATE
from followthrough.core.rule import CALL_GRACE, WORD_GRACE, knob
from followthrough.core.terms import Terms
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Fact, FollowUp, Member
from followthrough.ledger.models.followups import OUR_WORDS, WORDS_GIVEN
from followthrough.ledger.terms import terms_of
from followthrough.ledger.whole import marks_for, pick
from followthrough.reports.shares import Share

ON_TIME, LATE, NOT_YET = "on_time", "late", "not_yet"
WINDOW = timedelta(days=90)
MOST = 500  # of the newest that are looked at: a year of promises for most of us
KEEPS = {name for name, kind in KINDS.items() if kind.turn in (OURS, BOTH)} | {PromiseKept.__name__}


class Line(NamedTuple):
    """What of the follow-up tells how a promise ended, and whose it was."""

    pk: int
    because: str
    occasion: str
    due: datetime
    settled_at: datetime | None
    settled_by: str
    who: str


class Told(NamedTuple):
    """What of a fact says what was promised, or how it ended."""

    name: str
    kind: str
    at: datetime
    source: str
    own: dict[str, Any]
    title: str | None
    body: str | None


LINE = ("id", *Line._fields[1:-1], "party.name")
TOLD = (*Told._fields[:-2], "text.title", "text.body")


@dataclass(frozen=True, kw_only=True)
class Word:
    """One promise whose hour is over. `done_at` is None while it is still to be kept; `how` is
    the fact by which it was put right, where it was late."""

    name: str
    due: datetime
    outcome: str
    followup: Line
    told: Told
    done_at: datetime | None = None
    how: Told | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """The last 90 days, oldest first, and the share of the 90 days before them."""

    words: Sequence[Word]
    share: Share
    before: Share

    def counted(self, outcome: str) -> int:
        return sum(word.outcome == outcome for word in self.words)

    @property
    def broken(self) -> list[Word]:
        """The newest first."""
        return [word for word in reversed(self.words) if word.outcome != ON_TIME]


def promises_kept(member: Member, now: datetime) -> Record:
    """Three queries. On time is within the grace of the rules (S91). What is private is counted in
    no number: others will see these one day."""
    words = sorted(_words(member, now), key=lambda word: (word.due, word.name))
    lately = [word for word in words if word.due > now - WINDOW]
    earlier = [word for word in words if now - 2 * WINDOW < word.due <= now - WINDOW]
    return Record(words=lately, share=_share(lately), before=_share(earlier))


def _share(words: Sequence[Word]) -> Share:
    return Share(done=sum(word.outcome == ON_TIME for word in words), of=len(words))


def _words(member: Member, now: datetime) -> list[Word]:
    rows = list(_rows(member, now))
    told = _told(member, rows)
    terms = terms_of(member.workspace)
    latest: dict[str, Line] = {}
    for row in sorted(rows, key=lambda row: (row.settled_at is None, row.settled_at, row.pk)):
        latest[row.because] = row  # a word that moved to another matter has several rows
    found = (_word(row, told, terms, now) for row in latest.values())
    return [word for word in found if word is not None]


def _word(row: Line, told: dict[str, list[Told]], terms: Terms, now: datetime) -> Word | None:
    """None: its hour is still to come, it was released in time, or it never was."""
    given = next(
        (one for one in told.get(_source(row.because), []) if one.name == row.because), None
    )
    due = _due_of(given, row)
    if given is None or due is None:
        return None
    until = due + grace_of(given, terms)
    base: dict[str, Any] = {"name": row.because, "due": due, "followup": row, "told": given}
    if row.settled_at is None:
        return Word(outcome=NOT_YET, **base) if until <= now else None
    ended = told.get(_source(row.settled_by), [])
    released = next((one for one in ended if _releases(one, row.because)), None)
    kept = next((one for one in ended if one.kind in KEEPS), None)
    how = released or kept
    if how is None or (released and released.at <= until):
        return None
    outcome = ON_TIME if how.at <= until else LATE
    return Word(outcome=outcome, done_at=how.at, how=how if outcome == LATE else None, **base)


def _releases(fact: Told, name: str) -> bool:
    return fact.kind == PromiseReleased.__name__ and fact.own.get("promise") == name


def grace_of(given: Told, terms: Terms) -> timedelta:
    if given.own.get("how") == "call":
        return timedelta(minutes=knob(terms, "call_when_we_said.grace", CALL_GRACE))
    return timedelta(minutes=knob(terms, "keep_promises.grace", WORD_GRACE))


def _due_of(given: Told | None, row: Line) -> datetime | None:
    """The hour that we named, also where the line was put off since. What waits for something to
    happen has none of its own."""
    if given is None or given.kind != WePromised.__name__:
        return None
    if given.own.get("condition"):
        return row.due if not row.occasion.endswith(":check") else None
    said = given.own.get("due")
    return datetime.fromisoformat(said).astimezone(UTC) if said else row.due


def _told(member: Member, rows: Iterable[Line]) -> dict[str, list[Told]]:
    """All facts of the sources that gave these words or ended them, by source."""
    names = (name for row in rows for name in (row.because, row.settled_by) if name)
    sources = sorted({_source(name) for name in names})
    if not sources:
        return {}
    rest = f"""WHERE own.workspace_id = %s AND own.source IN ({marks_for(sources)})
 ORDER BY own.at, own.id"""
    found: dict[str, list[Told]] = {}
    for fact in map(Told._make, pick(Fact, TOLD, rest, [member.workspace_id, *sources])):
        found.setdefault(fact.source, []).append(fact)
    return found


def _source(name: str) -> str:
    return name.partition(".")[0]


def _rows(member: Member, now: datetime) -> Iterable[Line]:
    def stored(at: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(at.astimezone(UTC))

    settled = [member.workspace_id, member.pk, stored(now - 2 * WINDOW), MOST]
    still = [member.workspace_id, member.pk, stored(now), stored(HELD), MOST]
    rest = f"""WHERE own.id IN ({SETTLED} UNION ALL {STILL_OPEN}) AND party.kind <> '{PRIVATE}'"""
    return map(Line._make, pick(FollowUp, LINE, rest, [*settled, *still]))


RULES = ", ".join(f"'{rule}'" for rule in OUR_WORDS)
GIVEN = ", ".join(f"'{rule}'" for rule in WORDS_GIVEN)
SETTLED = f"""
SELECT * FROM (
    SELECT id FROM ledger_followup
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NOT NULL AND rule IN ({RULES})
       AND settled_at > %s
     ORDER BY settled_at DESC, id DESC LIMIT %s) AS settled"""  # noqa: S608
STILL_OPEN = f"""
SELECT * FROM (
    SELECT id FROM ledger_followup
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NULL AND rule IN ({GIVEN})
       AND rule IN ({RULES})
       AND due <= %s AND show_at < %s
     ORDER BY due DESC, id DESC LIMIT %s) AS still"""  # noqa: S608
