"""What people type in French on a Monday morning, and the day it turns out to be."""

import pytest
from tests.core.monday import on, said

UNDERSTOOD = [
    ("demain", on(24, 11)),
    ("Demain !", on(24, 11)),
    ("demain matin", on(24, 11)),
    ("demain après-midi", on(24, 11, 14)),
    ("demain soir", on(24, 11, 18)),
    ("demain 10", on(24, 11, 10)),
    ("demain à 10h", on(24, 11, 10)),
    ("demain à 10h30", on(24, 11, 10, 30)),
    ("demain à 10 heures", on(24, 11, 10)),
    ("demain à 10 heures et demie", on(24, 11, 10, 30)),
    ("demain à dix heures et quart", on(24, 11, 10, 15)),
    ("demain à 3 heures de l'après-midi", on(24, 11, 15)),
    ("demain à 8h du matin", on(24, 11, 8)),
    ("demain midi", on(24, 11, 12)),
    ("après-demain", on(25, 11)),
    ("apres-demain", on(25, 11)),
    ("après demain à 14h", on(25, 11, 14)),
    ("aujourd'hui", on(23, 11, 11)),
    ("aujourd’hui à 16h", on(23, 11, 16)),
    ("cet après-midi", on(23, 11, 14)),
    ("ce soir", on(23, 11, 18)),
    ("en fin de journée", on(23, 11, 17)),
    ("midi", on(23, 11, 12)),
    ("dans 2 heures", on(23, 11, 12, 20)),
    ("dans 2h", on(23, 11, 12, 20)),
    ("dans une demi-heure", on(23, 11, 10, 50)),
    ("dans une heure et demie", on(23, 11, 11, 50)),
    ("d'ici à 3 semaines", on(14, 12)),
    ("mardi en 15", on(8, 12)),
    ("dans 45 minutes", on(23, 11, 11, 5)),
    ("dans 3 jours", on(26, 11)),
    ("dans trois jours", on(26, 11)),
    ("dans 3 jours ouvrés", on(26, 11)),
    ("d'ici 5 jours ouvrables", on(30, 11)),
    ("dans une semaine", on(30, 11)),
    ("dans deux semaines", on(7, 12)),
    ("dans quinze jours", on(7, 12)),
    ("dans une quinzaine", on(7, 12)),
    ("dans un mois", on(23, 12)),
    ("dans quelques jours", on(26, 11)),
    ("vendredi", on(27, 11)),
    ("vendredi à 10h", on(27, 11, 10)),
    ("ven. 14:30", on(27, 11, 14, 30)),
    ("ce vendredi", on(27, 11)),
    ("mer 9h15", on(25, 11, 9, 15)),
    ("mar 10h", on(24, 11, 10)),
    ("mardi en huit", on(1, 12)),
    ("mardi dans deux semaines", on(8, 12)),
    ("mardi de la semaine prochaine", on(1, 12)),
    ("la semaine prochaine", on(30, 11)),
    ("cette semaine", on(27, 11)),
    ("début de la semaine prochaine", on(30, 11)),
    ("fin de semaine", on(27, 11)),
    ("fin de la semaine prochaine", on(4, 12)),
    ("fin du mois", on(30, 11)),
    ("à la fin du mois", on(30, 11)),
    ("fin janvier", on(29, 1, year=2027)),
    ("mi-décembre", on(15, 12)),
    ("début janvier", on(4, 1, year=2027)),
    ("le mois prochain", on(1, 12)),
    ("fin d'année", on(31, 12)),
    ("l'année prochaine", on(4, 1, year=2027)),
    ("le 4", on(4, 12)),
    ("le 4 à 10h", on(4, 12, 10)),
    ("le 1er décembre", on(1, 12)),
    ("1er decembre à 11h", on(1, 12, 11)),
    ("le 3 mars 2027", on(3, 3, year=2027)),
    ("3 mar", on(3, 3, year=2027)),
    ("mardi 24 novembre", on(24, 11)),
    ("03/12/2026", on(3, 12)),
    ("3.12.", on(3, 12)),
    ("2026-12-01", on(1, 12)),
    ("après noël", on(28, 12)),
    ("après les fêtes", on(4, 1, year=2027)),
    ("au printemps", on(1, 3, year=2027)),
    ("3 jours après vendredi", on(30, 11)),
    ("pas avant vendredi", on(27, 11)),
    ("rappeler Anne jeudi à 15h", on(26, 11, 15)),
]


@pytest.mark.parametrize(("text", "due"), UNDERSTOOD)
def test_a_phrase_is_understood(text, due):
    reading = said(text, language="fr")

    assert reading.due == due
    assert reading.kind in ("understood", "off_day")


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("mardi prochain", [on(1, 12), on(24, 11)]),
        ("appeler mardi prochain à 10h", [on(1, 12, 10), on(24, 11, 10)]),
        ("mardi ou jeudi", [on(24, 11), on(26, 11)]),
        ("lundi", [on(23, 11, 11), on(30, 11)]),
    ],
)
def test_two_meanings_are_two_choices(text, choices):
    reading = said(text, language="fr")

    assert (reading.kind, reading.due) == ("ambiguous", None)
    assert {choice.due for choice in reading.choices} == set(choices)


@pytest.mark.parametrize(
    "text", ["hier", "vendredi dernier", "il y a 3 jours", "la semaine passée"]
)
def test_a_day_gone_by_asks_back(text):
    reading = said(text, language="fr")

    assert (reading.kind, reading.due) == ("past", None)
    assert reading.sentence.startswith("C’était ")


@pytest.mark.parametrize(
    "text", ["pas demain", "avant vendredi", "tous les lundis", "dans 2h30", "le 31 février", "bof"]
)
def test_what_cannot_be_read_says_what_to_type(text):
    reading = said(text, language="fr")

    assert (reading.kind, reading.due) == ("unknown", None)
    assert reading.note.startswith("Essayez")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("appeler demain", "call"),
        ("rappeler Anne vendredi", "call"),
        ("écrire demain", "email"),
        ("ecrire à Anne demain", "email"),
        ("sms mardi 24 novembre", "sms"),
        ("rdv jeudi midi", "meeting"),
        ("envoyer une carte demain", "card"),
        ("demain", None),
    ],
)
def test_a_verb_says_how(text, how):
    assert said(text, language="fr").how == how


def test_french_is_answered_in_french():
    reading = said("appeler le 1er décembre à 10h", language="fr-CA")

    assert reading.sentence == "Mardi 1er décembre 2026 à 10:00"
    assert reading.note == "dans 6 jours ouvrés"
