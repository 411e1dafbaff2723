"""S77: words in several tones, and a look at pushy ones before they leave."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import SCRIPTED, first_owed, quiet, text_of

from followthrough.ledger import clock

pytestmark = pytest.mark.django_db
THIRD = "Hello Ann,\n\nthis is the third time I am writing to you!!!\n\nBob"


@pytest.fixture
def there(ann):
    quiet(ann)
    return reverse("followup_words", args=[first_owed(ann).pk])


def test_s77_the_same_words_are_there_in_three_tones(there, bobs):
    with clock.at(MONDAY + DAY):
        tones = bobs.get(there).context["tones"]

    assert [str(one["name"]) for one in tones] == ["Plain", "Warm", "Formal"]


def test_s77_the_third_time_i_am_writing_is_said_while_it_is_written_with_something_kinder(bobs):
    part = text_of(bobs.post("/words/kinder/", {"text": THIRD}, **SCRIPTED))

    assert "“third time I am writing” Nobody likes to hear how often they were written to." in part
    assert "Perhaps: I would like to come back to this with one short question." in part
    assert "One exclamation mark is enough for a whole mail." in part


def test_s77_it_is_said_once_more_before_it_goes_and_stops_nobody(there, bobs):
    with clock.at(MONDAY + DAY):
        page = bobs.post(there, {"subject": "The roof", "text": THIRD, "ready": "yes"})

    assert "third time I am writing" in text_of(page)
    assert "You decide: it can go as it is." in text_of(page)
    assert "third%20time" in page.context["mailto"]


@pytest.mark.parametrize(
    ("words", "kinder"),
    [
        ("Das ist das dritte Mal, dass ich schreibe.", "mit einer kurzen Frage"),
        ("C’est la troisième fois que je vous écris.", "une seule petite question"),
        ("Es la tercera vez que le escribo.", "una sola pregunta breve"),
    ],
)
def test_s77_something_kinder_is_in_the_language_of_the_mail(bobs, words, kinder):
    assert kinder in text_of(bobs.post("/words/kinder/", {"text": words}, **SCRIPTED))
