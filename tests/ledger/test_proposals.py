"""What was found in old mail: held back, said yes or no to, taken back; and what that teaches."""

from datetime import timedelta

import pytest
from tests.ledger.scene import DAY, MONDAY, debts, obligations, party_named

from followthrough.core.facts import Opened, TheyCalled, TheyWrote, WeWrote
from followthrough.ledger import audit, deciding, details, lessons, proposals, queries
from followthrough.ledger.forget import forget
from followthrough.ledger.handover import hand_over_everything
from followthrough.ledger.holding import hold_again, hold_back, put_right
from followthrough.ledger.models import (
    Address,
    Fact,
    FollowUp,
    Intake,
    Lesson,
    Matter,
    Person,
    Proposal,
)
from followthrough.ledger.record import Heard, Way, record, record_many

LATER = MONDAY + timedelta(hours=2)


@pytest.fixture
def intake(workspace, bob):
    return Intake.objects.create(
        workspace=workspace, member=bob, kind="mbox", file_name="all.mbox", stored_as="x",
        created_at=MONDAY,
    )  # fmt: skip


def wrote(party, intake, days=3, followup=True, **more):
    """A mail that was found in the file, and what it obliges to is proposed."""
    told = Heard(
        party=party, source=f"mail:{party.pk}:{days}", facts=[TheyWrote(at=MONDAY - days * DAY)]
    )
    record_many([told], at=MONDAY, way=Way(intake=intake.pk))
    hold_back(intake, [party.pk], at=MONDAY)
    row = FollowUp.objects.filter(party=party, settled_at=None).first()
    return Proposal.objects.create(
        workspace=party.workspace, party=party, member=intake.member, intake=intake,
        followup=row if followup else None, key=f"followup:{row.pk}", kind="asked",
        sentence="What would it cost?",
        said_at=row.since, **more,
    )  # fmt: skip


def promised(party, intake, **more):
    return Proposal.objects.create(
        workspace=party.workspace, party=party, member=intake.member, intake=intake,
        key=f"fact:{len(more)}", kind="promised", cue="i'll send",
        sentence="I'll send the quote on Monday.", said_at=MONDAY - 5 * DAY, **more,
    )  # fmt: skip


def on_today(member, at=LATER):
    return [
        row.followup.party.name for band in queries.today(member, at).bands for row in band.rows
    ]


def test_until_somebody_says_yes_it_is_in_the_books_and_not_on_today(ann, bob, intake):
    wrote(ann, intake)

    assert debts(ann)
    assert on_today(bob) == []
    assert audit.audit(ann.workspace, at=LATER).uncovered == 0


def test_yes_puts_it_on_today(ann, bob, intake):
    deciding.accept([wrote(ann, intake)], by=bob, at=LATER)

    assert on_today(bob) == ["Ann"]
    assert Proposal.objects.get().state == "accepted"


def test_many_are_spread_over_three_days_the_first_ones_first(workspace, bob, intake):
    people = [party_named(f"P{n:02}", workspace, owner=bob) for n in range(18)]
    found = [wrote(party, intake, rank=-n) for n, party in enumerate(people)]

    deciding.accept(found, by=bob, at=LATER)

    days = [len(on_today(bob, LATER + n * DAY)) for n in range(4)]
    assert queries.today(bob, LATER).due == 6
    assert [queries.today(bob, LATER + n * DAY).due for n in range(4)] == [6, 12, 18, 18], days
    assert set(on_today(bob)) == {f"P{n:02}" for n in range(6)}


def test_a_no_ends_it_with_the_reason_and_teaches(ann, bob, intake):
    deciding.dismiss([wrote(ann, intake)], by=bob, at=LATER)

    matter = Matter.objects.get(party=ann)
    assert (matter.outcome, matter.reason) == ("mistake", "Not business")
    assert debts(ann) == []
    learned = lessons.learned(ann.workspace)
    assert learned.why_not([("sender", f"ann@home.example-{ann.workspace_id}")])


