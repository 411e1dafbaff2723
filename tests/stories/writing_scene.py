"""Bob writes at his desk, and the worker sends it to a server of the tests."""

from tests.ledger.scene import MONDAY
from tests.worker.sending_scene import at, way

from followthrough.ledger.models import FollowUp, Mailbox, Message
from followthrough.worker.sending.dispatch import send_all


def owed_to(party):
    return FollowUp.objects.select_related("matter").get(party=party, settled_at=None)


def writes(client, address, mailbox, now=MONDAY, **more):
    """Pressed Send, on a page of its own; the mail that waits."""
    values = {
        "token": address, "to": "ann@home.example", "mailbox": mailbox.pk, "subject": "Your sign",
        "text": "Hello Ann,\n\n90 pounds, all in.",
    }  # fmt: skip
    with at(now):
        answer = client.post(address, values | more)
    assert answer.status_code == 302, answer.content.decode()
    return Message.objects.order_by("-pk").first()


def sends(mailbox, now):
    with at(now):
        send_all(Mailbox.objects.get(pk=mailbox.pk), way())


def looks(client, address, now):
    with at(now):
        return client.get(address).content.decode()
