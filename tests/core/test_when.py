"""What people type on a Monday morning, and the day it turns out to be."""

import pytest
from tests.core.monday import on, said

from followthrough.core.when_words import LANGUAGES


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("tomorrow", on(24, 11)),
        ("Tomorrow!", on(24, 11)),
        ("tmrw 3pm", on(24, 11, 15)),
        ("tomorrow 10", on(24, 11, 10)),
        ("day after tomorrow", on(25, 11)),
        ("2 days after tomorrow", on(26, 11)),
        ("two days after tomorrow at noon", on(26, 11, 12)),
        ("today", on(23, 11, 11)),
        ("today at 4", on(23, 11, 16)),
        ("this afternoon", on(23, 11, 14)),
        ("tonight", on(23, 11, 18)),
        ("eod", on(23, 11, 17)),
        ("noon", on(23, 11, 12)),
        ("14.30", on(23, 11, 14, 30)),
        ("9am", on(24, 11)),
        ("in 2 hours", on(23, 11, 12, 20)),
        ("half an hour", on(23, 11, 10, 50)),
        ("in an hour and a half", on(23, 11, 11, 50)),
        ("today in 3 weeks", on(14, 12)),
        ("15 Dec 26", on(15, 12)),
        ("in 45 min", on(23, 11, 11, 5)),
        ("in 5 working hours", on(23, 11, 15, 20)),
        ("in 8 working hours", on(24, 11, 10, 20)),
        ("in 3 days", on(26, 11)),
        ("in 3 working days", on(26, 11)),
        ("in five business days", on(30, 11)),
        ("3d", on(26, 11)),
        ("2w", on(7, 12)),
        ("4 dec at 5 in the afternoon", on(4, 12, 17)),
        ("tomorrow at 9 in the morning", on(24, 11, 9)),
        ("in 2 weeks", on(7, 12)),
        ("in a fortnight", on(7, 12)),
        ("in a couple of weeks", on(7, 12)),
        ("2 weeks from now", on(7, 12)),
        ("in a month", on(23, 12)),
        ("a week from tuesday", on(1, 12)),
        ("the week after next", on(7, 12)),
        ("tuesday week", on(1, 12)),
        ("tuesday in 2 weeks", on(8, 12)),
        ("fri 14:30", on(27, 11, 14, 30)),
        ("friday 10", on(27, 11, 10)),
        ("on Wednesday", on(25, 11)),
        ("thurs 9.15am", on(26, 11, 9, 15)),
        ("this tuesday", on(24, 11)),
        ("coming thursday", on(26, 11)),
        ("not until friday", on(27, 11)),
        ("thursday next week", on(3, 12)),
        ("next week thursday", on(3, 12)),
        ("first thing monday next week", on(30, 11)),
        ("next week", on(30, 11)),
        ("this week", on(27, 11)),
        ("end of week", on(27, 11)),
        ("end of next week", on(4, 12)),
        ("beginning of next week", on(30, 11)),
        ("end of month", on(30, 11)),
        ("end of the month", on(30, 11)),
        ("end of january", on(29, 1, year=2027)),
        ("next month", on(1, 12)),
        ("mid december", on(15, 12)),
        ("end of year", on(31, 12)),
        ("next quarter", on(4, 1, year=2027)),
        ("in the new year", on(4, 1, year=2027)),
        ("after christmas", on(28, 12)),
        ("in March", on(1, 3, year=2027)),
        ("1 December", on(1, 12)),
        ("1st of december", on(1, 12)),
        ("Dec 3rd noon", on(3, 12, 12)),
        ("Tuesday, 1 December 2026 at 10:00", on(1, 12, 10)),
        ("2026-12-01", on(1, 12)),
        ("2026-12-01T14:00", on(1, 12, 14)),
        ("31/12", on(31, 12)),
        ("12/31/2026", on(31, 12)),
        ("1.12.", on(1, 12)),
        ("1.12.26", on(1, 12)),
        ("the 4th", on(4, 12)),
        ("thursday 26th", on(26, 11)),
    ],
)
def test_a_phrase_is_understood(text, due):
    reading = said(text)

    assert (reading.kind, reading.due) == ("understood", due)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("next tuesday", [on(1, 12), on(24, 11)]),
        ("call next tue 10am", [on(1, 12, 10), on(24, 11, 10)]),
        ("monday", [on(23, 11, 11), on(30, 11)]),
        ("03/04/2027", [on(3, 4, year=2027), on(4, 3, year=2027)]),
        ("tuesday or thursday", [on(24, 11), on(26, 11)]),
        ("thursday 12th", [on(26, 11), on(12, 12)]),
        ("Tuesday 2 December", [on(24, 11), on(2, 12)]),
    ],
)
def test_two_meanings_are_two_choices(text, choices):
    reading = said(text)

    assert (reading.kind, reading.due) == ("ambiguous", None)
    assert {choice.due for choice in reading.choices} == set(choices)
    assert reading.note == "Which day do you mean?"


