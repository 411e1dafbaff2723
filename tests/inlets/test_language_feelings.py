"""Whoever begs to be a customer or is hurt is noticed, and nobody else is said to be."""

from datetime import UTC, datetime

import pytest
from tests.inlets.real_data import DATA, real
from training import figures

from followthrough.inlets.language import findings, private

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def kinds(text):
    return {one.kind for one in findings(text, at=AT, by_us=False)}


@pytest.mark.parametrize(
    "sentence",
    [
        "I wrote twice already, I want to buy!",
        "I've emailed you three times now and nobody has replied.",
        "I emailed before about the red kite.",
        "This is my third email.",
        "I called last week and left a message.",
        "Still no reply.",
        "We haven't heard back from you yet.",
        "I am still waiting for your quote.",
        "I have been trying to reach you for two weeks.",
        "Are you still in business?",
        "Is anybody there?",
        "How can I buy one?",
        "Where can we order the sign?",
        "We are ready to buy.",
        "Ich habe Ihnen schon zweimal geschrieben.",
        "Ich habe bis heute keine Antwort erhalten.",
        "Gibt es Sie noch?",
        "Wie kann ich bei Ihnen bestellen?",
        "Je vous ai déjà écrit deux fois.",
        "Comment puis-je commander ?",
        "Ya les escribí dos veces.",
        "¿Cómo puedo comprar?",
        "We had no answer twice already.",
        "I have been waiting for two weeks for a reply.",
        "You never called me back as promised.",
        "You still haven't answered my question.",
        "I'm begging you to send me a quote.",
        "Ich warte seit drei Wochen auf eine Antwort.",
        "Llevo dos semanas esperando respuesta.",
    ],
)
def test_somebody_who_begs_to_be_a_customer_is_noticed(sentence):
    assert "begs" in kinds(f"Hello,\n\n{sentence}\n\nAnn")


@pytest.mark.parametrize(
    "sentence",
    [
        "I am really disappointed.",
        "We are extremely unhappy with your service.",
        "This is unacceptable.",
        "Your company is a joke.",
        "I want my money back!",
        "I will leave a bad review on Google.",
        "You will hear from my lawyer.",
        "I will never order from you again.",
        "Worst customer service ever!",
        "I hesitate to mention the name here, but I'll copy them the link to this blog post.",
        "I wrote about this on my blog: https://blog.test/2026/not-again",
        "See what people say about you: https://reviews.test/bobs-signs",
        "Ich bin sehr enttäuscht von Ihnen.",
        "Das ist eine Frechheit!",
        "Ich werde eine schlechte Bewertung schreiben.",
        "Je suis très déçue.",
        "C'est inadmissible.",
        "Estoy muy decepcionado.",
        "Es inaceptable.",
        "This is not acceptable!",
        "I'm disappointed that nobody called me back.",
        "I will tell everybody how you treat customers.",
        "I am fed up with waiting.",
        "What a joke of a company.",
    ],
)
def test_somebody_who_is_hurt_is_noticed(sentence):
    assert "upset" in kinds(f"Hello,\n\n{sentence}\n\nAnn")


@pytest.mark.parametrize(
    "sentence",
    [
        "There is a small problem with the login page.",
        "Still no news from the meeting.",
        "They are tired of waiting.",
        "The terms are not acceptable to the court.",
        "You never know.",
        "I was disappointed that the film ended so soon.",
        "He is angry at the government.",
        "The old driver was terrible.",
        "We wrote the paper last week.",
        "I called my mother twice.",
        "No answer is needed.",
        "Please do not reply to this mail.",
        "I would like to order a dozen red kites.",
        "He wants to buy a house.",
        "Wir haben ein Problem mit dem Drucker.",
        "J'ai un problème avec la porte.",
    ],
)
def test_a_problem_an_order_and_other_people_s_anger_are_neither(sentence):
    assert kinds(f"Hello,\n\n{sentence}\n\nAnn") & {"begs", "upset"} == set()


def test_a_threat_is_no_promise():
    assert kinds("I will post a bad review about you.") == {"upset"}


def test_among_hundreds_of_real_mails_hardly_any_begs_or_is_upset():
    real("mail_spamassassin")

    mails, holding = figures.in_real_mails(DATA)

    assert mails >= 500
    assert holding["begs"] + holding["upset"] <= mails / 100
    assert holding["wants"] + holding["days"] <= mails / 20


@pytest.mark.parametrize(
    ("text", "private_by"),
    [
        ("Love you, see you on Sunday. Mom", "family"),
        ("Hi Mom,\n\nthe train is late.", "family"),
        ("The train is late.\n\nDad", "family"),
        ("Kommst du am Samstag zum Grillen? Oma freut sich.", "a word of the family"),
        ("Shall we have dinner at eight? xoxo", "kisses"),
        ("Can you be home for dinner?", "an evening together"),
        ("Bisous, à demain", "kisses"),
    ],
)
def test_private_mail_is_known_by_its_words(text, private_by):
    assert private(text).startswith(f"{private_by}: ")


@pytest.mark.parametrize(
    "text",
    [
        "Could you send me a quote for 20 banners?",
        "My wife and I would like to rent your cottage for six weekends with the kids.",
        "Your order for the family album of Mom is ready; the price is 20 €.",
        "Kind regards, Ann",
        "Thanks.\n\nOn Monday, 23 Nov 2026, Ann wrote:\n> Love you, Mom",
    ],
)
def test_business_mail_is_not_private(text):
    assert private(text) == ""
