"""Our word, heard in the note of the sheet: offered with its day, kept only with a yes."""

import pytest

from followthrough.ledger import clock
from followthrough.ledger.models import Fact
from followthrough.web.followup.promised import promises_in
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import (
    SCRIPTED,
    filled,
    first_owed,
    kinds,
    owed_to,
    quiet,
    sheet_of,
    text_of,
    undo_of,
)

NOTE = "Liked the green one. I said I'd send the brochure by Friday."
WORD = "I said I'd send the brochure by Friday."
LATER = MONDAY + HOUR
pytestmark = pytest.mark.django_db


@pytest.fixture
def silent(ann):
    quiet(ann)
    return first_owed(ann)


def save(client, followup, **given):
    form = filled(outcome="spoke", when="call in 2 weeks", note=NOTE) | given
    with clock.at(LATER):
        return client.post(sheet_of(followup), form, follow=True)


def test_while_it_is_written_the_promise_is_offered_with_its_day(bobs):
    with clock.at(LATER):
        page = bobs.post("/heard/", {"note": NOTE}, **SCRIPTED)

    assert "You said “I'd send the brochure by Friday.” Keep it as a promise?" in text_of(page)
    assert "Yes, by Fri 6 Mar, 17:00" in text_of(page)
    assert "checked" not in page.content.decode()


@pytest.mark.parametrize(
    ("note", "hour"),
    [
        ("I'll send the brochure by Thursday noon.", "12:00"),
        ("I'll send the brochure on Thursday at 3.", "15:00"),
        ("Ich schicke die Unterlagen bis Donnerstag Mittag.", "12:00"),
        ("Je vous envoie le devis jeudi midi.", "12:00"),
        ("Le enviaré el presupuesto el jueves al mediodía.", "12:00"),
        ("I'll send the brochure on Thursday.", "17:00"),
    ],
)
def test_the_hour_that_was_said_is_the_hour_that_is_offered(bob, note, hour):
    [one] = promises_in(note, bob, LATER)

    assert one.due.astimezone(bob.own_zone()).strftime("%a %H:%M") == f"Thu {hour}"


def test_it_is_never_kept_silently(ann, silent, bobs):
    save(bobs, silent)

    assert "WePromised" not in kinds(ann)


def test_one_press_keeps_it_as_a_promise_with_its_sentence(ann, silent, bobs):
    save(bobs, silent, promise=WORD)

    promise = Fact.objects.get(kind="WePromised")
    assert (promise.text.title, promise.own["wall"]) == (WORD, "2026-03-06 17:00")
    assert Fact.objects.get(kind="WeCalled").text.body == NOTE
    assert "keep_promises" in {row.rule for row in owed_to(ann)}


def test_it_is_taken_back_with_all_the_rest(ann, silent, bobs):
    page = save(bobs, silent, promise=WORD)

    with clock.at(LATER + HOUR):
        bobs.post(undo_of(page))

    assert "keep_promises" not in {row.rule for row in owed_to(ann)}


def test_only_what_stands_in_the_note_is_a_promise(ann, silent, bobs):
    save(bobs, silent, promise="I'll send a thousand pounds.")

    assert "WePromised" not in kinds(ann)


def test_a_yes_survives_a_refusal(silent, bobs):
    page = save(bobs, silent, promise=WORD, when="")

    assert page.status_code == 422
    assert page.content.decode().count('name="promise"') == 1
    assert page.context["form"].promises == [WORD]


@pytest.mark.parametrize(
    "note",
    ["Told her we would call back tomorrow.", "Promised to send samples.", "I'll check the price.",
     "Ich schicke ihr morgen das Angebot.", "Je lui envoie le devis demain."],
)  # fmt: skip
def test_our_word_is_heard_as_one_tells_it_to_a_colleague(bob, note):
    assert [one.sentence for one in promises_in(note, bob, LATER)] == [note]


@pytest.mark.parametrize(
    "note",
    ["", "She said she'll send it.", "Would like a sign.", "He promised to send the drawing.",
     "Shall I send it?", "I'd like to see it.", "Ann said she'd call on Friday."],
)  # fmt: skip
def test_what_they_say_and_what_is_only_wished_is_none(bob, note):
    assert promises_in(note, bob, LATER) == []


def test_how_long_the_call_took_is_kept(silent, bobs):
    save(bobs, silent, minutes="4")

    assert Fact.objects.get(kind="WeCalled").own["minutes"] == 4


@pytest.mark.parametrize("minutes", ["", "-3", "four", "²", "9999"])
def test_and_what_is_no_time_loses_nothing(silent, bobs, minutes):
    save(bobs, silent, minutes=minutes)

    assert Fact.objects.get(kind="WeCalled").own.get("minutes", 0) in (0, 600)
