"""The heads of mails, so that an answer from here stands in its conversation."""

from collections.abc import Iterator, Sequence

from followthrough.core.facts import TheyWrote, WeWrote
from followthrough.ledger import mail_heads
from followthrough.ledger.mail_heads import Head
from followthrough.ledger.models import Mailbox, Party, Workspace
from followthrough.ledger.parties import Match
from followthrough.ledger.plain import clean
from followthrough.worker.importing.outcomes import Told


def note_heads(
    workspace: Workspace, told: Sequence[Told], found: Sequence[Match], mailbox: Mailbox | None
) -> None:
    """Without a mailbox they came in a file."""
    mail_heads.note(workspace, _heads(told, found, mailbox))


def _heads(
    told: Sequence[Told], found: Sequence[Match], mailbox: Mailbox | None
) -> Iterator[tuple[Party, Head]]:
    for one, match in zip(told, found, strict=True):
        for fact in one.facts[:1]:
            if isinstance(fact, TheyWrote | WeWrote) and one.message_id:
                yield match.party, _head(one, fact, mailbox)


def _head(one: Told, fact: TheyWrote | WeWrote, mailbox: Mailbox | None) -> Head:
    (title, _), *_ = one.words
    return Head(
        thread=mail_heads.thread_in_the_books(fact.thread), message_id=clean(one.message_id),
        references=tuple(map(clean, one.references)), subject=clean(title),
        address=clean(one.contact.email), ours=isinstance(fact, WeWrote), written_at=fact.at,
        mailbox=mailbox.pk if mailbox else None,
    )  # fmt: skip
