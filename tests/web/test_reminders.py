"""What rang, and how each wants to be reminded."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from followthrough.core.facts import Opened, Planned, PutOff, WePromised
from followthrough.ledger import clock
from followthrough.ledger.models import Member
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import first_owed, hear, text_of
from tests.worker.ticking import bells, mails, turn

MINUTE = timedelta(minutes=1)
TWO = datetime(2026, 3, 3, 14, tzinfo=UTC)
PAGE = reverse("reminders")


def promise(party, bob, due=TWO):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(party, Opened(**common), WePromised(due=due, how="call", **common))


def look(client, at=TWO, there=PAGE):
    with clock.at(at):
        return client.get(there)


@pytest.fixture
def rung(ann, bob):
    promise(ann, bob)
    turn(TWO - 5 * HOUR)
    turn(TWO - 10 * MINUTE)
    return ann


# --- the page ---------------------------------------------------------------------------------


def test_what_rang_stands_there_with_how_and_when(rung, bobs):
    said = text_of(look(bobs))

    assert "Ann : You promised to call Today, 13:50" in said
    assert "late" not in said
    assert look(bobs).content.decode().count('aria-label="By mail"') == 2  # and the morning’s


def test_what_came_late_says_so_and_what_was_seen_too(ann, bob, bobs):
    promise(ann, bob)
    turn(TWO - HOUR)
    turn(TWO + 5 * MINUTE)
    alarm = bob.alarms.get(what="You promised to call")
    with clock.at(TWO + 6 * MINUTE):
        bobs.post(reverse("alarm_seen", args=[alarm.pk]))

    said = text_of(look(bobs, TWO + 7 * MINUTE))

    assert "15 min late, should have come today, 13:50 · seen 1 min. ago" in said


def test_each_sees_their_own_alone(rung, mias, sids):
    for client in (mias, sids):
        assert "You promised" not in text_of(look(client))


def test_empty_it_says_what_will_ring(bobs):
    assert "Nothing has rung yet." in text_of(look(bobs, MONDAY))


def test_without_a_mail_server_it_says_that_nothing_is_mailed(rung, bob, bobs, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    said = text_of(look(bobs))
    promise(party_named("Tom", bob.workspace, owner=bob), bob, TWO + HOUR)
    mail.outbox.clear()
    turn(TWO + 50 * MINUTE)

    assert "No mail server is set here" in said
    assert "No mail server is set here" in text_of(bobs.get(reverse("profile")))
    assert len(bells(bob, TWO + 50 * MINUTE)) > 0


def test_what_rings_together_is_one_line_on_today(workspace, bob, bobs):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    for n in range(3):
        party = party_named(f"Ann{n}", workspace, owner=bob)
        hear(party, Opened(**common), Planned(due=TWO, **common))
    turn(TWO)

    page = look(bobs, TWO, "/")
    [bell] = page.context["alarms"]
    with clock.at(TWO):
        bobs.post(reverse("alarm_seen", args=[bell["pk"]]))

    assert "and 2 more: Now is the time that you chose" in text_of(page)
    assert look(bobs, TWO, "/").context["alarms"] == []


# --- how each is reminded ---------------------------------------------------------------------


def choose(client, **said):
    form = {"reminds": "mail", "digest": "on", "digest_at": ""} | said
    return client.post(reverse("reminders_chosen"), form, follow=True)


def test_on_the_page_alone(ann, bob, bobs):
    choose(bobs, reminds="page")
    promise(ann, bob)
    turn(TWO - 10 * MINUTE)

    assert bells(bob, TWO - 10 * MINUTE) != []
    assert ("bob", "Ann: You promised to call") not in mails()


def test_not_during_the_day(ann, bob, bobs):
    choose(bobs, reminds="")
    promise(ann, bob)
    for minutes in (-10, 15, 160):
        turn(TWO + minutes * MINUTE)

    assert bells(bob, TWO + 3 * HOUR) == []
    assert [subject for who, subject in mails() if "Ann:" in subject and who == "bob"] == []


def test_the_hour_of_the_morning_is_kept_and_can_be_taken_back(bob, bobs):
    page = choose(bobs, digest_at="07:30", reminds="page")
    bob.refresh_from_db()
    assert (bob.digest_at, bob.reminds) == (time(7, 30), "page")

    [message] = page.context["messages"]
    bobs.post(message.extra_tags.split()[0])

    bob.refresh_from_db()
    assert (bob.digest_at, bob.reminds) == (None, "mail")


def test_an_hour_that_is_none_stays_as_it_was_typed(bob, bobs):
    page = bobs.post(reverse("reminders_chosen"), {"reminds": "page", "digest_at": "25 past"})

    assert page.status_code == 422
    assert 'value="25 past"' in page.content.decode()
    assert Member.objects.get(pk=bob.pk).reminds == "mail"


def test_the_demo_mails_nobody(ann, bob, workspace):
    workspace.demo = True
    workspace.save(update_fields=["demo"])
    promise(ann, bob)

    turn(TWO - 10 * MINUTE)

    assert mails() == []
    assert bells(bob, TWO - 10 * MINUTE) != []


def test_what_was_put_off_does_not_ring_again(ann, bob):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), Planned(due=TWO, **common))
    turn(TWO)
    hear(ann, PutOff(at=TWO + MINUTE, what=first_owed(ann).key, until=TWO + DAY, by=str(bob.pk)))
    bob.alarms.update(seen_at=TWO + MINUTE)

    turn(TWO + 2 * HOUR + MINUTE)

    assert bells(bob, TWO + 2 * HOUR + MINUTE) == []
