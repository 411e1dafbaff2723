"""From a file to the books: everything in it ends where it can be seen, once."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from tests.worker.bringing_in import (
    ANN,
    LIST,
    MONDAY,
    OURS,
    bring_in,
    letter,
    mbox,
    pieces,
)

from followthrough.core.facts import TheyEnquired
from followthrough.ledger import intakes
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Alarm, Fact, FollowUp, Intake, Matter, Party, Piece, Text
from followthrough.ledger.models.intake import RECEIVED
from followthrough.ledger.record import record
from followthrough.worker.importing import job, sheet
from followthrough.worker.importing.job import Importer


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


# ---- mail ------------------------------------------------------------------------


def test_a_mail_nobody_answered_is_owed_an_answer_by_who_brought_it_in(bob):
    intake = bring_in(bob, mbox(letter(ANN, OURS)))

    [followup] = FollowUp.objects.all()
    assert (followup.rule, followup.member, followup.party.name) == ("answer_them", bob, "Ann")
    assert intake.counts["outcomes"] == {"linked": 1}
    assert Text.objects.get().title == "A banner"


def test_an_answered_one_is_not_and_the_answer_says_who_wrote_it(bob):
    ours = letter(f"Bob <{OURS}>", ANN, "90 pounds.", day=2, number=2)

    bring_in(bob, mbox(letter(ANN, OURS), ours))

    assert FollowUp.objects.get().rule == "quiet_after_our_word"
    assert Fact.objects.get(kind="WeWrote").by == str(bob.pk)


def test_each_mail_has_one_outcome_and_they_add_up(bob):
    news = letter("News <news@shop.test>", OURS, "Sale!", number=3).replace(
        b"Subject", b"List-Unsubscribe: <mailto:off@shop.test>\nSubject"
    )
    broken = b"To: bob@banners.example\nSubject: No sender, no date\n\nHello\n"

    intake = bring_in(bob, mbox(letter(ANN, OURS), news, broken), name="all.mbox")

    assert [(outcome, reason) for _, outcome, reason in pieces(intake)] == [
        ("linked", ""),
        ("ignored", "a newsletter"),
        ("quarantined", "This mail names no sender, so it cannot be matched to a person."),
    ]
    assert sum(intake.counts["outcomes"].values()) == intake.total == intake.cursor == 3
    assert b"No sender, no date" in bytes(Piece.objects.get(outcome="quarantined").raw)


def test_a_thread_stands_in_the_books_as_a_hash_alone(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))

    assert "mail.test" not in str(Fact.objects.get().own)


def test_who_asks_by_mail_to_be_left_alone_is(bob):
    bring_in(bob, mbox(letter(ANN, OURS, "unsubscribe")))

    assert Party.objects.get().refuses == ["email"]


def test_the_same_mailbox_again_is_no_news(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))
    facts = list(Fact.objects.values_list("pk", flat=True))

    again = bring_in(bob, mbox(letter(ANN, OURS)), at=MONDAY + timedelta(days=1))

    assert list(Fact.objects.values_list("pk", flat=True)) == facts
    assert again.counts["outcomes"] == {"linked": 1}


def test_words_of_years_ago_ring_no_bell_today(bob, mia):
    bring_in(bob, mbox(letter(ANN, OURS), letter(ANN, OURS, "Hello?", day=2, number=2)))

    assert Alarm.objects.count() == 3
    assert not Alarm.objects.filter(told_at=None).exists()


def test_whoever_asked_to_be_forgotten_does_not_come_back(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))
    forget(Party.objects.get(), by=bob, at=MONDAY)

    again = bring_in(bob, mbox(letter(ANN, OURS)), at=MONDAY + timedelta(days=1))

    assert again.counts["rules"] == {"asked to be forgotten": 1}
    assert Party.objects.count() == 1


def test_our_addresses_are_guessed_and_the_guess_is_shown(bob):
    delivered = letter(ANN, "info@sign.test").replace(b"To:", b"Delivered-To: info@sign.test\nTo:")

    intake = bring_in(bob, mbox(delivered))

    assert intake.counts["guessed"] == ["info@sign.test"]


def test_what_was_said_is_no_guess(bob):
    intake = bring_in(bob, mbox(letter(ANN, "info@sign.test")), ours=("Info@sign.test",))

    assert (intake.counts["ours"], intake.counts["guessed"]) == (["info@sign.test"], [])


# ---- lists -------------------------------------------------------------------------


# The first of April in London, where it is summer already.
APRIL = datetime(2025, 3, 31, 23, tzinfo=UTC)


def test_an_open_row_wants_a_first_touch_and_its_note_is_kept(bob):
    bring_in(bob, LIST)

    ann = Party.objects.get(name="Ann")
    assert FollowUp.objects.get(party=ann).rule == "first_touch"
    assert Text.objects.get(party=ann).body == "Likes blue"


def test_an_opt_out_holds_and_another_way_is_found(bob):
    bring_in(bob, LIST)

    pat = Party.objects.get(name="Pat")
    assert pat.refuses == ["call", "email", "sms"]
    assert FollowUp.objects.get(party=pat).how == "card"
    assert Matter.objects.get(party=pat).value == 120_000


def test_who_bought_is_a_customer_and_is_owed_no_hello(bob):
    bring_in(bob, LIST)

    won, lost = Matter.objects.get(party__name="Sid"), Matter.objects.get(party__name="Mia")
    assert (won.outcome, won.value, won.closed_at) == ("won", 90_000, APRIL)
    assert lost.outcome == "lost"
    assert not FollowUp.objects.filter(matter__in=(won, lost)).exists()


def test_a_row_about_nobody_is_kept_with_the_reason(bob):
    intake = bring_in(bob, LIST)

    assert pieces(intake)[-1] == (
        "row 6",
        "quarantined",
        "This row has no name, no mail address, no phone number and no id.",
    )
    assert intake.counts["outcomes"] == {"linked": 4, "quarantined": 1}
    assert intake.counts["tally"] == {
        "listed": 2, "won": 1, "lost": 1, "do_not_email": 1, "do_not_call": 1
    }  # fmt: skip


def test_the_same_list_again_is_no_news_even_of_those_with_a_name_alone(bob):
    names = b"Name,Company,Source\nAnn,Ann Ltd,Fair\nSid,Sid Ltd,Fair\n"
    bring_in(bob, names)

    bring_in(bob, names, at=MONDAY + timedelta(days=30))

    assert (Party.objects.count(), Fact.objects.count()) == (2, 2)


def test_two_systems_that_count_alike_do_not_share_a_person(bob):
    bring_in(bob, b"ID,Name\n1,Ann\n")

    bring_in(bob, b"ID,Name,City\n1,Sid,Ghent\n")

    assert sorted(Party.objects.values_list("name", flat=True)) == ["Ann", "Sid"]


# ---- address books ---------------------------------------------------------------------


def test_an_address_book_makes_people_and_no_debts(bob):
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEMAIL:ann@customer.test\nEND:VCARD\n"

    intake = bring_in(bob, card + b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n")

    assert Party.objects.get().name == "Ann"
    assert intake.counts["outcomes"] == {"linked": 1, "quarantined": 1}
    assert not FollowUp.objects.exists()


# ---- the same list again, changed --------------------------------------------------------


def test_an_edited_row_is_the_same_deal(bob):
    columns = b"Customer ID,Name,Email,Amount,City,Do Not Call\n"
    bring_in(bob, columns + b"7,Ann,ann@customer.test,1200,Ghent,no\n")

    bring_in(bob, columns + b"7,Ann,ann@customer.test,1200,Bruges,yes\n")

    assert Matter.objects.get(closed_at=None).value == 120_000
    assert Party.objects.get().refuses == ["call", "sms"]


def test_two_deals_of_one_id_are_two(bob):
    rows = b"Customer ID,Name,Amount\n7,Ann,1200\n7,Ann,900\n7,Ann,1200\n"

    bring_in(bob, rows)

    assert sorted(Matter.objects.values_list("value", flat=True)) == [90_000, 120_000]


def test_no_text_brings_a_statement_down(bob):
    intake = intakes.receive(
        bob.workspace, bob, "a\0.csv", BytesIO(LIST), {"ours": ["bob\0@b.example"]}, at=MONDAY
    )
    party = Party.objects.create(workspace=bob.workspace, name="Ann", created_at=MONDAY)
    told = TheyEnquired(at=MONDAY, origin="fair\0\ud800")

    record(party, told, source="form:1", words=[("A\0", "B\0")], at=MONDAY)

    assert (intake.file_name, intake.settings) == ("a.csv", {"ours": ["bob@b.example"]})
    assert Fact.objects.get().own["origin"] == "fair?"


def test_choices_made_while_it_is_looked_at_count_from_the_first_row_on(bob, monkeypatch):
    monkeypatch.setattr(job, "LOOKING", 0.0)
    monkeypatch.setattr(sheet, "LOOK", 10)
    rows = b"".join(b"x%d@customer.test,Ann %d\n" % (n, n) for n in range(100))
    stream = BytesIO(b"aa,bb\n" + rows)
    intake = intakes.receive(bob.workspace, bob, "f.csv", stream, at=MONDAY, go=False)
    worker = Importer()
    for _ in range(3):
        worker.slice_of(intake, at=MONDAY)
    assert intake.phase == RECEIVED

    assert intakes.look_again(Intake.objects.get(), {"fields": {"1": "company"}})
    while intake.phase == RECEIVED:
        worker.slice_of(intake, at=MONDAY)

    assert intake.preview["mapping"] == ["email", "company"]
