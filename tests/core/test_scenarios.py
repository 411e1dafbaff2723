"""The requirements that the core alone can keep, told by their numbers with their own figures."""

from dataclasses import replace
from datetime import date

from tests.core.cast import (
    DAY,
    FRIDAY,
    HOUR,
    MEMBERS,
    MINUTE,
    MONDAY,
    NEXT_MONDAY,
    OFFICE,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
    berlin,
    by_rule,
    called,
    enquired,
    met,
    nine,
    not_now,
    noted,
    only,
    opened,
    owed,
    planned,
    promised,
    qualified,
    quoted,
    rang_in_vain,
    rules_of,
    sent_it,
    stopped,
    they_promised,
    wrote,
)

from followthrough.core.facts import Happened, TheyWrote
from followthrough.core.followups import QUIET, WAITING
from followthrough.core.manners import HELD


def told(one):
    """Who is told what, when."""
    return [(alarm.at, alarm.to) for alarm in one.alarms]


def test_s06_three_questions_are_three_answers_owed():
    questions = [asked(TUESDAY + n * MINUTE, name=f"q{n}") for n in range(3)]

    before = by_rule("answer_questions", called(TUESDAY), *questions)
    after = by_rule(
        "answer_questions", called(TUESDAY), *questions,
        sent_it(WEDNESDAY, asked="q1", proof="mail:1", channel="email"),
    )  # fmt: skip

    assert [one.occasion for one in before] == ["q0", "q1", "q2"]
    assert [one.occasion for one in after] == ["q0", "q2"]


def test_s08_a_strong_yes_heads_the_day_and_shortens_the_limit_to_one_working_day():
    talk = called(MONDAY)
    [lukewarm] = owed(talk)
    [keen] = owed(talk, qualified(MONDAY + HOUR))

    assert lukewarm.due == MONDAY + 3 * DAY
    assert keen.due == TUESDAY + HOUR
    assert keen.band == WAITING < lukewarm.band
    assert keen.rank > lukewarm.rank


def test_s09_money_at_stake_decides_the_order_inside_a_band():
    large = only(opened(MONDAY, value=50_000_00), wrote(MONDAY + HOUR))
    small = only(opened(MONDAY, value=500_00), wrote(MONDAY + HOUR))

    assert large.rank > small.rank


def test_s10_an_enquiry_without_a_word_alarms_the_owner_and_then_the_manager():
    one = only(enquired(berlin(2026, 5, 13, 10)), team=OFFICE)

    assert one.due == berlin(2026, 5, 14, 10)
    assert told(one) == [
        (berlin(2026, 5, 14, 10), "bob"),
        (berlin(2026, 5, 15, 10), "mia"),
    ]


def test_s11_a_brochure_stays_owed_until_there_is_proof_and_then_we_ask_whether_it_came():
    please = asked(MONDAY, wants="post", name="brochure")
    [owing] = owed(please)
    [still] = by_rule("answer_questions", please, sent_it(TUESDAY, asked="brochure"))
    [arrival] = owed(please, sent_it(TUESDAY, asked="brochure", proof="2026-06-09"))

    assert (owing.how, owing.what) == ("post", "Send what they asked for")
    assert still.occasion == "brochure"
    assert (arrival.what, arrival.due) == ("Ask whether it arrived", nine(FRIDAY))


def test_s15_a_customer_and_a_prospect_who_write_in_the_same_minute_get_the_same_limit():
    prospect = only(wrote(MONDAY))
    customer = only(opened(MONDAY - 400 * DAY, kind="deal"), wrote(MONDAY))

    assert prospect.due == customer.due


def test_s21_after_a_quote_the_ball_comes_back_by_itself():
    monday = quoted(berlin(2026, 6, 8, 15, 12))

    assert only(monday).due == nine(WEDNESDAY)
    one = only(monday, knobs={"quiet_after_our_word.quote": 3})
    assert (one.due, one.what, one.how) == (nine(THURSDAY), "Call: did it arrive?", "call")