def test_a_house_is_left_unticked_after_three_and_a_free_mail_house_never(workspace, bob, intake):
    for n in range(3):
        party = party_named(f"P{n}", workspace, owner=bob)
        Address.objects.filter(party=party, kind="email").update(canonical=f"p{n}@shop.example")
        deciding.dismiss([wrote(party, intake)], by=bob, at=LATER)

    learned = lessons.learned(workspace)

    assert (
        learned.why_not(lessons.marks(["new@shop.example"])) == "You left out 3 from shop.example"
    )
    assert learned.why_not(lessons.marks(["new@else.example"])) == ""
    assert lessons.marks(["ann@gmail.com"]) == [("sender", "ann@gmail.com")]


def test_a_no_taken_back_leaves_the_books_and_the_lessons_as_they_were(ann, bob, intake):
    row = wrote(ann, intake)
    before = obligations(ann.workspace)
    deciding.dismiss([row], by=bob, at=LATER)

    deciding.take_back([row], by=bob, at=LATER + DAY)

    assert obligations(ann.workspace)["duties"] == before["duties"]
    assert on_today(bob, LATER + DAY) == []
    assert lessons.telling(ann.workspace).count() == 0
    assert [one.pk for one in proposals.to_decide(bob)] == [row.pk]


def test_a_yes_taken_back_holds_it_back_again(ann, bob, intake):
    row = wrote(ann, intake)
    deciding.accept([row], by=bob, at=LATER)

    deciding.take_back([row], by=bob, at=LATER)

    assert on_today(bob) == []


def test_a_yes_after_a_yes_was_taken_back_counts(ann, bob, intake):
    row = promised(ann, intake)
    for hour in (1, 2):
        deciding.accept([row], by=bob, at=LATER + timedelta(hours=hour))
        assert debts(ann)
        deciding.take_back([row], by=bob, at=LATER + timedelta(hours=hour, minutes=5))
        assert debts(ann) == []


def test_a_word_that_was_given_becomes_a_promise_only_with_a_yes(ann, bob, intake):
    row = promised(ann, intake, due=MONDAY + DAY)
    assert debts(ann) == []

    deciding.accept([row], by=bob, at=LATER)

    assert ("keep_promises", MONDAY + DAY) in debts(ann)
    assert Matter.objects.get(party=ann, closed_at=None)


def test_a_number_under_a_mail_is_written_down_with_a_yes_and_goes_when_taken_back(
    ann, bob, intake
):
    row = promised(ann, intake, value="+49 30 1234567")
    row.kind = "phone"
    row.save()

    deciding.accept([row], by=bob, at=LATER)
    assert Address.objects.filter(party=ann, value="+49 30 1234567").exists()

    deciding.take_back([row], by=bob, at=LATER)
    assert not Address.objects.filter(party=ann, value="+49 30 1234567").exists()


def test_what_was_done_by_other_ways_is_not_asked_about(ann, bob, intake):
    wrote(ann, intake)

    record(ann, WeWrote(at=LATER), source="sheet:1", at=LATER)

    assert list(proposals.to_decide(bob)) == []
    assert proposals.settle_done(bob, at=LATER) == 1


def test_who_comes_again_is_shown_without_anybody_saying_yes(ann, bob, intake):
    wrote(ann, intake)

    record(ann, TheyCalled(at=LATER, answered=False), source="call:1", at=LATER)

    assert on_today(bob) == ["Ann"]
    assert list(proposals.to_decide(bob)) == []


def test_of_a_matter_that_is_more_than_old_mail_only_this_line_is_let_go(ann, bob, intake):
    opened = Opened(at=MONDAY - 30 * DAY, kind="deal", matter="roof", value=120_000)
    record(ann, opened, source="capture:1", at=MONDAY - 30 * DAY)
    row = wrote(ann, intake, followup=False)
    held = FollowUp.objects.filter(party=ann, settled_at=None).last()
    hold_again([held])
    row.followup = held
    row.save()

    deciding.dismiss([row], by=bob, at=LATER)

    assert Matter.objects.get(party=ann, key="roof").closed_at is None
    assert audit.audit(ann.workspace, at=LATER).uncovered == 0


