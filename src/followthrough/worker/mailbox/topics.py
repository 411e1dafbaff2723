"""Answers in an old conversation under a new subject, of mail that came just now."""

from collections.abc import Iterator, Sequence

from followthrough.core.facts import TheyWrote
from followthrough.ledger.mail_heads import thread_in_the_books
from followthrough.ledger.models import Mailbox, Topic
from followthrough.ledger.names import fact_name
from followthrough.ledger.topics import is_another, subjects_of
from followthrough.worker.mailbox.doubting import Line


def topics_in(mailbox: Mailbox, lines: Sequence[Line]) -> list[Topic]:
    """Before the books hear of these mails: until then they know how the talk was called."""
    answers = list(_answers(lines))
    if not answers:
        return []
    called = subjects_of(mailbox.workspace, (thread for _, thread in answers))
    found = []
    for (told, match, _), thread in answers:
        (subject, _body), *_ = told.words
        if is_another(subject, called.get((match.party.pk, thread), ())):
            named = fact_name(told.source, TheyWrote.__name__)
            found.append(Topic(workspace=mailbox.workspace, party=match.party, said=named))
    return found


def _answers(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """What answers something, with its conversation."""
    for line in lines:
        told = line[0]
        for fact in told.facts[:1]:
            if isinstance(fact, TheyWrote) and told.references and fact.thread:
                yield line, thread_in_the_books(fact.thread)
