"""S88: Each touch refers to the one before."""

from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import hear

from followthrough.core.facts import TheyWrote, WeCalled, WeWrote
from followthrough.ledger import clock


def lines(client, party, **asked):
    with clock.at(MONDAY):
        page = client.get(reverse("person", args=[party.pk]), asked)
    items = [item for month in page.context["months"] for item in month["items"]]
    return {item["title"]: item["after"] for item in items if "turn" not in item}


def test_s88_each_touch_of_ours_names_the_one_before_with_its_result(ann, bobs):
    hear(ann, WeCalled(at=MONDAY - 5 * DAY, outcome="no_answer", matter="roof"))
    hear(ann, WeWrote(at=MONDAY - 3 * DAY, matter="roof"))

    shown = lines(bobs, ann)

    assert shown["We called, no answer"] is None
    assert shown["We wrote by mail"]["text"] == "re: we called, no answer, Wed 25 Feb"
    assert shown["We wrote by mail"]["url"] == f"#fact-{ann.facts.get(kind='WeCalled').pk}"


def test_s88_their_word_needs_no_reference(ann, bobs):
    hear(ann, WeWrote(at=MONDAY - 5 * DAY, matter="roof"))
    hear(ann, TheyWrote(at=MONDAY - 3 * DAY, matter="roof"))

    assert lines(bobs, ann)["They wrote"] is None


def test_s88_what_stands_on_another_page_is_named_without_a_link(ann, bobs):
    hear(ann, TheyWrote(at=MONDAY - 5 * DAY, matter="roof"))
    hear(ann, WeCalled(at=MONDAY - 3 * DAY, matter="roof"))

    shown = lines(bobs, ann, show="calls")

    assert shown["We spoke on the phone"] == {"text": "re: they wrote, Wed 25 Feb", "url": ""}
