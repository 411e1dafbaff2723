"""S88, on the call card: each touch begins where the one before ended."""

from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import first_owed, hear, text_of

from followthrough.core.facts import Planned, WeCalled, WeWrote
from followthrough.ledger import clock


def test_s88_the_card_starts_with_the_last_touch_and_its_result(ann, bob, bobs):
    hear(ann, WeWrote(at=MONDAY - 12 * DAY, matter="roof"), words=[("", "Our price.")])
    tried = WeCalled(at=MONDAY - 6 * DAY, matter="roof", outcome="no_answer", by=str(bob.pk))
    hear(ann, tried, words=[("", "The machine answered.")])

    with clock.at(MONDAY + HOUR):
        page = bobs.get(reverse("one", args=[first_owed(ann).pk]))

    said = text_of(page)
    start = said.index("We called, no answer · 6 days ago “The machine answered.”")
    assert start < said.index(page.context["courage"]["lead"])
    assert start < said.index("Begin with why")


def test_s88_the_first_time_says_so(ann, bobs):
    hear(ann, Planned(at=MONDAY - DAY, due=MONDAY, matter="roof"))

    with clock.at(MONDAY + HOUR):
        page = bobs.get(reverse("one"))

    assert "You have not spoken yet: this is the first time." in text_of(page)
