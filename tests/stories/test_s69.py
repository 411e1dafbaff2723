"""S69: What will you do to improve your track record? How often we keep our word, and the trend."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import filled, text_of

from followthrough.core.facts import Opened, PromiseKept, PromiseReleased, WePromised
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import record
from followthrough.ledger.undo import undo
from followthrough.reports.promises_kept import promises_kept
from followthrough.reports.shares import Share
from followthrough.reports.who_follows_up import who_follows_up


@pytest.fixture
def word(ann, bob):
    """Bob gave Ann his word for a day so many days ago, and kept it so many hours after it."""
    given = []

    def give(days_ago, *, late=None, text="The proof", how=""):
        n, due = len(given), MONDAY - days_ago * DAY
        common = {"matter": f"word-{n}", "by": str(bob.pk)}
        at, source = due - DAY, f"word:{n}"
        opened = Opened(at=at, kind="promise", owner=str(bob.pk), **common)
        promised = WePromised(at=at, due=due, how=how, **common)
        record(ann, opened, promised, source=source, at=at, words=[("", ""), ("", text)])
        given.append(fact_name(source, "WePromised"))
        if late is not None:
            kept(n, due + late)
        return given[-1]

    def kept(n, at):
        fact = PromiseKept(at=at, matter=f"word-{n}", promise=given[n], by=str(bob.pk))
        record(ann, fact, source=f"kept:{n}", at=at)

    return give


def look(client, moment=MONDAY):
    with clock.at(moment):
        return client.get(reverse("promises_kept"))


def test_s69_the_share_kept_on_time_and_what_it_was_before(word, bobs):
    for n in range(100):
        word(91 + n * 0.8, late=-HOUR if n < 79 else 5 * HOUR)
    for n in range(100):
        word(1 + n * 0.8, late=-HOUR if n < 87 else 5 * HOUR)

    page = look(bobs)

    assert page.context["finding"] == "Kept on time: 87% (was 79%)"
    assert len(page.context["squares"]) == 50
    assert "79%" in page.context["range"]


def test_s69_broken_ones_stand_below_with_how_they_were_put_right(word, bobs):
    word(5, text="The banner", late=5 * HOUR)
    word(2, text="The sketch")
    word(3, text="The price", late=-HOUR)

    page = look(bobs)

    lines = [(one["text"], one["how"]) for one in page.context["broken"]]
    assert lines == [("The sketch", "Not kept yet"), ("The banner", "Kept 5 hours late")]
    assert "The price" not in [text for text, _ in lines]


def test_s69_of_fewer_than_five_nothing_is_said(word, bobs):
    for n in range(4):
        word(1 + n, late=-HOUR)

    assert look(bobs).context["finding"] == "Too few to say"
    word(7, late=-HOUR)
    assert look(bobs).context["finding"] == "Kept on time: 100%"


def test_s69_within_the_grace_is_on_time(word, bob):
    word(2, late=timedelta(minutes=50))
    word(3, late=timedelta(minutes=70))
    word(4, how="call", late=timedelta(minutes=14))
    word(5, how="call", late=timedelta(minutes=16))

    outcomes = [one.outcome for one in promises_kept(bob, MONDAY).words]
    assert outcomes == ["late", "on_time", "late", "on_time"]


def test_s69_putting_the_line_off_does_not_move_the_hour_that_was_named(word, ann, bob, bobs):
    word(2, text="The sketch")
    row = FollowUp.objects.get(rule="keep_promises")
    with clock.at(MONDAY - 3 * DAY):
        bobs.post(
            reverse("outcome", args=[row.pk]), filled(mode="not_now", when="in 1 week")
        )  # fmt: skip

    [one] = promises_kept(bob, MONDAY).words
    assert one.outcome == "not_yet"


def test_s69_told_before_the_hour_with_a_new_day_counts_neither_way(word, ann, bob, bobs):
    word(-1, text="The sketch")
    row = FollowUp.objects.get(rule="keep_promises")
    with clock.at(MONDAY + HOUR):
        page = bobs.post(
            reverse("promise_later", args=[row.pk]), filled(told="called", when="in 3 days"),
            follow=True,
        )  # fmt: skip
    assert "Moved, and they know." in text_of(page)

    assert promises_kept(bob, MONDAY + 2 * DAY).words == []
    [late] = promises_kept(bob, MONDAY + 4 * DAY).words
    assert late.outcome == "not_yet"


def test_s69_told_only_after_the_hour_is_late(word, ann, bob):
    name = word(2)
    at = MONDAY - DAY
    record(ann, PromiseReleased(at=at, matter="word-0", promise=name), source="over", at=at)

    assert [one.outcome for one in promises_kept(bob, MONDAY).words] == ["late"]


def test_s69_what_never_was_promised_does_not_count(word, ann, bob):
    word(2)
    undo(ann, source="word:0", by=bob, at=MONDAY)

    assert promises_kept(bob, MONDAY).words == []


def test_s69_private_words_are_counted_in_no_number(bob, bobs):
    with clock.at(MONDAY):
        bobs.post(reverse("promises"), filled(circle="private", text="Recital", when="thu 18:00"))

    later = MONDAY + 5 * DAY
    assert promises_kept(bob, later).words == []
    assert who_follows_up(bob, later).share.of == 0


def test_s69_a_colleague_has_a_record_of_their_own(word, mia, mias):
    word(2)

    assert promises_kept(mia, MONDAY).words == []
    assert "Too few to say" in text_of(look(mias))


def test_s69_asked_in_so_many_queries_however_much_there_is(word, bob, assert_queries):
    for n in range(30):
        word(1 + n, late=-HOUR)

    with assert_queries(5):
        promises_kept(bob, MONDAY)


def test_s69_the_range_is_wilsons():
    """41 of 67: 49 to 72 per cent, as the design's own picture was computed."""
    assert Share(done=41, of=67).range == (49, 72)
    assert Share(done=199, of=200).percent == 99
