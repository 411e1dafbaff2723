"""Settings: everybody sees them, administrators change them, and first see what that moves."""

import re

import pytest
from django.urls import reverse

from followthrough.core.decide import RULES
from followthrough.ledger import clock
from followthrough.ledger.models import Change, MadeLate, Member, Workspace
from followthrough.ledger.numbers import NUMBERS
from followthrough.ledger.sweep import catch_up
from followthrough.web.help.pages import pages
from tests.cast import client_of
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import quiet, text_of

pytestmark = pytest.mark.django_db
THURSDAY = MONDAY + 3 * DAY
WORD = "quiet_after_our_word.word"


@pytest.fixture(autouse=True)
def _a_thursday():
    with clock.at(THURSDAY):
        yield


@pytest.fixture
def people(bob):
    """Three whom Bob wrote to on Monday."""
    names = [party_named(name, bob.workspace, owner=bob) for name in ("Ann", "Pat", "Zoe")]
    for one in names:
        quiet(one)
    return names


def ours():
    return Workspace.objects.get(name__startswith="Banners")


def undo_of(page):
    """The address behind the Undo of the page's toast."""
    form = r'action="([^"]+)">(?:\s*<input[^>]+>)+\s*<button type="submit" data-key="z"'
    [address] = re.findall(form, page.content.decode())
    return address


def wished(client, value, **more):
    """The numbers with this one changed, as the page sends them."""
    return client.post(reverse("settings_numbers"), {WORD: value} | more, follow=True)


def made(client):
    change = Change.objects.get(made_at=None)
    return client.post(reverse("change_made", args=[change.pk]), follow=True)


# --- who may ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["settings", "settings_days", "settings_numbers"])
def test_a_member_sees_what_holds_and_changes_nothing(bobs, mia, name):
    page = bobs.get(reverse(name))

    assert page.status_code == 200
    assert "An administrator can change it" in text_of(page)
    assert bobs.post(reverse(name), {"name": "Mine", WORD: "1"}).status_code == 403
    assert ours().name == "Banners"


def test_a_member_adds_no_closed_day_and_makes_no_change(bobs, mias, people):
    assert bobs.post(reverse("closed_day"), {"day": "2026-12-24"}).status_code == 403
    wished(mias, "2")
    change = Change.objects.get()

    for name in ("change_made", "change_dropped", "change_undone"):
        assert bobs.post(reverse(name, args=[change.pk])).status_code == 403
    assert (ours().closed_days, ours().knobs) == ([], {})


def test_a_stranger_finds_no_change_of_ours(sids, mias, people):
    wished(mias, "2")

    assert sids.get(reverse("change", args=[Change.objects.get().pk])).status_code == 404


# --- the team ----------------------------------------------------------------------------


def test_name_currency_and_language_are_saved_at_once_and_undone(mias):
    told = {"name": "Banners & Co", "currency": "CHF", "language": "de"}
    page = mias.post(reverse("settings"), told, follow=True)

    assert (ours().name, ours().currency, ours().language) == ("Banners & Co", "CHF", "de")
    assert '<html lang="de"' in page.content.decode()
    mias.post(undo_of(page))
    assert (ours().name, ours().currency, ours().language) == ("Banners", "EUR", "")


def test_what_cannot_be_is_said_and_what_was_typed_stays(mias):
    page = mias.post(reverse("settings"), {"name": "", "currency": "CHF"})

    assert page.status_code == 422
    assert '<option value="CHF" selected>' in page.content.decode()


# --- the days -----------------------------------------------------------------------------


def days(**changed):
    return {
        "zone": "Europe/London", "country": "GB", "region": "", "workdays": list("12345"),
        "workday_start": "09:00", "workday_end": "17:00",
    } | changed  # fmt: skip


def test_the_holidays_of_this_and_the_next_year_are_listed(mias):
    said = text_of(mias.get(reverse("settings_days")))

    assert "Public holidays 2026" in said
    assert "Public holidays 2027" in said
    assert "Good Friday" in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"workday_end": "08:00"}, "The day ends before it starts."),
        ({"workdays": []}, "Pick at least one day."),
    ],
)
def test_hours_that_cannot_be_are_refused_with_what_to_do(mias, changed, said):
    page = mias.post(reverse("settings_days"), days(**changed))

    assert page.status_code == 422
    assert said in text_of(page)


def test_another_country_drops_the_region_of_the_old_one(mias):
    mias.post(reverse("settings_days"), days(region="SCT"), follow=True)
    made(mias)
    mias.post(reverse("settings_days"), days(country="DE", region="SCT"), follow=True)
    made(mias)

    assert (ours().country, ours().region) == ("DE", "")


def test_a_closed_day_is_added_and_opened_again(mias):
    mias.post(reverse("closed_day"), {"day": "2026-12-24"}, follow=True)
    page = made(mias)
    assert "Thursday 24 December 2026" in text_of(page)

    mias.post(reverse("closed_day"), {"open": "2026-12-24"}, follow=True)
    made(mias)
    assert ours().closed_days == []


# --- the numbers --------------------------------------------------------------------------


def test_every_number_of_every_rule_stands_beside_its_promise(mias):
    page = mias.get(reverse("settings_numbers"))

    said, html = text_of(page), page.content.decode()
    assert [rule.promise for rule in RULES.values() if rule.promise not in said] == []
    assert [name for name in NUMBERS if f'name="{name}"' not in html] == []


