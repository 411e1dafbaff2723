"""The requirements whose truth is on a screen, told by their numbers with their own figures."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.cast import client_of, member_named
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import (
    enquired,
    filled,
    first_owed,
    hear,
    kinds,
    numbers,
    owed_to,
    quiet,
    sheet_of,
    text_of,
    who_is_listed,
)

from followthrough.core.facts import Asked, Met, NotNow, WeCalled
from followthrough.ledger import alarms, clock
from followthrough.ledger.models import Alarm, Fact, FollowUp, Party

MINUTE = timedelta(minutes=1)
TUESDAY_AT_2 = datetime(2026, 3, 3, 14, tzinfo=UTC)


def look(client, there="/", at=MONDAY + HOUR):
    with clock.at(at):
        return client.get(there)


def send(client, there, at=MONDAY + HOUR, **given):
    with clock.at(at):
        given = {"token": f"token-{next(numbers)}"} | given
        return client.post(there, given, follow=True)


def capture(client, at=MONDAY, **given):
    call = {"name": "Ann", "reach": "020 7946 0018", "wants": "", "when": "call tomorrow 9:00"}
    return send(client, "/capture/", at, **(call | given))


def page_of(party):
    return reverse("person", args=[party.pk])


def promised_call(client, ann, when="call tomorrow 14:00"):
    there = reverse("promise_given", args=[ann.pk])
    send(client, there, MONDAY, text="Call about the proofs", when=when, side="ours")


def test_s05_the_call_is_taken_by_bob_and_frank_owns_it_and_is_told(workspace, mia, bobs):
    frank = member_named("Frank", workspace)

    capture(bobs, owner=str(frank.pk))

    franks = client_of(frank)
    assert who_is_listed(look(franks, at=MONDAY + DAY))["Waiting on you"] == ["Ann"]
    assert [one.member for one in alarms.unseen(frank, at=MONDAY + MINUTE)] == [frank]
    assert "Looked after by Frank" in text_of(look(bobs, page_of(Party.objects.get())))


def test_s06_three_questions_stay_owed_until_the_third_is_answered(mia, bobs):
    wants = "What support is there?\nHow do you market?\nSince when are you there?"
    capture(bobs, wants=wants, owner=str(mia.pk))
    ann = Party.objects.get()
    asked = list(Fact.objects.filter(kind="Asked").order_by("pk"))
    assert len(look(bobs, page_of(ann)).context["questions"]) == 3

    for fact in asked[:2]:
        send(bobs, reverse("answers", args=[ann.pk]), asked=fact.name, proof="told")
    assert [row.because for row in owed_to(ann) if row.rule == "answer_questions"] == (
        [asked[2].name]
    )
    assert "Since when are you there?" in text_of(look(bobs, page_of(ann)))

    send(bobs, reverse("answers", args=[ann.pk]), asked=asked[2].name, proof="told")
    assert [row for row in owed_to(ann) if row.rule == "answer_questions"] == []


def test_s07_what_they_said_of_themselves_is_above_all_that_happened(ann, bobs, mias):
    enquired(ann)
    there = reverse("details", args=[ann.pk])
    send(bobs, there, name="Ann", about="passive investor, has experience")

    said = text_of(look(mias, page_of(ann)))

    main = said[said.index("No word from us yet") :]
    assert main.index("passive investor, has experience") < main.rindex("They enquired")


def test_s08_a_strong_yes_goes_to_the_top_band_and_is_due_tomorrow(ann, bobs):
    hear(ann, WeCalled(at=MONDAY, matter="roof"))
    [lukewarm] = owed_to(ann)

    send(bobs, reverse("strong_yes", args=[ann.pk]), yes="yes")

    [keen] = owed_to(ann)
    assert (lukewarm.due - MONDAY).days == 3
    assert keen.due - MONDAY <= DAY + HOUR
    assert who_is_listed(look(bobs, at=MONDAY + DAY + 2 * HOUR)) == {"Waiting on you": ["Ann"]}


def test_s11_the_brochure_stays_open_until_there_is_proof(ann, bobs):
    hear(ann, Asked(at=MONDAY, matter="roof", wants="post"), words=[("", "A brochure by post")])
    there, name = reverse("answers", args=[ann.pk]), Fact.objects.get().name

    send(bobs, there, asked=name, proof=" ")
    assert first_owed(ann).what == "Send what they asked for"

    send(bobs, there, asked=name, proof="posted on 2 March")
    [arrival] = owed_to(ann)
    assert (arrival.what, f"{arrival.due:%a %d}") == ("Ask whether it arrived", "Thu 05")


def test_s13_what_was_dropped_by_force_is_on_the_screen_and_the_manager_is_told(ann, mias, mia):
    enquired(ann)
    Alarm.objects.all().delete()
    FollowUp.objects.all().delete()

    assert "Somebody would be dropped" in text_of(look(mias, "/health/"))
    assert "0 Everyone has a next step" in text_of(send(mias, "/health/check/"))
    assert owed_to(ann) != []


def test_s40_at_nine_whoever_waits_is_on_top_whatever_the_score_of_the_rest(workspace, bob, bobs):
    waiting, worth = (party_named(name, workspace, bob) for name in ("Small", "Large"))
    quiet(worth, MONDAY - 30 * DAY)
    FollowUp.objects.update(rank=10**12)
    enquired(waiting, MONDAY - 2 * HOUR)

    page = look(bobs, at=MONDAY - HOUR)

    assert [who for band in who_is_listed(page).values() for who in band] == ["Small", "Large"]


def test_s43_what_is_being_lost_is_counted_in_money_on_the_page(workspace, bob, bobs):
    for n in range(9):
        enquired(party_named(f"P{n}", workspace, bob), MONDAY - 9 * DAY)
    lost = FollowUp.objects.order_by("pk").values_list("pk", flat=True)[:7]
    matters = FollowUp.objects.filter(pk__in=list(lost)).values("matter")
    workspace.matters.filter(pk__in=matters).update(value=175_714)
    FollowUp.objects.filter(pk__in=list(lost)).update(settled_at=MONDAY)

    said = text_of(look(bobs, "/health/", MONDAY))

    assert "7 of 9 uncovered, €12,300, the oldest 9 days old." in said


def test_s45_the_promise_waits_for_the_prints_and_asks_on_day_14(ann, bobs):
    there = reverse("promise_given", args=[ann.pk])
    send(bobs, there, MONDAY, text="Call when prints are ready", when="call in 14 days",
         side="ours", condition="prints")  # fmt: skip

    assert who_is_listed(look(bobs, at=MONDAY + 10 * DAY)) == {}
    [again] = owed_to(ann)
    assert (again.rule, (again.due.date() - MONDAY.date()).days) == ("when_it_happens", 14)
    listed = who_is_listed(look(bobs, at=MONDAY + 14 * DAY + HOUR))
    assert [name for names in listed.values() for name in names] == ["Ann"]


def test_s57_anna_does_not_leave_before_her_63_items_have_somebody(workspace, mias, bob):
    anna = member_named("Anna", workspace)
    for n in range(63):
        party_named(f"P{n}", workspace, anna)
    there = reverse("departure", args=[anna.pk])
    assert "63" in text_of(look(mias, there))

    refused = send(mias, there, to="")
    anna.refresh_from_db()
    assert (refused.status_code, anna.active) == (422, True)

    send(mias, there, to=str(bob.pk))
    anna.refresh_from_db()
    assert (anna.active, Party.objects.filter(owner=bob).count()) == (False, 63)


@pytest.mark.parametrize("mode", ["next", "not_now", "close"])
def test_s78_a_talk_is_not_saved_without_a_date_or_a_reason(ann, bobs, mode):
    quiet(ann)

    page = send(bobs, sheet_of(first_owed(ann)), **filled(outcome="spoke", mode=mode))

    assert (page.status_code, kinds(ann)) == (422, ["WeWrote"])


def test_s79_they_decide_by_thursday_the_12th_and_it_is_asked_at_four(ann, bobs):
    send(bobs, reverse("promise_given", args=[ann.pk]), text="They decide", side="theirs",
         when="thursday 12 march 16:00")  # fmt: skip

    at_four = datetime(2026, 3, 12, 16, tzinfo=UTC)
    assert at_four in {row.due for row in owed_to(ann)}
    listed = who_is_listed(look(bobs, at=at_four + MINUTE))
    assert [name for names in listed.values() for name in names] == ["Ann"]


def test_s80_the_day_before_we_ask_one_curious_question(ann, bobs):
    send(bobs, reverse("promise_given", args=[ann.pk]), text="They decide", side="theirs",
         when="thursday 12 march 16:00")  # fmt: skip

    page = look(bobs, at=datetime(2026, 3, 11, 17, tzinfo=UTC))

    assert [name for names in who_is_listed(page).values() for name in names] == ["Ann"]
    assert page.context["words"] != {}


def test_s91_the_alarm_rings_at_1350_and_at_1415_there_are_words_to_say_sorry(ann, bobs):
    promised_call(bobs, ann)

    before = look(bobs, at=TUESDAY_AT_2 - 11 * MINUTE)
    ringing = look(bobs, at=TUESDAY_AT_2 - 10 * MINUTE)
    late = look(bobs, at=TUESDAY_AT_2 + 15 * MINUTE)

    assert [len(page.context["alarms"]) for page in (before, ringing)] == [0, 1]
    assert who_is_listed(late) == {"You gave your word": ["Ann"]}
    assert "sorry" in " ".join(late.context["words"].values()).lower()


def test_s95_a_broken_promise_asks_for_an_apology_the_same_hour(ann, bobs):
    there = reverse("promise_given", args=[ann.pk])
    send(bobs, there, MONDAY, text="Send proofs", when="mail tomorrow 14:00", side="ours")

    page = look(bobs, at=TUESDAY_AT_2 + HOUR)

    assert page.context["person"]["name"] == "Ann"
    assert "sorry" in " ".join(page.context["words"].values()).lower()


def test_s97_after_three_calls_the_next_try_is_a_text(ann, bobs):
    quiet(ann, MONDAY - 30 * DAY)
    for n in range(3):
        hear(ann, WeCalled(at=MONDAY - (21 - 7 * n) * DAY, matter="roof", outcome="no_answer"))

    page = look(bobs, at=MONDAY + 7 * DAY)

    [row] = [row for band in page.context["bands"] for row in band["rows"]]
    assert (row["who"], row["how"]) == ("Ann", "Text")


def test_s100_they_will_call_and_so_a_day_of_ours_is_set(ann, bobs):
    hear(ann, Met(at=MONDAY, matter="roof", ball="them"))

    step = look(bobs, page_of(ann)).context["steps"][0]

    assert f"{step['due']:%a %d %b}" == "Thu 05 Mar"
    assert "Nothing is open" not in text_of(look(bobs, page_of(ann)))


def test_s104_not_now_comes_back_on_the_first_of_september_with_the_old_notes(ann, bobs):
    june, september = datetime(2026, 6, 1, 10, tzinfo=UTC), datetime(2026, 9, 1, 8, tzinfo=UTC)
    hear(ann, WeCalled(at=june, matter="roof"), words=[("", "After summer, she said.")])
    hear(ann, NotNow(at=june + MINUTE, matter="roof", until=september))

    assert who_is_listed(look(bobs, at=datetime(2026, 8, 31, 10, tzinfo=UTC))) == {}
    page = look(bobs, at=datetime(2026, 9, 1, 10, tzinfo=UTC))

    assert page.context["person"]["name"] == "Ann"
    assert "After summer, she said." in text_of(page)
