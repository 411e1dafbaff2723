"""What stands in an address is read or passed over: no page is lost by it."""

import pytest

from followthrough.ledger import clock
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired

FIRST, LAST = "0001-01-01T00:00:00%2B14:00~5", "9999-12-31T23:59:59-12:00~5"
MANY = "9" * 23


@pytest.mark.parametrize(
    "there",
    [
        *(f"/promises/?after={place}" for place in (FIRST, LAST)),
        *(f"/people/{{pk}}/?before={place}" for place in (FIRST, LAST)),
        *(f"/waiting/?after={place}" for place in (FIRST, LAST)),
        *(f"/deals/?view=list&after={place}" for place in (FIRST, LAST)),
        *(f"/people/?order=silence&after={place}" for place in (FIRST, LAST)),
        *(f"/people/?order=next&after={place}" for place in (FIRST, LAST)),
        f"/people/?order=value&after={MANY}~5",
        f"/deals/?view=list&order=money&after={MANY}~5",
        f"/deals/?view=list&owner={MANY}",
        f"/week/?asks={MANY}&to=2026-03-06",
        f"/promises/?after=2026-03-02T09:00:00%2B00:00~{MANY}",
    ],
)
def test_a_place_that_no_list_has_is_the_beginning(ann, bob, bobs, there):
    with clock.at(MONDAY + HOUR):
        enquired(ann)
        assert bobs.get(there.format(pk=ann.pk)).status_code == 200


def test_promises_go_on_where_the_page_ended(ann, bob, bobs):
    with clock.at(MONDAY + HOUR):
        for day in range(1, 33):
            said = {"text": f"Sign {day}", "when": f"in {day} days", "token": str(day)}
            bobs.post("/promises/", {"circle": "customers", "to": "Ann"} | said)
        first = bobs.get("/promises/")
        after = bobs.get(first.context["more_url"])
    texts = [
        {line["text"] for day in page.context["days"] for line in day["lines"]}
        for page in (first, after)
    ]
    assert len(texts[0]) == 30
    assert texts[1] == {"Sign 31", "Sign 32"}
