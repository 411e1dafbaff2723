"""What an offer, a list and a look at our mail change, and what they leave as it was."""

import pytest
from tests.core.cast import (
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    enquired,
    owed,
    quoted,
    told,
    wrote,
)

from followthrough.core import facts
from followthrough.core.history import History
from followthrough.core.temperature import COLD, temperature

we_wrote = told(facts.WeWrote)


def of(*happened):
    return History.of("ann", happened)


@pytest.mark.parametrize("kind", [facts.TheyOpened, facts.TheyClicked])
def test_a_look_at_our_mail_moves_nobodys_turn(kind):
    look = kind(at=TUESDAY, matter="roof")
    before, after = owed(we_wrote(MONDAY)), owed(we_wrote(MONDAY), look)

    assert [(one.key, one.due, one.rank) for one in after] == [
        (one.key, one.due, one.rank) for one in before
    ]
    assert str(after[0].why) == "They looked at it, and have not answered"


def test_a_look_before_our_last_word_says_nothing_of_that_word():
    look = facts.TheyOpened(at=TUESDAY, matter="roof")
    [one] = owed(we_wrote(MONDAY), look, we_wrote(WEDNESDAY))

    assert str(one.why) == "We wrote last, and they have gone quiet"


def test_a_quote_that_was_seen_needs_no_question_whether_it_arrived():
    look = facts.TheyOpened(at=TUESDAY, matter="roof")
    [one] = owed(quoted(MONDAY), look)

    assert (str(one.what), str(one.why)) == (
        "Ask again",
        "They looked at it, and have not answered",
    )


def test_an_uncertain_look_warms_nobody():
    sure, perhaps = (facts.TheyOpened(at=MONDAY, uncertain=one) for one in (False, True))

    assert temperature([perhaps], now=TUESDAY) == []
    assert temperature([sure], now=TUESDAY)[-1].level > COLD


def test_a_yes_begins_anew_where_all_was_closed():
    over = told(facts.Closed)(TUESDAY, outcome="lost")
    yes = told(facts.TheyTookIt)(WEDNESDAY)
    history = of(enquired(MONDAY), over, yes)

    [talk] = history.open_matters()
    assert talk.waiting == [history.facts[-1]]


def test_a_no_is_an_answer_and_leaves_nobody_waiting():
    history = of(
        enquired(MONDAY), told(facts.WeCalled)(TUESDAY), told(facts.TheyDeclined)(THURSDAY)
    )

    [talk] = history.open_matters()
    assert (talk.waiting, talk.silence) == ([], 0)


def test_a_no_ends_what_is_asked_step_by_step_even_before_its_first():
    history = of(enquired(MONDAY), told(facts.TheyDeclined)(TUESDAY))

    assert [run.why for run in history.matters["roof"].runs.values()] == ["replied"]


def test_the_last_word_on_a_list_counts():
    joined = facts.JoinedList(at=MONDAY, called="Newsletter")
    left = facts.LeftList(at=TUESDAY, called="Newsletter")

    assert of(left, joined).known.lists["Newsletter"].at == TUESDAY
    assert owed(joined, left) == []


def test_what_obliges_nobody_opens_nothing():
    quiet = (
        facts.SilenceExplained(at=MONDAY), facts.PassedOn(at=MONDAY),
        facts.TheyClicked(at=MONDAY), facts.JoinedList(at=MONDAY, called="Newsletter"),
    )  # fmt: skip

    assert of(*quiet).matters == {}


def test_an_offer_alone_opens_something_that_is_not_dropped():
    made = facts.Offered(at=MONDAY, until=THURSDAY, zone="Europe/Berlin")

    assert len(of(made).open_matters()) == 1
    assert owed(made) != []


def test_they_wait_though_an_offer_stands():
    made = told(facts.Offered)(MONDAY, until=THURSDAY, zone="Europe/Berlin")

    assert [one.rule for one in owed(made, wrote(TUESDAY))] == ["answer_them"]
