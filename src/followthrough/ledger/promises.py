"""Words that were given, ours and theirs: by when each binds, and in which words it was given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from followthrough.core.matter import PRIVATE
from followthrough.ledger.circle import TEAM
from followthrough.ledger.hidden import NOT_THEIRS
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Fact, FollowUp, Member, Party
from followthrough.ledger.models.followups import OUR_WORDS, WORDS_GIVEN
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.names import hashed
from followthrough.ledger.order_of_day import by_ids
from followthrough.ledger.place import Place
from followthrough.ledger.sealing import open_for
from followthrough.ledger.statements import select
from followthrough.ledger.today import COUNTED
from followthrough.ledger.whole import marks_for, rows_with


@dataclass(frozen=True, kw_only=True)
class Asking:
    """`everybody`: the whole team's, without what is private to others. `circle`: "" is all."""

    everybody: bool = False
    circle: str = ""
    after: Place | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class Given:
    """A promise that binds. `name` is that of the fact, `told` the fact with its words."""

    followup: FollowUp
    told: Fact | None

    @property
    def name(self) -> str:
        return self.followup.because

    @property
    def ours(self) -> bool:
        return self.followup.rule in OUR_WORDS

    @property
    def words(self) -> str:
        text = self.told.text if self.told else None
        return (text.body or text.title) if text else ""


def binding(member: Member, asking: Asking) -> list[Given]:
    """By when they are due, one more than the limit where there are more. At most four queries."""
    ids = _ids(member, asking)
    if not ids:
        return []
    rows = by_ids(ids, ("member",))
    return with_words(member, sorted(rows, key=lambda row: (row.due, row.pk)))


def with_words(member: Member, rows: Sequence[FollowUp]) -> list[Given]:
    told = told_of(member.workspace_id, {row.because for row in rows})
    open_for(member, [fact.text for fact in told.values() if fact.text])
    return [Given(followup=row, told=told.get(row.because)) for row in rows]


def told_of(workspace: int, names: Iterable[str]) -> dict[str, Fact]:
    """Facts with their words, by name, which begins with the source."""
    names = sorted(set(names))
    if not names:
        return {}
    sources = sorted({name.partition(".")[0] for name in names})
    rest = (
        f'WHERE own."workspace_id" = %s AND own."source" IN ({marks_for(sources)}) '
        f'AND own."name" IN ({marks_for(names)})'
    )
    rows = rows_with(Fact, ("text",), rest, [workspace, *sources, *names])
    return {fact.name: fact for fact in rows}


def due_until(member: Member, end: datetime) -> int:
    """How many words of ours are to be kept before `end`; counting stops at 100."""
    sql = DUE.format(index=INDEX.get(connection.vendor, ""))
    values = [member.workspace_id, member.pk, _stored(end), _stored(HELD), COUNTED + 1]
    return len(_asked(sql, values))


def repairs_of(rows: Iterable[FollowUp]) -> dict[tuple[int, str], int]:
    """Follow-ups by which a broken word is put right, by party and promise."""
    rows = list(rows)
    if not rows:
        return {}
    where = {
        "workspace": {row.workspace_id for row in rows}, "rule": ["repair_broken_promises"],
        "party": {row.party_id for row in rows},
    }  # fmt: skip
    said = {row.because for row in rows}
    found = select(
        FollowUp, ("party", "because", "id", "occasion"), where, "AND settled_at IS NULL"
    )
    return {(party, name): pk for party, name, pk, occasion in found if occasion in said}


# --- the statements -----------------------------------------------------------------------


def _ids(member: Member, asking: Asking) -> list[int]:
    within, mine = _within(member, asking)
    after = "AND (due, id) > (%s, %s)" if asking.after else ""
    values: list[Any] = [_stored(HELD), *mine]
    if asking.after:
        values += [_stored(asking.after[0]), asking.after[1]]
    # What is within a party is few; all of somebody's is found in its order.
    by_party = asking.circle in (TEAM, PRIVATE)
    index = "" if by_party else INDEX.get(connection.vendor, "")
    head = BINDING.format(index=index, within=within, after=after)
    whose, limit = _whose(member, asking), asking.limit + 1
    each = [[member.workspace_id, one, *values, limit] for one in whose]
    sql, told = " UNION ALL ".join(head for _ in whose), [value for one in each for value in one]
    return _asked(FIRST.format(heads=sql), [*told, limit]) if len(whose) > 1 else _asked(sql, told)


def _asked(sql: str, values: list[Any]) -> list[int]:
    """In plain SQL: Django would build these questions anew for every page."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]


def _whose(member: Member, asking: Asking) -> list[int]:
    if not asking.everybody or asking.circle == PRIVATE:
        return [member.pk]
    # Also who left: a word that nobody took over binds us still.
    ours = {"workspace": [member.workspace_id]}
    return [pk for (pk,) in select(Member, ("id",), ours, "ORDER BY id")]


def _within(member: Member, asking: Asking) -> tuple[str, list[Any]]:
    """A condition with its values: the circle, and nothing that is private to others."""
    mine: list[Any] = [member.pk]
    if asking.circle in (TEAM, PRIVATE):
        parties = _parties(member, asking.circle) or [0]
        return f"{NOT_THEIRS} AND party_id IN ({marks_for(parties)})", [*mine, *parties]
    if asking.circle:
        return f"{NOT_THEIRS} AND {CUSTOMERS_ONLY}", mine
    return NOT_THEIRS, mine


def _parties(member: Member, circle: str) -> list[int]:
    if circle == PRIVATE:
        names = [f"{PRIVATE}:{member.pk}"]
    else:
        team = Member.objects.filter(workspace=member.workspace_id)
        names = [f"colleague:{pk}" for pk in team.values_list("pk", flat=True)]
    rows = Party.objects.filter(
        workspace=member.workspace_id, external__in=[hashed(name) for name in names]
    )
    return list(rows.values_list("pk", flat=True))


def _stored(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at.astimezone(UTC))


def _quoted(rules: Sequence[str]) -> str:
    return ", ".join(f"'{rule}'" for rule in rules)


# Written out, so that both databases see that the index holds just these.
GIVEN, OURS = _quoted(WORDS_GIVEN), _quoted(OUR_WORDS)
INDEX = {"sqlite": "INDEXED BY word_to_keep"}
CUSTOMERS_ONLY = f"""NOT EXISTS (
    SELECT 1 FROM ledger_party p WHERE p.id = party_id AND p.kind IN ({_quoted(UNLISTED)}))"""  # noqa: S608
BINDING = f"""
SELECT * FROM (
    SELECT id FROM ledger_followup {{index}}
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NULL AND rule IN ({GIVEN})
       AND occasion NOT LIKE '%%:before' AND show_at < %s {{within}} {{after}}
     ORDER BY due, id LIMIT %s) AS head"""  # noqa: S608 - no value is written into it
FIRST = """
SELECT f.id FROM ledger_followup f WHERE f.id IN ({heads})
 ORDER BY f.due, f.id LIMIT %s"""
DUE = f"""
SELECT * FROM (
    SELECT id FROM ledger_followup {{index}}
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NULL AND rule IN ({GIVEN})
       AND rule IN ({OURS}) AND due < %s AND show_at < %s
     LIMIT %s) AS head"""  # noqa: S608
