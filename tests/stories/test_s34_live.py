"""S34: The form and the mail of one person within five minutes, live: one enquiry, two sources."""

from datetime import timedelta

import pytest
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import hear, kinds, owed_to
from tests.web.knocking import connected, filled, told_by_program, told_by_telephone

from followthrough.core.facts import TheyWrote
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Matter, Party
from followthrough.ledger.parties import Known, find_or_add

MINUTES = timedelta(minutes=1)
KNOWN = Known(name="Ann Archer", emails=("ann@archer.example",))


@pytest.fixture
def form(mia, bob):
    return connected("form", bob)


def form_filled(form, at):
    with clock.at(at):
        filled(form)


def mail_comes(workspace, bob, written, heard):
    """As the mailbox tells it: loose words in a thread of their own."""
    ann = find_or_add(workspace, KNOWN, owner=bob, at=heard)
    hear(ann, TheyWrote(at=written, thread="1@archer.example"), words=[("A sign", "Do you ring?")])


ORDERS = {
    "the form first": lambda form, mail: (form(MONDAY), mail(MONDAY + 4 * MINUTES)),
    "the mail first": lambda form, mail: (mail(MONDAY), form(MONDAY + 4 * MINUTES)),
    "the mail is found later": lambda form, mail: (form(MONDAY + 4 * MINUTES), mail(MONDAY)),
}


@pytest.mark.parametrize("told", ORDERS.values(), ids=ORDERS)
def test_s34_form_and_mail_are_one_enquiry(workspace, bob, form, told):
    told(
        lambda at: form_filled(form, at),
        lambda at: mail_comes(workspace, bob, at, MONDAY + 5 * MINUTES),
    )

    [ann] = Party.objects.all()
    [row] = owed_to(ann)
    assert sorted(kinds(ann)) == ["TheyEnquired", "TheyWrote"]
    assert Matter.objects.filter(closed_at=None).count() == 1
    assert (row.rule, row.count) == ("answer_them", 1)
    assert audit(workspace, at=MONDAY + HOUR).uncovered == 0


def test_s34_a_call_a_text_and_a_chat_join_it_too(workspace, bob, form):
    line, chat = connected("telephone", bob), connected("other", bob)
    with clock.at(MONDAY):
        filled(form, phone="020 7946 0301")
    number = "+442079460301"
    with clock.at(MONDAY + MINUTES):
        told_by_telephone(line, CallSid="CA1", CallStatus="busy", From=number)
        told_by_telephone(line, MessageSid="SM1", From=number, Body="I tried to ring you.")
        told_by_program(chat, {"phone": number, "message": "Are you there?", "channel": "chat"})

    [ann] = Party.objects.all()
    assert len(kinds(ann)) == 4
    [row] = owed_to(ann)
    assert (row.rule, row.count) == ("answer_them", 1)


def test_s30_nobody_who_fills_the_form_is_without_a_next_step(workspace, bob, form):
    for n in range(5):
        with clock.at(MONDAY + n * MINUTES):
            filled(form, email=f"ann{n}@archer.example", name=f"Ann{n} Archer")

    assert Party.objects.count() == 5
    assert all(len(owed_to(ann)) == 1 for ann in Party.objects.all())
    assert audit(workspace, at=MONDAY + HOUR).uncovered == 0
