"""The morning's mail: what it says, when it comes, and what is pressed in it."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django.core import mail, signing
from django.test import Client

from followthrough.core.facts import Opened, Planned, WePromised
from followthrough.ledger import clock, membership, mornings
from followthrough.ledger.models import Fact, Member, Notice
from followthrough.worker.reminding import remind
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, hear, kinds, owed_to, text_of
from tests.worker.ticking import turn

NINE = MONDAY + DAY - HOUR  # Tuesday in London
LARGEST = 102 * 1024  # bytes; a well-known mail program cuts off what is longer


def morning(at=NINE):
    """The mails of that minute, by whom they are for."""
    mail.outbox.clear()
    turn(at)
    return {one.to[0].partition("@")[0]: one for one in mail.outbox if "minutes" in one.subject}


def html_of(one):
    return one.alternatives[0][0]


def links(one, words):
    return re.findall(rf"{words}: (http\S+)", one.body)


def path(link):
    return "/" + link.split("/", 3)[3]


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


def test_a_private_promise_is_only_private_and_has_nothing_to_press(bob, bobs):
    with clock.at(MONDAY):
        bobs.post("/promises/", {"to": "me", "what": "Buy flowers", "when": "tomorrow 9am",
                                 "token": "t", "circle": "private"})  # fmt: skip
    one = morning().get("bob")

    if one is not None:
        assert "flowers" not in one.body + html_of(one)
        assert links(one, "Done") == []


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


# --- what is pressed in it ------------------------------------------------------------------------


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
