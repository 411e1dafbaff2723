"""From mails to facts: each is linked to a person, left out by a named rule, or set aside."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from followthrough.core.facts import Fact, OptedOut, TheyEnquired, TheyWrote, WeWrote
from followthrough.inlets.mailbox import machine_words as said
from followthrough.inlets.mailbox.bulk import why_bulk
from followthrough.inlets.mailbox.threads import threads
from followthrough.inlets.mailbox.words import is_optout
from followthrough.inlets.noticed import Contact, LeftOut, Mail, Noticed, Sorted, Unreadable

# Neighbours at these houses are strangers to each other.
FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com aol.com icloud.com me.com
    gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.ru orange.fr libero.it
    """.split()  # noqa: SIM905
)
NO_DATE = (
    "Nobody can tell when this was written: neither its date nor a server's stamp is credible."
)
NO_SENDER = "This mail names no sender, so it cannot be matched to a person."


def who_are_we(mails: Iterable[Mail | Unreadable]) -> tuple[str, ...]:
    """Our own addresses, the likeliest first; a guess to be shown, for when nobody said."""
    return tuple(likely_ours(mails))


def likely_ours(mails: Iterable[Mail | Unreadable]) -> dict[str, int]:
    """Addresses that mail was delivered to, with how often.

    Without delivery headers: who both writes to others and hears from them, most of all.
    """
    read = [mail for mail in mails if isinstance(mail, Mail)]
    lists = {address for mail in read for address in mail.lists}
    delivered, heard, wrote = Counter[str](), Counter[str](), Counter[str]()
    for mail in read:
        people = {person.email for person in mail.recipients} - lists
        wrote.update([mail.sender.email] if mail.sender.email and mail.verdict.a_person else ())
        if not mail.mailing_list:
            delivered.update(set(mail.delivered_to) & people)
            heard.update(people)
    enough = max(delivered.values(), default=0) / 10  # an alias counts, a chance meeting does not
    likely = {one: count for one, count in delivered.items() if count >= enough}
    if not likely:
        both = Counter({one: heard[one] * wrote[one] for one in heard if wrote[one]})
        likely = dict((both or heard).most_common(1))
    return dict(sorted(likely.items(), key=lambda found: (-found[1], found[0])))


def conversations(found: Iterable[Mail | Unreadable], ours: frozenset[str] = frozenset()) -> Sorted:
    """Sort every mail; the outcomes add up. A copy of a mail already seen is left out as such."""
    read, unreadable = _apart(found)
    ours = frozenset(one.lower() for one in ours) or frozenset(who_are_we(read))
    desk = Desk(read, ours)
    linked: list[Noticed] = []
    ignored: list[LeftOut] = []
    mails_linked = 0
    for mail in read:
        outcome = desk.outcome(mail)
        if isinstance(outcome, Unreadable):
            unreadable.append(outcome)
        elif isinstance(outcome, LeftOut):
            ignored.append(outcome)
        else:
            linked += outcome
            mails_linked += 1
    return Sorted(
        linked=tuple(linked),
        ignored=tuple(ignored),
        unreadable=tuple(unreadable),
        ours=tuple(sorted(ours)),
        mails_linked=mails_linked,
        rules=dict(Counter(one.rule for one in ignored).most_common()),
    )


def _apart(found: Iterable[Mail | Unreadable]) -> tuple[list[Mail], list[Unreadable]]:
    read: list[Mail] = []
    unreadable: list[Unreadable] = []
    for one in found:
        if isinstance(one, Mail):
            read.append(one)
        else:
            unreadable.append(one)
    return read, unreadable


