"""Sentences that ask us for something are found; figures on real sentences kept for the test."""

from datetime import UTC, datetime

import pytest
from tests.inlets.real_data import DATA, real
from training import figures

from followthrough.inlets.language import findings

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def found(text, kind="asks", *, by_us=False):
    return [one for one in findings(text, at=AT, by_us=by_us) if one.kind == kind]


def test_on_the_fifth_that_was_set_aside_the_model_holds_what_it_promises():
    real("intent")

    measured = figures.asking(DATA)

    assert 600 < measured.sentences < 850
    assert measured.f1 >= 0.74
    assert measured.auc >= 0.89


@pytest.mark.parametrize(
    "sentence",
    [
        "What would it cost?",
        "Could you send me a quote for 20 banners?",
        "Please call me back tomorrow.",
        "When can you come?",
        "Let me know what you think.",
        "Könnten Sie mir ein Angebot schicken?",
        "Bitte rufen Sie mich zurück.",
        "Wir bräuchten 20 Schilder bis Freitag.",
        "Was kostet das?",
        "Pouvez-vous m'envoyer un devis ?",
        "Merci de me rappeler demain.",
        "Je voudrais commander trois enseignes.",
        "¿Podría enviarme un presupuesto?",
        "Necesito veinte carteles.",
        "¿Cuánto cuesta?",
        "Quanto costa?",
    ],
)
def test_a_request_is_noticed_word_for_word(sentence):
    text = f"Hello,\n\nthe roof is done. {sentence}\n\nBest regards,\nAnn"

    [asked] = found(text)

    assert asked.sentence == sentence
    assert text[asked.start :].startswith(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you very much.",
        "The roof is fine.",
        "Please do not hesitate to contact us.",
        "Please find attached our price list.",
        "Vielen Dank für Ihre Hilfe.",
        "Merci de votre réponse.",
        "I was there on Monday.",
    ],
)
def test_thanks_news_and_formulas_ask_for_nothing(sentence):
    assert found(f"Hello Bob,\n\n{sentence}\n") == []


def test_what_others_wrote_is_not_asked_by_the_writer():
    text = (
        "Thanks.\n\nOn Monday, 23 Nov 2026, Bob wrote:\n> Could you send the plan?\n\n"
        "-----Original Message-----\nFrom: Bob\nSubject: x\n\nCould you call me?\n"
    )

    assert found(text) == []


def test_a_mail_that_looks_all_quoted_is_read_all_the_same():
    forwarded = "-----Original Message-----\nFrom: Cy\nSubject: Banners\n\nCould you call me?\n"

    assert [one.sentence for one in found(forwarded)] == ["Could you call me?"]


def test_a_question_below_the_signature_is_read():
    text = "Thanks.\n\nBest regards,\nAnn\n\nP.S. Could you also send the invoice again?"

    assert [one.sentence for one in found(text)] == ["P.S. Could you also send the invoice again?"]


def test_a_sentence_over_several_lines_stands_where_it_says():
    text = "Hello,\n\ncould you please send me\nthe new price list for the\nroll-up banners?\n"

    [asked] = found(text)

    assert asked.sentence == "could you please send me the new price list for the roll-up banners?"
    assert text[asked.start :].startswith("could you please send me\n")


def test_our_own_questions_are_not_asked_of_us():
    assert found("When can you come?", by_us=True) == []
