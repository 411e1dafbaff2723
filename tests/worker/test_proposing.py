"""From a mailbox to the list of who is waiting: each with its sentence, nothing added silently."""

from datetime import UTC, datetime

import pytest
from tests.ledger.scene import DAY
from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox

from followthrough.ledger import alarms, deciding, proposals, queries, wants
from followthrough.ledger.models import Fact, FollowUp, Party, Proposal
from followthrough.worker.importing import heard, proposing

OURS = "bob@banners.example"
US = f"Bob <{OURS}>"
ANN = "Ann <ann@customer.test>"


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def found(state="open"):
    rows = Proposal.objects.filter(state=state).order_by("-rank")
    return [(row.kind, row.party.name, row.sentence) for row in rows.select_related("party")]


def on_today(member):
    bands = queries.today(member, MONDAY + DAY).bands
    return [row.followup.party.name for band in bands for row in band.rows]


def test_who_asked_is_proposed_with_the_sentence_that_asks(bob):
    body = "Hello Bob,\n\nI saw your van today. Can you make us two banners?\n\nAnn"

    bring_in(bob, mbox(letter(ANN, OURS, body)))

    assert found() == [("asked", "Ann", "Can you make us two banners?")]
    assert on_today(bob) == []
    assert FollowUp.objects.get().rule == "answer_them"


def test_a_word_we_gave_is_proposed_where_nothing_shows_that_we_kept_it(bob):
    ours = letter(US, ANN, "Thank you. I'll send you the quote on Monday.", day=2, number=2)

    bring_in(bob, mbox(letter(ANN, OURS), ours))

    assert ("promised", "Ann", "I'll send you the quote on Monday.") in found()
    assert not Fact.objects.filter(kind="WePromised").exists()


def test_a_word_that_was_followed_by_a_mail_of_ours_is_not(bob):
    ours = letter(US, ANN, "Thank you. I'll send you the quote on Monday.", day=2, number=2)
    kept = letter(US, ANN, "Here it is: 90 pounds.", day=5, number=3)

    bring_in(bob, mbox(letter(ANN, OURS), ours, kept))

    assert [kind for kind, *_ in found()] == ["quiet"]
    assert [kind for kind, *_ in found("settled")] == ["promised"]


def test_a_word_they_gave_is_proposed_until_they_are_heard_of_again(bob):
    said = "Thanks for the samples. I will send you the measurements by Friday."
    silent = letter(ANN, OURS, said, day=3)
    cy = "Cy <cy@customer.test>"
    spoke = letter(cy, OURS, said, day=3, number=2)
    again = letter(cy, OURS, "Here are the measurements. When can you come?", day=9, number=3)

    bring_in(bob, mbox(silent, spoke, again))

    open_words = [(kind, who) for kind, who, _ in found() if kind == "they_promised"]
    assert open_words == [("they_promised", "Ann")]
    assert [(kind, who) for kind, who, _ in found("settled")] == [("they_promised", "Cy")]


def test_what_asks_for_nothing_is_left_unticked_with_the_reason(bob):
    bring_in(bob, mbox(letter(ANN, OURS, "All went well, thank you.")))

    row = Proposal.objects.get()
    assert (row.ticked, row.why_not) == (False, heard.NOTHING_ASKED)


def test_an_offer_to_many_is_left_unticked(bob):
    body = "Act now! Our amazing offer is absolutely free. Would you like to save money?"

    bring_in(bob, mbox(letter("Deals <deals@offers.test>", OURS, body)))

    assert Proposal.objects.get().ticked is False


def test_whom_you_left_out_is_left_unticked_the_next_time(bob):
    bring_in(bob, mbox(letter(ANN, OURS)), name="first")
    deciding.dismiss([Proposal.objects.get()], by=bob, at=MONDAY)

    later = letter(ANN, OURS, "And in blue, what would it cost?", day=20, number=9)
    april = datetime(2026, 4, 21, 10, tzinfo=UTC)
    bring_in(bob, mbox(later.replace(b" Jan 2026", b" Apr 2026")), name="second", at=april)

    row = Proposal.objects.get(state="open")
    assert (row.ticked, row.why_not) == (False, "You left ann@customer.test out before")


def test_the_same_mailbox_again_proposes_nothing_again(bob):
    for name in ("first", "second"):
        bring_in(bob, mbox(letter(ANN, OURS)), name=name)

    assert len(found()) == 1


def test_who_is_known_and_waits_already_stays_where_they_are(bob):
    bring_in(bob, mbox(letter(ANN, OURS)), name="first")
    deciding.accept(list(Proposal.objects.all()), by=bob, at=MONDAY)

    bring_in(bob, mbox(letter(ANN, OURS, "Hello? What would it cost?", day=9, number=9)))

    assert on_today(bob) == ["Ann"]
    assert found() == []


def test_a_long_mailbox_is_proposed_in_handfuls(bob, monkeypatch):
    monkeypatch.setattr(proposing, "BATCH", 3)
    letters = [letter(f"P{n} <p{n}@c{n}.test>", OURS, number=n) for n in range(8)]

    bring_in(bob, mbox(*letters))

    assert len(found()) == 8 == Party.objects.count()


def test_each_line_is_held_until_a_yes_and_then_stands_on_the_list(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))

    deciding.accept(list(proposals.to_decide(bob)), by=bob, at=MONDAY)

    assert on_today(bob) == ["Ann"]


def test_the_sentence_that_begs_is_shown_and_comes_before_the_questions(bob):
    again = letter(ANN, OURS, "I wrote twice already and I want to buy.", day=9, number=2)
    pat = letter("Pat <pat@printer.test>", OURS, "Which blue would you like?", day=10, number=3)

    bring_in(bob, mbox(letter(ANN, OURS, "Do you make banners?"), again, pat))

    first, *_ = Proposal.objects.filter(state="open").order_by("-rank")
    assert (first.party.name, first.tone) == ("Ann", "begs")
    assert first.sentence == "I wrote twice already and I want to buy."


def test_what_is_years_old_is_left_unticked(bob):
    old = letter(ANN, OURS, "Can you make us two banners?").replace(b" Jan 2026", b" Jan 2019")

    bring_in(bob, mbox(old))

    row = Proposal.objects.get()
    assert (row.ticked, row.why_not) == (False, proposing.TOO_OLD)


def test_silence_after_a_word_of_ours_that_is_open_is_left_unticked(bob):
    ours = letter(US, ANN, "Thank you. I'll send you the quote on Monday.", day=2, number=2)

    bring_in(bob, mbox(letter(ANN, OURS), ours))

    ticks = dict(Proposal.objects.values_list("kind", "ticked"))
    assert ticks == {"promised": True, "quiet": False}


def test_what_is_held_back_rings_no_bell(bob, mia):
    bring_in(bob, mbox(letter(ANN, OURS).replace(b" Jan 2026", b" Feb 2026")))

    late = MONDAY + 9 * DAY
    assert [one.what for who in (bob, mia) for one in alarms.unseen(who, at=late)] == []


def test_what_they_asked_for_is_found_when_we_have_it(bob):
    bring_in(bob, mbox(letter(ANN, OURS, "Can you make us banners with action shots of the team?")))

    [(party, _)] = wants.who_asked(bob.workspace, "action shots")
    assert party.name == "Ann"
