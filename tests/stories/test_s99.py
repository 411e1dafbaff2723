"""S99: Each touch carries what it gave; before a third ask without anything: give first."""

from datetime import UTC, datetime

import pytest
from tests.cast import client_of
from tests.ledger.scene import DAY, HOUR
from tests.web.desk import filled, first_owed, hear, sheet_of, text_of, undo_of

from followthrough.core.facts import TheyWrote, WeCalled, WeWrote
from followthrough.ledger import clock, giving
from followthrough.ledger.models import Fact, Gift, Giving

WEDNESDAY = datetime(2026, 5, 13, 9, tzinfo=UTC)
GUIDE = "How to keep an awning clean"
HINT = "Give first. You asked 2 times and gave nothing yet."


@pytest.fixture
def library(workspace):
    for title in (GUIDE, "Photos of bakeries", "Whom to ask at the town hall"):
        Gift.objects.create(workspace=workspace, title=title, added_at=WEDNESDAY)


def asked(party, times, **more):
    for n in range(times):
        hear(party, WeCalled(at=WEDNESDAY - (times - n) * DAY, matter="roof", **more))


def sheet_for(bob, party):
    with clock.at(WEDNESDAY):
        return client_of(bob).get(sheet_of(first_owed(party)))


def give(bob, party, *gifts, at=WEDNESDAY):
    form = filled(outcome="spoke", gift=gifts, when="call in 3 working days")
    with clock.at(at):
        return client_of(bob).post(sheet_of(first_owed(party)), form, follow=True)


def offered(bob, party):
    return [gift["value"] for gift in sheet_for(bob, party).context["gifts"]]


def test_s99_before_the_third_ask_the_sheet_says_give_first_with_three_from_the_library(
    library, ann, bob
):
    asked(ann, 2)

    page = sheet_for(bob, ann)

    assert HINT in text_of(page)
    assert len(page.context["give_first"]["titles"]) == 3
    assert GUIDE in page.context["give_first"]["titles"]


def test_s99_where_the_library_is_empty_there_are_things_that_everybody_can_give(ann, bob):
    asked(ann, 2)

    assert "You could give: A tip, A photo, Samples." in text_of(sheet_for(bob, ann))


def test_s99_the_second_ask_is_not_yet_flagged(library, ann, bob):
    asked(ann, 1)

    assert "Give first" not in text_of(sheet_for(bob, ann))


def test_s99_what_was_given_ends_the_row_and_stands_with_the_touch(library, ann, bob):
    asked(ann, 2)

    give(bob, ann, GUIDE)

    assert Fact.objects.filter(kind="WeCalled").latest("pk").own["given"] == GUIDE
    assert giving.asks_of(ann) == 0


def test_s99_answering_them_is_no_ask(ann):
    asked(ann, 2)
    hear(ann, TheyWrote(at=WEDNESDAY, matter="roof"))
    hear(ann, WeWrote(at=WEDNESDAY + HOUR, matter="roof"))

    assert giving.asks_of(ann) == 0


def test_s99_a_call_that_nobody_took_is_no_ask(ann):
    asked(ann, 3, outcome="no_answer")

    assert giving.asks_of(ann) == 0


def test_s99_nobody_gets_the_same_twice(library, ann, pat, bob):
    asked(ann, 1)
    asked(pat, 1)

    give(bob, ann, GUIDE)

    assert GUIDE not in offered(bob, ann)
    assert GUIDE in offered(bob, pat)


def test_s99_what_is_taken_back_was_not_given(library, ann, bob):
    asked(ann, 1)
    page = give(bob, ann, GUIDE)

    with clock.at(WEDNESDAY + HOUR):
        client_of(bob).post(undo_of(page))

    assert Giving.objects.get().gone_at is not None
    assert GUIDE in offered(bob, ann)


def test_s99_the_library_tells_how_often_and_what_followed(workspace, library, ann, pat, bob):
    for party in (ann, pat):
        asked(party, 1)
        give(bob, party, GUIDE)
    hear(ann, TheyWrote(at=WEDNESDAY + 3 * DAY, matter="roof"))
    hear(pat, TheyWrote(at=WEDNESDAY + 30 * DAY, matter="roof"))

    page = client_of(bob).get("/library/")

    assert "Given 2 times · 1 answer within two weeks" in text_of(page)
    assert "Not given yet" in text_of(page)
