"""Words that push are found in four languages, each with something kinder; kind words are not."""

import pytest

from followthrough.inlets.language.phrases import cues_of
from followthrough.inlets.language.polite import WHY, remarks_on
from followthrough.ledger.models import Workspace
from followthrough.ledger.ready_words import ready_for

PUSHY = [
    ("counting", "This is the third time I am writing to you."),
    ("counting", "My second e-mail about the sign."),
    ("counting", "Das ist schon das dritte Mal, dass ich schreibe."),
    ("counting", "Ich melde mich nun zum zweiten Mal."),
    ("counting", "C’est la troisième fois que je vous écris."),
    ("counting", "Es la tercera vez que le escribo."),
    ("reproach", "As per my last e-mail, the price is fixed."),
    ("reproach", "Wie bereits erwähnt, gilt der Preis."),
    ("reproach", "Comme je vous l’ai déjà dit, le prix est fixe."),
    ("reproach", "Como ya le dije, el precio es fijo."),
    ("guilt", "I am disappointed that you have not answered."),
    ("guilt", "Leider habe ich immer noch keine Antwort."),
    ("guilt", "Vous ne m’avez toujours pas répondu."),
    ("guilt", "Todavía no he recibido respuesta."),
    ("pressure", "Please reply ASAP."),
    ("pressure", "Bitte antworten Sie umgehend."),
    ("pressure", "Vous devez décider cette semaine."),
    ("pressure", "Conteste lo antes posible."),
    ("urgency", "This is your last chance."),
    ("urgency", "Nur noch heute!"),
    ("urgency", "Dernière chance pour vous."),
    ("urgency", "Es la última oportunidad."),
    ("ultimatum", "If I don’t hear from you by Friday, I will close your file."),
    ("ultimatum", "Letzte Erinnerung an unser Angebot."),
    ("ultimatum", "Sans réponse de votre part, je considère le devis comme refusé."),
    ("ultimatum", "Si no recibo noticias, entenderé que no le interesa."),
    ("hollow", "Just checking in."),
    ("hollow", "Ich wollte nur kurz nachfragen."),
    ("hollow", "Je me permets de vous relancer."),
    ("hollow", "Solo quería saber si lo ha visto."),
    ("shouting", "PLEASE READ THIS."),
    ("exclaiming", "We have the sign!!!"),
    ("exclaiming", "Are you there???"),
    ("unfilled", "Hello [first_name], good morning."),
    ("unfilled", "Hello {{ first_name }}, good morning."),
]
KIND = [
    "Hello Ann, you have our quote. Is there anything that should be different? A no is fine too.",
    "Thank you for your order! If anything is not as you wished, tell me.",
    "The sign for NASA and for BMW AG is ready: PVC, 3 m.",
    "Guten Tag, danke für Ihre Nachricht. Wann darf ich Sie anrufen?",
    "Bonjour, merci de votre message. Puis-je vous appeler mardi ?",
    "Buenos días: gracias por su pedido. ¿Le llamo el martes?",
    "> This is the third time I am writing!!!\n\nI am sorry. Here is the answer.",
    "",
]


@pytest.mark.parametrize(("kind", "words"), PUSHY)
def test_what_pushes_is_found_with_the_reason(kind, words):
    assert kind in {one.kind for one in remarks_on(words)}


@pytest.mark.parametrize("words", KIND)
def test_kind_words_are_left_alone(words):
    assert remarks_on(words) == []


def test_a_remark_names_the_words_as_they_stand_and_something_kinder():
    [one] = remarks_on("Hello Ann.\nThis is the third time I am writing to you.")

    assert one.words == "third time I am writing"
    assert one.start == 23
    assert one.kinder == "I would like to come back to this with one short question."


def test_how_it_is_said_and_what_is_said_are_two_remarks():
    kinds = [one.kind for one in remarks_on("This is the third time I am writing to you!!!")]

    assert sorted(kinds) == ["counting", "exclaiming"]


def test_the_same_fault_is_not_said_again_and_again():
    assert len(remarks_on("Just checking in. " * 50)) == 1


def test_every_phrase_has_a_reason_and_is_itself_said_kindly():
    for cue in cues_of("pushy"):
        assert cue.name in WHY
        assert cue.kinder, cue
        assert remarks_on(cue.kinder) == []


def test_what_is_ready_made_pushes_nobody():
    for one in ready_for(Workspace(name="Banners")):
        told = [it for it in remarks_on(one.text) if it.kind != "unfilled"]
        assert told == [], one.ready


def test_endless_text_is_looked_at_only_so_far():
    assert len(remarks_on("THIS IS LOUD! " * 100_000)) <= 8
