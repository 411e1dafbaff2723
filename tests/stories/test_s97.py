"""S97: calls in vain are counted, and the plan goes on by text and then by card, where allowed."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import first_owed, hear, owed_to, quiet, text_of

from followthrough.core.facts import OptedOut, WeCalled, WeWrote
from followthrough.ledger import clock

LAST_CALL = MONDAY - 7 * DAY


@pytest.fixture
def in_vain(ann):
    quiet(ann, MONDAY - 30 * DAY)
    for n in range(3):
        hear(ann, WeCalled(at=LAST_CALL - (14 - 7 * n) * DAY, matter="roof", outcome="no_answer"))
    return ann


def plan_of(party):
    [row] = [row for row in owed_to(party) if row.rule == "they_owe_us_a_call"]
    return row.how, row.why


def test_s97_after_three_calls_a_text_and_after_the_text_a_card(in_vain):
    assert plan_of(in_vain) == ("sms", "3 unanswered calls: try a text, then a card")

    hear(in_vain, WeWrote(at=MONDAY, matter="roof", channel="sms"))

    assert plan_of(in_vain) == ("card", "3 unanswered calls: try a card")


def test_s97_who_wants_no_texts_gets_none(in_vain):
    hear(in_vain, OptedOut(at=LAST_CALL, channels=("sms",)))

    assert plan_of(in_vain)[0] == "card"


def test_s97_the_age_and_the_count_are_beside_the_list(in_vain, bobs):
    with clock.at(MONDAY):
        page = bobs.get("/")

    [row] = page.context["bands"][0]["rows"]
    assert (row["how"], row["wait"]) == ("Text", "7 days")
    assert "3 calls in a row reached nobody." in text_of(page)
    assert row["sms"].startswith("sms:")


def test_s97_the_third_result_proposes_the_other_way(ann, bobs):
    quiet(ann, MONDAY - 30 * DAY)
    for n in range(2):
        hear(ann, WeCalled(at=LAST_CALL - n * DAY, matter="roof", outcome="no_answer"))

    with clock.at(MONDAY):
        page = bobs.get(reverse("one", args=[first_owed(ann).pk]))
        [again] = [one["url"] for one in page.context["results"] if "no_answer" in one["url"]]
        sheet = bobs.get(again)

    assert sheet.context["form"].when == "text tomorrow"
    assert sheet.context["reading"]["kind"] == "understood"
