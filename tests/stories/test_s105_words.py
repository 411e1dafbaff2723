"""S105: give something; nobody gets the same twice, and words that give nothing are remarked on."""

import pytest
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import SCRIPTED, filled, first_owed, quiet, sheet_of, text_of

from followthrough.ledger import clock
from followthrough.ledger.models import Gift, Giving

pytestmark = pytest.mark.django_db
GUIDE = "How to keep an awning clean"


def test_s105_what_was_given_is_marked_and_offered_to_them_no_more(ann, pat, bobs, workspace):
    Gift.objects.create(workspace=workspace, title=GUIDE, added_at=MONDAY)
    quiet(ann)
    quiet(pat)
    form = filled(outcome="spoke", gift=[GUIDE], when="call in 3 working days")

    with clock.at(MONDAY + DAY):
        bobs.post(sheet_of(first_owed(ann)), form)
        anns, pats = (bobs.get(sheet_of(first_owed(party))) for party in (ann, pat))

    assert [(one.party, one.gift.title) for one in Giving.objects.all()] == [(ann, GUIDE)]
    assert GUIDE not in {gift["value"] for gift in anns.context["gifts"]}
    assert GUIDE in {gift["value"] for gift in pats.context["gifts"]}


@pytest.mark.parametrize(
    "words", ["Just checking in.", "Ich wollte nur kurz nachfragen.", "Solo quería saber si…"]
)
def test_s105_words_that_bring_nothing_are_remarked_on(bobs, words):
    said = text_of(bobs.post("/words/kinder/", {"text": words}, **SCRIPTED))

    assert "It gives them nothing. Say what is new, or bring something." in said
