"""Who asks is told at once, by itself, that it arrived (RFC 3834): who gets that, and who does not.

The enquiry writes a row in its own transaction; the worker makes the letter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext

from followthrough.core.saying import Saying, says
from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.mailboxes import our_addresses
from followthrough.ledger.models import (
    Acknowledgement,
    AtOnce,
    Connection,
    Mailbox,
    Member,
    Message,
    Party,
    Workspace,
)
from followthrough.ledger.models.doors import FORM
from followthrough.ledger.models.hearing import ANSWERED, LEFT_OUT, TO_ANSWER
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.outbox import CANCELLED, FAILED
from followthrough.ledger.names import hashed

A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
SAME_BREATH = timedelta(minutes=5)  # a form, and a mail on its heels
TOO_LATE = timedelta(hours=1)  # it would not be “at once” any more
MOST_A_DAY = 3
LOOP, WITHIN = 20, timedelta(hours=2)  # nobody writes so often; two machines do
SOME = 50
LATELY = 5

WORDS = says(
    "Hello {name},\n\nthank you for writing to us about {topic}. It has arrived, and a person reads"
    " it: you will hear from us soon.\n\n{me}"
)
SUBJECT = says("We have your words: {topic}")
YOUR_ENQUIRY = says("your enquiry")
LONGEST_TOPIC = 60  # letters that one can say inside a sentence

OURSELVES = says("it would have gone to ourselves")
GONE = says("they asked to be forgotten")
LATE = says("it was too late to be at once")
BY_A_PERSON = says("somebody had answered already")
THIS_WEEK = says("they had one within seven days")
JUST_NOW = says("they had one a moment ago")
ENOUGH = says("they had three in one day")
A_LOOP = says("it looks like two machines that answer each other")
NO_MAILBOX = says("no mailbox can send it")


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """What came, from whom, and by which form or mailbox."""

    party: Party
    source: str
    to: str
    at: datetime
    topic: str = ""
    connection: Connection | None = None
    mailbox: Mailbox | None = None


def ask_for(enquiry: Enquiry) -> None:
    """In the transaction that keeps the enquiry; told again, it is no news."""
    by = enquiry.connection or enquiry.mailbox
    if by is None or not enquiry.to or not is_on(by):
        return
    Acknowledgement.objects.get_or_create(
        workspace_id=enquiry.party.workspace_id, source=hashed(enquiry.source),
        defaults={
            "party": enquiry.party, "to": enquiry.to[:254], "whom": _whom(enquiry.to),
            "topic": enquiry.topic[:300], "at": enquiry.at,
            "connection": enquiry.connection, "mailbox": enquiry.mailbox,
        },
    )  # fmt: skip


def is_on(by: Connection | Mailbox) -> bool:
    """A form answers at once unless it was switched off, as soon as something can send it; a
    mailbox and another program only where it was switched on."""
    row = setting_of(by)
    on = row.on if row else isinstance(by, Connection) and by.kind == FORM
    return on and sender_of(by) is not None


def setting_of(by: Connection | Mailbox) -> AtOnce | None:
    rows = AtOnce.objects.filter(workspace=by.workspace_id)
    kind = {"connection": by} if isinstance(by, Connection) else {"mailbox": by}
    return rows.filter(**kind).first()


def change(by: Connection | Mailbox, *, on: bool, words: str) -> None:
    kind = {"connection": by} if isinstance(by, Connection) else {"mailbox": by}
    AtOnce.objects.update_or_create(
        workspace_id=by.workspace_id, **kind, defaults={"on": on, "words": words}
    )


def sender_of(by: Connection | Mailbox) -> Mailbox | None:
    """The mailbox itself; for a form that of whoever looks after it, else one of the team's."""
    working = Mailbox.objects.filter(workspace=by.workspace_id, state=WORKS, removed_at=None)
    if isinstance(by, Mailbox):
        return working.filter(pk=by.pk).first()
    may = working.filter(Q(shared=True) | Q(member=by.owner_id)).order_by("shared", "pk")
    return may.first()


def who_writes(by: Connection | Mailbox) -> Member:
    return by.owner if isinstance(by, Connection) else by.member


# --- the worker's -------------------------------------------------------------------------


