"""Somebody is forgotten just while an import tells of them: nothing of it is written back."""

from io import BytesIO
from threading import Thread
from time import sleep

import pytest
from django.db import connections, transaction
from tests.worker.bringing_in import MONDAY, bring_in

from followthrough.core.facts import TheyWrote
from followthrough.inlets.noticed import Contact
from followthrough.ledger import intakes
from followthrough.ledger.forget import forget
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Fact, Intake, Party, Text
from followthrough.ledger.models.intake import GOING
from followthrough.worker.importing.outcomes import LINKED, Outcome, Told
from followthrough.worker.importing.writing import ASKED_TO_BE_FORGOTTEN, write

pytestmark = pytest.mark.django_db(transaction=True)
PLENTY = 0.3  # seconds, until the other one waits for us


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def mail_of(email):
    return Outcome(
        where=email, outcome=LINKED, proposed=True,
        told=(
            Told(
                contact=Contact(name="Ann", emails=(email,)), source=f"mail:{email}",
                facts=(TheyWrote(at=MONDAY),), words=(("Secret", "It is 42."),),
            ),
        ),
    )  # fmt: skip


def test_whoever_is_forgotten_while_a_slice_waits_stays_forgotten(bob, mia):
    bring_in(bob, b"Name,Email\nAnn,ann@customer.test\n")
    intake = intakes.receive(bob.workspace, bob, "all.mbox", BytesIO(b"x"), at=MONDAY)
    assert intakes.claim(intake, lease="mine", at=MONDAY)
    intakes.note(intake, phase=GOING)
    slice_ = [mail_of("ann@customer.test"), mail_of("cy@other.test")]

    with transaction.atomic():
        ann = lock([Party.objects.get().pk]).popitem()[1]
        writer = Thread(target=_written, args=(intake, slice_))
        writer.start()
        sleep(PLENTY)
        forget(ann, by=mia, at=MONDAY)
    writer.join()

    assert list(Address.objects.values_list("value", flat=True)) == ["cy@other.test"]
    assert list(Text.objects.exclude(body="").values_list("party__name", flat=True)) == ["Ann"]
    assert not Fact.objects.filter(party=ann, kind="TheyWrote").exists()
    assert Intake.objects.get(pk=intake.pk).counts["rules"] == {ASKED_TO_BE_FORGOTTEN: 1}


def _written(intake, outcomes):
    try:
        write(intake, outcomes, at=MONDAY)
    finally:
        connections.close_all()
