"""What became of our last word to somebody, read from what happened."""

import pytest
from tests.core.cast import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, told

from followthrough.core import facts
from followthrough.core.became import what_became
from followthrough.core.order import in_order

mailed, opened, bounced = told(facts.WeWrote), told(facts.TheyOpened), told(facts.Bounced)
wrote, rang, offered = told(facts.TheyWrote), told(facts.WeCalled), told(facts.Offered)
took, refused = told(facts.TheyTookIt), told(facts.TheyDeclined)


@pytest.mark.parametrize(
    ("happened", "what"),
    [
        ([], "nothing"),
        ([opened(MONDAY)], "nothing"),
        ([mailed(MONDAY)], "got"),
        ([mailed(MONDAY), opened(TUESDAY, uncertain=True)], "maybe"),
        ([mailed(MONDAY), opened(TUESDAY), opened(THURSDAY, uncertain=True)], "opened"),
        ([mailed(MONDAY), opened(TUESDAY), mailed(WEDNESDAY)], "got"),
        ([mailed(MONDAY), bounced(TUESDAY)], "back"),
        ([mailed(MONDAY), bounced(TUESDAY, final=False)], "got"),
        ([mailed(MONDAY), bounced(TUESDAY), opened(WEDNESDAY)], "back"),
        ([mailed(MONDAY), wrote(TUESDAY)], "answered"),
        ([mailed(MONDAY), wrote(TUESDAY), mailed(WEDNESDAY)], "got"),
        ([rang(MONDAY, outcome="spoke")], "answered"),
        ([rang(MONDAY, outcome="no_answer")], "nothing"),
        ([mailed(MONDAY), took(TUESDAY), mailed(WEDNESDAY)], "took"),
        ([mailed(MONDAY), refused(TUESDAY), mailed(WEDNESDAY), opened(THURSDAY)], "declined"),
        ([mailed(MONDAY), refused(TUESDAY), offered(THURSDAY, until=FRIDAY)], "got"),
        ([mailed(MONDAY), refused(TUESDAY), wrote(WEDNESDAY)], "answered"),
        ([mailed(MONDAY), took(TUESDAY), wrote(WEDNESDAY)], "took"),
    ],
)
def test_what_became_of_our_last_word(happened, what):
    assert what_became(in_order(happened)).what == what


def test_it_names_the_fact_that_says_so():
    look = opened(TUESDAY)

    assert what_became([mailed(MONDAY), look, bounced(WEDNESDAY, final=False)]).fact is look
