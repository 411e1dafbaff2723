"""S89: Cold, warm, hot: what moved them, and when."""

from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import hear

from followthrough.core.facts import Met, TheyOpened, TheyWrote, WeWrote
from followthrough.ledger import clock


def look(client, party, at):
    with clock.at(at):
        return client.get(reverse("person", args=[party.pk]))


def turns(page):
    """The marks on the timeline, the oldest first."""
    items = [item for month in page.context["months"] for item in month["items"]]
    return [f"{item['title']} {item['detail']}" for item in reversed(items) if "turn" in item]


def test_s89_opening_answering_and_meeting_warm_them_and_silence_cools(ann, bobs):
    hear(ann, WeWrote(at=MONDAY, matter="roof"))
    hear(ann, TheyOpened(at=MONDAY + DAY))
    hear(ann, TheyWrote(at=MONDAY + 2 * DAY, matter="roof"))
    hear(ann, Met(at=MONDAY + 40 * DAY, matter="roof"))

    page = look(bobs, ann, MONDAY + 41 * DAY)

    assert turns(page) == [
        "Warm from here: they opened what we sent",
        "Hot from here: they wrote",
        "Warm from here: 30 days without a sign of life",
        "Hot from here: we met",
    ]
    assert page.context["temperature"]["label"] == "Hot"


def test_s89_left_alone_they_are_cold_again(ann, bobs):
    hear(ann, TheyWrote(at=MONDAY, matter="roof"), Met(at=MONDAY + DAY, matter="roof"))

    levels = [
        look(bobs, ann, MONDAY + days * DAY).context["temperature"]["label"]
        for days in (2, 30, 31, 60, 61, 200)
    ]

    assert levels == ["Hot", "Hot", "Warm", "Warm", "Cold", "Cold"]


def test_s89_what_we_do_alone_warms_nobody(ann, bobs):
    hear(ann, WeWrote(at=MONDAY, matter="roof"))

    assert look(bobs, ann, MONDAY + DAY).context["temperature"] is None
