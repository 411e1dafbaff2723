"""Uncovered: the number that must be 0, straight from the books."""

from urllib.parse import urlsplit

from django.db import connection

from followthrough.core.facts import Opened
from followthrough.ledger import clock, heartbeats
from followthrough.ledger.models import Alarm, Checked, FollowUp, Matter
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, hear, owed_to, text_of


def look(client, at=MONDAY + HOUR):
    with clock.at(at):
        return client.get("/health/")


def check(client, at=MONDAY + HOUR):
    with clock.at(at):
        return client.post("/health/check/", follow=True)


def drop():
    """What no screen can do: somebody's next step vanishes from the tables."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_alarm")
        cursor.execute("DELETE FROM ledger_followup")


def test_with_nothing_open_it_says_so(bobs):
    assert "0 Nothing is open yet" in text_of(look(bobs))


def test_with_everything_covered_it_is_0(ann, bobs):
    enquired(ann)

    said = text_of(look(bobs))

    assert "0 Everyone has a next step" in said
    assert "1 open matter, and each has somebody, a next step and a date." in said
    assert "Monday, 2 March 2026 at 11:00" in said


def test_what_was_dropped_by_force_shows_with_its_money_and_age(ann, bobs):
    hear(ann, Opened(at=MONDAY, matter="roof", value=123_400))
    drop()

    said = text_of(look(bobs, MONDAY + 9 * DAY))

    assert "1 Somebody would be dropped" in said
    assert "1 of 1 uncovered, €1,234, the oldest 9 days old." in said
    assert "Ann" in said[said.index("Take these up") :]


def test_checking_now_puts_it_right(ann, bobs):
    enquired(ann)
    drop()

    page = check(bobs)

    assert "put right" in text_of(page)
    assert "0 Everyone has a next step" in text_of(page)
    assert len(owed_to(ann)) == 1
    assert list(Checked.objects.values_list("open", "uncovered")) == [(1, 0)]


def test_what_rests_too_long_is_uncovered(ann, bobs):
    enquired(ann)
    FollowUp.objects.update(due=MONDAY + 400 * DAY)

    assert "1 Somebody would be dropped" in text_of(look(bobs))


def test_a_stranger_sees_his_own_number(ann, sids):
    enquired(ann)
    drop()

    assert "0 Nothing is open yet" in text_of(look(sids))


def test_a_look_changes_nothing(ann, bobs):
    enquired(ann)
    before = Alarm.objects.count(), FollowUp.objects.count(), Checked.objects.count()

    look(bobs)

    assert (Alarm.objects.count(), FollowUp.objects.count(), Checked.objects.count()) == before
    assert bobs.get("/health/check/").status_code == 405


def give(client, when):
    with clock.at(MONDAY + HOUR):
        [matter] = Matter.objects.all()
        return client.post(f"/health/step/{matter.pk}/", {"when": when, "token": "t"}, follow=True)


def test_what_would_be_dropped_gets_its_next_step_where_it_is_listed(ann, bobs):
    hear(ann, Opened(at=MONDAY, matter="roof"))
    drop()

    refused = give(bobs, "whenever")
    page = give(bobs, "call tomorrow 9am")

    assert refused.status_code == 422
    assert 'value="whenever"' in refused.content.decode()
    assert "Kept. Ann has a next step." in text_of(page)
    assert "0 Everyone has a next step" in text_of(page)
    assert [step.how for step in owed_to(ann)] == ["call"]


def test_who_manages_sees_what_is_late_themselves_first_and_nobody_else_does(ann, pat, bobs, mias):
    enquired(ann)
    enquired(pat)

    later = MONDAY + 9 * DAY
    said = text_of(look(mias, later))

    assert "Past its day You 1 past its day Bob 1 past its day" in said
    assert "Perhaps share the load." in said
    assert "Past its day" not in text_of(look(bobs, later))


def test_a_worker_that_sleeps_is_said_to(ann, bobs):
    said = text_of(look(bobs))
    assert "The worker is asleep: no bell rings It has never looked around yet." in said

    heartbeats.beat(ann.workspace, "alarms", at=MONDAY)
    assert "The worker is awake: it looked around 2 min" in text_of(look(bobs, MONDAY + HOUR / 30))


def test_links_in_mails_need_an_address_that_others_reach(ann, bobs, settings):
    assert "Links in mails lead to this machine alone" in text_of(look(bobs))

    settings.SITE = urlsplit("https://crm.example.org")

    assert "Mail about passwords and reminders is sent" in text_of(look(bobs))
