"""What an inlet hands over: people, mails, and facts with who they are about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from followthrough.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Postal:
    """Where a letter finds somebody; `kind` is home, work, other or ""."""

    kind: str = ""
    box: str = ""
    extended: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What else is written down of somebody.

    The kinds (home, work, cell, main …, "" where nobody says) stand in the order of the contact's
    own addresses and numbers; there are none where nobody says any. `birthday` is 1991-01-20, or
    --01-20 without a year.
    """

    prefix: str = ""
    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    nickname: str = ""
    department: str = ""
    birthday: str = ""
    email_kinds: tuple[str, ...] = ()
    phone_kinds: tuple[str, ...] = ()
    faxes: tuple[str, ...] = ()
    postal: tuple[Postal, ...] = ()
    urls: tuple[str, ...] = ()


NO_DETAILS = Details()


def kinds_said(kinds: Iterable[str]) -> tuple[str, ...]:
    """None at all where nobody says any."""
    found = tuple(kinds)
    return found if any(found) else ()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody, as written down elsewhere; `external` is their id in the other system. Who they
    are does not hang on the details."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    company: str = ""
    title: str = ""
    note: str = ""
    external: str = ""
    details: Details = field(default=NO_DETAILS, compare=False)

    @property
    def email(self) -> str:
        return self.emails[0] if self.emails else ""

    @property
    def known_by_something(self) -> bool:
        return bool(self.name or self.emails or self.phones or self.company or self.external)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Who wrote a mail: a person, or which kind of machine; `evidence` is the line that says so.

    Only a strong verdict may keep a sequence running: a weak one pauses it and asks.
    """

    kind: str
    strength: str
    rule: str
    evidence: str = ""

    @property
    def a_person(self) -> bool:
        return self.kind in ("human", "calendar")


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What became of one mail on its way to one address, as a server reports it.

    `meaning` is dead (the address does not exist), suspect (given up, for another reason),
    temporary (still trying) or delivered. `action` and `status` are words of RFC 3464 and RFC 3463;
    `also` is the address that a server made of it, where that is another one.
    """

    address: str = ""
    also: str = ""
    action: str = ""
    status: str = ""
    meaning: str
    diagnostic: str = ""

    @property
    def final(self) -> bool:
        return self.meaning in ("dead", "suspect")


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A report on a mail: of whom it speaks, and the ids of mails that it holds or names.

    `envelope` is what we had called the mail to the server; `shown`: somebody had it on a screen,
    as a read receipt says.
    """

    recipients: tuple[Returned, ...] = ()
    message_ids: tuple[str, ...] = ()
    envelope: str = ""
    shown: bool = False


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """They agreed to it, or called it `off`; `at` is None where no moment can be read."""

    at: datetime | None = None
    off: bool = False


@dataclass(frozen=True, kw_only=True)
class Forwarded:
    """Somebody's mail inside another one; `message_id` is known only where it was attached whole.

    `at` is None where its date cannot be read.
    """

    sender: Contact
    at: datetime | None = None
    subject: str = ""
    text: str = ""
    message_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One readable mail. `key` names its content, `message_id` only what it calls itself."""

    key: str
    message_id: str = ""
    references: tuple[str, ...] = ()
    sender: Contact = Contact()
    reply_to: tuple[Contact, ...] = ()
    to: tuple[Contact, ...] = ()
    cc: tuple[Contact, ...] = ()
    delivered_to: tuple[str, ...] = ()
    sent_at: datetime | None = None
    arrived_at: datetime | None = None
    subject: str = ""
    text: str = ""
    mailing_list: bool = False
    lists: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    verdict: Verdict
    bounce: Bounce | None = None
    forwarded: Forwarded | None = None
    appointment: Appointment | None = None

    @property
    def at(self) -> datetime | None:
        """When it was written as far as can be believed, else when a server took it in."""
        return self.sent_at or self.arrived_at

    @property
    def recipients(self) -> tuple[Contact, ...]:
        return self.to + self.cc


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """What could not be read, kept whole, with a sentence saying why."""

    where: str = ""
    why: str
    raw: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """One fact, who it is about, and the words that go with it; the mail's ids, to answer it."""

    source: str
    contact: Contact
    fact: Fact
    title: str = ""
    body: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sentence of a mail that may oblige somebody, word for word as it stands there.

    `kind` is one of asks, we_promise, they_promise, begs, upset, wants, days,
    phone, title and personal.
    `cue` names what gave it away: dismissing it teaches by that name. `start` counts characters of
    the whole text. `sure` lies between 0 and 1. `due` is the moment that a promise names, `days`
    are those that a request names, `value` is what is wanted, the number or the title.
    """

    kind: str
    sentence: str
    start: int
    cue: str
    sure: float
    due: datetime | None = None
    days: tuple[date, ...] = ()
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A mail that obliges nobody, and the rule that says so."""

    key: str
    rule: str
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """Where every mail went. The three outcomes add up to all that was read."""

    linked: tuple[Noticed, ...] = ()
    ignored: tuple[LeftOut, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    ours: tuple[str, ...] = ()
    mails_linked: int = 0
    rules: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "linked": self.mails_linked,
            "ignored": len(self.ignored),
            "unreadable": len(self.unreadable),
        }

    @property
    def read(self) -> int:
        return sum(self.counts.values())