def test_next_tuesday_on_a_monday_is_first_of_all_the_one_next_week():
    first, second = said("next Tuesday").choices

    assert first.label == "Tuesday, 1 December 2026 at 09:00"
    assert second.label == "Tuesday, 24 November 2026 at 09:00"


def test_next_tuesday_on_a_friday_leaves_no_doubt():
    assert said("next tuesday", now=on(27, 11, 10)).due == on(1, 12)


def test_americans_are_offered_the_month_first():
    choices = said("03/04/2027", language="en-US").choices

    assert [choice.due for choice in choices] == [on(4, 3, year=2027), on(3, 4, year=2027)]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("call tomorrow", "call"),
        ("Ring Ann on friday", "call"),
        ("mail Ann tomorrow about the brochure", "email"),
        ("e-mail friday", "email"),
        ("text on 4th", "sms"),
        ("meet dec 3rd noon", "meeting"),
        ("send a card tomorrow", "card"),
        ("tomorrow", None),
        ("mailbox tomorrow", None),
    ],
)
def test_a_verb_says_how(text, how):
    reading = said(text)

    assert reading.kind == "understood"
    assert reading.how == how


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("morgen früh", on(24, 11)),
        ("übermorgen um 10", on(25, 11, 10)),
        ("in zwei Wochen", on(7, 12)),
        ("in 3 Arbeitstagen", on(26, 11)),
        ("morgen um 3 nachmittags", on(24, 11, 15)),
        ("15.Dez.26", on(15, 12)),
        ("am 21ten Dezember", on(21, 12)),
        ("heute in 3 Wochen", on(14, 12)),
        ("morgen in 2 Wochen", on(8, 12)),
        ("Fr 14:30", on(27, 11, 14, 30)),
        ("Dienstag um 15 Uhr", on(24, 11, 15)),
        ("3 Tage nach Freitag", on(30, 11)),
        ("Ende nächster Woche", on(4, 12)),
        ("1. Dezember", on(1, 12)),
        ("am 4.", on(4, 12)),
        ("im neuen Jahr", on(4, 1, year=2027)),
        ("heute Abend", on(23, 11, 18)),
        ("03/12/2026", on(3, 12)),
    ],
)
def test_german_is_read_too(text, due):
    reading = said(text, language="de-AT")

    assert (reading.kind, reading.due) == ("understood", due)


def test_german_is_answered_in_german():
    reading = said("anrufen am 1. Dezember um 10", language="de")

    assert (reading.how, reading.sentence) == ("call", "Dienstag, 1. Dezember 2026 um 10:00")
    assert reading.note == "in 6 Arbeitstagen"


def test_a_language_without_a_table_is_read_as_english():
    assert said("tomorrow", language="tlh").due == on(24, 11)


def test_every_language_has_every_sentence():
    spoken = {name: language.says.keys() for name, language in LANGUAGES.items()}

    assert set(map(frozenset, spoken.values())) == {frozenset(spoken["en"])}
