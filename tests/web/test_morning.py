"""The morning's mail: what it says, and when it comes."""

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from followthrough.ledger import clock, membership, mornings
from followthrough.ledger.models import Member, Notice
from followthrough.worker.reminding import remind
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, filled
from tests.web.mornings import NINE, html_of, links, morning

LARGEST = 102 * 1024  # bytes; a well-known mail program cuts off what is longer


@pytest.fixture
def anns(ann, bob):
    """Ann has asked, and waits for Bob."""
    enquired(ann, said="Do you do signs? <b>Big</b> ones.")
    return ann


# --- what it says -------------------------------------------------------------------------------


def test_it_starts_with_three_and_names_the_others(workspace, bob, mia):
    for n in range(7):
        enquired(party_named(f"Ann{n}", workspace, owner=bob))

    one = morning()["bob"]

    assert one.subject == "Tuesday: 7 people, about 35 minutes"
    assert "Good morning, Bob. Start with these three." in one.body
    assert [name for name in ("Ann0", "Ann1", "Ann2") if f". {name} - " not in one.body] == []
    assert "Then: Ann3 (23 hours), Ann4" in one.body
    assert len(links(one, "Done")) == 3


def test_text_and_html_say_the_same_and_nothing_of_theirs_is_markup(anns):
    one = morning()["bob"]

    page = html_of(one)
    assert "&lt;b&gt;Big&lt;/b&gt; ones." in page
    assert "<b>Big</b>" not in page
    assert "prefers-color-scheme: dark" in page
    assert len(page.encode()) < LARGEST
    for link in links(one, "(?:Done|Not now|Open)"):
        assert link in page


def test_who_manages_hears_what_the_team_has_past_its_day(anns, workspace, mia, bob):
    enquired(party_named("Tom", workspace, owner=mia), at=MONDAY + DAY)

    mails = morning(NINE + DAY)

    assert "Past its day in your team: Bob: 1." in mails["mia"].body
    assert "your team" not in mails["bob"].body


def test_a_private_promise_is_only_private_and_has_nothing_to_press(bob, bobs, mia):
    with clock.at(MONDAY):
        bobs.post(
            reverse("promises"),
            filled(circle="private", text="Dance recital", when="tomorrow 18:00"),
        )

    mails = morning()

    assert "1. Private - by 18:00" in mails["bob"].body
    assert "recital" not in mails["bob"].body + html_of(mails["bob"])
    assert links(mails["bob"], "Done") == []
    assert "mia" not in mails


def test_an_empty_day_sends_nothing(bob, mia):
    assert morning() == {}
    assert not Notice.objects.filter(sent_at__isnull=False).exists()


def test_in_german_for_who_reads_german(anns, bob):
    Member.objects.filter(pk=bob.pk).update(language="de")

    one = morning()["bob"]

    assert 'lang="de"' in html_of(one)


# --- when it comes ------------------------------------------------------------------------------


def test_at_their_own_hour_and_once_a_day(anns, bob):
    Member.objects.filter(pk=bob.pk).update(digest_at=time(7, 30))

    assert "bob" not in morning(NINE - 2 * HOUR)
    assert "bob" in morning(NINE - 1.5 * HOUR)
    assert "bob" not in morning(NINE + 3 * HOUR)


def test_not_on_a_day_off_nor_while_away_nor_where_it_is_switched_off(anns, bob, mia):
    Member.objects.filter(pk=bob.pk).update(digest=False)
    assert "bob" not in morning()

    Member.objects.filter(pk=bob.pk).update(digest=True)
    membership.send_away(bob, first=date(2026, 3, 4), last=date(2026, 3, 6), stand_in=mia)
    assert [*morning(NINE + DAY)] == ["mia"]
    membership.call_back(bob)
    assert "bob" in morning(NINE + 2 * DAY)
    saturday = NINE + 4 * DAY
    assert morning(saturday) == {}


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 27), datetime(2026, 3, 27, 9, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 30, 8, tzinfo=UTC)),  # after the clocks went forward
        (date(2026, 10, 26), datetime(2026, 10, 26, 9, tzinfo=UTC)),  # and back
    ],
)
def test_nine_by_their_own_clock_also_after_clocks_change(anns, workspace, bob, day, utc):
    before = utc - HOUR / 60
    mornings.write(workspace, at=before)
    assert not Notice.objects.filter(key=f"morning:{bob.pk}:{day}").exists()

    mornings.write(workspace, at=utc)

    assert Notice.objects.get(key=f"morning:{bob.pk}:{day}").at == utc


def test_an_hour_that_the_clock_skips_comes_when_it_goes_on(workspace, anns, bob):
    Member.objects.filter(pk=bob.pk).update(digest_at=time(1, 30))
    workspace.workdays = "1234567"
    workspace.save(update_fields=["workdays"])
    skipped = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 01:30 does not exist in London that day

    mornings.write(workspace, at=skipped)

    assert Notice.objects.get(key=f"morning:{bob.pk}:2026-03-29").at == skipped


def test_yesterdays_is_not_sent_today(anns, workspace, bob):
    mornings.write(workspace, at=NINE)

    remind(workspace, NINE + DAY)

    sent = Notice.objects.filter(member=bob, sent_at__isnull=False, alarm=None)
    assert [one.key for one in sent] == [f"morning:{bob.pk}:2026-03-04"]
