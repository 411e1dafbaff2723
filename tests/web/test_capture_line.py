"""Quick capture: a whole line at once, who is known already, and a sheet over any page."""

import re

import pytest

from followthrough.ledger import clock
from followthrough.ledger.models import Address, Party
from followthrough.web.capture import one_line
from followthrough.web.when import day_in
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import SCRIPTED, kinds, numbers, owed_to, text_of

pytestmark = pytest.mark.django_db
LINE = "Ann Archer 020 7946 0301 wants a sign, call tue 10"


def send(client, address="/capture/", headers=None, **given):
    blank = {"name": "", "reach": "", "wants": "", "owner": "", "when": "", "party": ""}
    form = blank | {"token": f"token-{next(numbers)}"} | given
    with clock.at(MONDAY):
        return client.post(address, form, **(headers or {}))


# --- one line ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (LINE, ("Ann Archer", "020 7946 0301", "a sign", "call tue 10")),
        ("Ann 020 7946 0301 call tue 10", ("Ann", "020 7946 0301", "", "call tue 10")),
        ("Ann ann@archer.example, tomorrow", ("Ann", "ann@archer.example", "", "tomorrow")),
        ("Ann needs a price for two vans; mail friday", ("Ann", "", "a price for two vans",
                                                        "mail friday")),
        ("020 7946 0301 wants two banners, white", ("", "020 7946 0301", "two banners, white",
                                                    "")),
        ("Ann Archer, call tomorrow 9am", ("Ann Archer", "", "", "call tomorrow 9am")),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(bob, line, read):
    told = one_line.split(line, lambda end: day_in(end, bob, MONDAY))

    assert tuple(told[name] for name in ("name", "reach", "wants", "when")) == read


@pytest.mark.parametrize("name", ["Ann", "Ann Archer", "May Friday Ltd", "Will Marsh", ""])
def test_a_name_alone_is_a_name(bob, name):
    told = one_line.split(name, lambda end: day_in(end, bob, MONDAY))

    assert told.get("name", name).startswith(name.split(" ")[0])
    assert not told.get("reach")


def test_a_line_is_enough_to_keep_somebody(bobs):
    page = send(bobs, name=LINE)

    ann = Party.objects.get()
    assert (page.status_code, ann.name) == (302, "Ann Archer")
    assert Address.objects.get().canonical == "+442079460301"
    assert kinds(ann) == ["Opened", "TheyEnquired", "WeCalled", "Planned"]
    assert "Tue 10:00" in {f"{row.due:%a %H:%M}" for row in owed_to(ann)}


def test_a_line_without_a_next_step_is_laid_out_in_its_fields_and_asked_for_it(bobs):
    page = send(bobs, name="Ann Archer 020 7946 0301 wants a sign")

    assert (page.status_code, list(page.context["errors"])) == (422, ["when"])
    assert page.context["values"] | {"owner": "", "party": "", "when": ""} == {
        "name": "Ann Archer", "reach": "020 7946 0301", "wants": "a sign", "owner": "",
        "party": "", "when": "",
    }  # fmt: skip
    assert Party.objects.count() == 0


def test_while_it_is_typed_it_says_what_was_read(bobs):
    page = send(bobs, "/capture/known/", name=LINE)

    assert "Read as: Ann Archer · 020 7946 0301 · a sign" in text_of(page)
    assert "Call Ann on Tuesday, 3 March 2026 at 10:00" in text_of(page)


# --- who is known already --------------------------------------------------------------------


def test_who_is_known_is_found_by_the_beginning_of_the_name(ann, bobs):
    page = send(bobs, "/capture/known/", name="An")
    assert page.context["people"] == []

    page = send(bobs, "/capture/known/", name="Ann")

    assert [one["pk"] for one in page.context["people"]] == [ann.pk]


def test_who_was_picked_is_no_second_somebody_and_keeps_the_new_number(ann, bobs):
    send(bobs, name="Annie", reach="020 7946 0301", party=str(ann.pk), when="call tue 10")

    assert Party.objects.count() == 1
    assert ann.addresses.filter(canonical="+442079460301").exists()
    assert kinds(ann) == ["Opened", "TheyEnquired", "WeCalled", "Planned"]


def test_of_another_team_nobody_is_found_or_picked(ann, sids):
    assert send(sids, "/capture/known/", name="Ann").context["people"] == []
    assert send(sids, name="Ann", party=str(ann.pk), when="call tue 10").status_code == 404
    assert kinds(ann) == []


# --- over any page ------------------------------------------------------------------------------


def test_over_a_page_it_is_a_fragment_and_leads_back_to_that_page(bobs):
    asked = bobs.get("/capture/", **SCRIPTED)
    refused = send(bobs, headers=SCRIPTED, name="Ann")
    there = SCRIPTED | {"HTTP_HX_CURRENT_URL": "http://testserver/people/?page=2"}
    done = send(bobs, headers=there, name=LINE)

    assert "<html" not in asked.content.decode() + refused.content.decode()
    assert (refused.status_code, "Nobody is kept without" in text_of(refused)) == (200, True)
    assert done.headers["HX-Redirect"] == "/people/?page=2"


def test_it_can_be_taken_back(bobs):
    send(bobs, name=LINE)
    party = Party.objects.get()

    with clock.at(MONDAY + HOUR):
        told = re.findall(r'action="(/undo/[^"]+)"', bobs.get("/people/").content.decode())
        bobs.post(told[0])

    assert owed_to(party) == []