def test_old_mail_takes_nobody_off_the_list(ann, bob, intake):
    record(ann, TheyWrote(at=MONDAY - 2 * DAY), source="live:1", at=MONDAY - 2 * DAY)

    older = Heard(party=ann, source="mail:old", facts=[TheyWrote(at=MONDAY - 9 * DAY)])
    record_many([older], at=MONDAY, way=Way(intake=intake.pk))
    hold_back(intake, [ann.pk], at=MONDAY)

    assert on_today(bob) == ["Ann"]


def test_a_colleagues_customer_is_proposed_to_the_colleague(pat, mia, bob, intake):
    told = Heard(party=pat, source="mail:1", facts=[TheyWrote(at=MONDAY - 2 * DAY)])
    record_many([told], at=MONDAY, way=Way(intake=intake.pk))
    hold_back(intake, [pat.pk], at=MONDAY)

    assert [row.member for row in proposals.held_back(pat.workspace)] == [mia]


def test_whoever_takes_over_finds_what_was_found(ann, mia, bob, intake):
    row = wrote(ann, intake)

    hand_over_everything(bob, to=mia, by=mia, at=LATER)

    assert [one.pk for one in proposals.to_decide(mia)] == [row.pk]


def test_what_is_held_back_and_was_never_proposed_is_shown(ann, bob, intake):
    wrote(ann, intake).delete()

    assert put_right(ann.workspace) == 1
    assert on_today(bob) == ["Ann"]


def test_pressed_twice_a_word_is_given_once(ann, bob, intake):
    row = promised(ann, intake)

    for minute in (0, 1):
        deciding.accept([row], by=bob, at=LATER + timedelta(minutes=minute))

    assert Fact.objects.filter(kind="WePromised").count() == 1


def test_words_long_past_are_spread_like_the_rest(workspace, bob, intake):
    rows = [promised(party_named(f"P{n:02}", workspace, owner=bob), intake) for n in range(30)]

    deciding.accept(rows, by=bob, at=LATER)

    shown = [queries.today(bob, LATER + n * DAY).due for n in range(3)]
    assert shown == [10, 20, 30]


def test_whoever_is_forgotten_takes_sentences_and_lessons_along(ann, bob, intake):
    deciding.dismiss([wrote(ann, intake)], by=bob, at=LATER)

    forget(ann, by=bob, at=LATER)

    assert not Proposal.objects.exists()
    assert not Lesson.objects.filter(kind="sender").exists()


def test_what_they_do_is_written_where_nothing_stood(ann, bob, intake):
    row = promised(ann, intake, value="Head of purchasing")
    row.kind = "title"
    row.save()

    deciding.accept([row], by=bob, at=LATER)

    assert Person.objects.get(party=ann).role == "Head of purchasing"


def test_what_they_tell_of_themselves_comes_up_in_its_month_with_a_yes(ann, bob, intake):
    september = MONDAY.replace(month=9, day=1)
    row = promised(ann, intake, value="My daughter starts school in September.", due=september)
    row.kind = "personal"
    row.save()

    deciding.accept([row], by=bob, at=LATER)

    [told] = details.for_the_talk(details.of_party(ann), september.date())
    assert (told.text, told.month) == ("My daughter starts school in September.", 9)
    deciding.take_back([row], by=bob, at=LATER)
    assert details.of_party(ann) == []


def test_what_stood_in_the_books_before_stays_when_a_yes_is_taken_back(ann, bob, intake):
    Person.objects.filter(party=ann).update(role="Owner")
    row = promised(ann, intake, value="Owner")
    row.kind = "title"
    row.save()

    deciding.accept([row], by=bob, at=LATER)
    deciding.take_back([row], by=bob, at=LATER)

    assert Person.objects.get(party=ann).role == "Owner"
