"""Deals: each card ends in its next step, and moving one asks for it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from followthrough.core import facts
from followthrough.ledger import clock, deals
from followthrough.ledger.models import FollowUp, Matter, Stage
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import SCRIPTED, enquired, hear, kinds, numbers, owed_to, text_of, undo_of

TUESDAY = MONDAY + DAY


def deal(party, at=MONDAY, *more, **opened):
    """Something may become a yes; what happens in it stands beside."""
    hear(party, facts.Opened(at=at, matter="roof", kind="deal", **opened), *more)
    return Matter.objects.get(party=party, key="roof")


def look(client, at=MONDAY + HOUR, **asked):
    with clock.at(at):
        return client.get(reverse("deals"), asked)


def moved(client, matter, to, at=MONDAY + HOUR, follow=True, **told):
    """The card's form, as a browser sends it."""
    given = {"token": f"t-{next(numbers)}", "to": to, "back": "/deals/?view=board"} | told
    with clock.at(at):
        return client.post(reverse("deal_move", args=[matter.pk]), given, follow=follow)


def lanes(page):
    """Who stands in which lane."""
    return {
        lane["name"]: [card["who"] for card in lane["cards"]]
        for lane in page.context["lanes"]
        if lane["cards"]
    }


def listed(page):
    return [card["who"] for card in page.context["cards"]]


def card_on(page):
    [card] = [card for lane in page.context["lanes"] for card in lane["cards"]]
    return card


# --- where a deal stands ----------------------------------------------------------------


def test_with_nothing_open_it_says_what_will_stand_here(bobs):
    said = text_of(look(bobs))

    assert "No deal is open yet." in said
    assert "have a next step" not in said


def test_what_happens_moves_a_deal_by_itself(ann, bobs):
    enquired(ann)
    assert lanes(look(bobs)) == {"Enquiry": ["Ann"]}

    hear(ann, facts.WeCalled(at=MONDAY + HOUR, matter="roof"))
    assert lanes(look(bobs)) == {"Talking": ["Ann"]}

    hear(ann, facts.QuoteSent(at=TUESDAY, matter="roof", amount=90_000))
    assert lanes(look(bobs)) == {"Quote out": ["Ann"]}


def test_a_call_that_reached_nobody_is_no_talk(ann, bobs):
    enquired(ann)
    hear(ann, facts.WeCalled(at=MONDAY + HOUR, matter="roof", outcome="no_answer"))

    assert lanes(look(bobs)) == {"Enquiry": ["Ann"]}


def test_a_second_quote_moves_no_deal_back(ann, bobs):
    deal(ann, MONDAY, facts.Staged(at=MONDAY, matter="roof", stage="agreed"))
    hear(ann, facts.QuoteSent(at=TUESDAY, matter="roof", amount=90_000))

    assert lanes(look(bobs)) == {"Yes, in work": ["Ann"]}


def test_the_head_says_what_it_comes_to(ann, pat, bobs):
    deal(ann, value=100_000)
    deal(pat, MONDAY, facts.Staged(at=MONDAY, matter="roof", stage="quoted"), value=200_000)

    said = text_of(look(bobs))

    assert "€3,000 open in 2 deals." in said
    assert "about €1,400 of it will be a yes" in said  # 20 % of 1,000 and 60 % of 2,000
    assert "2 of 2 have a next step" in said


def test_a_deal_that_lost_its_next_step_is_not_called_covered(ann, bobs):
    deal(ann)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_alarm")
        cursor.execute("DELETE FROM ledger_followup")
    with clock.at(MONDAY + HOUR):
        bobs.get("/health/")
    from followthrough.ledger.models import Checked  # noqa: PLC0415

    Checked.objects.create(workspace=ann.workspace, at=MONDAY, open=1, uncovered=1, money=0)

    assert "0 of 1 have a next step" in text_of(look(bobs))


@pytest.mark.parametrize(("days", "heat"), [(7, 1), (8, 2), (20, 2), (21, 3)])
def test_the_bar_cools_with_the_days_since_the_last_touch(ann, bobs, days, heat):
    deal(ann, MONDAY, facts.Met(at=MONDAY, matter="roof"))

    assert card_on(look(bobs, MONDAY + days * DAY))["heat"] == heat


def test_what_rests_has_no_heat_and_shows_its_day(ann, bobs):
    deal(
        ann, MONDAY, facts.Met(at=MONDAY, matter="roof"),
        facts.NotNow(at=MONDAY, matter="roof", until=MONDAY + 60 * DAY),
    )  # fmt: skip

    page = look(bobs, MONDAY + 40 * DAY)

    assert lanes(page) == {"Not now": ["Ann"]}
    assert card_on(page)["heat"] == 0
    assert card_on(page)["next"]["when"] == "Fri 1 May"


