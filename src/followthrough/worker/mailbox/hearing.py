"""Which mail of ours each mail in the box is about, and what it tells of that one.

By the address it came back to, by what we called it to the server, by the ids that it holds or
answers: in this order, and by nothing else.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from followthrough.core.facts import Bounced, Fact
from followthrough.inlets.noticed import Mail, Unreadable
from followthrough.ledger.models import Mailbox, Message
from followthrough.ledger.outbox.doubts import heard_of
from followthrough.ledger.outbox.returning import keeps_plus, named_in
from followthrough.worker.importing.outcomes import Outcome, Told
from followthrough.worker.mailbox.memory import MOST_IDS

REPORTS = {"bounce": "bounced", "delayed": "delayed", "complaint": "complained"}
Read = Mail | Unreadable


class Ears:
    """For a handful of mails: our messages that they name, asked once. What one of `ours` writes
    about them tells nothing."""

    def __init__(self, mailbox: Mailbox, mails: Sequence[Read], ours: Collection[str]) -> None:
        self.ours = ours
        self.mailbox, self.workspace = mailbox, mailbox.workspace
        self.read = [one if isinstance(one, Mail) else None for one in mails]
        self.mails = [one for one in mails if isinstance(one, Mail)]
        self.envelopes = {one.key: list(self._envelopes(one)) for one in self.mails}
        rows = Message.objects.filter(workspace=self.workspace, handover_at__isnull=False)
        rows = rows.defer("raw").select_related("member")
        named = {name for names in self.envelopes.values() for name in names}
        ids = {f"<{one}>" for mail in self.mails for one in _ids_in(mail)}
        by_envelope = list(rows.filter(envelope__in=named)) if named else []
        by_id = list(rows.filter(message_id__in=ids)) if ids else []
        self.by_envelope = {row.envelope: row for row in by_envelope}
        self.by_id = {row.message_id.strip("<>"): row for row in (*by_id, *by_envelope)}

    def _envelopes(self, mail: Mail) -> Iterator[str]:
        for address in (*mail.delivered_to, *(one.email for one in mail.recipients)):
            if name := named_in(self.workspace, address):
                yield name
        if mail.bounce and mail.bounce.envelope:
            yield mail.bounce.envelope.lower()[:64]

    def message_of(self, mail: Mail) -> Message | None:
        found = (self.by_envelope.get(name) for name in self.envelopes.get(mail.key, []))
        known = (self.by_id.get(one) for one in _ids_in(mail))
        return next(filter(None, (*found, *known)), None)

    def by_its_id(self, mail: Read) -> Read:
        """The same mail, in which the message that it is about stands by its id, so that whoever
        sorts it need know no more than ids."""
        row = self.message_of(mail) if isinstance(mail, Mail) else None
        if row is None or not isinstance(mail, Mail):
            return mail
        name = row.message_id.strip("<>")
        if mail.bounce:
            ids = (name, *(one for one in mail.bounce.message_ids if one != name))
            return replace(mail, bounce=replace(mail.bounce, message_ids=ids))
        if name in mail.references:
            return mail
        return replace(mail, references=(*mail.references, name))

    def said_of(self, mail: Read, outcome: Outcome) -> Outcome:
        """A report speaks of one mail of ours: its line in the books belongs where that one's is,
        under its subject and not under the server's."""
        row = self.message_of(mail) if isinstance(mail, Mail) and mail.bounce else None
        if row is None or not outcome.told:
            return outcome
        return replace(outcome, told=tuple(_named_after(one, row) for one in outcome.told))

    def keep(self, *, at: datetime) -> None:
        """In the transaction that tells the books. Heard twice, or in another order, it is the
        same."""
        for mail in self.mails:
            if row := self.message_of(mail):
                for what in _told_of(mail, {row.sender.lower(), *self.ours}):
                    heard_of(self.workspace, row.message_id, what, at=at)
        self._learn()

    def _learn(self) -> None:
        if self.mailbox.plus_works is None and any(
            keeps_plus(self.mailbox, one.delivered_to) for one in self.mails
        ):
            Mailbox.objects.filter(pk=self.mailbox.pk, plus_works=None).update(plus_works=True)


def _ids_in(mail: Mail) -> Iterable[str]:
    """Of a report what it holds; of any other mail what it answers, the nearest first."""
    if mail.bounce:
        return mail.bounce.message_ids
    return tuple(reversed(mail.references[-MOST_IDS:]))


def _told_of(mail: Mail, ours: Collection[str]) -> Iterator[str]:
    kind, told = mail.verdict.kind, mail.bounce
    if told is None:
        if mail.sender.email and mail.sender.email not in ours:
            yield "replied" if mail.verdict.a_person else "delivered"
        return
    if kind in REPORTS and mail.verdict.strength == "strong":
        yield REPORTS[kind]
    if kind == "delivered" and any(one.action == "delivered" for one in told.recipients):
        yield "delivered"
    if kind == "read_receipt":
        yield "delivered"
        if told.shown:
            yield "seen"


def _named_after(told: Told, row: Message) -> Told:
    words = tuple((row.subject or title, body) for title, body in told.words)
    facts = tuple(_placed(fact, row) for fact in told.facts)
    return replace(told, facts=facts, words=words)


def _placed(fact: Fact, row: Message) -> Fact:
    return replace(fact, matter=row.matter) if isinstance(fact, Bounced) and row.matter else fact
