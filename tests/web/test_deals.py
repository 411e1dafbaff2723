"""Deals: each card ends in its next step, and moving one asks for it."""

import pytest
from django.db import connection
from django.urls import reverse

from followthrough.core import facts
from followthrough.ledger import clock
from followthrough.ledger.models import Matter
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.deals_scene import TUESDAY, card_on, deal, lanes, look, moved
from tests.web.desk import SCRIPTED, enquired, hear, kinds, owed_to, text_of, undo_of

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
