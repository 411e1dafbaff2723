"""What several imports tell alike: with one of them taken back, it is the other's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from followthrough.core.facts import Retracted
from followthrough.ledger.books import history_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Fact, Intake, Party, Piece, Proposal, Retold
from followthrough.ledger.models.intake import DONE, GOING, UNDOING, UNDONE
from followthrough.ledger.names import hashed
from followthrough.ledger.proposals import OPEN
from followthrough.ledger.record import Heard, Way, record_many
from followthrough.ledger.statements import select, update_values
from followthrough.ledger.wants import follow_their_facts

A_MOMENT = timedelta(microseconds=1)  # a taking-back comes after what it takes back
STANDING, GONE = (DONE, GOING), (UNDOING, UNDONE)


def gone_ones(workspace_id: int) -> set[int]:
    """The imports that are taken back, or on their way."""
    where: dict[str, Any] = {"workspace": [workspace_id], "phase": GONE}
    return {pk for (pk,) in select(Intake, ("id",), where)}


# --- while it is taken in -------------------------------------------------------------------


def note(intake: Intake, heard: Sequence[Heard], *, at: datetime) -> None:
    """Of what was no news: what another import told is noted as told by this one too, and what
    was taken back with the other holds again."""
    where = {"workspace": [intake.workspace_id], "source": {hashed(one.source) for one in heard}}
    told = [row for row in select(Fact, TOLD, where) if row[-1] not in (None, intake.pk)]
    if not told:
        return
    gone = gone_ones(intake.workspace_id)
    _bring_back(intake, [row for row in told if row[-1] in gone], at=at)
    again = [(intake.workspace_id, intake.pk, pk) for pk, *_, by in told if by not in gone]
    with connection.cursor() as cursor:
        cursor.executemany(AGAIN, again)


TOLD = ("id", "party", "name", "intake")
AGAIN = """
INSERT INTO ledger_retold (workspace_id, intake_id, fact_id) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING
"""


def _bring_back(intake: Intake, rows: Sequence[tuple[Any, ...]], *, at: datetime) -> None:
    found: dict[int, list[str]] = defaultdict(list)
    for _, party, name, _ in rows:
        found[party].append(name)
    for whose in Party.objects.in_bulk(list(found)).values():
        _restore(intake, whose, found[whose.pk], at=at)
    _give(Fact, [(pk, intake.pk) for pk, *_ in rows])


def _restore(intake: Intake, party: Party, names: Sequence[str], *, at: datetime) -> None:
    root = lock({party.pk})[party.pk]
    history = history_of(root)
    taken = [one for one in history.facts if isinstance(one, Retracted) and one.what in set(names)]
    later = max([at, *(one.at + A_MOMENT for one in taken)])
    by = str(intake.member_id)
    facts = [Retracted(at=later, what=one.name, by=by) for one in taken]
    source = f"intake:again:{party.pk}:{later.isoformat()}"
    heard = Heard(party=party, source=source, facts=facts)
    record_many([heard], at=at, way=Way(intake=intake.pk))
    follow_their_facts(root, [one.what for one in taken], gone_at=None)


# --- while another is taken back ------------------------------------------------------------


def hand_on(intake: Intake, parties: Sequence[int]) -> None:
    """What an import that stands told too is that one's from now on, with its people."""
    _facts(intake, parties)
    heirs = _heirs(intake, parties)
    for model, whose in ((Party, "id"), (Address, "party")):
        where = {"workspace": [intake.workspace_id], "intake": [intake.pk], whose: list(heirs)}
        rows = list(select(model, ("id", whose), where)) if heirs else []
        _give(model, [(pk, heirs[party]) for pk, party in rows])


def _facts(intake: Intake, parties: Sequence[int]) -> None:
    told = Fact.objects.filter(
        workspace=intake.workspace_id, intake=intake.pk, party__in=parties
    ).values("pk")
    again = _others(Retold.objects.filter(fact__in=told), intake).order_by("-intake")
    heirs = {pk: (name, to) for pk, name, to in again.values_list("fact", "fact__name", "intake")}
    if not heirs:
        return
    _give(Fact, [(pk, to) for pk, (_, to) in heirs.items()])
    by_name = dict(heirs.values())
    proposed = Proposal.objects.filter(
        workspace=intake.workspace_id, intake=intake.pk, party__in=parties, said__in=by_name
    )
    _give(Proposal, [(pk, by_name[said]) for pk, said in proposed.values_list("pk", "said")])


def pass_on(intake: Intake) -> None:
    """What was proposed anew is of the import that told its evidence."""
    anew = Proposal.objects.filter(workspace=intake.workspace_id, intake=intake.pk, state=OPEN)
    rows = list(anew.values_list("pk", "party", "said"))
    told = Fact.objects.filter(
        workspace=intake.workspace_id, party__in={party for _, party, _ in rows},
        name__in={said for *_, said in rows},
    )  # fmt: skip
    by_name = dict(_others(told, intake).values_list("name", "intake"))
    _give(Proposal, [(pk, by_name[said]) for pk, _, said in rows if said in by_name])


def _heirs(intake: Intake, parties: Sequence[int]) -> dict[int, int]:
    """Another import that stands and speaks of them, by party: the first that did.

    Asked by party alone: with the workspace SQLite would walk through all that it has."""
    found: dict[int, int] = {}
    for model in (Piece, Fact):
        rows = _others(model.objects.filter(party__in=parties), intake)
        for party, other in rows.values_list("party", "intake").distinct():
            found[party] = min(other, found.get(party, other))
    return found


def _others(rows: QuerySet[Any], intake: Intake) -> QuerySet[Any]:
    return rows.filter(intake__phase__in=STANDING).exclude(intake=intake.pk)


def _give(model: type[Model], whose: Iterable[tuple[int, int]]) -> None:
    rows = [(to, pk) for pk, to in whose]
    if rows:
        update_values(model, ("intake",), rows)
