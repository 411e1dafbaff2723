"""The date reader behind the fields: a sentence back, in the member's own calendar."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.core.calendar import Calendar
from followthrough.core.facts import Planned
from followthrough.core.when import read
from followthrough.ledger import clock
from followthrough.ledger.models import Address
from followthrough.web.when import looked_up
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import SCRIPTED, hear, text_of

WORDS = ["dec", "21st", "afternoon", "hours", "3", "noon", "2026", "ago", "half", "5pm", "demain"]
PIECES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


def asked(client, when, **more):
    with clock.at(MONDAY):
        return client.get("/when/", {"when": when} | more)


def test_a_day_is_said_back_in_full(bobs):
    page = asked(bobs, "call thursday 10am")

    assert "Call them on Thursday, 5 March 2026 at 10:00" in text_of(page)
    assert 'data-kind="understood"' in page.content.decode()


def test_resting_says_when_they_come_back(bobs):
    said = text_of(asked(bobs, "in 2 weeks", mode="not_now"))

    assert said.startswith("Quiet until Monday, 16 March 2026 at 09:00")


def test_a_promise_says_by_when(bobs):
    page = asked(bobs, "thursday 12:00", mode="promise")

    assert text_of(page).startswith("By Thursday, 5 March 2026 at 12:00")
    assert "#moon" not in page.content.decode()


def test_it_is_the_members_own_clock(bob, bobs):
    bob.zone = "Asia/Tokyo"
    bob.save()

    page = asked(bobs, "tomorrow 9:00")

    assert "Tuesday, 3 March 2026 at 09:00" in text_of(page)


def test_an_american_team_is_answered_in_american(workspace, bobs):
    workspace.country = "US"
    workspace.save()

    assert "Thursday, March 5, 2026 at 2:00 pm" in text_of(asked(bobs, "thursday 2 pm"))
    assert "12:30 am" in text_of(asked(bobs, "thursday 0:30"))


@pytest.mark.parametrize(
    ("when", "kind"),
    [("", "empty"), ("yesterday", "past"), ("blue cheese", "unclear"), ("3/4", "ambiguous")],
)
def test_what_is_not_understood_says_what_to_do(bobs, when, kind):
    page = asked(bobs, when)

    assert page.status_code == 200
    assert len(text_of(page)) > 10
    assert 'data-kind="understood"' not in page.content.decode()


def test_a_choice_fills_in_what_can_be_read_again(bobs):
    page = asked(bobs, "5/6")

    for choice in page.context["reading"]["choices"]:
        assert 'data-kind="understood"' in asked(bobs, choice["text"]).content.decode()


@pytest.mark.parametrize(
    "when",
    ["\0", "9" * 10_000, "in 999999999999 years", "31.12.9999", "<script>", "🎈", "\u202e", "-1",
     "tomorrow 99:99", "in -3 days", "0000-00-00", "2026-02-30", "call " * 3000],
)  # fmt: skip
def test_nothing_breaks_it(bobs, when):
    page = asked(bobs, when)

    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


# --- in the reader's language ---------------------------------------------------------------


def in_language(bob, language):
    bob.language = language
    bob.save(update_fields=["language"])


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("de", "anrufen Donnerstag um 10"), ("fr", "appeler jeudi à 10h"),
        ("es", "llamar el jueves a las 10"), ("fr", "call thursday 10am"),
    ],
)  # fmt: skip
def test_it_is_read_in_the_reader_s_language_and_in_english(bob, bobs, language, when):
    in_language(bob, language)

    page = asked(bobs, when)

    assert page.context["reading"]["kind"] == "understood"
    assert "2026" in text_of(page)
    assert "10:00" in text_of(page)


@pytest.mark.parametrize(
    ("language", "when", "day"),
    [
        ("en", "call in 1.5 hours", "2 March 2026 at 11:30"),
        ("de", "anrufen in 1,5 Stunden", "2. März 2026 um 11:30"),
    ],
)
def test_what_our_own_grammar_does_not_know_is_looked_up(bob, bobs, language, when, day):
    in_language(bob, language)

    assert day in text_of(asked(bobs, when))


@pytest.mark.parametrize(
    "when", ["5", "12345", "before 4 april", "not on 4 april", "8 weeks after the fair"]
)
def test_but_nothing_that_would_only_be_guessed(bobs, when):
    assert asked(bobs, when).context["reading"]["kind"] == "unknown"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=80) | PIECES)
def test_no_text_is_too_strange_for_looking_it_up(language, text):
    """The same checks stand behind it: nothing without a day to come is taken for one."""
    found = looked_up(text, MONDAY, language)

    assert found == "" or read(found, now=MONDAY, calendar=Calendar()).kind != "empty"


# --- what else stands on that day ------------------------------------------------------------


def test_other_calls_at_that_time_are_told(ann, pat, bob, bobs):
    pat.owner = bob
    pat.save(update_fields=["owner"])
    hear(pat, Planned(at=MONDAY, due=MONDAY + DAY, matter="prints", by=str(bob.pk)))

    page = asked(bobs, "call tomorrow 10:00", who=str(ann.pk))

    assert "you have 1 other at 10:00" in text_of(page)
    assert "nothing else of yours then" in text_of(asked(bobs, "call tomorrow 15:00"))


def test_somebody_who_is_on_the_list_for_another_day_is_named(ann, bob, bobs):
    hear(ann, Planned(at=MONDAY, due=MONDAY + DAY, matter="roof", by=str(bob.pk)))

    page = asked(bobs, "call thursday 10:00", who=str(ann.pk))

    assert "Ann is on your list already: Tuesday 3 Mar" in text_of(page)


def test_a_holiday_where_they_live_is_told(ann, bobs):
    Address.objects.filter(kind="phone").update(canonical="+4930123456")

    page = asked(bobs, "call 1 May 2026 10:00", who=str(ann.pk))

    assert "a public holiday where Ann is" in text_of(page)


def test_a_day_that_is_typed_asks_few_questions_of_the_books(ann, bobs, assert_queries):
    with clock.at(MONDAY), assert_queries(9):
        bobs.get("/when/", {"when": "call thursday 10:00", "who": ann.pk}, **SCRIPTED)