def to_write(workspace: Workspace) -> list[int]:
    rows = Acknowledgement.objects.filter(workspace=workspace, state=TO_ANSWER)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:SOME])


def locked(workspace: Workspace, pk: int) -> Acknowledgement | None:
    """None: another worker has done it."""
    rows = Acknowledgement.objects.select_for_update(of=("self",)).filter(
        workspace=workspace, pk=pk, state=TO_ANSWER
    )
    joined = rows.select_related(
        "workspace", "party", "connection__owner__workspace", "mailbox__member__workspace"
    )
    return joined.first()


def why_not(row: Acknowledgement, *, at: datetime) -> Saying | None:
    """The first reason that speaks against it."""
    return next((why for why, holds in _reasons(row, at) if holds), None)


def _reasons(row: Acknowledgement, at: datetime) -> Iterator[tuple[Saying, bool]]:
    yield GONE, row.party.forgotten or not row.to
    yield OURSELVES, row.to.lower() in our_addresses(row.workspace)
    yield LATE, at - row.at > TOO_LATE
    word = row.party.our_word_at
    yield BY_A_PERSON, word is not None and word >= row.at
    theirs = Acknowledgement.objects.filter(workspace=row.workspace_id, whom=row.whom)
    yield A_LOOP, theirs.filter(at__gt=at - WITHIN).count() > LOOP
    had = theirs.filter(state=ANSWERED).exclude(message__state=CANCELLED)
    same = {"connection": row.connection_id, "mailbox": row.mailbox_id}
    yield THIS_WEEK, had.filter(at__gt=at - A_WEEK, **same).exists()
    yield JUST_NOW, had.filter(at__gt=at - SAME_BREATH).exists()
    yield ENOUGH, had.filter(at__gt=at - A_DAY).count() >= MOST_A_DAY


def settle(row: Acknowledgement, message: Message | None, why: Saying | str = "") -> None:
    """What the letter needed goes; that they had it stays."""
    row.state, row.message, row.why = ANSWERED if message else LEFT_OUT, message, str(why)[:200]
    row.to = row.topic = ""
    row.save(update_fields=["state", "message", "why", "to", "topic"])


# --- why none left --------------------------------------------------------------------------

NO_LETTER = Q(state=LEFT_OUT) | Q(message__state__in=(CANCELLED, FAILED))


def why_none(workspace: int, sources: Iterable[str]) -> dict[str, str]:
    """Of these enquiries, by the hashes of their sources: why none left at once."""
    rows = _without(workspace).filter(source__in=set(sources))
    return {one.source: _why(one) for one in rows if _why(one)}


def lately_none(by: Connection | Mailbox) -> list[tuple[Acknowledgement, str]]:
    """The last ones of a form or a mailbox that got none, each with the reason."""
    kind = {"connection": by} if isinstance(by, Connection) else {"mailbox": by}
    rows = _without(by.workspace_id).filter(**kind, party__forgotten=False).order_by("-pk")
    return [(one, _why(one)) for one in rows.select_related("party")[:LATELY]]


def _without(workspace: int) -> QuerySet[Acknowledgement]:
    rows = Acknowledgement.objects.filter(NO_LETTER, workspace=workspace)
    return rows.select_related("message").defer("message__raw")


def _why(row: Acknowledgement) -> str:
    return row.why or (row.message.reason if row.message else "")


# --- the words ----------------------------------------------------------------------------


def own_words(by: Connection | Mailbox) -> str:
    """Those that somebody wrote for it; else ours, in the language of the team."""
    row = setting_of(by)
    return (row.words if row else "") or in_their_tongue(by, WORDS)


def in_their_tongue(by: Connection | Mailbox, said: Saying) -> str:
    """No request says in which language: the team's."""
    member = who_writes(by)
    with translation.override(member.workspace.language or member.language or "en"):
        return gettext(said.template)


def filled(words: str, *, name: str, topic: str, me: str) -> str:
    """Only these three are filled in; a greeting without a name ends where the name would be."""
    said = words if name else words.replace(" {name}", "")
    for mark, value in {"{name}": name, "{topic}": topic, "{me}": me}.items():
        said = said.replace(mark, value)
    return said


def _whom(address: str) -> str:
    return hashed(f"at once:{canonical_email(address)}")
