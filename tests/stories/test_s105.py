"""S105: A follow-up gives something; why somebody was silent is recorded, and told as a share."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import client_of
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.stories.test_s99 import GUIDE, give, library, offered  # noqa: F401 - a fixture
from tests.web.desk import first_owed, hear, text_of, undo_of

from followthrough.core.facts import TheyWrote, WeCalled, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.models import Giving
from followthrough.reports.no_answer import no_answer

WEDNESDAY = datetime(2026, 5, 13, 9, tzinfo=UTC)
LATER = MONDAY + 60 * DAY


def silent(name, workspace, *, given="", touches=2, bob=None):
    """We wrote to them, and nothing came."""
    party = party_named(name, workspace, owner=bob)
    for n in range(touches):
        hear(party, WeWrote(at=MONDAY + n * DAY, given=given))
    return party


def explain(bob, party, why, at=LATER):
    with clock.at(at):
        form = {"why": why, "token": f"{party.pk}{why}"}
        return client_of(bob).post(f"/people/{party.pk}/silence/", form, follow=True)


def shares(workspace, at=LATER):
    return {one.why: one.share.done for one in no_answer(workspace, at=at).reasons}


def report(bob, at=LATER):
    with clock.at(at):
        return text_of(client_of(bob).get("/library/silence/"))


def test_s105_a_gift_is_marked_in_the_library_as_sent_and_not_offered_again(library, ann, bob):  # noqa: F811
    hear(ann, WeCalled(at=WEDNESDAY - DAY, matter="roof"))

    give(bob, ann, GUIDE)

    assert [one.gift.title for one in Giving.objects.all()] == [GUIDE]
    assert GUIDE not in offered(bob, ann)
    with clock.at(WEDNESDAY):
        page = text_of(client_of(bob).get("/library/"))
    assert "once each · Given once" in page


def test_s105_the_report_says_what_stayed_without_an_answer(workspace, bob):
    for n in range(11):
        silent(f"No{n}", workspace, bob=bob)
    for n in range(4):
        explain(bob, silent(f"Wrong{n}", workspace, bob=bob), "wrong_person")
    for n in range(3):
        silent(f"Gave{n}", workspace, given=GUIDE, bob=bob)

    page = report(bob)

    assert "No answer after: no value 61%, wrong person 22%" in page
    assert "18 silences of two weeks or more." in page


def test_s105_what_somebody_learned_counts_more_than_what_the_books_show(workspace, bob):
    ann = silent("Ann", workspace, bob=bob)
    assert shares(workspace) == {"no_value": 1}

    page = explain(bob, ann, "bad_time")
    assert shares(workspace) == {"bad_time": 1}
    assert "Why they were silent: It came at a bad time" in text_of(page)

    with clock.at(LATER):
        client_of(bob).post(undo_of(page))
    assert shares(workspace) == {"no_value": 1}


def test_s105_who_answered_in_time_was_not_silent(workspace, bob):
    ann = silent("Ann", workspace, bob=bob)
    hear(ann, TheyWrote(at=MONDAY + 10 * DAY))

    assert no_answer(workspace, at=LATER).of == 0


def test_s105_a_silence_that_ended_late_was_one(workspace, bob):
    ann = silent("Ann", workspace, bob=bob)
    hear(ann, TheyWrote(at=MONDAY + 40 * DAY))

    found = no_answer(workspace, at=LATER)
    assert (found.of, found.still) == (1, [])


def test_s105_two_weeks_are_not_over_yet(workspace, bob):
    silent("Ann", workspace, bob=bob)

    assert no_answer(workspace, at=MONDAY + 15 * DAY).of == 0
    assert no_answer(workspace, at=MONDAY + DAY + timedelta(days=14, seconds=1)).of == 1


def test_s105_of_fewer_than_five_nothing_is_said(workspace, bob):
    silent("Ann", workspace, bob=bob)

    page = report(bob)
    assert "Too few to say" in page
    assert "no value" not in page.split("From five")[0]
    assert "Not heard from: do you know why? Ann" in page


def test_s105_the_reason_obliges_nobody(workspace, bob):
    ann = silent("Ann", workspace, bob=bob)
    before = first_owed(ann).pk
    explain(bob, ann, "wrong_person")

    assert first_owed(ann).pk == before


@pytest.mark.parametrize("why", ["", "made up", "x" * 300])
def test_s105_a_reason_that_is_none_is_refused_with_a_sentence(why, workspace, bob):
    page = explain(bob, silent("Ann", workspace, bob=bob), why)

    assert "Choose why they were silent." in text_of(page)


def test_s105_another_team_sees_nothing_of_it(workspace, bob, sid):
    ann = silent("Ann", workspace, bob=bob)

    assert explain(sid, ann, "wrong_person").status_code == 404
    assert no_answer(sid.workspace, at=LATER).of == 0
