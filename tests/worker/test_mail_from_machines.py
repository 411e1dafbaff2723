"""What machines answer for them: away, gone, or only perhaps a machine."""

from tests.stories.plans import stands
from tests.web.desk import kinds, owed_to, text_of
from tests.worker.laid import comes
from tests.worker.letters import letter
from tests.worker.perhaps import (
    ANN,
    LATER,
    MINUTE,
    _own_folder,
    ann,
    answers,
    mailbox,
    rules,
    says,
    sent,
)

from followthrough.ledger import clock
from followthrough.ledger.models import Detail, Message, Party, Proposal

__all__ = ["_own_folder", "ann", "mailbox", "sent"]


def test_an_automatic_reply_that_says_so_lets_the_plan_go_on(mailbox, ann, sent):
    away = answers(sent, f"Ann <{ANN}>", "I am away.", Auto_Submitted="auto-replied")

    comes(mailbox, away, at=LATER)

    sent.refresh_from_db()
    assert stands(ann)[0] == "active"
    assert (sent.replied_at, sent.delivered_at) == (None, LATER)
    assert kinds(ann)[-1] == "AutoReplied"


def test_one_that_only_looks_like_it_is_asked_about(bobs, mailbox, ann, sent):
    weak = answers(sent, f"Ann <{ANN}>", "I am away.", subject="Automatic reply: Your sign")

    comes(mailbox, weak, at=LATER)

    assert stands(ann) == ("waiting", "perhaps")
    says(bobs, ann, "no")
    assert stands(ann)[0] == "active"


def test_a_person_behind_it_is_an_answer(bobs, mailbox, ann, sent):
    weak = answers(sent, f"Ann <{ANN}>", "Call me.", subject="Automatic reply: Your sign")
    comes(mailbox, weak, at=LATER)

    says(bobs, ann, "yes")

    assert stands(ann) == ("stopped", "replied")
    assert rules(ann) == ["answer_them"]


def test_a1_their_day_back_is_proposed_as_the_new_date(bobs, bob, mailbox, ann, sent):
    away = answers(
        sent, f"Ann <{ANN}>", "Ich bin bis zum 13.03.2026 nicht im Büro.",
        Auto_Submitted="auto-replied",
    )  # fmt: skip
    comes(mailbox, away, at=LATER)

    [asked] = Proposal.objects.filter(member=bob, state="open")
    assert (asked.kind, asked.due.date().isoformat()) == ("away", "2026-03-16")  # a Monday
    assert stands(ann)[0] == "active"
    with clock.at(LATER):
        page = text_of(bobs.get("/found/"))
        bobs.post(f"/found/{asked.pk}/", {"answer": "yes"})

    assert "Is away, says an automatic reply: Ich bin bis zum 13.03.2026" in page
    assert stands(ann)[0] == "paused"
    [row] = owed_to(ann)
    assert (row.rule, row.due.date().isoformat()) == ("not_now", "2026-03-16")


def test_a2_who_helps_instead_is_proposed_and_never_written_to(bob, mailbox, ann, sent):
    away = answers(
        sent, f"Ann <{ANN}>", "In urgent cases contact carl@customer.test.",
        Auto_Submitted="auto-replied",
    )  # fmt: skip

    comes(mailbox, away, at=LATER)

    [asked] = Proposal.objects.filter(member=bob, state="open")
    assert (asked.kind, asked.value) == ("personal", "In urgent cases contact carl@customer.test.")
    assert Party.objects.count() == 1
    assert not Detail.objects.exists()
    assert Message.objects.count() == 1


def test_a3_who_has_left_needs_a_follower_and_the_plan_waits(mailbox, ann, sent):
    gone = answers(
        sent, f"Ann <{ANN}>", "Ann Archer no longer works here.", Auto_Submitted="auto-replied"
    )

    comes(mailbox, gone, at=LATER)

    assert stands(ann) == ("waiting", "gone")
    [row] = owed_to(ann)
    assert (row.rule, row.how) == ("find_who_follows", "find")


def test_a4_an_absence_without_any_sign_of_a_machine_stops_as_an_answer(mailbox, ann, sent):
    comes(mailbox, answers(sent, f"Ann <{ANN}>", "I am out until Monday."), at=LATER)

    assert stands(ann) == ("stopped", "replied")


def test_a5_an_automatic_reply_after_their_answer_changes_nothing(mailbox, ann, sent):
    comes(mailbox, answers(sent, f"Ann <{ANN}>"), at=LATER)
    away = answers(sent, f"Ann <{ANN}>", "I am away.", Auto_Submitted="auto-replied", number="x")

    comes(mailbox, away, at=LATER + MINUTE)

    assert stands(ann) == ("stopped", "replied")
    assert rules(ann) == ["answer_them"]


def test_a_calendar_answer_is_an_answer(mailbox, ann, sent):
    mail = answers(sent, f"Ann <{ANN}>", "Accepted", subject="Accepted: Demo")
    mail.add_attachment("BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n", subtype="calendar")

    comes(mailbox, mail, at=LATER)

    assert stands(ann) == ("stopped", "replied")


def test_a_machine_of_somebody_whom_we_never_wrote_to_is_left_aside(workspace, bob, mailbox):
    comes(mailbox, letter("x@shop.test", "bob@banners.test", Auto_Submitted="auto-replied"))

    assert not Party.objects.exists()
