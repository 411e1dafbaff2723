"""S4: Somebody rings, and is kept in under a minute: five fields at most, with a next step."""

import re
from datetime import UTC, datetime

import pytest
from tests.cast import client_of
from tests.ledger.scene import HOUR
from tests.web.desk import owed_to, text_of

from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Party

WEDNESDAY = datetime(2026, 5, 13, 9, tzinfo=UTC)
CALL = {
    "token": "t", "name": "Ann Archer", "reach": "020 7946 0301", "wants": "A sign by June.",
    "owner": "", "when": "call tomorrow 9:00",
}  # fmt: skip


def kept(bob, **given):
    with clock.at(WEDNESDAY):
        return client_of(bob).post("/capture/", CALL | given, follow=True)


def test_s04_name_number_wish_and_next_step_are_kept(workspace, bob):
    kept(bob)

    ann = Party.objects.get()
    assert (ann.name, ann.addresses.get().canonical) == ("Ann Archer", "+442079460301")
    assert [str(want) for want in ann.wants.all()] == ["A sign by June."]
    assert {row.how for row in owed_to(ann)} == {"call"}
    assert audit(workspace, at=WEDNESDAY + HOUR).uncovered == 0


@pytest.mark.parametrize("when", ["", "soon", "yesterday"])
def test_s04_without_a_next_step_nobody_is_kept(bob, when):
    page = kept(bob, when=when)

    assert page.status_code == 422
    assert "A sign by June." in text_of(page)
    assert Party.objects.count() == 0


def test_s04_there_are_five_fields(bob):
    page = client_of(bob).get("/capture/", headers={"HX-Request": "true"}).content.decode()

    asked = re.findall(r'<(?:input|textarea|select)(?! type="hidden")[^>]* name="(\w+)"', page)
    assert asked == ["name", "reach", "wants", "owner", "when"]


def test_s04_or_it_is_one_line(bob):
    line = "Ann Archer 020 7946 0301 wants a sign by June, call tomorrow 9:00"
    kept(bob, name=line, reach="", wants="", when="")

    ann = Party.objects.get()
    assert (ann.name, ann.addresses.get().canonical) == ("Ann Archer", "+442079460301")
    assert [str(want) for want in ann.wants.all()] == ["a sign by June"]
