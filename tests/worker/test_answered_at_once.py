"""Who asks reads at once that it has arrived, once, and never a machine (RFC 3834)."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import hear, kinds, owed_to
from tests.web.knocking import connected, filled, told_by_program
from tests.worker.laid import box_of, comes
from tests.worker.letters import letter

from followthrough.core.facts import WeCalled
from followthrough.ledger import at_once, clock
from followthrough.ledger.models import Acknowledgement, Message, Party
from followthrough.ledger.models.outbox import SENT
from followthrough.ledger.outbox import telling
from followthrough.worker.answering import answer_at_once

MINUTE = timedelta(minutes=1)
THEIRS = "ann@archer.example"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def mailbox(bob):
    return box_of(bob)


@pytest.fixture
def form(mia, bob, mailbox):
    return connected("form", bob)


def asks(form, at=MONDAY, **given):
    with clock.at(at):
        filled(form, **given)


def answered(workspace, at=MONDAY):
    """What leaves now."""
    before = set(Message.objects.values_list("pk", flat=True))
    answer_at_once(workspace, at)
    return list(Message.objects.exclude(pk__in=before).order_by("pk"))


def whys():
    return list(
        Acknowledgement.objects.exclude(why="").order_by("pk").values_list("why", flat=True)
    )


def whole(message):
    return message_from_bytes(bytes(message.raw))


def leaves(message):
    Message.objects.filter(pk=message.pk).update(
        state=SENT, handover_at=MONDAY + MINUTE, ended_at=MONDAY + MINUTE
    )
    telling.tell(message.workspace, at=MONDAY + MINUTE)


def test_who_fills_a_form_reads_that_it_has_arrived(workspace, form, mailbox):
    asks(form)

    [message] = answered(workspace)

    mail = whole(message)
    assert (message.recipient, message.mailbox) == (THEIRS, mailbox)
    assert message.not_before == MONDAY
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message.words.startswith("Hello Ann,\n\nthank you for writing to us about “What would")
    assert message.words.endswith("Bob")


def test_they_are_owed_a_persons_answer_all_the_same(workspace, form):
    asks(form)
    [message] = answered(workspace)
    before = [row.rule for row in owed_to(message.party)]

    leaves(message)

    assert kinds(message.party) == ["TheyEnquired", "Acknowledged"]
    assert [row.rule for row in owed_to(message.party)] == before == ["answer_them"]


def test_another_program_answers_only_where_it_was_switched_on(workspace, bob, mailbox):
    chat = connected("other", bob)
    told = {"email": THEIRS, "message": "Are you there?"}
    with clock.at(MONDAY):
        told_by_program(chat, told | {"id": "1"})
        at_once.change(chat, on=True, words="We have it, {name}.")
        told_by_program(chat, told | {"id": "2", "name": "Ann", "email": "ann@new.example"})

    [message] = answered(workspace)

    assert (message.recipient, message.words) == ("ann@new.example", "We have it, Ann.")


def test_where_it_was_switched_off_nothing_leaves(workspace, form):
    at_once.change(form, on=False, words="")
    asks(form)

    assert answered(workspace) == []
    assert not Acknowledgement.objects.exists()


def test_without_a_mailbox_nothing_is_asked_for(workspace, mia, bob):
    asks(connected("form", bob))

    assert answered(workspace) == []
    assert not Acknowledgement.objects.exists()


def test_twice_in_a_week_is_once(workspace, form):
    left = []
    for day in (MONDAY, MONDAY + DAY, MONDAY + 8 * DAY):
        asks(form, at=day, message=f"What would a sign cost on {day}?")
        left.append(len(answered(workspace, day)))

    assert left == [1, 0, 1]
    assert whys() == ["they had one within seven days"]


def test_three_a_day_are_the_most_over_all_forms(workspace, bob, mailbox):
    for n in range(4):
        asks(connected("form", bob, title=f"Form {n}"), at=MONDAY + n * HOUR)
        answered(workspace, MONDAY + n * HOUR)

    assert Message.objects.count() == 3
    assert whys() == ["they had three in one day"]


def test_two_machines_that_answer_each_other_are_stopped(workspace, form):
    asks(form)
    ann = Party.objects.get()
    for n in range(20):
        told = at_once.Enquiry(
            party=ann, source=f"again {n}", to=THEIRS, at=MONDAY + n * MINUTE, connection=form
        )
        at_once.ask_for(told)

    assert answered(workspace, MONDAY + 30 * MINUTE) == []
    assert set(whys()) == {"it looks like two machines that answer each other"}


def test_after_an_outage_nobody_reads_at_once_what_is_hours_old(workspace, form):
    asks(form)

    assert answered(workspace, MONDAY + 3 * HOUR) == []
    assert whys() == ["it was too late to be at once"]


def test_whoever_was_called_already_gets_none(workspace, form):
    asks(form)
    hear(Party.objects.get(), WeCalled(at=MONDAY + MINUTE))

    assert answered(workspace, MONDAY + 2 * MINUTE) == []
    assert whys() == ["somebody had answered already"]


def test_nobody_answers_themselves(workspace, form):
    asks(form, email="bob@banners.test", name="Bob")

    assert answered(workspace) == []
    assert whys() == ["it would have gone to ourselves"]


def test_brought_twice_it_is_answered_once(workspace, form):
    asks(form)
    asks(form)
    answered(workspace)

    assert answered(workspace, MONDAY + MINUTE) == []
    assert Message.objects.count() == 1


# --- by mail ---------------------------------------------------------------------------------


@pytest.fixture
def answering(mailbox):
    at_once.change(mailbox, on=True, words="")
    return mailbox


def test_a_first_mail_is_answered_in_its_own_thread(workspace, answering):
    comes(answering, letter(f"Ann <{THEIRS}>", "bob@banners.test", number="q", subject="A sign"))

    [message] = answered(workspace)

    mail = whole(message)
    assert (mail["Subject"], mail["In-Reply-To"]) == ("Re: A sign", "<q@letters.test>")
    assert "about “A sign”" in message.words


def test_a_mailbox_is_silent_until_it_is_switched_on(workspace, mailbox):
    comes(mailbox, letter(f"Ann <{THEIRS}>", "bob@banners.test"))

    assert answered(workspace) == []


AGAINST = {
    "a machine that says so": {"Auto_Submitted": "auto-generated"},
    "who wants no automatic answer": {"X_Auto_Response_Suppress": "OOF, AutoReply"},
    "no way back": {"Return_Path": "<>"},
    "a list": {"List_Id": "<roofs.test>", "List_Post": "<mailto:all@roofs.test>"},
    "many": {"Precedence": "bulk", "List_Unsubscribe": "<mailto:off@roofs.test>"},
}


@pytest.mark.parametrize("heads", AGAINST.values(), ids=AGAINST)
def test_no_answer_goes_to(heads, workspace, answering):
    comes(answering, letter(f"Ann <{THEIRS}>", "bob@banners.test", **heads))

    assert answered(workspace) == []


@pytest.mark.parametrize("sender", ["noreply@shop.test", "MAILER-DAEMON@mx.test", "bounce@x.test"])
def test_no_answer_goes_to_the_name_of_a_machine(sender, workspace, answering):
    comes(answering, letter(sender, "bob@banners.test"))

    assert answered(workspace) == []


def test_who_is_known_already_gets_none(workspace, answering):
    comes(answering, letter(f"Ann <{THEIRS}>", "bob@banners.test", number="1"))
    answered(workspace)
    later = letter(
        f"Ann <{THEIRS}>", "bob@banners.test", number="2", subject="More", at=MONDAY + HOUR
    )

    comes(answering, later, at=MONDAY + HOUR)

    assert answered(workspace, MONDAY + HOUR) == []


def test_a_stranger_who_wants_no_business_gets_none(workspace, answering):
    comes(answering, letter("x@spam.test", "bob@banners.test", "Lunch was nice. See you!"))

    assert answered(workspace) == []


def test_a8_the_answer_of_their_machine_to_ours_is_no_enquiry(workspace, answering):
    comes(answering, letter(f"Ann <{THEIRS}>", "bob@banners.test", number="1"))
    [message] = answered(workspace)
    leaves(message)
    back = letter(
        f"Ann <{THEIRS}>", "bob@banners.test", "I am away.", subject="Re: Banners",
        Auto_Submitted="auto-replied", In_Reply_To=message.message_id, at=MONDAY + MINUTE,
    )  # fmt: skip

    comes(answering, back, at=MONDAY + 2 * MINUTE)

    assert answered(workspace, MONDAY + 2 * MINUTE) == []
    assert [row.rule for row in owed_to(message.party)] == ["answer_them"]


ORDERS = {
    "the form first": (MONDAY, MONDAY + 4 * MINUTE),
    "the mail first": (MONDAY + 4 * MINUTE, MONDAY),
}


@pytest.mark.parametrize(("form_at", "mail_at"), ORDERS.values(), ids=ORDERS)
def test_s34_form_and_mail_of_one_person_are_answered_once(
    form_at, mail_at, workspace, form, answering
):
    mail = letter(f"Ann <{THEIRS}>", "bob@banners.test", at=mail_at)
    steps = sorted([(form_at, "form"), (mail_at, "mail")])
    for at, what in steps:
        if what == "form":
            asks(form, at=at)
        else:
            comes(answering, mail, at=at)
        answered(workspace, at)

    [ann] = Party.objects.all()
    assert Message.objects.count() == 1
    assert sorted(kinds(ann)) == ["TheyEnquired", "TheyWrote"]
    [row] = owed_to(ann)
    assert (row.rule, row.count) == ("answer_them", 1)
