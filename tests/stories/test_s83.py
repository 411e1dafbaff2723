"""S83: nobody need fear to be pushy where they are asked for; elsewhere it is said plainly."""

from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import first_owed, hear, quiet, text_of

from followthrough.core.facts import TheyCalled, WeCalled, WeWrote
from followthrough.ledger import clock

WORDS = "2 touches in 30 days, they asked you to call: you are not bothering them."


def seen(client, there="/", at=MONDAY + HOUR):
    with clock.at(at):
        return client.get(there)


def test_s83_two_touches_and_they_asked_for_a_call(ann, bobs):
    for days in (40, 20, 10):
        hear(ann, WeWrote(at=MONDAY - days * DAY, matter="roof"))
    hear(ann, TheyCalled(at=MONDAY, matter="roof", answered=False))

    panel = text_of(seen(bobs))
    card = text_of(seen(bobs, reverse("one")))

    for said in (panel, card):
        assert WORDS in said
        assert "Last touch 10 days ago." in said


def test_s83_where_they_never_asked_the_pressure_is_said_plainly(ann, bobs):
    for days in (26, 19, 12, 5):
        hear(ann, WeWrote(at=MONDAY - days * DAY, matter="roof"))

    page = seen(bobs, reverse("followup_panel", args=[first_owed(ann).pk]))

    assert "4 touches in 30 days without a word from them: that is pressure." in text_of(page)
    assert page.context["courage"]["text"] == ""


def test_s83_what_they_do_not_want_stands_beside_it(ann, bobs):
    quiet(ann, MONDAY - 20 * DAY)
    hear(ann, WeCalled(at=MONDAY - 12 * DAY, matter="roof", outcome="no_answer"))
    ann.refresh_from_db()
    ann.refuses = ["email"]
    ann.save(update_fields=["refuses"])

    page = seen(bobs, reverse("followup_panel", args=[first_owed(ann).pk]))

    assert "They do not want mail; a call is fine." in text_of(page)
