"""They agree to an appointment: the plan goes on where it says so, and the day stands."""

from datetime import timedelta

import pytest
from tests.ledger.scene import MONDAY
from tests.stories.plans import stands
from tests.web.desk import hear, kinds, owed_to
from tests.worker.laid import comes
from tests.worker.letters import letter
from tests.worker.perhaps import ANN, LATER, MINUTE, _own_folder, mailbox, mailed, somebody
from tests.worker.steps_scene import begin, plan_of_mails, step_of

from followthrough.core.facts import TheyBooked, WeWrote
from followthrough.core.plans import BOOKED, Step
from followthrough.ledger.outbox.truths import heard

__all__ = ["_own_folder", "mailbox"]
FIRST = Step(how="email", wait=0, words="When may I come?", goes=((BOOKED, 3),))
BELOW = (Step(how="call", wait=9), Step(how="card", what="A map of the way"))
ANSWER = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:1
DTSTART{start}
ATTENDEE;PARTSTAT={said}:mailto:ann@customer.test
END:VEVENT
END:VCALENDAR
"""
THURSDAY = MONDAY + timedelta(days=3)


@pytest.fixture
def ann(workspace, bob, mailbox):
    return somebody("Ann", ANN, workspace, bob)


def asked_for_a_time(ann, mailbox, *steps):
    """The first step of the plan is done: our mail left from here."""
    begin(ann, plan_of_mails(mailbox.workspace, *steps, name="A time"), mailbox.member)
    row = step_of(ann)
    message = mailed(ann, mailbox, ANN, matter=row.matter.key)
    hear(ann, WeWrote(at=MONDAY + MINUTE, matter=row.matter.key, did=row.key))
    return message


def calendar_says(
    message, said="ACCEPTED", start=":20260305T100000Z", method="REPLY", at=LATER
):  # fmt: skip
    mail = letter(
        f"Ann <{ANN}>", "bob@banners.test", "Sent by a calendar", at=at,
        subject="Re: a look at the shop", In_Reply_To=message.message_id,
    )  # fmt: skip
    text = ANSWER.format(said=said, start=start, method=method)
    mail.add_attachment(text, subtype="calendar")
    return mail


def test_what_they_accept_leads_to_the_step_that_the_plan_names(mailbox, ann):
    message = asked_for_a_time(ann, mailbox, FIRST, *BELOW)

    comes(mailbox, calendar_says(message), at=LATER)

    assert kinds(ann)[-1] == "TheyBooked"
    assert [(one.rule, one.how, one.what) for one in owed_to(ann)] == [
        ("ask_again", "card", "A map of the way"), ("keep_the_plan", "meeting", "Meet"),
    ]  # fmt: skip
    assert owed_to(ann)[1].due == THURSDAY


def test_what_they_decline_after_all_is_no_appointment_any_more(mailbox, ann):
    message = asked_for_a_time(ann, mailbox, Step(how="email", wait=0), *BELOW)
    comes(mailbox, calendar_says(message), at=LATER)

    then = LATER + MINUTE
    comes(mailbox, calendar_says(message, said="DECLINED", at=then), at=then)

    assert [(one.rule, one.what) for one in owed_to(ann)] == [("answer_them", "Answer them")]


def test_where_the_plan_names_none_it_ends_and_the_appointment_stands(mailbox, ann):
    message = asked_for_a_time(ann, mailbox, Step(how="email", wait=0), *BELOW)

    comes(mailbox, calendar_says(message), at=LATER)

    assert stands(ann) == ("stopped", "replied")
    assert [(one.rule, one.due) for one in owed_to(ann)] == [("keep_the_plan", THURSDAY)]


@pytest.mark.parametrize(
    "told", [{"said": "DECLINED"}, {"said": "TENTATIVE"}, {"method": "COUNTER"}], ids=str
)
def test_a_no_a_perhaps_and_another_time_are_answers_that_wait_for_us(mailbox, ann, told):
    message = asked_for_a_time(ann, mailbox, FIRST, *BELOW)

    comes(mailbox, calendar_says(message, **told), at=LATER)

    assert stands(ann) == ("stopped", "replied")
    assert [one.rule for one in owed_to(ann)] == ["answer_them"]


@pytest.mark.parametrize("start", [";VALUE=DATE:20260305", ":20260305T100000"])
def test_a_day_that_cannot_be_told_is_agreed_all_the_same(mailbox, ann, start):
    message = asked_for_a_time(ann, mailbox, FIRST, *BELOW)

    comes(mailbox, calendar_says(message, start=start), at=LATER)

    assert [(one.rule, one.how) for one in owed_to(ann)] == [("ask_again", "card")]


@pytest.mark.parametrize("torn", [{"said": "ACCEPTED:x\nEND:VTODO"}, {"start": ":soon"}], ids=str)
def test_a_torn_calendar_is_an_answer_like_any_other(mailbox, ann, torn):
    message = asked_for_a_time(ann, mailbox, FIRST, *BELOW)

    comes(mailbox, calendar_says(message, **torn), at=LATER)

    assert [one.rule for one in owed_to(ann)] == ["answer_them"]


def test_their_yes_is_the_answer_to_the_mail_that_asked():
    assert heard([TheyBooked(at=LATER, thread="a")]).answered == {"a": LATER}
