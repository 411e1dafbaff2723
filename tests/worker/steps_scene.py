"""Bob's plan with mails that leave by themselves, and time that goes by."""

from datetime import timedelta

from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import somebody_asked, way

from followthrough.core.facts import WeWrote
from followthrough.core.plans import Step
from followthrough.ledger import clock, sequences
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import Address, FollowUp, Mailbox, Message
from followthrough.ledger.record import record
from followthrough.ledger.sequences import Draft
from followthrough.worker.plans.going_out import send_steps
from followthrough.worker.sending.dispatch import send_all

DAY = timedelta(days=1)
MAILS = Draft(
    name="Three mails",
    steps=tuple(
        Step(how="email", wait=1, alone=True, subject=f"Word {n}", words="Hello {name}\n\n{me}")
        for n in (1, 2, 3)
    ),
)


def answered(name, address, workspace, bob):
    """Somebody who asked and has our answer; nothing else is open."""
    party = somebody_asked(name, workspace, bob, at=MONDAY - 2 * HOUR)
    theirs = Address.objects.filter(party=party, kind="email")
    theirs.update(value=address, canonical=address)
    record(party, WeWrote(at=MONDAY - HOUR), source=f"first:{name}", at=MONDAY - HOUR)
    return party


def plan_of_mails(workspace, *steps, name="Three mails", **more):
    """A sequence; without steps of its own, of three mails a working day apart."""
    draft = Draft(name=name, steps=steps or MAILS.steps, **more)
    return sequences.make(workspace, draft, at=MONDAY)


def begin(party, sequence, by, at=MONDAY):
    assert enrol(party, sequence, by=by, at=at, source=f"begin:{party.pk}:{sequence.pk}") is None


def step_of(party):
    return FollowUp.objects.filter(party=party, settled_at=None, rule="ask_again").first()


def time_comes(mailbox, moment, inbox_read=True):
    """What the worker does at that moment: the inbox is read, what is due is written and sent."""
    if inbox_read:
        Mailbox.objects.filter(workspace=mailbox.workspace_id).update(read_at=moment)
    mailbox.refresh_from_db()
    with clock.at(moment):
        said = send_steps(mailbox.workspace, moment)
        send_all(mailbox, way())
    return said


def left(mailbox):
    return Message.objects.filter(workspace=mailbox.workspace_id, state="sent").count()