@pytest.mark.parametrize("typed", ["0", "366", "many", "1.5", "-1", "9" * 30])
def test_a_number_out_of_its_bounds_is_refused_and_kept_on_the_page(mias, typed):
    page = mias.post(reverse("settings_numbers"), {WORD: typed})

    assert page.status_code == 422
    assert "A whole number from 1 to 365, please." in text_of(page)
    assert f'value="{typed}"' in page.content.decode()


def test_nothing_is_changed_before_it_was_seen_what_it_moves(mias, people):
    page = wished(mias, "2")

    said = text_of(page)
    assert "This moves 3 follow-ups of 3 people. 3 would be late." in said
    assert "5 working days → 2 working days" in said
    assert ours().knobs == {}

    assert "default 5, yours 2" in text_of(made(mias))
    assert ours().knobs == {WORD: 2}


def test_not_yet_leaves_everything_as_it_is(mias, people):
    wished(mias, "2")
    change = Change.objects.get()

    mias.post(reverse("change_dropped", args=[change.pk]))

    assert (ours().knobs, Change.objects.count()) == ({}, 0)


def test_back_to_the_default(mias, people):
    wished(mias, "2")
    made(mias)

    wished(mias, "2", reset=WORD)
    made(mias)

    assert ours().knobs == {}


def test_a_saved_change_is_undone_from_its_message(mias, people):
    wished(mias, "2")
    page = made(mias)

    assert "Taken back." in text_of(mias.post(undo_of(page), follow=True))
    assert ours().knobs == {}


# --- the question ---------------------------------------------------------------------------


@pytest.fixture
def asked(mias, people):
    wished(mias, "2")
    made(mias)
    catch_up(ours(), at=THURSDAY)


def test_what_became_late_is_one_question_on_today(bobs, mias, asked):
    said = text_of(bobs.get("/"))

    assert "A change of the team’s settings makes 3 follow-ups late." in said
    assert "Ann, Pat, Zoe" in said
    assert "follow-ups late" not in text_of(mias.get("/"))


def test_the_answer_is_given_once_and_undone(bobs, asked):
    page = bobs.post(reverse("late"), {"answer": "keep"}, follow=True)
    assert "follow-ups late" not in text_of(page)
    assert set(MadeLate.objects.values_list("answer", flat=True)) == {"keep"}

    page = bobs.post(undo_of(page), follow=True)
    assert "makes 3 follow-ups late" in text_of(page)


def test_nobody_takes_back_the_answer_of_another(bobs, mias, asked):
    page = bobs.post(reverse("late"), {"answer": "today"}, follow=True)

    assert mias.post(undo_of(page)).status_code == 404


# --- you ------------------------------------------------------------------------------------


def you(**changed):
    return {"name": "Bob", "language": "", "zone": "", "line": "", "theme": ""} | changed


def test_language_and_look_hold_on_every_page_from_then_on(bobs, bob):
    page = bobs.post(reverse("profile"), you(language="fr", theme="dark"), follow=True)

    html = bobs.get("/").content.decode()
    assert '<html lang="fr" data-theme="dark"' in html
    bobs.post(undo_of(page))
    assert '<html lang="en"' in bobs.get("/").content.decode()


def test_a_zone_of_ones_own_makes_everybody_be_decided_anew(bobs, bob):
    before = ours().terms_version

    bobs.post(reverse("profile"), you(zone="Asia/Tokyo"))
    bobs.post(reverse("profile"), you(zone="Asia/Tokyo", name="Robert"))

    assert ours().terms_version == before + 1
    assert Member.objects.get(pk=bob.pk).name == "Robert"


def test_where_enquiries_go_is_for_administrators_to_say(bobs, bob, mias, mia):
    bobs.post(reverse("profile"), you(line="Franchises"))
    mias.post(reverse("profile"), you(name="Mia", line="Franchises"))

    lines = Member.objects.in_bulk([bob.pk, mia.pk])
    assert (lines[bob.pk].line, lines[mia.pk].line) == ("", "Franchises")


def test_everywhere_else_is_signed_out_and_here_is_not(bob, bobs):
    phone = client_of(bob)

    page = bobs.post(reverse("signed_out_elsewhere"), follow=True)

    assert "Signed out on 1 other device." in text_of(page)
    assert phone.get("/").status_code == 302


# --- help -----------------------------------------------------------------------------------


def test_the_help_lists_its_pages_and_every_promise(bobs):
    said = text_of(bobs.get(reverse("help")))

    assert "Finishing a follow-up" in said
    assert [rule.promise for rule in RULES.values() if rule.promise not in said] == []


def test_each_page_opens_and_each_link_in_it_leads_somewhere(bobs):
    for name in pages():
        page = bobs.get(reverse("help_page", args=[name]))
        links = set(page.content.decode().split('href="/help/')[1:])
        for href in links:
            path = href.partition('"')[0].partition("#")[0].strip("/")
            assert path == "" or path in pages(), (name, path)


def test_a_word_finds_the_page_that_speaks_of_it(bobs):
    page = bobs.get(reverse("help"), {"q": "stand in absence"})

    assert "The team" in text_of(page)
    assert "Try one plain word" in text_of(bobs.get(reverse("help"), {"q": "zzz"}))


@pytest.mark.parametrize("name", ["../settings", "nothing", "rules/../../pyproject"])
def test_only_pages_of_the_help_are_opened(bobs, name):
    assert bobs.get(f"/help/{name}/").status_code == 404


def test_the_holidays_speak_the_readers_language(mias):
    mias.post(reverse("settings"), {"name": "Banners", "currency": "EUR", "language": "de"})
    team = ours()
    team.country = "DE"
    team.save()

    assert "Tag der Deutschen Einheit" in text_of(mias.get(reverse("settings_days")))
