"""docs/limits.md names the tests that hold each row: all are there, and no row is missing."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "limits.md").read_text("utf-8")
# How many rows each letter has.
ROWS = {
    "A": 8,
    "B": 8,
    "C": 11,
    "T": 11,
    "S": 6,
    "O": 6,
    "P": 5,
    "W": 5,
    "X": 6,
    "H": 4,
    "M": 5,
    "R": 6,
}
NOTHING_TO_TRY = {"B7", "T2", "W5", "M4", "M5", "R2"}
# They come with what is merged after this page; once all is there, this is empty.
TO_COME = {
    "test_a1_their_day_back_is_proposed_as_the_new_date",
    "test_a2_who_helps_instead_is_named_with_the_sentence",
    "test_a2_who_helps_instead_is_proposed_and_never_written_to",
    "test_a3_who_has_left_needs_a_follower_and_the_plan_waits",
    "test_a4_an_absence_without_any_sign_of_a_machine_stops_as_an_answer",
    "test_a5_an_automatic_reply_after_their_answer_changes_nothing",
    "test_a8_the_answer_of_their_machine_to_ours_is_no_enquiry",
    "test_a_clock_that_goes_forward_at_once_holds_what_leaves_by_itself",
    "test_a_delay_is_said_and_changes_no_step",
    "test_a_form_filled_by_a_scanner_without_the_press_does_nothing",
    "test_a_mail_that_came_back_is_known_by",
    "test_a_press_holds_at_once",
    "test_a_yes_ends_the_plan_and_the_address_is_theirs_from_now_on",
    "test_done_by_hand_it_does_not_leave_and_undone_it_does",
    "test_ended_there_it_is_told_once_and_opened_by_signing_in_again",
    "test_pressed_again_it_is_the_same_answer_and_no_news",
    "test_s3_brought_in_again_they_are_still_left_alone",
    "test_s5_their_no_holds_for_an_address_that_comes_back_after_they_were_forgotten",
    "test_their_evening_is_no_time_for_it",
    "test_two_machines_that_answer_each_other_are_stopped",
    "test_what_cannot_be_filled_in_is_refused_with_what_to_do",
    "test_what_is_heard_ends_the_same_in_every_order",
    "test_whatever_is_typed_is_kept_or_refused_and_never_breaks",
    "test_who_moves_to_another_zone_is_not_woken",
    "test_whoever_only_looks_changes_nothing",
    "test_without_an_answer_nobody_knows_and_it_never_goes_twice",
}


def test_every_case_has_its_row():
    wanted = [f"{letter}{n}" for letter, count in ROWS.items() for n in range(1, count + 1)]

    assert sorted(row for row, _ in rows()) == sorted(wanted)


def test_each_row_names_a_test_or_says_why_there_is_none():
    without = {row for row, held in rows() if not re.search(r"`test_\w+`", held)}

    assert without == NOTHING_TO_TRY


def test_every_test_that_is_named_is_there():
    named = set(re.findall(r"`(test_\w+)`", PAGE))

    assert named - all_tests() - TO_COME == set()


def rows():
    for row, *cells in re.findall(
        r"^\| ([A-Z]\d+) \| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE
    ):
        yield row, cells[-1]


def all_tests():
    files = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in files for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE)}
