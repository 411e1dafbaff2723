"""A plan that runs with Ann, Bob’s quote to her, and mail that may be her answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.stories.plans import stands, with_plans
from tests.web.desk import hear, owed_to
from tests.worker.laid import box_of
from tests.worker.letters import letter
from tests.worker.test_mail_heard_of import handed_over

from followthrough.channels.email.letter import Letter, ready
from followthrough.core.facts import QuoteSent
from followthrough.ledger import clock
from followthrough.ledger.models import Address
from followthrough.ledger.outbox.queueing import For, queue

MINUTE = timedelta(minutes=1)
LATER = MONDAY + 5 * MINUTE
ANN = "ann@customer.test"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def mailbox(workspace, mia, bob):
    with_plans(workspace)
    return box_of(bob)


@pytest.fixture
def ann(workspace, bob, mailbox):
    return somebody("Ann", ANN, workspace, bob)


def somebody(name, address, workspace, owner):
    party = party_named(name, workspace, owner=owner)
    Address.objects.filter(party=party, kind="email").update(value=address, canonical=address)
    return party


@pytest.fixture
def sent(ann, mailbox):
    """Bob's quote to Ann left through here, and a plan runs."""
    hear(ann, QuoteSent(at=MONDAY - DAY, matter="sign"))
    message = mailed(ann, mailbox, ANN)
    assert stands(ann)[0] == "active"
    return message


def mailed(party, mailbox, to, matter="sign"):
    written = ready(
        Letter(sender=mailbox.address, to=to, subject="Your sign", text="Hi"), at=MONDAY
    )
    what = For(key=f"k:{to}", party=party, member=mailbox.member, mailbox=mailbox, matter=matter)
    message = queue(written, what, at=MONDAY)
    handed_over(message)
    message.refresh_from_db()
    return message


def answers(message, sender, text="Yes please.", **heads):
    heads.setdefault("subject", "Re: Your sign")
    return letter(
        sender, "bob@banners.test", text, at=LATER, In_Reply_To=message.message_id, **heads
    )


def rules(party):
    return [row.rule for row in owed_to(party)]


def says(client, party, answer):
    [row] = [row for row in owed_to(party) if row.rule == "ask_whether"]
    with clock.at(LATER + MINUTE):
        return client.post(reverse("whether", args=[row.pk]), {"answer": answer}, follow=True)


def undone(client, response):
    with clock.at(LATER + 2 * MINUTE):
        client.post(next(iter(response.context["messages"])).extra_tags)
