"""Mail that answers us, perhaps: from a machine, from an address that nobody knows, from somebody
else. Only strong evidence lets a plan go on by itself; doubt is put before a person."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Protocol

from followthrough.core.facts import AutoReplied, PerhapsReplied
from followthrough.inlets.mailbox.absence import absence_in
from followthrough.inlets.mailbox.known import Known
from followthrough.inlets.mailbox.reported import of_mail
from followthrough.inlets.mailbox.threads import thread_of
from followthrough.inlets.noticed import Contact, Mail, Noticed
from followthrough.ledger.addresses import FREE_MAIL, canonical_email

MACHINES = ("auto_reply", "auto_notice", "bounce")


class KnowsPeople(Known, Protocol):
    def is_somebody(self, address: str) -> bool:
        """Whether this address stands in the books."""
        ...


class Doubtful:
    def __init__(self, known: KnowsPeople, ours: frozenset[str]) -> None:
        self.known, self.ours = known, ours

    def instead(self, mail: Mail) -> list[Noticed]:
        """What is told instead of “they wrote”."""
        verdict = mail.verdict
        if mail.at is None or not mail.sender.email or mail.sender.email in self.ours:
            return []
        if verdict.kind == "auto_reply" and verdict.strength == "strong":
            return [of_mail(mail, who, _away(mail, mail.at)) for who in self._about(mail)]
        if verdict.kind in MACHINES and verdict.strength == "weak":
            fact = self._perhaps(mail, mail.at, "machine")
            return [of_mail(mail, who, fact) for who in self._about(mail)]
        strange = verdict.a_person and not self.known.is_somebody(mail.sender.email)
        if strange and self._from_elsewhere(mail):
            return [self._for_whom(mail, mail.at, apart=False)]
        return []

    def beside(self, mail: Mail) -> list[Noticed]:
        """What is told beside it: somebody whom we know has answered in somebody else's talk."""
        if mail.at is None or not mail.verdict.a_person or not self._from_elsewhere(mail):
            return []
        return [self._for_whom(mail, mail.at, apart=True)]

    def _about(self, mail: Mail) -> Iterator[Contact]:
        """For whom a machine answers: its own address where we wrote to it, else whoever got the
        mail that it answers."""
        if self.known.was_written_to(mail.sender.email):
            yield Contact(emails=(mail.sender.email,))
            return
        whom = self._whom(mail)
        if len(whom) == 1:
            yield Contact(emails=(whom[0],))

    def _whom(self, mail: Mail) -> list[str]:
        sent = self.known.first_of_ours(reversed(mail.references))
        written = self.known.recipients_of(sent) if sent else ()
        return [to for to in written if to not in self.ours]

    def _from_elsewhere(self, mail: Mail) -> bool:
        whom = self._whom(mail)
        theirs = {canonical_email(one) for one in whom}
        return bool(whom) and canonical_email(mail.sender.email) not in theirs

    def _for_whom(self, mail: Mail, at: datetime, *, apart: bool) -> Noticed:
        house = mail.sender.email.partition("@")[2]
        whom = self._whom(mail)
        same = [one for one in whom if one.partition("@")[2] == house and house not in FREE_MAIL]
        why = "other" if apart else "colleague" if same else "elsewhere"
        fact = self._perhaps(mail, at, why, apart=apart)
        return of_mail(mail, Contact(emails=((same or whom)[0],)), fact)

    def _perhaps(
        self, mail: Mail, at: datetime, why: str, *, apart: bool = False
    ) -> PerhapsReplied:
        return PerhapsReplied(at=at, why=why, apart=apart, thread=thread_of(mail, self.known))


def _away(mail: Mail, at: datetime) -> AutoReplied:
    found = absence_in(f"{mail.subject}.\n{mail.text}", at=at)
    back = datetime.combine(found.back, time(), at.tzinfo) if found.back else None
    return AutoReplied(at=at, until=back, gone=found.gone)