def test_s34_an_enquiry_and_a_mail_within_five_minutes_are_one_line():
    one = only(
        enquired(MONDAY, matter="", name="form"),
        wrote(MONDAY + 4 * MINUTE, matter="", name="mail"),
    )

    assert one.count == 1
    assert one.evidence == ("form", "mail")
    assert len(one.alarms) == 2


def test_s40_whoever_is_waiting_goes_before_everything_that_we_start():
    [inbound] = owed(wrote(MONDAY, matter="small"))
    [outbound] = owed(opened(MONDAY, value=9_999_999_00, matter="large"), quoted(MONDAY + HOUR))[:1]

    assert inbound.band == WAITING < outbound.band


def test_s45_the_event_wakes_the_promise():
    word = promised(MONDAY, condition="prints", how="call", name="prints")
    one = only(word, Happened(at=THURSDAY, condition="prints"))

    assert (one.what, one.due, one.how) == ("Tell them it is ready", FRIDAY, "call")


def test_s45_without_the_event_we_look_again_on_day_14():
    one = only(promised(MONDAY, condition="prints", how="call"))

    assert (one.what, one.due) == ("Ready yet?", MONDAY + 14 * DAY)


def test_s47_a_new_mail_joins_the_talk_with_the_open_promise():
    word = promised(MONDAY, condition="prints", name="prints")

    assert rules_of(word, wrote(TUESDAY, matter="", thread="new")) == [
        "answer_them", "when_it_happens",
    ]  # fmt: skip


def test_s48_each_further_attempt_raises_the_alarm():
    first = only(wrote(MONDAY))
    second = only(wrote(MONDAY), wrote(TUESDAY))
    third = only(wrote(MONDAY), wrote(TUESDAY), wrote(WEDNESDAY))

    assert (TUESDAY, "mia") in told(second)
    assert [one.due for one in (first, second, third)] == [TUESDAY] * 3
    assert [one.blocks for one in (first, second, third)] == [False, False, True]
    assert [one.count for one in (first, second, third)] == [1, 2, 3]


def test_s52_four_mails_in_three_threads_from_two_addresses_are_one_line():
    mails = [
        TheyWrote(at=MONDAY + n * DAY, thread=thread, person="ann")
        for n, thread in enumerate(["a", "b", "c", "a"])
    ]
    one = only(*mails)

    assert one.count == 4
    assert one.since == MONDAY
    assert one.why == "4 unanswered, and they are still waiting for a word from us"


def test_s59_somebody_upset_is_heard_within_a_working_hour_and_the_manager_knows():
    friday = berlin(2026, 6, 12, 16, 50)
    monday = berlin(2026, 6, 15, 9, 50)
    one = only(wrote(friday, upset=True))

    assert one.due == monday
    assert told(one) == [(monday, "bob"), (monday, "mia"), (friday, "mia")]


def test_s79_they_decide_by_thursday_the_12th_and_at_four_we_ask():
    thursday = berlin(2026, 11, 12)
    talk = called(berlin(2026, 11, 9, 11))
    ask = owed(talk, they_promised(berlin(2026, 11, 9, 11), due=thursday))

    assert [(one.what, one.due) for one in ask][-1] == (
        "Ask how they decided", berlin(2026, 11, 12, 16),
    )  # fmt: skip


def test_s80_the_day_before_we_ask_one_curious_question():
    talk = called(berlin(2026, 11, 9, 11))
    word = they_promised(berlin(2026, 11, 9, 11), due=berlin(2026, 11, 12), name="word")
    curious = owed(talk, word)[0]
    asked_it = answered(berlin(2026, 11, 11, 9, 30), did="ask_after_their_promise/roof/word:before")

    assert (curious.what, curious.due) == ("Ask a curious question", berlin(2026, 11, 11, 9))
    assert [one.what for one in owed(talk, word, asked_it)] == ["Ask how they decided"]


def test_s85_two_working_days_after_a_proposal_a_call_is_due_whatever_was_mailed():
    one = only(quoted(MONDAY), answered(TUESDAY))

    assert (one.due, one.how, one.band) == (nine(WEDNESDAY), "call", QUIET)


