"""S51: “I haven’t heard a peep from her either!” No sign of life from us, by whichever way."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import hear, text_of

from followthrough.core.facts import (
    Acknowledged,
    AutoReplied,
    CardPosted,
    Met,
    Noted,
    TheyEnquired,
    TheyWrote,
    WeCalled,
    WeWrote,
)
from followthrough.ledger import clock

SAID = "nothing from us since they asked, 2 days ago"
LATER = MONDAY + 2 * DAY


@pytest.fixture
def asked(ann):
    hear(ann, TheyEnquired(at=MONDAY, matter="roof"))
    return ann


def page(client, party):
    with clock.at(LATER):
        return text_of(client.get(reverse("person", args=[party.pk])))


def test_s51_without_any_word_of_ours_it_is_peep_0(asked, bobs):
    assert SAID in page(bobs, asked)


SIGNS = {
    "a call": lambda at: WeCalled(at=at, matter="roof"),
    "a call in vain": lambda at: WeCalled(at=at, outcome="no_answer", matter="roof"),
    "a mail": lambda at: WeWrote(at=at, matter="roof"),
    "a text": lambda at: WeWrote(at=at, channel="sms", matter="roof"),
    "a card": lambda at: CardPosted(at=at, matter="roof"),
    "a visit": lambda at: Met(at=at, matter="roof"),
}


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_s51_any_way_of_ours_is_a_sign_of_life(sign, asked, bobs):
    hear(asked, sign(MONDAY + HOUR))

    assert "nothing from us" not in page(bobs, asked)


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_s51_what_came_before_they_asked_is_none(sign, ann, bobs):
    hear(ann, sign(MONDAY - DAY))
    hear(ann, TheyEnquired(at=MONDAY, matter="roof"))

    assert SAID in page(bobs, ann)


@pytest.mark.parametrize("told", [Acknowledged, AutoReplied, Noted])
def test_s51_a_machine_or_a_note_is_no_sign_of_life(told, asked, bobs):
    hear(asked, told(at=MONDAY + HOUR))

    assert SAID in page(bobs, asked)


def test_s51_it_counts_from_their_first_word_that_waits(asked, bobs):
    hear(asked, TheyWrote(at=MONDAY + DAY, matter="roof"))

    assert SAID in page(bobs, asked)
