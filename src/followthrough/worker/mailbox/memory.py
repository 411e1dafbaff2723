"""What the books remember of a mailbox: the desk's questions, asked once for a handful of mails.

Ids and addresses are kept as keyed hashes; the questions are asked by them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from followthrough.inlets.noticed import Mail
from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.models import (
    Address,
    Fact,
    MailTrace,
    Message,
    StoredMail,
    Workspace,
)
from followthrough.ledger.models.reading import LIST, READ, REFERS, TO
from followthrough.ledger.names import hashed
from followthrough.ledger.statements import select

OURS, THEIRS = ("WeWrote", "QuoteSent"), ("TheyWrote", "TheyEnquired", "TheyBooked")
MOST_IDS = 100  # of one mail: a forged one may name thousands


class Memory:
    """Knows what the desk asks about this handful of mails; see `inlets/mailbox/known.py`."""

    def __init__(self, workspace: Workspace, mails: Sequence[Mail]) -> None:
        self.workspace = workspace
        self.hashes = {one: hashed(one) for one in {*_ids(mails), *_addresses(mails)}}
        ids = {self.hashes[one] for one in _ids(mails)}
        addresses = {one: self.hashes[one] for one in _addresses(mails)}
        self._look_up_ids(ids)
        self._look_up_addresses(addresses)
        self._look_up_the_outbox(_ids(mails))
        told = self._rows({"key": {mail.key for mail in mails}, "state": [READ]}, "key")
        self.read_before = {key for (key,) in told}

    def _look_up_ids(self, ids: set[str]) -> None:
        self.bearing: dict[str, tuple[bool, datetime | None, str, str]] = {}
        self.threads: dict[str, str] = {}
        for pk in self._traces(REFERS, ids):
            self.threads.setdefault(pk[1], pk[0])
        names = ("message_id", "ours", "written_at", "key", "thread")
        for message_id, ours, at, key, thread in self._rows({"message_id": ids}, *names):
            known = self.bearing.get(message_id)
            self.bearing[message_id] = known if known and known[0] else (ours, at, key, thread)
            self.threads[message_id] = thread

    def _look_up_the_outbox(self, ids: set[str]) -> None:
        """What left through here may lie in no folder that we read, and is ours all the same."""
        self.sent_to: dict[str, str] = {}
        rows = Message.objects.filter(
            workspace=self.workspace, message_id__in=[f"<{one}>" for one in ids],
            handover_at__isnull=False,
        )  # fmt: skip
        names = ("message_id", "handover_at", "thread", "recipient")
        for message_id, at, thread, to in rows.values_list(*names) if ids else ():
            name = self.hashes[message_id.strip("<>")]
            self.bearing[name] = (True, at, "", thread)
            self.threads[name] = thread
            self.sent_to[name] = to

    def _traces(self, kind: str, values: set[str]) -> list[tuple[str, str]]:
        """Thread and id, of mails that answer these."""
        rows = MailTrace.objects.filter(
            workspace=self.workspace, kind=kind, value__in=list(values)
        ).order_by("pk")  # fmt: skip
        return list(rows.values_list("mail__thread", "value"))

    def _look_up_addresses(self, addresses: dict[str, str]) -> None:
        hashes = set(addresses.values())
        self.lists = {value for _, value in self._traces(LIST, hashes)}
        ours = MailTrace.objects.filter(
            workspace=self.workspace, kind=TO, value__in=list(hashes), mail__ours=True
        )
        self.written_to = set(ours.values_list("value", flat=True).distinct())
        senders = self._rows({"sender": hashes}, "sender")
        self.writers = {sender for (sender,) in senders}
        self._ask_the_books(addresses)

    def _ask_the_books(self, addresses: dict[str, str]) -> None:
        """Who was brought in otherwise, and wrote or was written to, is no stranger."""
        by_canonical = {canonical_email(one): value for one, value in addresses.items()}
        known = Address.objects.filter(
            workspace=self.workspace, kind="email", canonical__in=list(by_canonical)
        )
        of_party: dict[int, list[str]] = {}
        self.somebody: set[str] = set()
        for party, canonical in known.values_list("party", "canonical"):
            of_party.setdefault(party, []).append(by_canonical[canonical])
            self.somebody.add(canonical)
        facts = Fact.objects.filter(
            workspace=self.workspace, party__in=list(of_party), kind__in=(*OURS, *THEIRS)
        )
        for party, kind in facts.values_list("party", "kind").distinct():
            place = self.written_to if kind in OURS else self.writers
            place |= set(of_party[party])

    def _rows(self, where: dict[str, Collection[str]], *names: str) -> list[tuple]:  # type: ignore[type-arg]
        # The last list may be long; a state is one word.
        first, *rest = where
        asked = {"workspace": [self.workspace.pk], **{one: where[one] for one in (*rest, first)}}
        return list(select(StoredMail, names, asked)) if where[first] else []

    # --- the desk's questions ---------------------------------------------------------

    def is_news(self, key: str) -> bool:
        news = key not in self.read_before
        self.read_before.add(key)
        return news

    def thread_of(self, message_id: str, references: tuple[str, ...]) -> str:
        ids = (message_id, *reversed(references[-MOST_IDS:]))
        known = (self.threads.get(self.hashes.get(one, "")) for one in ids if one)
        return next(filter(None, known), "")

    def is_list(self, address: str) -> bool:
        return self.hashes.get(address) in self.lists

    def has_written(self, address: str) -> bool:
        return self.hashes.get(address) in self.writers

    def was_written_to(self, address: str) -> bool:
        return self.hashes.get(address) in self.written_to

    def is_somebody(self, address: str) -> bool:
        return canonical_email(address) in self.somebody

    def holds(self, message_id: str) -> bool:
        return self.hashes.get(message_id) in self.bearing

    def first_of_ours(self, ids: Iterable[str]) -> str:
        return next((one for one in ids if self._bearing(one)[0]), "")

    def sent_at(self, message_id: str) -> datetime | None:
        return self._bearing(message_id)[1]

    def recipients_of(self, message_id: str) -> tuple[str, ...]:
        """By whom the books say that it went to: the mail itself is gone."""
        if to := self.sent_to.get(self.hashes.get(message_id, "")):
            return (to,)
        key = self._bearing(message_id)[2]
        if not key:
            return ()
        told = Fact.objects.filter(
            workspace=self.workspace, source=hashed(f"mail:{key}"), kind="WeWrote"
        )
        rows = Address.objects.filter(
            workspace=self.workspace, kind="email", party__in=told.values("party")
        )
        return tuple(sorted(rows.values_list("value", flat=True)))

    def _bearing(self, message_id: str) -> tuple[bool, datetime | None, str, str]:
        return self.bearing.get(self.hashes.get(message_id, ""), (False, None, "", ""))


def _ids(mails: Iterable[Mail]) -> set[str]:
    found: set[str] = set()
    for mail in mails:
        found |= {mail.message_id, *mail.references[-MOST_IDS:]}
        found |= set(mail.bounce.message_ids[:MOST_IDS]) if mail.bounce else set()
        found |= {mail.forwarded.message_id} if mail.forwarded else set()
    return found - {""}


def _addresses(mails: Iterable[Mail]) -> set[str]:
    found: set[str] = set()
    for mail in mails:
        found |= {mail.sender.email, *(one.email for one in mail.recipients)}
        if mail.bounce:
            found |= {name for one in mail.bounce.recipients for name in (one.address, one.also)}
        if mail.forwarded:
            found.add(mail.forwarded.sender.email)
    return found - {""}
