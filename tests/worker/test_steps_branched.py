"""After a mail that came back another step comes next; of two wordings is said what can be."""

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY
from tests.servers.smtp import Server
from tests.web.desk import text_of
from tests.worker.sending_scene import mailbox_at
from tests.worker.steps_scene import (
    answered,
    begin,
    left,
    plan_of_mails,
    step_of,
    time_comes,
)

from followthrough.core.facts import TheyOpened, TheyWrote
from followthrough.core.plans import CAME_BACK, LOOKED, Step
from followthrough.ledger import sequence_people, sequences
from followthrough.ledger.models import FollowUp, Message
from followthrough.ledger.record import record

PEOPLE = 26  # at most four for one of two: once in ten thousand times
pytestmark = pytest.mark.django_db
FIRST = Step(
    how="email", wait=1, alone=True, subject="First", words="Hello {name}",
    goes=((CAME_BACK, 3), (LOOKED, 4)),
)  # fmt: skip
BRANCHED = (FIRST, Step(how="email", wait=2, alone=True, words="Again"), Step(), Step(how="card"))


@pytest.fixture
def mailbox(mia, bob):
    with Server() as server:
        box = mailbox_at(server, bob, read_at=MONDAY)
        box.server = server
        yield box


@pytest.fixture
def begun(workspace, mailbox, bob):
    ann = answered("Ann", "ann@home.example", workspace, bob)
    begin(ann, plan_of_mails(workspace, *BRANCHED), bob)
    return ann


def test_a_mail_that_is_refused_by_their_server_leads_to_the_call(mailbox, begun):
    mailbox.server.says["dot"] = "550 5.7.1 not wanted"

    time_comes(mailbox, step_of(begun).due)

    [row] = FollowUp.objects.filter(party=begun, settled_at=None)
    assert (row.how, str(row.reason)) == ("call", "Step 3 of 4 of “Three mails”")


def test_who_looked_at_it_is_led_elsewhere_and_what_was_on_its_way_stops(mailbox, begun):
    time_comes(mailbox, step_of(begun).due)
    due = step_of(begun).due
    mailbox.server.says["greeting"] = "421 not now"
    time_comes(mailbox, due)
    assert Message.objects.filter(state="queued").count() == 1

    record(begun, TheyOpened(at=due + HOUR / 60), source="pixel", at=due + HOUR / 60)
    del mailbox.server.says["greeting"]
    time_comes(mailbox, due + HOUR)

    assert left(mailbox) == 1
    assert (step_of(begun).how, step_of(begun).sender) == ("card", None)


# --- two wordings -----------------------------------------------------------------------------


@pytest.fixture
def two_wordings(workspace, mailbox, bob):
    """Enough people that chance gives each wording some; whoever got the other words answers."""
    step = Step(how="email", wait=1, alone=True, words="Hello {name}", other="Good day {name}")
    plan = plan_of_mails(workspace, step, Step(wait=9))
    people = [answered(f"Ann{n}", f"a{n}@home{n}.example", workspace, bob) for n in range(PEOPLE)]
    for one in people:
        begin(one, plan, bob)
    due = step_of(people[0]).due
    time_comes(mailbox, due)
    for mail in Message.objects.filter(version="b").select_related("party"):
        said = TheyWrote(at=due + HOUR, matter=mail.matter)
        record(mail.party, said, source=f"reply:{mail.pk}", at=due + HOUR)
    return plan


def test_each_gets_one_of_the_two_and_it_is_known_which(two_wordings):
    words = dict(Message.objects.values_list("version", "words").distinct().order_by("version"))

    assert words["a"].startswith("Hello Ann")
    assert words["b"].startswith("Good day Ann")


def test_what_each_earned_is_counted_by_who_answered_before_the_next_step(two_wordings):
    found = sequence_people.wordings(sequences.newest(two_wordings))

    first, other = found[0, "a"], found[0, "b"]
    assert first.sent + other.sent == PEOPLE
    assert (first.answered, other.answered) == (0, other.sent)


def test_the_page_says_which_is_better_only_where_it_can_be_said(two_wordings, mia):
    page = text_of(client_of(mia).get(reverse("sequence", args=[two_wordings.pk])))
    assert "The others are better." in page

    few = list(Message.objects.filter(version="b").values_list("pk", flat=True)[:3])
    Message.objects.filter(version="b").exclude(pk__in=few).update(state="cancelled")
    page = text_of(client_of(mia).get(reverse("sequence", args=[two_wordings.pk])))
    assert "Too few to say which is better." in page
