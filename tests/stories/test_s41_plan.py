"""S41: A step of a plan tells of the last day of an offer by itself, before it ends."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY
from tests.servers.smtp import Server
from tests.web.desk import text_of
from tests.worker.sending_scene import mailbox_at
from tests.worker.steps_scene import answered, begin, left, plan_of_mails, step_of, time_comes

from followthrough.core.facts import WeCalled
from followthrough.core.plans import BEFORE_END, Step
from followthrough.ledger import clock, offer_days, offers
from followthrough.ledger.models import FollowUp, Link, Message
from followthrough.ledger.record import record
from followthrough.worker.plans.going_out import send_steps

pytestmark = pytest.mark.django_db
SUNDAY = date(2026, 3, 15)
TELLS = Step(
    how="email", wait=2, unit=BEFORE_END, alone=True, subject="It ends on Sunday",
    words="Hello {name}, it ends soon.",
)  # fmt: skip
THURSDAY = MONDAY.replace(day=12, hour=9)


@pytest.fixture
def mailbox(mia, bob):
    with Server() as server:
        box = mailbox_at(server, bob, read_at=MONDAY)
        box.server = server
        yield box


@pytest.fixture
def ann(workspace, mailbox, bob):
    return answered("Ann", "ann@home.example", workspace, bob)


@pytest.fixture
def plan(workspace, mailbox):
    return plan_of_mails(workspace, TELLS, Step(wait=3))


@pytest.fixture
def offered(ann, bob, plan):
    begin(ann, plan, bob)
    return made_for(ann, bob)


def made_for(party, bob, last=SUNDAY):
    terms = offers.Terms(title="An awning", last=last)
    return offers.make(party, terms, by=bob, source=f"offer:{last}", at=MONDAY)


def test_s41_two_working_days_before_it_ends_they_hear_of_it_with_its_page(mailbox, offered, ann):
    row = step_of(ann)
    assert row.due == THURSDAY
    time_comes(mailbox, THURSDAY - HOUR)
    time_comes(mailbox, THURSDAY)

    [mail] = mailbox.server.taken
    page = f"/o/{Link.objects.get(offer=offered).token}/"
    assert b"Hello Ann, it ends soon." in mail.raw
    assert page in mail.raw.decode().replace("=\r\n", "").replace("=3D", "=")
    assert str(step_of(ann).reason).startswith("Step 2 of 2")


@pytest.mark.parametrize("answer", [offers.take, offers.decline])
def test_s41_who_answered_does_not_hear_of_it(answer, mailbox, offered, ann):
    answer(Link.objects.get(offer=offered), at=MONDAY + HOUR)

    time_comes(mailbox, THURSDAY)

    assert left(mailbox) == 0


def test_s41_nobody_is_asked_to_say_what_leaves_by_itself(offered, ann):
    rules = FollowUp.objects.filter(party=ann, settled_at=None).values_list("rule", flat=True)

    assert "last_day_of_the_offer" not in rules


def test_s41_without_an_offer_it_waits_for_one(ann, bob, plan, mailbox):
    begin(ann, plan, bob)
    assert step_of(ann) is None
    with clock.at(MONDAY):
        page = text_of(client_of(bob).get(reverse("person", args=[ann.pk])))
    assert "it waits until an offer with a last day stands with them" in page

    made_for(ann, bob)

    assert step_of(ann).due == THURSDAY


def test_s41_what_ended_before_it_could_leave_is_somebodys_to_decide(mailbox, offered, ann, bob):
    late = THURSDAY + timedelta(days=4)

    time_comes(mailbox, late)

    assert left(mailbox) == 0
    assert str(step_of(ann).reason) == "Not sent by itself: its offer has ended, or was answered"
    assert step_of(ann).member == bob


@pytest.mark.parametrize("when", [THURSDAY, THURSDAY + timedelta(days=4)], ids=["waits", "late"])
def test_s41_what_was_meant_for_one_offer_never_tells_of_another(when, mailbox, offered, ann, bob):
    terms = offers.Terms(title="A fence", last=SUNDAY + timedelta(days=40))
    offers.make(ann, terms, by=bob, source="offer:2", at=MONDAY + HOUR)
    send_steps(mailbox.workspace, when)

    time_comes(mailbox, THURSDAY + timedelta(days=4))

    assert left(mailbox) == 0
    assert "its offer has ended" in str(step_of(ann).reason)


def test_s41_what_waited_in_the_outbox_over_its_end_does_not_leave(mailbox, offered, ann):
    send_steps(mailbox.workspace, THURSDAY)
    assert Message.objects.get().state == "queued"

    time_comes(mailbox, THURSDAY + timedelta(days=4))

    assert left(mailbox) == 0
    assert Message.objects.get().state == "cancelled"


def test_s41_a_last_day_that_moves_takes_it_along(offered, ann, bob):
    offer_days.move(
        offered, date(2026, 3, 22), by=str(bob.pk), source="longer", at=MONDAY + HOUR
    )  # fmt: skip

    assert step_of(ann).due == THURSDAY + timedelta(days=7)


def test_s41_the_editor_says_what_it_means_and_the_preview_shows_the_day(
    ann, mia, bob, offered, plan
):
    with clock.at(MONDAY):
        page = text_of(client_of(mia).get(reverse("sequence", args=[plan.pk]), {"who": "Ann"}))

    assert "2 working days before their offer ends" in page
    assert "Counted back from the last day of the offer that stands with them" in page
    assert "Thu 12 Mar" in page


def test_s41_the_preview_says_where_it_would_wait(ann, mia, plan):
    with clock.at(MONDAY):
        page = text_of(client_of(mia).get(reverse("sequence", args=[plan.pk]), {"who": "Ann"}))

    assert "With Ann, it waits until an offer with a last day stands with them." in page


def test_s41_what_comes_at_once_is_shown_once_and_then_where_it_waits(ann, mia, workspace, mailbox):
    plan = plan_of_mails(workspace, Step(wait=0, what="Say it"), TELLS)
    with clock.at(MONDAY):
        page = client_of(mia).get(reverse("sequence", args=[plan.pk]), {"who": "Ann"})

    assert [day["what"] for day in page.context["ahead"]] == ["Say it"]
    assert "After that it waits until an offer with a last day stands" in text_of(page)


def test_s41_done_by_hand_the_words_bring_the_page_too(workspace, ann, bob, mailbox):
    step = Step(how="email", wait=2, unit=BEFORE_END, words="It ends soon.")
    begin(ann, plan_of_mails(workspace, step), bob)
    offer = made_for(ann, bob)
    with clock.at(THURSDAY):
        page = client_of(bob).get(reverse("followup_panel", args=[step_of(ann).pk]))

    assert Link.objects.get(offer=offer).token in page.context["words"]["mail"]


def test_s41_a_day_that_is_none_is_said_where_it_is_written(mia, plan):
    form = {
        "name": "Ends", "how": "email", "wait": "0", "unit": "before_end", "words": "Soon",
        "do": "save", "what": "", "subject": "",
    }  # fmt: skip
    page = client_of(mia).post(reverse("sequence", args=[plan.pk]), form)

    assert page.status_code == 422
    assert "Say how many working days before its last day" in text_of(page)


def test_s41_a_step_that_we_did_ourselves_is_not_told_again(mailbox, offered, ann):
    row = step_of(ann)
    told = WeCalled(at=MONDAY + HOUR, outcome="message", matter=row.matter.key, did=row.key)
    record(ann, told, source="rang", at=MONDAY + HOUR)

    time_comes(mailbox, THURSDAY)

    assert left(mailbox) == 0