def test_who_never_had_a_word_from_us_is_said_to_wait(ann, bobs):
    """S58: three enquiries show how long they wait for a first word; what is late is hot."""
    enquired(ann)

    fresh, stale = card_on(look(bobs)), card_on(look(bobs, MONDAY + 26 * HOUR))

    assert (fresh["age"], fresh["heat"]) == ("1 hour without a word", 1)
    assert (stale["age"], stale["heat"]) == ("26 hours without a word", 3)


# --- moving -------------------------------------------------------------------------------


def test_moving_without_a_next_step_is_refused_and_says_what_to_do(ann, bobs):
    """S17: following up is a step of the sale; nothing passes without it."""
    roof = deal(ann)

    page = moved(bobs, roof, "agreed")

    assert page.status_code == 422
    assert "A deal moves with its next step. Try “call tomorrow 9am”." in text_of(page)
    assert kinds(ann) == ["Opened"]


def test_moving_with_a_next_step_is_a_fact_and_can_be_undone(ann, bobs):
    roof = deal(ann)

    page = moved(bobs, roof, "quoted", when="mail tomorrow")

    assert lanes(page) == {"Quote out": ["Ann"]}
    assert "Ann: Quote out, with a next step." in text_of(page)
    assert kinds(ann)[-2:] == ["Staged", "Planned"]
    [step] = owed_to(ann)
    assert (step.how, step.due.date()) == ("email", TUESDAY.date())

    bobs.post(undo_of(page))
    assert lanes(look(bobs)) == {"Enquiry": ["Ann"]}


def test_the_answer_to_a_script_is_the_card_itself(ann, bobs):
    roof = deal(ann)

    with clock.at(MONDAY + HOUR):
        asked = bobs.get(reverse("deal_move", args=[roof.pk]), {"to": "talking"}, **SCRIPTED)
        refused = bobs.post(reverse("deal_move", args=[roof.pk]), {"to": "talking"}, **SCRIPTED)
        back = bobs.get(reverse("deal_card", args=[roof.pk]), **SCRIPTED)

    assert asked.content.decode().lstrip().startswith("<article")
    assert "What’s next with Ann?" in text_of(asked)
    assert refused.headers["HX-Retarget"] == f"#deal-{roof.pk}"
    assert "moving" not in back.content.decode()


def test_resting_asks_until_when_and_comes_back_by_itself(ann, bobs):
    roof = deal(ann, MONDAY, facts.Met(at=MONDAY, matter="roof"))

    page = moved(bobs, roof, "resting", when="in 2 months")

    assert lanes(page) == {"Not now": ["Ann"]}
    assert [step.rule for step in owed_to(ann)] == ["not_now"]


def test_who_waits_for_an_answer_is_not_laid_to_rest(ann, bobs):
    enquired(ann)

    page = moved(bobs, Matter.objects.get(), "resting", when="in 2 months")

    assert "Ann waits for your answer. Answer first, then let it rest." in text_of(page)
    assert kinds(ann) == ["TheyEnquired"]


def test_moving_what_rests_takes_it_up_again(ann, bobs):
    roof = deal(ann, MONDAY, facts.NotNow(at=MONDAY, matter="roof", until=MONDAY + 60 * DAY))

    page = moved(bobs, roof, "talking", when="call tomorrow")

    assert lanes(page) == {"Talking": ["Ann"]}
    assert [step.rule for step in owed_to(ann)] == ["keep_the_plan"]


def test_an_end_asks_for_its_reason(ann, bobs):
    roof = deal(ann)

    assert "Say why it ends." in text_of(moved(bobs, roof, "close"))
    page = moved(bobs, roof, "close", reason="elsewhere")

    assert "Closed with Ann." in text_of(page)
    roof.refresh_from_db()
    assert (roof.outcome, roof.reason) == ("lost", "Chose someone else")


def test_where_we_never_said_a_word_the_reason_is_ours(ann, bobs):
    """S12: lost after 29 days without a word from us: the reason is set before anybody asks."""
    enquired(ann)
    with clock.at(MONDAY + 29 * DAY):
        page = bobs.get(reverse("deal_move", args=[Matter.objects.get().pk]), {"to": "close"})

    assert page.context["moving"]["reason"] == "dropped"


def test_pressing_twice_moves_once(ann, bobs):
    roof = deal(ann)

    for _ in range(2):
        moved(bobs, roof, "talking", when="call tomorrow", token="same")

    assert kinds(ann).count("Staged") == 1


