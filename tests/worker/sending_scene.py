"""Bob's mailbox at a server of the tests, Ann who waits for his answer, and letters to her."""

from datetime import timedelta
from itertools import count

from django.db.models import F
from tests.ledger.scene import MONDAY, party_named

from followthrough.channels.email.letter import Letter, ready
from followthrough.channels.email.talk import Patience
from followthrough.core.facts import TheyEnquired
from followthrough.ledger import clock
from followthrough.ledger.models import Address, FollowUp, Mailbox, Message, Sending
from followthrough.ledger.outbox import places
from followthrough.ledger.outbox.queueing import For, queue
from followthrough.ledger.record import record
from followthrough.worker.sending.dispatch import Way, send_all

SOON = MONDAY + timedelta(minutes=1)
QUICK = Patience(opening=6, command=3, words=3, answer=0.5)  # a busy machine is slow to begin
_numbers = count(1)


class Nowhere:
    """A server that nobody asks."""

    port = 25


def mailbox_at(server, member, **more):
    values = {
        "address": f"{member.name.lower()}@banners.example", "name": member.name,
        "username": member.name.lower(), "secret": "", "imap_host": "127.0.0.1",
        "smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": "plain",
        "added_at": MONDAY, "per_hour": 10_000, "per_day": 10_000,
    }  # fmt: skip
    mailbox = Mailbox.objects.create(workspace=member.workspace, member=member, **(values | more))
    assert places.held(member.workspace, at=MONDAY) is None
    return mailbox


def way(**more):
    usual = {"secret": lambda _mailbox: "sesame", "patience": QUICK, "chance": half}
    return Way(**(usual | {"inside": "machine"} | more))


def half():
    return 0.5


def somebody_asked(name, workspace, owner, at=MONDAY):
    party = party_named(name, workspace, owner=owner)
    Address.objects.filter(party=party, kind="email").update(canonical=F("value"))
    record(party, TheyEnquired(at=at), source=f"form:{name}", at=at)
    return party


def answer_to(party, mailbox, at=MONDAY, key="", to="", **more):
    """Queued as the answer to what they asked."""
    followup = (
        FollowUp.objects.filter(party=party, settled_at=None).select_related("matter").first()
    )
    letter = Letter(
        sender=mailbox.address, name=mailbox.name, to=to or f"{party.name.lower()}@home.example",
        to_name=party.name, subject="Your sign", text=f"Hello {party.name},\n\nwith pleasure.",
    )  # fmt: skip
    what = {"followup": followup, "member": mailbox.member} | more
    return queue(
        ready(letter, at=at),
        For(key=key or f"answer:{next(_numbers)}", party=party, mailbox=mailbox, **what),
        at=at,
    )


def state_of(message):
    return Message.objects.get(pk=message.pk).state


def handovers(workspace):
    return Sending.objects.get(workspace=workspace).handovers


def at(instant):
    return clock.at(instant)


def tried(message, mailbox, moment=SOON, how=None):
    with at(moment):
        send_all(Mailbox.objects.get(pk=mailbox.pk), how or way())
    message.refresh_from_db()
    return message
