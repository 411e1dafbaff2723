"""What people type in Spanish on a Monday morning, and the day it turns out to be."""

import pytest
from tests.core.monday import on, said

UNDERSTOOD = [
    ("mañana", on(24, 11)),
    ("¡Mañana!", on(24, 11)),
    ("manana", on(24, 11)),
    ("mañana por la mañana", on(24, 11)),
    ("mañana por la tarde", on(24, 11, 16)),
    ("mañana 10", on(24, 11, 10)),
    ("mañana a las 10", on(24, 11, 10)),
    ("mañana a las diez", on(24, 11, 10)),
    ("mañana a las 10:30", on(24, 11, 10, 30)),
    ("mañana a las diez y media", on(24, 11, 10, 30)),
    ("mañana a las 10 y cuarto", on(24, 11, 10, 15)),
    ("mañana a las 3 de la tarde", on(24, 11, 15)),
    ("mañana a las 9 de la mañana", on(24, 11, 9)),
    ("mañana a las 10 horas", on(24, 11, 10)),
    ("mañana al mediodía", on(24, 11, 12)),
    ("pasado mañana", on(25, 11)),
    ("pasado manana a las 11", on(25, 11, 11)),
    ("hoy", on(23, 11, 11)),
    ("hoy a las 4", on(23, 11, 16)),
    ("esta tarde", on(23, 11, 16)),
    ("esta noche", on(23, 11, 20)),
    ("a última hora", on(23, 11, 17)),
    ("en 2 horas", on(23, 11, 12, 20)),
    ("dentro de 2 horas", on(23, 11, 12, 20)),
    ("en media hora", on(23, 11, 10, 50)),
    ("en hora y media", on(23, 11, 11, 50)),
    ("hoy en 3 semanas", on(14, 12)),
    ("en 45 minutos", on(23, 11, 11, 5)),
    ("en 3 días", on(26, 11)),
    ("en tres dias", on(26, 11)),
    ("dentro de 3 días laborables", on(26, 11)),
    ("en 5 días hábiles", on(30, 11)),
    ("en una semana", on(30, 11)),
    ("dentro de dos semanas", on(7, 12)),
    ("en quince días", on(7, 12)),
    ("en un par de semanas", on(7, 12)),
    ("en un mes", on(23, 12)),
    ("dentro de unos días", on(26, 11)),
    ("el viernes", on(27, 11)),
    ("viernes a las 10", on(27, 11, 10)),
    ("vie 14:30", on(27, 11, 14, 30)),
    ("este viernes", on(27, 11)),
    ("miércoles", on(25, 11)),
    ("miercoles 9:15", on(25, 11, 9, 15)),
    ("mar 10:00", on(24, 11, 10)),
    ("martes en dos semanas", on(8, 12)),
    ("el martes de la próxima semana", on(1, 12)),
    ("el martes de la semana que viene", on(1, 12)),
    ("la semana que viene", on(30, 11)),
    ("la próxima semana", on(30, 11)),
    ("esta semana", on(27, 11)),
    ("a principios de la próxima semana", on(30, 11)),
    ("fin de mes", on(30, 11)),
    ("a finales de mes", on(30, 11)),
    ("a finales de enero", on(29, 1, year=2027)),
    ("a mediados de diciembre", on(15, 12)),
    ("a principios de enero", on(4, 1, year=2027)),
    ("el mes que viene", on(1, 12)),
    ("fin de año", on(31, 12)),
    ("el año que viene", on(4, 1, year=2027)),
    ("el 4", on(4, 12)),
    ("el día 4", on(4, 12)),
    ("el 4 a las 10", on(4, 12, 10)),
    ("1 de diciembre", on(1, 12)),
    ("1º de diciembre a las 11", on(1, 12, 11)),
    ("el 3 de marzo de 2027", on(3, 3, year=2027)),
    ("3 mar", on(3, 3, year=2027)),
    ("martes 24 de noviembre", on(24, 11)),
    ("03/12/2026", on(3, 12)),
    ("3.12.", on(3, 12)),
    ("2026-12-01", on(1, 12)),
    ("después de navidad", on(28, 12)),
    ("después de reyes", on(7, 1, year=2027)),
    ("en primavera", on(1, 3, year=2027)),
    ("3 días después del viernes", on(30, 11)),
    ("no antes del viernes", on(27, 11)),
    ("llamar a Ana el jueves a las 15:00", on(26, 11, 15)),
]


@pytest.mark.parametrize(("text", "due"), UNDERSTOOD)
def test_a_phrase_is_understood(text, due):
    reading = said(text, language="es")

    assert reading.due == due
    assert reading.kind in ("understood", "off_day")


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("el martes que viene", [on(1, 12), on(24, 11)]),
        ("llamar el próximo martes a las 10", [on(1, 12, 10), on(24, 11, 10)]),
        ("martes o jueves", [on(24, 11), on(26, 11)]),
        ("el lunes", [on(23, 11, 11), on(30, 11)]),
    ],
)
def test_two_meanings_are_two_choices(text, choices):
    reading = said(text, language="es")

    assert (reading.kind, reading.due) == ("ambiguous", None)
    assert {choice.due for choice in reading.choices} == set(choices)


def test_on_a_monday_the_coming_one_is_in_a_week():
    assert said("el lunes que viene", language="es").due == on(30, 11)


@pytest.mark.parametrize("text", ["ayer", "el viernes pasado", "hace 3 días", "la semana pasada"])
def test_a_day_gone_by_asks_back(text):
    reading = said(text, language="es")

    assert (reading.kind, reading.due) == ("past", None)
    assert reading.sentence.startswith("Eso fue ")


@pytest.mark.parametrize(
    "text", ["no mañana", "antes del viernes", "todos los lunes", "31 de febrero", "25:00", "vale"]
)
def test_what_cannot_be_read_says_what_to_type(text):
    reading = said(text, language="es")

    assert (reading.kind, reading.due) == ("unknown", None)
    assert reading.note.startswith("Prueba")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("llamar mañana", "call"),
        ("llamar a Ana el viernes", "call"),
        ("escribir mañana", "email"),
        ("correo mañana", "email"),
        ("mensaje el jueves", "sms"),
        ("reunión el jueves al mediodía", "meeting"),
        ("reunion mañana", "meeting"),
        ("enviar una tarjeta mañana", "card"),
        ("mañana", None),
    ],
)
def test_a_verb_says_how(text, how):
    assert said(text, language="es").how == how


def test_spanish_is_answered_in_spanish():
    reading = said("llamar el 1 de diciembre a las 10", language="es-MX")

    assert reading.sentence == "Martes, 1 de diciembre de 2026, 10:00"
    assert reading.note == "en 6 días laborables"