def test_what_ended_meanwhile_does_not_move(ann, bobs):
    roof = deal(ann)
    hear(ann, facts.Closed(at=MONDAY, matter="roof", outcome="won"))

    assert "This has ended meanwhile." in text_of(moved(bobs, roof, "talking", when="tomorrow"))


def test_a_stranger_finds_nothing_here(ann, sids):
    roof = deal(ann)

    assert text_of(look(sids)).count("Ann") == 0
    for name in ("deal", "deal_card", "deal_move"):
        assert sids.get(reverse(name, args=[roof.pk])).status_code == 404


def test_nobody_is_sent_elsewhere_afterwards(ann, bobs):
    page = moved(
        bobs, deal(ann), "talking", when="call tomorrow", back="//evil.example/", follow=False
    )

    assert page.headers["Location"].startswith("/deals/?just=")


# --- changing and beginning -----------------------------------------------------------------


def changed(client, matter, **values):
    with clock.at(MONDAY + HOUR):
        given = {"token": f"t-{next(numbers)}", "title": "", "value": "", "expected": ""} | values
        return client.post(reverse("deal", args=[matter.pk]), given, follow=True)


def test_what_it_is_called_worth_and_when_change_in_the_card_and_back(ann, bobs):
    roof = deal(ann, value=100_000)

    page = changed(bobs, roof, title="New roof", value="1.250,50", expected="2026-04-01")

    roof.refresh_from_db()
    assert (roof.title, roof.value, roof.expected) == ("New roof", 125_050, date(2026, 4, 1))

    bobs.post(undo_of(page))
    roof.refresh_from_db()
    assert (roof.title, roof.value, roof.expected) == ("", 100_000, None)


def test_a_day_can_be_taken_away_again(ann, bobs):
    roof = deal(ann, MONDAY, facts.Estimated(at=MONDAY, matter="roof", expected="2026-04-01"))

    changed(bobs, roof)

    roof.refresh_from_db()
    assert roof.expected is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"value": "a lot"}, "Write a sum, such as 1200."),
        ({"value": "-5"}, "Write a sum, such as 1200."),
        ({"value": "NaN"}, "Write a sum, such as 1200."),
        ({"expected": "soon"}, "Write a day, such as 2026-12-01."),
        ({"title": "x" * 300}, "That is longer than we can keep: 200 letters at most."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(ann, bobs, told, said):
    page = changed(bobs, deal(ann), **told)

    assert page.status_code == 422
    assert said in text_of(page)
    assert next(iter(told.values())) in page.content.decode()


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1200", 120_000), ("1,200.50", 120_050), ("1.200,50", 120_050), ("1.200", 120_000),
        ("1,200", 120_000), ("12,5", 1_250), ("€ 3 400", 340_000), ("", 0),
    ],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(ann, bobs, text, cents):
    roof = deal(ann, value=1)

    changed(bobs, roof, value=text)

    roof.refresh_from_db()
    assert roof.value == cents


def test_a_new_deal_with_somebody_who_is_known(ann, bobs):
    begun = {"who": "ann", "title": "Van wrap", "value": "900", "stage": "talking", "token": "n1"}
    with clock.at(MONDAY + HOUR):
        refused = bobs.post(reverse("deal_new"), begun)
        page = bobs.post(reverse("deal_new"), begun | {"when": "call tomorrow"}, follow=True)

    assert "No deal begins without a next step." in text_of(refused)
    assert lanes(page) == {"Talking": ["Ann"]}
    made = Matter.objects.get()
    assert (made.title, made.value, made.kind) == ("Van wrap", 90_000, "deal")


def test_of_two_with_one_name_somebody_chooses(workspace, ann, bobs):
    party_named("Annie", workspace)
    begun = {"who": "Ann", "title": "Van", "when": "call tomorrow", "token": "n2"}

    with clock.at(MONDAY + HOUR):
        asked = bobs.post(reverse("deal_new"), begun)
        bobs.post(reverse("deal_new"), begun | {"person": str(ann.pk)})

    assert "Choose who it is." in text_of(asked)
    assert Matter.objects.get().party == ann


def test_one_person_may_have_two_deals(ann, bobs):
    """S38: one enquiry becomes two deals, and both stand on the same person's page."""
    for n, title in enumerate(("Website", "Marketing plan")):
        begun = {"person": str(ann.pk), "title": title, "when": "call tomorrow", "token": f"w{n}"}
        with clock.at(MONDAY + HOUR):
            bobs.post(reverse("deal_new"), begun)

    assert [card["what"] for card in look(bobs, view="list").context["cards"]] == [
        "Website", "Marketing plan",
    ]  # fmt: skip


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
