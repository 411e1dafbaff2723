"""The desk where mails are sorted: who wrote to whom, and whether it obliges anybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from followthrough.core.facts import OptedOut, TheyBooked, TheyEnquired, TheyWrote, WeWrote
from followthrough.core.saying import says
from followthrough.inlets.mailbox import machine_words as said
from followthrough.inlets.mailbox.bulk import BY_A_LIST, why_bulk
from followthrough.inlets.mailbox.known import Known
from followthrough.inlets.mailbox.reported import Reports, of_mail
from followthrough.inlets.mailbox.threads import thread_of
from followthrough.inlets.mailbox.words import is_optout
from followthrough.inlets.noticed import Contact, LeftOut, Mail, Noticed, Unreadable
from followthrough.ledger.addresses import FREE_MAIL

NO_DATE = says(
    "Nobody can tell when this was written: neither its date nor a server's stamp is credible."
)
NO_SENDER = says("This mail names no sender, so it cannot be matched to a person.")
NOT_OURS = says("a delivery report about mail that is not ours")
A_COPY = says("a copy of a mail already read")
BY_A_MACHINE_OF_OURS = says("an automatic mail of our own")
TO_A_LIST = says("our own mail to a mailing list")
AMONG_US = says("mail among ourselves")
TO_NOBODY = says("our own mail, to nobody named")


class Desk:
    """Sorts mail by mail; `known` holds what was seen of all of them, and is settled."""

    def __init__(self, known: Known, ours: frozenset[str]) -> None:
        self.known, self.ours = known, ours
        self.reports = Reports(known, ours)
        self.houses = {one.partition("@")[2] for one in ours} - FREE_MAIL

    def is_ours(self, mail: Mail) -> bool:
        return mail.sender.email in self.ours

    def outcome(self, mail: Mail) -> list[Noticed] | LeftOut | Unreadable:
        if not self.known.is_news(mail.key):
            return LeftOut(key=mail.key, rule=A_COPY, subject=mail.subject)
        if found := self.reports.of(mail) or self._forwarded(mail) or self.in_doubt(mail):
            return found
        if rule := self._why_not(mail):
            return LeftOut(key=mail.key, rule=rule, subject=mail.subject)
        if mail.at is None or not mail.sender.email:
            why = NO_DATE if mail.sender.email else NO_SENDER
            return Unreadable(where=mail.subject or mail.message_id or mail.key[:12], why=why)
        return list(self._people(mail))

    def in_doubt(self, _mail: Mail) -> list[Noticed]:
        """Of what is long past nobody is asked whether it was an answer."""
        return []

    def _people(self, mail: Mail) -> Iterator[Noticed]:
        if asker := self._by_form(mail):
            yield of_mail(mail, asker, TheyEnquired(at=_at(mail), channel="form"))
        else:
            yield from self._ours(mail) if self.is_ours(mail) else self._theirs(mail)

    def _why_not(self, mail: Mail) -> str:
        """The rule by which a mail obliges nobody, or "" when it does."""
        if self._by_form(mail):
            return ""
        return self._why_not_ours(mail) if self.is_ours(mail) else self._why_not_theirs(mail)

    def _why_not_theirs(self, mail: Mail) -> str:
        answers_us = bool(self.known.first_of_ours(mail.references))
        found = mail.verdict
        if found.kind == "unsubscribe" or (found.kind == "newsletter" and answers_us):
            return ""
        if found.kind == "bounce" and found.strength == "strong":
            return NOT_OURS
        if found.kind == "auto_notice" or (found.strength == "strong" and not found.a_person):
            return found.rule
        if answers_us:
            return ""
        return BY_A_LIST if self._by_list(mail) else self._why_bulk(mail)

    def _why_bulk(self, mail: Mail) -> str:
        """Whom we have written to is no stranger, whatever stands at the foot of their mail."""
        if self.known.was_written_to(mail.sender.email):
            return ""
        houses = {one.email.partition("@")[2] for one in mail.recipients}
        return why_bulk(mail, named=self._names_us(mail) or bool(houses & self.houses))

    def _by_list(self, mail: Mail) -> bool:
        listed = mail.mailing_list or any(self.known.is_list(one.email) for one in mail.recipients)
        return listed and not self._names_us(mail)

    def _why_not_ours(self, mail: Mail) -> str:
        if mail.verdict.kind in (
            "auto_reply",
            "auto_notice",
            "bounce",
            "delayed",
            "delivered",
            "read_receipt",
        ):
            return BY_A_MACHINE_OF_OURS
        if not list(self._outsiders(mail)):
            if any(self.known.is_list(one.email) for one in mail.recipients):
                return TO_A_LIST
            return AMONG_US if mail.recipients else TO_NOBODY
        return ""

    def _by_form(self, mail: Mail) -> Contact | None:
        """Who filled in a form on a website: it writes as itself or as us, and names them in
        Reply-To. Addresses of the form's own house (reply+token@…) are not people."""
        if mail.mailing_list or "sent in bulk" in mail.flags or not self._names_us(mail):
            return None
        local, _, house = mail.sender.email.partition("@")
        as_us = mail.sender.email in self.ours or house in self.houses
        if mail.verdict.kind not in ("human", "auto_notice", "own") or not (
            as_us or said.NO_REPLY.match(local)
        ):
            return None
        people = (one for one in mail.reply_to if one.email not in self.ours)
        return next((one for one in people if one.email.partition("@")[2] != house), None)

    def _names_us(self, mail: Mail) -> bool:
        return any(person.email in self.ours for person in mail.recipients)

    def _outsiders(self, mail: Mail) -> Iterator[Contact]:
        """The people we wrote to: each once, without ourselves, machines and lists.

        Beside those we addressed, a copy counts only for who wrote themselves: it may be our
        answer to them.
        """
        to = [one for one in mail.to if self._is_outside(one)]
        cc = [one for one in mail.cc if self._is_outside(one)]
        copied = [one for one in cc if self.known.has_written(one.email)] if to else cc
        for person in dict.fromkeys(replace(one, name="") for one in (*to, *copied)):
            yield next(one for one in mail.recipients if one.email == person.email)

    def _is_outside(self, person: Contact) -> bool:
        local = person.email.partition("@")[0]
        return not (
            person.email in self.ours
            or self.known.is_list(person.email)
            or said.NO_REPLY.match(local)
            or said.DAEMON.match(local)
        )

    def _is_in_house(self, person: Contact) -> bool:
        """One of us, or at an address of our house that nobody has named as ours."""
        return not self._is_outside(person) or person.email.partition("@")[2] in self.houses

    def _ours(self, mail: Mail) -> Iterator[Noticed]:
        fact = WeWrote(at=_at(mail), thread=thread_of(mail, self.known))
        for person in self._outsiders(mail):
            yield of_mail(mail, person, fact)

    def _theirs(self, mail: Mail) -> Iterator[Noticed]:
        pressed = mail.verdict.kind == "unsubscribe"
        if not pressed:
            yield of_mail(mail, mail.sender, self._said(mail))
        if pressed or is_optout(mail):
            yield of_mail(mail, mail.sender, OptedOut(at=_at(mail), channels=("email",)))

    def _said(self, mail: Mail) -> TheyWrote | TheyBooked:
        thread = thread_of(mail, self.known)
        if mail.appointment and not mail.appointment.off:
            return TheyBooked(at=_at(mail), due=mail.appointment.at, thread=thread)
        return TheyWrote(at=_at(mail), thread=thread, calls_off=mail.appointment is not None)

    def _forwarded(self, mail: Mail) -> list[Noticed]:
        """Somebody's mail that one of us handed on to us: theirs, and of the day they wrote it."""
        found = mail.forwarded
        if found is None or not self.is_ours(mail) or not mail.recipients:
            return []
        at = found.at or mail.at
        if at is None or self._is_in_house(found.sender):
            return []
        if not all(map(self._is_in_house, self._outsiders(mail))):
            return []
        if found.message_id and self.known.holds(found.message_id):
            return []  # we have it from themselves
        thread = self.known.thread_of(found.message_id, ()) or thread_of(mail, self.known)
        noticed = Noticed(
            source=f"mail:{mail.key}", contact=found.sender, fact=TheyWrote(at=at, thread=thread),
            title=found.subject or mail.subject, body=found.text, message_id=found.message_id,
        )  # fmt: skip
        return [noticed]


def _at(mail: Mail) -> datetime:
    """Only mails with a moment come this far."""
    if mail.at is None:
        raise ValueError(NO_DATE)
    return mail.at
