"""They answered an old conversation under a new subject: what it is about, somebody says with one
press, and can take it back."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from followthrough.core.facts import Assigned, TheyWrote
from followthrough.ledger.books import family_of, read
from followthrough.ledger.locks import lock, speakers_of
from followthrough.ledger.models import (
    FollowUp,
    MailHead,
    Matter,
    Member,
    Message,
    Party,
    Topic,
    Workspace,
)
from followthrough.ledger.names import hashed
from followthrough.ledger.record import record
from followthrough.ledger.undo import undo

RULE = "answer_them"  # their mail waits in it
WROTE = f".{TheyWrote.__name__}."  # in the name of such a fact
NEW, SAME = "new", "same"  # else the key of another matter
MOST = 3  # others to choose from: the newest
# What programs put before the subject of an answer, and houses before that.
_BEFORE = re.compile(
    r"^\s*(?:\[[^\]]{1,40}\]\s*|(?:re|aw|sv|antw|ref|rép|ré|fw|fwd|wg|tr|rv)\s*(?:\[\d+\])?\s*:\s*)+",
    re.IGNORECASE,
)


def bare_topic(subject: str) -> str:
    """What a subject says, without the signs that it is an answer."""
    return _BEFORE.sub("", subject).strip()


def is_another(subject: str, before: Iterable[str]) -> bool:
    """Whether it names something else than each of those; a few more words are the same still."""
    new, olds = _letters(subject), [old for one in before if (old := _letters(one))]
    return bool(new and olds) and not any(new in old or old in new for old in olds)


def _letters(subject: str) -> str:
    return "".join(filter(str.isalnum, bare_topic(subject).casefold()))


def subjects_of(workspace: Workspace, threads: Iterable[str]) -> dict[tuple[int, str], set[str]]:
    """Under which subjects each conversation ran of late, by the party and its name."""
    names = {"workspace": workspace, "thread__in": set(threads)}
    found: dict[tuple[int, str], set[str]] = {}
    read = MailHead.objects.filter(**names).values_list("party", "thread", "subject")
    sent = Message.objects.filter(**names, party__isnull=False)
    for party, thread, subject in [*read, *sent.values_list("party", "thread", "subject")]:
        found.setdefault((party, thread), set()).add(subject)
    return found


def put(topics: Iterable[Topic]) -> None:
    """Beside the fact, in its transaction; told again, it is no news."""
    Topic.objects.bulk_create(list(topics), ignore_conflicts=True)


def asked_about(followups: Sequence[FollowUp]) -> dict[int, Topic]:
    """The undecided one of each of these, by its id."""
    waiting = [row for row in followups if row.rule == RULE]
    named = {name: row for row in waiting for name in row.evidence if WROTE in name}
    if not named:
        return {}
    parties = {row.party.pk: row.party for row in named.values()}
    family = {pk for party in parties.values() for pk in family_of(party)}
    rows = Topic.objects.filter(
        workspace=waiting[0].workspace_id, party__in=family, said__in=named, answer=""
    ).order_by("pk")
    return {named[one.said].pk: one for one in rows}


def others(topic: Topic, *, besides: Matter) -> dict[str, Matter]:
    """What else is open with them, by what it is called where they were joined: the newest."""
    found = [(key, one) for key, one in _open_ones(topic).items() if one.title]
    found.sort(key=lambda pair: -pair[1].pk)
    return dict([pair for pair in found if pair[1].pk != besides.pk][:MOST])


def decide(topic: Topic, answer: str, *, by: Member, at: datetime) -> bool:
    """False: somebody has said so already, or what was chosen is not open any more."""
    with transaction.atomic():
        lock({topic.party_id})
        row = _locked(topic)
        if row.answer or (answer not in (NEW, SAME) and answer not in _open_ones(row)):
            return False
        row.answer, row.decided_at = answer[:80], at
        if answer != SAME:
            key = f"topic-{hashed(row.said)[:12]}" if answer == NEW else answer
            fact = Assigned(at=at, what=row.said, matter=key, by=str(by.pk))
            record(row.party, fact, source=_source(row), at=at)
        row.save(update_fields=["answer", "decided_at"])
        return True


def take_back(topic: Topic, *, by: Member, at: datetime) -> bool:
    """Undecided again. False: it was taken back already."""
    with transaction.atomic():
        lock({topic.party_id})
        row = _locked(topic)
        if not row.answer:
            return False
        undo(row.party, source=_source(row), by=by, at=at)
        row.answer, row.decided_at = "", None
        row.save(update_fields=["answer", "decided_at"])
        return True


def _locked(topic: Topic) -> Topic:
    rows = Topic.objects.select_for_update(of=("self",)).select_related("party__workspace")
    return rows.get(workspace=topic.workspace_id, pk=topic.pk)


def _open_ones(topic: Topic) -> dict[str, Matter]:
    """Of whoever speaks for them: they may have been joined with another since."""
    root = speakers_of([topic.party_id])[topic.party_id]
    [books] = read([Party.objects.get(workspace=topic.workspace_id, pk=root)])
    return {key: one for key, one in books.matters.items() if one.closed_at is None}


def _source(topic: Topic) -> str:
    """Taken back and said again it is news."""
    stamp = topic.decided_at.isoformat() if topic.decided_at else ""
    return f"topic:{topic.pk}:{stamp}"