def test_s90_a_call_on_day_50_moves_the_next_contact_to_day_110():
    start = berlin(2026, 1, 7, 10)
    rhythm = opened(start, kind="keep_in_touch", days=60, matter="touch")
    first = called(start, matter="touch")
    day_50 = called(start + 50 * DAY, matter="touch")

    assert only(rhythm, first).due.date() == date(2026, 3, 9)  # day 60 is a Sunday
    assert only(rhythm, first, day_50).due.date() == (start + 110 * DAY).date()


def test_s91_a_promised_call_reminds_at_1350_and_is_late_at_1415():
    two = berlin(2026, 6, 9, 14)
    call, repair = owed(promised(MONDAY, due=two, how="call", name="word"))

    assert told(call) == [(two - 10 * MINUTE, "bob")]
    assert (call.due, call.until) == (two, two + 15 * MINUTE)
    assert (repair.due, repair.what) == (two + 15 * MINUTE, "Say sorry and put it right")
    assert told(repair) == [(two + 15 * MINUTE, "bob")]
    assert owed(promised(MONDAY, due=two, how="call"), called(two + MINUTE))[0].rule == (
        "unclear_means_us"
    )


def test_s93_the_third_contact_in_seven_days_is_held_with_a_reason_and_a_new_date():
    one = only(answered(MONDAY, matter="roof"), rang_in_vain(TUESDAY, matter="roof"))

    assert (one.due, one.held, one.exact) == (NEXT_MONDAY, HELD, True)


def test_s93_a_day_that_a_person_chose_stands():
    one = only(
        answered(MONDAY, matter="roof"),
        answered(TUESDAY, matter="roof"),
        planned(TUESDAY, due=THURSDAY, matter="roof"),
    )

    assert (one.due, one.held) == (THURSDAY, "")


def test_s93_stop_ends_all():
    from_now_on = [rang_in_vain(MONDAY), planned(MONDAY, due=FRIDAY)]
    one = only(*from_now_on, stopped(TUESDAY))

    assert (one.how, one.what) == ("decide", "Close it, or say why not")


def test_s95_a_broken_promise_opens_an_apology_within_the_hour():
    friday = berlin(2026, 6, 12, 12)
    word, repair = owed(promised(MONDAY, due=friday, how="email"))

    assert word.until == repair.due == friday + HOUR
    assert repair.what == "Say sorry and put it right"
    assert repair.rank > word.rank


def test_s97_after_three_calls_we_try_a_text_and_then_a_card():
    calls = [rang_in_vain(MONDAY + n * 7 * DAY) for n in range(3)]
    after = calls[-1].at
    text = answered(after + 2 * DAY, channel="sms")

    assert only(*calls[:2]).how == "call"
    assert only(*calls).how == "sms"
    assert only(*calls, text).how == "card"


def test_s100_they_will_call_is_no_plan_so_we_move_after_three_working_days():
    one = only(met(WEDNESDAY, ball="them"))

    assert (one.due, one.why) == (
        NEXT_MONDAY, "They said they would be in touch, and it is quiet",
    )  # fmt: skip


def test_s101_after_a_first_meeting_a_card_goes_out_within_three_days():
    one = only(met(MONDAY, ball="us"))

    assert (one.how, one.due) == ("card", THURSDAY)


def test_s104_not_now_comes_back_on_the_first_of_september_with_the_old_notes():
    september = berlin(2026, 9, 1, 9)
    one = only(
        called(MONDAY, text="3", name="talk"),
        noted(MONDAY, name="note"),
        not_now(MONDAY + MINUTE, until=september, name="later"),
    )

    assert (one.rule, one.due) == ("not_now", september)
    assert one.evidence == ("later", "talk", "note")


def test_s57_an_absent_owner_has_a_stand_in():
    away = {"away_from": date(2026, 6, 8), "away_until": date(2026, 6, 19), "stand_in": "sid"}
    members = MEMBERS | {"bob": replace(MEMBERS["bob"], **away), "sid": MEMBERS["mia"]}

    assert only(wrote(MONDAY), members=members).who == "sid"
