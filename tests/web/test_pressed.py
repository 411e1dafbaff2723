"""What is pressed in a mail: it asks once, acts for one member and one person, and ages."""

from datetime import date

import pytest
from django.core import signing
from django.test import Client

from followthrough.core.facts import Opened, Planned, WePromised
from followthrough.ledger import clock
from followthrough.ledger.models import Fact, Member
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, hear, kinds, owed_to, text_of
from tests.web.mornings import NINE, links, morning, path


@pytest.fixture
def anns(ann, bob):
    """Ann has asked, and waits for Bob."""
    enquired(ann, said="Do you do signs? <b>Big</b> ones.")
    return ann


@pytest.fixture
def pressed(anns):
    """The links of Bob's mail, opened by somebody who is signed in nowhere."""
    one, client = morning()["bob"], Client()

    def press(words, at=NINE + HOUR, **form):
        with clock.at(at):
            there = path(links(one, words)[0])
            return client.post(there, form) if form else client.get(there)

    press.client = client
    return press


def test_opening_a_link_changes_nothing(pressed, anns):
    before = Fact.objects.count()

    asked = pressed("Done")

    assert Fact.objects.count() == before
    assert "Done with Ann?" in text_of(asked)
    assert asked.headers["Cache-Control"] == "no-store"
    assert "_auth_user_id" not in pressed.client.session


def test_done_is_one_press_with_what_is_filled_in(pressed, anns, bob):
    form = pressed("Done").context["form"]

    page = pressed("Done", outcome=form.outcome, when=form.when, note="")

    assert "Kept. Ann has a next step." in text_of(page)
    assert kinds(anns)[-2:] == ["WeWrote", "Planned"] or kinds(anns)[-2:] == ["WeCalled", "Planned"]
    assert Fact.objects.last().by == str(bob.pk)


def test_it_can_be_taken_back_from_the_page_that_follows(pressed, anns):
    before = [(one.rule, one.due) for one in owed_to(anns)]
    form = pressed("Done").context["form"]
    page = pressed("Done", outcome=form.outcome, when=form.when)

    with clock.at(NINE + HOUR):
        back = pressed.client.post(page.context["undo_url"])

    assert "Taken back." in text_of(back)
    assert [(one.rule, one.due) for one in owed_to(anns)] == before


def test_pressed_twice_it_is_done_once(pressed, anns):
    form = pressed("Done").context["form"]
    for _ in range(2):
        page = pressed("Done", outcome=form.outcome, when=form.when)

    assert "That is done already." in text_of(page)
    assert sum(kind in ("WeWrote", "WeCalled") for kind in kinds(anns)) == 1


def test_who_waits_is_put_off_with_a_reason_only(pressed, anns):
    refused = pressed("Not now", when="tomorrow", note="")
    assert refused.status_code == 422
    assert "Write why it moves" in text_of(refused)

    page = pressed("Not now", when="tomorrow", note="She is away today")

    assert "Kept." in text_of(page)
    assert owed_to(anns)[0].show_at.date() == date(2026, 3, 4)


def test_put_off_twice_by_one_link_it_says_when_it_comes_back(pressed):
    pressed("Not now", when="tomorrow", note="She is away today")

    page = pressed("Not now")

    assert "That is done already." in text_of(page)
    assert "It comes back" in text_of(page)


def test_taken_back_it_can_be_done_by_the_same_link_once_more(pressed, anns):
    form = pressed("Done").context["form"]
    done = {"outcome": form.outcome, "when": form.when}
    page = pressed("Done", **done)
    with clock.at(NINE + HOUR):
        pressed.client.post(page.context["undo_url"])

    assert "Done with Ann?" in text_of(pressed("Done"))
    assert "Kept. Ann has a next step." in text_of(pressed("Done", **done))
    assert not [one for one in owed_to(anns) if one.rule == "answer_them"]


def test_what_cannot_be_read_keeps_what_was_typed(pressed):
    page = pressed("Done", outcome="wrote", when="whenever", note="All of it")

    assert page.status_code == 422
    assert "All of it" in page.content.decode()
    assert 'value="whenever"' in page.content.decode()


def test_after_a_week_it_is_too_old(pressed, monkeypatch):
    now = signing.time.time()
    assert pressed("Done").status_code == 200

    monkeypatch.setattr(signing.time, "time", lambda: now + 8 * DAY.total_seconds())
    page = pressed("Done")

    assert page.status_code == 404
    assert "This link is older than a week." in text_of(page)


def test_a_token_opens_nothing_else(pressed, workspace, mia):
    enquired(party_named("Tom", workspace, owner=mia))

    for there in ("/pressed/nonsense/done/", "/pressed/a:b:c/later/", "/pressed/x/y/"):
        assert pressed.client.get(there).status_code == 404


def test_who_has_left_presses_in_vain(pressed, bob):
    Member.objects.filter(pk=bob.pk).update(active=False)

    assert pressed("Done").status_code == 404


def test_a_promise_kept_by_mail_is_kept(ann, bob):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), WePromised(due=NINE + 2 * HOUR, how="email", **common))
    one, client = morning()["bob"], Client()

    with clock.at(NINE + HOUR):
        there = path(links(one, "Done")[0])
        form = client.get(there).context["form"]
        client.post(there, {"outcome": form.outcome, "when": form.when})

    assert "PromiseKept" in kinds(ann)


def test_a_plan_put_off_until_tomorrow(ann, bob):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), Planned(due=NINE, **common))
    one, client = morning()["bob"], Client()

    with clock.at(NINE + HOUR):
        page = client.post(path(links(one, "Not now")[0]), {"when": "tomorrow"})

    assert "Kept." in text_of(page)
    assert kinds(ann)[-1] == "NotNow"
