"""The deals as a list, and the stages in which they stand."""

import re

import pytest
from django.urls import reverse

from followthrough.core import facts
from followthrough.ledger import clock, deals
from followthrough.ledger.models import FollowUp, Matter, Stage
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.deals_scene import deal, lanes, listed, look, moved
from tests.web.desk import hear, text_of, undo_of

# --- the list ----------------------------------------------------------------------------------


def test_the_list_is_narrowed_and_ordered(ann, pat, bob, bobs):
    deal(ann, value=100_000)
    deal(pat, MONDAY - 30 * DAY, facts.Met(at=MONDAY - 30 * DAY, matter="roof"), value=50_000)

    assert listed(look(bobs, view="list", order="money")) == ["Ann", "Pat"]
    assert listed(look(bobs, view="list", order="touch")) == ["Pat", "Ann"]
    assert listed(look(bobs, view="list", age="21")) == ["Pat"]
    assert listed(look(bobs, view="list", owner=bob.pk)) == ["Ann"]
    assert listed(look(bobs, view="list", stage="talking")) == ["Pat"]
    assert "1 open, €500" in text_of(look(bobs, view="list", stage="talking"))


def test_what_is_no_deal_is_reachable_too(ann, pat, bobs):
    deal(ann)
    hear(pat, facts.Opened(at=MONDAY, matter="vinyl", kind="supply"))

    assert listed(look(bobs, view="list")) == ["Ann"]
    assert listed(look(bobs, view="list", stage=":supply")) == ["Pat"]
    assert sorted(listed(look(bobs, view="list", stage="all"))) == ["Ann", "Pat"]


def test_what_was_promised_in_private_is_in_no_list_of_others(ann, bobs, mia):
    mine = {"matter": "secret", "kind": "private", "owner": str(mia.pk)}
    hear(ann, facts.Opened(at=MONDAY, **mine), words=[("A surprise", "")])
    secret = Matter.objects.get(key="secret")

    assert listed(look(bobs, view="list", stage="all")) == []
    assert listed(look(bobs, view="list", stage=":private")) == []
    assert bobs.get(reverse("deal", args=[secret.pk])).status_code == 404


@pytest.mark.parametrize("order", ["next", "touch", "money"])
def test_page_after_page_shows_each_once(workspace, bobs, monkeypatch, order):
    monkeypatch.setattr("followthrough.web.deals.views.PAGE", 3)
    for n in range(8):
        deal(party_named(f"P{n}", workspace), MONDAY, value=(n % 3) * 1000)

    seen, page = [], look(bobs, view="list", order=order)
    while True:
        seen += listed(page)
        if not page.context["next_url"]:
            break
        with clock.at(MONDAY + HOUR):
            page = bobs.get(reverse("deals") + page.context["next_url"])

    assert sorted(seen) == [f"P{n}" for n in range(8)]
    assert len(seen) == 8


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "x~1"}, {"after": "2026-01-01~1"}, {"after": f"{'9' * 30}~1", "order": "money"},
        {"owner": "Ⅷ"}, {"owner": "9" * 40}, {"stage": "\x00"}, {"order": "x"}, {"age": "-1"},
    ],
)  # fmt: skip
def test_an_odd_address_is_answered(ann, bobs, asked):
    deal(ann)

    assert look(bobs, view="list", **asked).status_code == 200


def test_on_a_phone_the_list_comes_first(ann, bobs):
    deal(ann)
    phone = {"headers": {"User-Agent": "Mozilla/5.0 (iPhone) Mobile/15E148"}}

    with clock.at(MONDAY + HOUR):
        assert bobs.get(reverse("deals"), **phone).context["view"] == "list"
        assert bobs.get(reverse("deals"), {"view": "board"}, **phone).context["view"] == "board"


def test_both_views_ask_a_fixed_number_of_questions(workspace, bobs, django_assert_max_num_queries):
    for n in range(30):
        deal(party_named(f"P{n}", workspace), MONDAY)

    for view in ("board", "list"):
        with django_assert_max_num_queries(11):
            look(bobs, view=view)


def test_a_lane_shows_its_first_and_says_how_many_more(workspace, bobs):
    for n in range(15):
        deal(party_named(f"P{n}", workspace), MONDAY)

    page = look(bobs)

    assert "and 7 more" in text_of(page)
    assert re.search(r'href="\?view=list&amp;stage=enquiry"', page.content.decode())


# --- the stages -----------------------------------------------------------------------------------


def restaged(client, *lines):
    given = {
        name: [line[n] for line in lines]
        for n, name in enumerate(("key", "name", "chance", "place"))
    }
    return client.post(reverse("deal_stages"), given, follow=True)


def test_a_team_names_and_orders_its_stages_and_takes_it_back(ann, mias):
    deal(ann)

    page = restaged(
        mias, ("talking", "In talks", 30, 2), ("enquiry", "Asked", 10, 1), ("", "Signed", 99, 3)
    )

    assert [stage.name for stage in Stage.objects.order_by("place")] == [
        "Asked",
        "In talks",
        "Signed",
    ]
    assert lanes(look(mias)) == {"Asked": ["Ann"]}

    mias.post(undo_of(page))
    assert [one.stage.name for one in deals.lanes_of(ann.workspace, {}) if one.stage] == [
        "Enquiry", "Talking", "Quote out", "Yes, in work",
    ]  # fmt: skip


def test_a_stage_with_deals_in_it_does_not_go(ann, mias):
    deal(ann)

    page = restaged(mias, ("enquiry", "", 10, 1), ("talking", "Talking", 30, 2))

    assert page.status_code == 422
    assert "Deals stand in “Enquiry”. Move them first, then it can go." in text_of(page)
    assert Stage.objects.count() == 0


def test_a_deal_at_a_stage_that_is_gone_stands_in_the_first(ann, mias):
    restaged(mias, ("enquiry", "Asked", 10, 1), ("agreed", "Yes", 90, 2))
    deal(ann, MONDAY, facts.Met(at=MONDAY, matter="roof"))

    assert lanes(look(mias)) == {"Asked": ["Ann"]}


def test_only_who_manages_changes_the_stages(ann, bobs):
    assert bobs.get(reverse("deal_stages")).status_code == 403
    assert restaged(bobs, ("enquiry", "X", 1, 1)).status_code == 403


def test_each_open_deal_still_has_its_next_step(ann, bobs):
    roof = deal(ann)
    for to, when in (
        ("talking", "call tomorrow"),
        ("resting", "in 2 months"),
        ("agreed", "friday"),
    ):
        moved(bobs, roof, to, when=when)

        assert FollowUp.objects.filter(matter=roof, settled_at=None).exists()


def test_whoever_merely_stands_on_a_list_is_no_deal_until_something_happens(workspace, bob):
    pat = party_named("Pat", workspace, bob)
    hear(pat, facts.Listed(at=MONDAY, origin="fair.csv"))
    assert deals.sums_of(workspace) == {":listed": deals.Sum(count=1)}

    hear(pat, facts.TheyWrote(at=MONDAY + HOUR))

    assert deals.sums_of(workspace) == {"enquiry": deals.Sum(count=1)}
