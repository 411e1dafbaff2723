"""Promises, theirs and ours, and the days they name; figures on sentences labelled by hand."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.inlets.real_data import DATA, real
from training import figures
from training.real_sentences import sentences

from followthrough.inlets.language import findings

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def promised(text, *, by_us=True, at=MONDAY):
    kind = "we_promise" if by_us else "they_promise"
    return [one for one in findings(text, at=at, by_us=by_us) if one.kind == kind]


def test_three_hundred_sentences_are_labelled_and_found_again_in_the_data():
    real("mail_threads")
    known = figures.labels("tune") | figures.labels("test")

    assert len(known) == 300
    assert set(known) <= set(sentences(DATA))


def test_of_the_sentences_proposed_four_in_five_are_promises():
    real("mail_threads")

    measured = figures.promising(DATA, "test")

    assert measured.precision >= 0.8
    assert measured.recall >= 0.75


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("I'll send the quote on Monday.", (2026, 11, 30)),
        ("I’ll call you next week.", (2026, 11, 30)),
        ("We will get back to you by Friday.", (2026, 11, 27)),
        ("I will let you know before Thursday.", (2026, 11, 26)),
        ("Tomorrow I'll send you the drawings.", (2026, 11, 24)),
        ("I'm going to check this with Pat and write on 1 December.", (2026, 12, 1)),
        ("You will have it by Wednesday.", (2026, 11, 25)),
        ("Ich melde mich morgen.", (2026, 11, 24)),
        ("Ich schicke Ihnen das Angebot bis Freitag.", (2026, 11, 27)),
        ("Wir werden Ihnen die Muster am 1.12. zusenden.", (2026, 12, 1)),
        ("Sie hören bis Donnerstag von uns.", (2026, 11, 26)),
        ("Je vous envoie le devis demain.", (2026, 11, 24)),
        ("Nous vous rappellerons vendredi.", (2026, 11, 27)),
        ("Le enviaré el presupuesto mañana.", (2026, 11, 24)),
        ("Les llamaremos el viernes.", (2026, 11, 27)),
    ],
)
def test_a_promise_carries_the_day_it_names(sentence, day):
    [one] = promised(f"Dear Ann,\n\nthank you. {sentence}\n\nBob")

    assert one.sentence == sentence
    assert (one.due.year, one.due.month, one.due.day) == day


@pytest.mark.parametrize(
    "sentence",
    [
        "I'll look into it.",
        "We'll keep you posted.",
        "Ich kümmere mich darum.",
        "Je m'en occupe.",
        "Me pondré en contacto con ustedes.",
    ],
)
def test_a_promise_without_a_day_has_none(sentence):
    [one] = promised(sentence)

    assert one.due is None


@pytest.mark.parametrize(
    "sentence",
    [
        "If you like I could call you.",
        "If you send the plan, I'll check it.",
        "Send me your number and I'll give you a call.",
        "Shall I send it?",
        "Will you send it on Monday?",
        "She said I'll call on Monday.",
        "I won't send it on Monday.",
        "I will not call you again.",
        "I'll be happy to help.",
        "I'll be glad to meet you.",
        "I will be out of the office until Monday.",
        "Maybe I'll send it on Monday.",
        "I think I will check the roof first.",
        "Each week we'll share with you a new recipe.",
        "We'll see you tomorrow.",
        "I'll need the plan by Friday.",
        "Wenn Sie möchten, schicke ich Ihnen ein Muster.",
        "Ich schicke es nicht.",
        "Si vous voulez, je vous appelle demain.",
        "The shop will send it.",
    ],
)
def test_conditions_questions_reports_refusals_and_politeness_are_no_promises(sentence):
    assert promised(sentence) == []


def test_who_wrote_decides_whose_promise_it_is():
    text = "I'll send the plan tomorrow."

    assert [one.kind for one in findings(text, at=MONDAY, by_us=True)] == ["we_promise"]
    assert len(promised(text, by_us=False)) == 1


def test_a_promise_is_named_by_its_words():
    cues = [promised(text)[0].cue for text in ("I will send it.", "I'll call.", "We’ll check it.")]

    assert cues == ["I’ll send", "I’ll call", "we’ll check"]


def test_tomorrow_is_the_writer_s_tomorrow():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

    [one] = promised("I'll call you tomorrow at 10:00.", at=late)

    assert one.due == datetime(2026, 11, 24, 10, tzinfo=late.tzinfo)


def test_what_they_quote_of_ours_is_not_promised_again():
    text = "Fine.\n\nOn Monday, 23 Nov 2026, Bob wrote:\n> I'll send the quote on Friday.\n"

    assert promised(text, by_us=False) == []
