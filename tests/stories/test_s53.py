"""S53: Six weekends are six dated items, and an answer is due before the first of them."""

from datetime import date, timedelta

from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import enquired, first_owed, hear, numbers, text_of

from followthrough.core.facts import AskedForDays, Planned, TheyWrote, WeCalled, WeWrote
from followthrough.ledger import alarms, clock
from followthrough.ledger.models import Fact

FIRST = date(2026, 11, 7)  # a Saturday
WEEKENDS = tuple(FIRST + timedelta(days=7 * n + d) for n in range(6) for d in (0, 1))


def asks(party, at=MONDAY):
    hear(party, TheyWrote(at=at), AskedForDays(at=at, dates=WEEKENDS), words=[("Cottage", "?")])


def page_of(client, party, at):
    with clock.at(at):
        return client.get(reverse("person", args=[party.pk]))


def days_on(page):
    return [(day["text"], day["state"]) for day in page.context["days"]]


def near():
    """The morning, ten days before the first of them."""
    return MONDAY.replace(month=10, day=28, hour=9)


def test_s53_six_weekends_are_six_dated_items(ann, bobs):
    asks(ann)

    page = page_of(bobs, ann, MONDAY)

    assert [state for _, state in days_on(page)] == ["waiting"] * 6
    assert days_on(page)[0][0] == "Sat 7 – Sun 8 Nov"
    assert days_on(page)[3][0] == "Sat 28 – Sun 29 Nov"
    assert "Sat 12 – Sun 13 Dec" in text_of(page)
    assert "They named 6 dates" in text_of(page)


def test_s53_each_of_them_is_over_with_its_day(ann, bobs):
    asks(ann)

    states = [state for _, state in days_on(page_of(bobs, ann, MONDAY.replace(month=11, day=20)))]

    assert states == ["over", "over", "waiting", "waiting", "waiting", "waiting"]


def test_s53_answered_they_no_longer_wait(ann, bobs):
    asks(ann)
    hear(ann, WeWrote(at=MONDAY + DAY))

    states = {state for _, state in days_on(page_of(bobs, ann, MONDAY + 2 * DAY))}

    assert states == {"answered"}


def test_s53_unanswered_ten_days_before_the_first_the_manager_is_told(ann, mia):
    asks(ann)

    told = [alarm.at for alarm in alarms.unseen(mia, at=near()) if "day comes near" in alarm.what]
    assert told == [near()]


def test_s53_trying_in_vain_buys_no_time_beyond_that_day(ann, pat):
    asks(ann)
    hear(ann, WeCalled(at=near() - DAY / 24, outcome="no_answer", did=first_owed(ann).key))

    assert first_owed(ann).due == near()


def test_s53_a_request_for_days_stands_above_one_without(ann, pat):
    asks(ann)
    enquired(pat)

    assert first_owed(ann).rank > first_owed(pat).rank


def test_s53_asked_within_those_days_the_manager_is_told_at_once(ann, mia):
    late = near() + DAY

    asks(ann, at=late)

    told = [alarm.at for alarm in alarms.unseen(mia, at=late) if "day comes near" in alarm.what]
    assert (told, first_owed(ann).due > late) == ([late], True)


def test_s53_days_that_are_over_already_raise_nothing(ann, mia):
    hear(ann, TheyWrote(at=MONDAY), AskedForDays(at=MONDAY, dates=(date(2026, 1, 3),)))

    assert [a for a in alarms.unseen(mia, at=MONDAY) if "day comes near" in a.what] == []


def test_s53_days_are_told_in_ones_own_words(ann, bobs):
    given = {"days": "sat 7 nov 2026, sat 14 nov 2026 and 21.11.2026", "token": "t"}
    with clock.at(MONDAY):
        bobs.post(reverse("days", args=[ann.pk]), given)

    page = page_of(bobs, ann, MONDAY)

    assert [text for text, _ in days_on(page)] == ["Sat 7 Nov", "Sat 14 Nov", "Sat 21 Nov"]
    assert first_owed(ann).rule == "answer_them"


def test_s53_what_is_no_day_is_refused_with_a_sentence(ann, bobs):
    for words in ("", "some day perhaps", "sat 7 nov, " + "x" * 50):
        given = {"days": words, "token": str(next(numbers))}
        page = bobs.post(reverse("days", args=[ann.pk]), given, follow=True)
        assert "”: " in text_of(page) or "comma between" in text_of(page)

    assert not Fact.objects.exists()


def test_s53_a_day_that_one_of_us_chose_stands_if_it_is_in_time(ann):
    asks(ann)
    hear(ann, Planned(at=MONDAY + DAY / 24, due=MONDAY + DAY / 2))

    assert first_owed(ann).due == MONDAY + DAY / 2
