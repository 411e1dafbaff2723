"""The reader's language, on the same books."""

import pytest
from django.utils import translation

from followthrough.core.saying import says
from followthrough.web import say
from followthrough.web.tongue import tell
from tests.ledger.scene import MONDAY

pytestmark = pytest.mark.django_db


def test_what_is_not_ours_stays_as_it_is():
    with translation.override("de"):
        assert tell("Ann wants a sign") == "Ann wants a sign"
        assert tell("") == ""


@pytest.mark.parametrize(
    ("language", "money", "day"),
    [
        ("en", "€1,840", "Monday, 2 March 2026 at 10:00"),
        ("en-us", "€1,840", "Monday, March 2, 2026 at 10:00 am"),
        ("de", "1.840 €", "Montag, 2. März 2026 um 10:00"),
        ("fr", "1\u202f840 €", "lundi 2 mars 2026 à 10:00"),
        ("es", "1.840 €", "lunes, 2 de marzo de 2026 a las 10:00"),
    ],
)
def test_money_and_dates_are_written_as_people_there_write_them(language, money, day):
    with translation.override(language):
        assert say.money(184_000, "EUR") == money
        assert say.full(MONDAY, MONDAY.tzinfo) == day


def test_a_sentence_of_the_core_keeps_people_s_own_words():
    said = says("Our {what} came back", what="Blumen")
    with translation.override("fr"):
        assert "Blumen" in tell(said)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_a_sentence_that_the_books_kept_in_english_is_known_by_its_shape(language):
    kept = "This row has 7 cells, but there are 5 columns."
    with translation.override(language):
        told = tell(kept)
    assert told != kept
    assert "7" in told
    assert "5" in told
