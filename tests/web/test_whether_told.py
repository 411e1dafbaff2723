"""A mail that may be their answer, told on the page of whom it is about: who wrote it, and what
somebody said."""

import pytest
from django.urls import reverse

from followthrough.core.facts import Opened, PerhapsReplied, QuoteSent
from followthrough.ledger import clock
from followthrough.ledger.models import Doubt
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import record
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import hear, owed_to, text_of

NOW = MONDAY + HOUR
WORDS = "The price is fine."


@pytest.fixture
def doubted(ann, bobs):
    """A mail came, and Bob is asked about it; he presses one of the two."""

    def doubt(answer, **more):
        hear(ann, Opened(at=MONDAY, matter="sign"), QuoteSent(at=MONDAY, matter="sign"))
        said = PerhapsReplied(at=NOW, **more)
        record(ann, said, source="mail", at=NOW, words=[("Sign", WORDS)])
        named = fact_name("mail", "PerhapsReplied")
        Doubt.objects.create(
            workspace=ann.workspace, party=ann, said=named, name="Greta Gray",
            email="greta@gray.example",
        )  # fmt: skip
        [row] = [one for one in owed_to(ann) if one.rule == "ask_whether"]
        with clock.at(NOW + HOUR):
            bobs.post(reverse("whether", args=[row.pk]), {"answer": answer})
            return bobs.get(reverse("person", args=[ann.pk]))

    return doubt


def test_their_answer_stands_once(doubted):
    page = doubted("yes", why="elsewhere")

    assert text_of(page).count(WORDS) == 1


def test_what_was_said_about_a_mail_stands_where_the_question_went(doubted):
    page = text_of(doubted("no", why="colleague", apart=True))

    assert "Is it their answer? No, go on" in page
    assert "Let go" not in page


def test_the_last_words_are_of_whoever_wrote_them(doubted, bobs):
    doubted("", why="colleague", apart=True)

    with clock.at(NOW + HOUR):
        page = bobs.get(reverse("today"))

    assert f"Greta · Today · Mail that may be their answer {WORDS}" in text_of(page)
