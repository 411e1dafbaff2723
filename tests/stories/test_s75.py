"""S75: Always? Sometimes? If I have time? Rarely? The person sees it first."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import hear, text_of

from followthrough.core.facts import Planned, TheyWrote, WeCalled, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Workspace
from followthrough.ledger.record import record
from followthrough.ledger.undo import undo
from followthrough.reports.who_follows_up import KNOB, who_follows_up, word_for


@pytest.fixture
def planned(workspace, bob):
    """A call was planned for each of so many people; `done` of them were made on their day."""

    def plan(many, done, *, late=HOUR):
        for n in range(many):
            party = party_named(f"P{n}", workspace, bob)
            due = MONDAY - 10 * DAY
            hear(
                party,
                WeWrote(at=due - 5 * DAY, matter="x"),
                Planned(at=due - 5 * DAY, matter="x", due=due, by=str(bob.pk)),
            )
            if n < done:
                at = due + late
                hear(
                    party,
                    WeCalled(at=at, matter="x", by=str(bob.pk)),
                    Planned(at=at, matter="x", due=MONDAY + 30 * DAY),
                )

    return plan


def share(bob, at=MONDAY):
    found = who_follows_up(bob, at).share
    return found.done, found.of


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1.0, "always"), (0.98, "always"), (0.979, "mostly"), (0.80, "mostly"),
        (0.799, "sometimes"), (0.50, "sometimes"), (0.499, "rarely"), (0.0, "rarely"),
    ],
)  # fmt: skip
def test_s75_the_words_have_their_bounds(value, word):
    assert word_for(value) == word


def test_s75_in_words_and_numbers_on_ones_own_page(planned, bobs):
    planned(10, 9)

    with clock.at(MONDAY):
        page = bobs.get(reverse("promises_kept"))

    assert page.context["habit"] == "Mostly"
    assert "9 of 10" in text_of(page)
    assert "Only you see this." in text_of(page)


def test_s75_a_colleague_does_not_see_it(planned, mias):
    planned(10, 9)

    with clock.at(MONDAY):
        page = mias.get(reverse("promises_kept"))
    assert "9 of 10" not in text_of(page)
    assert page.context["habit"] is None


def test_s75_within_a_day_still_counts_and_after_that_it_does_not(planned, bob):
    planned(5, 5, late=23 * HOUR)
    assert share(bob) == (5, 5)


def test_s75_two_days_late_is_not_followed_up(planned, bob):
    planned(5, 5, late=49 * HOUR)
    assert share(bob) == (0, 5)


def test_s75_the_team_may_set_the_grace(planned, bob, workspace):
    planned(5, 5, late=49 * HOUR)
    Workspace.objects.filter(pk=workspace.pk).update(knobs={KNOB: 72})
    bob.workspace.refresh_from_db()

    assert share(bob) == (5, 5)


def test_s75_what_they_settled_themselves_counts_neither_way(planned, bob, workspace):
    planned(1, 0)
    row = FollowUp.objects.get(rule="keep_the_plan", settled_at=None)
    assert share(bob) == (0, 1)

    hear(row.party, TheyWrote(at=MONDAY - 9 * DAY, matter="x"))
    row.refresh_from_db()
    assert share(bob)[0] == 0


def test_s75_what_was_taken_back_counts_neither_way(bob, workspace):
    party = party_named("P", workspace, bob)
    due = MONDAY - 10 * DAY
    told = Planned(at=due - 5 * DAY, matter="x", due=due, by=str(bob.pk))
    record(party, WeWrote(at=due - 5 * DAY, matter="x"), told, source="plan", at=due - 5 * DAY)
    assert share(bob) == (0, 1)

    undo(party, source="plan", by=bob, at=due + HOUR)
    assert share(bob) == (0, 0)


def test_s75_counted_in_two_questions(planned, bob, assert_queries):
    planned(6, 3)

    with assert_queries(2):
        who_follows_up(bob, MONDAY)
