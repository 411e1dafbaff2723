"""S22, S30, S37, S93: the ready-made plans, where their mails leave by themselves."""

from dataclasses import replace

import pytest
from django.db.models import F
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.servers.smtp import Server
from tests.stories.plans import do_it, plan_called, stands, tell, with_plans
from tests.worker.sending_scene import mailbox_at
from tests.worker.steps_scene import (
    answered,
    begin,
    left,
    plan_of_mails,
    step_of,
    time_comes,
)

from followthrough.core.facts import QuoteSent, TheyOrdered, TheyWrote
from followthrough.core.plans import Step
from followthrough.ledger import sequences
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Address, FollowUp, Matter
from followthrough.ledger.plans import plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(workspace, mia, bob):
    """All ready-made plans, and each mail of them with words leaves by itself."""
    with_plans(workspace)
    with Server() as server:
        box = mailbox_at(server, bob, read_at=MONDAY)
        for ready in ("quote", "enquiry", "half_year"):
            one = plan_called(ready)
            draft = sequences.draft_of(plan_of(sequences.newest(one)))
            alone = tuple(replace(step, alone=bool(step.words)) for step in draft.steps)
            sequences.revise(one, replace(draft, steps=alone), by=mia, at=MONDAY - DAY)
        workspace.refresh_from_db()
        box.server = server
        yield box


@pytest.fixture
def ann(workspace, mailbox, bob):
    ann = answered("Ann", "ann@home.example", workspace, bob)
    Matter.objects.filter(party=ann).update(title="Shop front")
    return ann


def follow(party, mailbox, most=20):
    """Each step on its day: what leaves by itself does, and what Bob is to do, he does."""
    ways = []
    while (row := step_of(party)) and len(ways) < most:
        assert FollowUp.objects.filter(party=party, settled_at=None).count() == 1
        if row.sender is None:
            do_it(party)
        else:
            time_comes(mailbox, row.due)
        ways.append("itself" if row.sender else row.how)
        assert step_of(party) is None or step_of(party).pk != row.pk
    return ways


def test_s22_after_a_quote_the_mails_leave_by_themselves(ann, mailbox):
    tell(ann, QuoteSent(at=MONDAY, matter=Matter.objects.get(party=ann).key), source="quote")

    ways = follow(ann, mailbox)

    assert ways.count("itself") == left(mailbox) == len(mailbox.server.taken) >= 2
    assert stands(ann) == ("finished", "")


@pytest.mark.parametrize("word", [TheyWrote, TheyOrdered])
def test_s22_a_word_from_them_ends_it(ann, mailbox, word):
    key = Matter.objects.get(party=ann).key
    tell(ann, QuoteSent(at=MONDAY, matter=key), source="quote")
    while step_of(ann).sender is None:
        do_it(ann)
    due = step_of(ann).due

    tell(ann, word(at=due - HOUR, matter=key), source="word")
    time_comes(mailbox, due)

    assert left(mailbox) == 0


def test_s30_each_new_enquiry_is_asked_seven_times(ann, mailbox, workspace):
    ways = follow(ann, mailbox)

    assert 1 + len(ways) == 7
    assert ways.count("itself") == left(mailbox) >= 2
    assert audit(workspace, at=MONDAY + 90 * DAY).uncovered == 0


def test_s37_of_twelve_touches_the_mails_leave_by_themselves(workspace, mailbox, bob):
    pat = party_named("Pat", workspace, owner=bob)
    Address.objects.filter(party=pat, kind="email").update(canonical=F("value"))
    begin(pat, plan_called("half_year"), bob)
    Matter.objects.filter(party=pat).update(title="Paper")

    ways = follow(pat, mailbox)

    assert len(ways) == 12
    assert ways.count("itself") == left(mailbox) == len(mailbox.server.taken)
    assert stands(pat) == ("finished", "")


def test_s93_the_third_mail_in_seven_days_is_held_with_its_reason_and_its_day(
    ann, mailbox, workspace, bob
):
    daily = tuple(
        Step(how="email", wait=1, alone=True, subject=f"{n}", words="Hello {name}") for n in "abcd"
    )
    begin(ann, plan_of_mails(workspace, *daily, name="Daily"), bob)

    for _ in range(2):
        time_comes(mailbox, step_of(ann).due)
    third = step_of(ann)
    time_comes(mailbox, MONDAY + 3 * DAY)
    time_comes(mailbox, MONDAY + 4 * DAY)

    assert left(mailbox) == 2
    assert str(third.held) == "Held: that would be too much in 7 days"
    assert third.due >= MONDAY + 8 * DAY - HOUR
    time_comes(mailbox, third.due)
    assert left(mailbox) == 3
