"""Find or do: people by any word, places, those looked at lately, somebody new."""

import pytest

from followthrough.ledger.search import make_findable
from tests.ledger.scene import party_named
from tests.web.desk import SCRIPTED, text_of


@pytest.fixture
def crowd(workspace, bob):
    people = [party_named(f"Dana {n:02}", workspace, bob) for n in range(30)]
    make_findable(people)
    return people


def names_in(page):
    return [line["party"].name for line in page.context["people"]]


def test_somebody_is_found_by_the_beginning_of_a_word(ann, bobs):
    make_findable([ann])

    assert names_in(bobs.get("/find/", {"q": "an"})) == ["Ann"]
    assert "/people/" in bobs.get("/find/", {"q": "an"}).content.decode()


def test_typing_asks_for_a_part_and_a_form_for_a_page(crowd, bobs):
    part = bobs.get("/find/", {"q": "dana"}, **SCRIPTED)
    page = bobs.get("/find/", {"q": "dana"})

    assert part.content.decode().count('role="option"') == 8  # seven, and everybody
    assert "<main" not in part.content.decode()
    assert len(page.context["people"]) == 25
    assert "/people/?name=dana" in page.content.decode()


def test_nobody_found_is_somebody_new_with_the_name_filled_in(bobs):
    page = bobs.get("/find/", {"q": "Dana Whitfield"})
    number = bobs.get("/find/", {"q": "020 7946 0018"})

    assert "Add “Dana Whitfield” as someone new" in text_of(page)
    assert page.context["add_url"] == "/capture/?name=Dana+Whitfield"
    assert number.context["add_url"] == "/capture/?reach=020+7946+0018"
    assert 'value="Dana Whitfield"' in bobs.get(page.context["add_url"]).content.decode()


def test_places_are_found_by_their_name(bobs):
    assert [place.name for place in bobs.get("/find/", {"q": "memb"}).context["places"]] == [
        "members"
    ]


def test_an_empty_question_shows_whom_one_looked_at_lately(ann, pat, bobs):
    for party in (ann, pat, ann):
        bobs.get(f"/people/{party.pk}/")

    assert names_in(bobs.get("/find/")) == ["Ann", "Pat"]


def test_what_is_kept_for_later_was_not_looked_at(ann, bobs):
    bobs.get(f"/people/{ann.pk}/", headers={"X-Kept": "1"})

    assert names_in(bobs.get("/find/")) == []


def test_who_shares_a_browser_does_not_see_whom_the_other_looked_at(ann, bobs, mia):
    bobs.get(f"/people/{ann.pk}/")
    bobs.force_login(mia.user)

    assert names_in(bobs.get("/find/")) == []


def test_a_stranger_finds_nobody_of_ours_whatever_the_cookie_says(ann, sid, sids):
    make_findable([ann])
    sids.cookies["recent"] = f"{sid.pk}.{ann.pk}"

    assert names_in(sids.get("/find/")) == []
    assert names_in(sids.get("/find/", {"q": "ann"})) == []


@pytest.mark.parametrize("cookie", ["", ".", "x.y", "1.²", f"{'9' * 40}.1", "1..2"])
def test_a_cookie_that_somebody_wrote_breaks_nothing(bobs, cookie):
    bobs.cookies["recent"] = cookie

    assert bobs.get("/find/").status_code == 200


@pytest.mark.parametrize("asked", ["%", "'", "\x00", "…", "a" * 5000, "@", "<i>"])
def test_an_odd_question_is_answered(bobs, asked):
    page = bobs.get("/find/", {"q": asked})

    assert page.status_code == 200
    assert "<i>" not in page.content.decode()


def test_it_asks_the_same_few_questions_however_many_there_are(
    crowd, bobs, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):  # session, user, member; the clock; and whom
        bobs.get("/find/", {"q": "dana"}, **SCRIPTED)