class Desk:
    """Where mails are sorted: who we are, what we wrote, and what was seen already."""

    def __init__(self, mails: list[Mail], ours: frozenset[str]) -> None:
        self.ours = ours
        self.thread = threads(mails)
        self.our_ids = {mail.message_id for mail in mails if mail.message_id and self.is_ours(mail)}
        self.lists = {address for mail in mails for address in mail.lists} - ours
        self.writers = {mail.sender.email for mail in mails}
        self.written_to = {
            one.email for mail in mails if self.is_ours(mail) for one in mail.recipients
        }
        self.houses = {one.partition("@")[2] for one in ours} - FREE_MAIL
        self.seen: set[str] = set()

    def is_ours(self, mail: Mail) -> bool:
        return mail.sender.email in self.ours

    def outcome(self, mail: Mail) -> list[Noticed] | LeftOut | Unreadable:
        if mail.key in self.seen:
            return LeftOut(key=mail.key, rule="a copy of a mail already read", subject=mail.subject)
        self.seen.add(mail.key)
        rule = self._why_not(mail)
        if rule:
            return LeftOut(key=mail.key, rule=rule, subject=mail.subject)
        if mail.at is None or not mail.sender.email:
            why = NO_DATE if mail.sender.email else NO_SENDER
            return Unreadable(where=mail.subject or mail.message_id or mail.key[:12], why=why)
        if asker := self._by_form(mail):
            return [_noticed(mail, asker, TheyEnquired(at=_at(mail), channel="form"))]
        return list(self._ours(mail) if self.is_ours(mail) else self._theirs(mail))

    def _why_not(self, mail: Mail) -> str:
        """The rule by which a mail obliges nobody, or "" when it does."""
        if self._by_form(mail):
            return ""
        if self.is_ours(mail):
            return self._why_not_ours(mail)
        answers_us = bool(self.our_ids.intersection(mail.references))
        found = mail.verdict
        if found.kind == "unsubscribe" or (found.kind == "newsletter" and answers_us):
            return ""
        if found.kind == "auto_notice" or (found.strength == "strong" and not found.a_person):
            return found.rule
        if answers_us:
            return ""
        return "mailing-list mail" if self._by_list(mail) else self._why_bulk(mail)

    def _why_bulk(self, mail: Mail) -> str:
        """Whom we have written to is no stranger, whatever stands at the foot of their mail."""
        if mail.sender.email in self.written_to:
            return ""
        houses = {one.email.partition("@")[2] for one in mail.recipients}
        return why_bulk(mail, named=self._names_us(mail) or bool(houses & self.houses))

    def _by_list(self, mail: Mail) -> bool:
        listed = mail.mailing_list or any(one.email in self.lists for one in mail.recipients)
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
            return f"{mail.verdict.rule} of our own"
        if not list(self._outsiders(mail)):
            if any(one.email in self.lists for one in mail.recipients):
                return "our own mail to a mailing list"
            return "mail among ourselves" if mail.recipients else "our own mail, to nobody named"
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
        copied = [one for one in cc if one.email in self.writers] if to else cc
        for person in dict.fromkeys(replace(one, name="") for one in (*to, *copied)):
            yield next(one for one in mail.recipients if one.email == person.email)

    def _is_outside(self, person: Contact) -> bool:
        local = person.email.partition("@")[0]
        return not (
            person.email in self.ours
            or person.email in self.lists
            or said.NO_REPLY.match(local)
            or said.DAEMON.match(local)
        )

    def _ours(self, mail: Mail) -> Iterator[Noticed]:
        fact = WeWrote(at=_at(mail), thread=self.thread[mail.key])
        for person in self._outsiders(mail):
            yield _noticed(mail, person, fact)

    def _theirs(self, mail: Mail) -> Iterator[Noticed]:
        pressed = mail.verdict.kind == "unsubscribe"
        if not pressed:
            yield _noticed(mail, mail.sender, TheyWrote(at=_at(mail), thread=self.thread[mail.key]))
        if pressed or is_optout(mail):
            yield _noticed(mail, mail.sender, OptedOut(at=_at(mail), channels=("email",)))


def _at(mail: Mail) -> datetime:
    """Only mails with a moment come this far."""
    if mail.at is None:
        raise ValueError(NO_DATE)
    return mail.at


def _noticed(mail: Mail, person: Contact, fact: Fact) -> Noticed:
    return Noticed(
        source=f"mail:{mail.key}", contact=person, fact=fact, title=mail.subject, body=mail.text
    )
