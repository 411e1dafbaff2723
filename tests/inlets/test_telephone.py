"""What a telephone company tells: who was answered, what was written, and who wants no more."""

from datetime import UTC, datetime

import pytest

from followthrough.core.facts import OptedIn, OptedOut, TheyCalled, TheyWrote
from followthrough.inlets import telephone
from followthrough.inlets.brought import Brought, Nothing
from followthrough.inlets.noticed import Unreadable
from followthrough.inlets.stop_words import wish_of

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
CALL = {"CallSid": "CA1", "From": "+442079460301", "Direction": "inbound"}
TEXT = {"MessageSid": "SM1", "From": "+442079460301", "SmsStatus": "received"}


def heard(form):
    found = telephone.brought(form, at=NOW)
    assert isinstance(found, Brought)
    return found


@pytest.mark.parametrize(
    ("ended", "answered"),
    [
        ({"CallStatus": "no-answer"}, False),
        ({"CallStatus": "busy"}, False),
        ({"CallStatus": "failed"}, False),
        ({"CallStatus": "canceled"}, False),
        ({"CallStatus": "in-progress", "DialCallStatus": "no-answer"}, False),
        ({"CallStatus": "in-progress", "DialCallStatus": "completed"}, True),
        ({"CallStatus": "completed"}, False),
    ],
    ids=lambda one: " ".join(one.values()) if isinstance(one, dict) else "",
)
def test_somebody_picked_up_only_where_the_call_was_put_through(ended, answered):
    """A call that merely ended may have met a machine: in doubt they are called back."""
    found = heard(CALL | ended)

    assert found.facts == (TheyCalled(at=NOW, answered=answered),)
    assert found.contact.phones == ("+442079460301",)


@pytest.mark.parametrize(
    "form",
    [
        CALL | {"CallStatus": "ringing"},
        CALL | {"CallStatus": "in-progress"},
        CALL | {"CallStatus": "no-answer", "Direction": "outbound-api"},
        CALL | {"CallStatus": "no-answer", "From": "anonymous"},
        CALL | {"CallStatus": "no-answer", "From": ""},
        TEXT | {"SmsStatus": "delivered"},
        TEXT | {"From": "anonymous"},
    ],
    ids=["rings", "goes on", "ours", "hidden", "empty", "our text", "hidden text"],
)
def test_nothing_comes_of_what_is_not_over_ours_or_nameless(form):
    assert isinstance(telephone.brought(form, at=NOW), Nothing)


def test_what_is_neither_call_nor_text_is_unreadable():
    assert isinstance(telephone.brought({"From": "+442079460301"}, at=NOW), Unreadable)


def test_one_call_is_one_however_often_it_is_told():
    told = [heard(CALL | {"CallStatus": state}) for state in ("no-answer", "completed")]

    assert len({one.source for one in told}) == 1


def test_a_text_keeps_its_words_and_its_tone():
    found = heard(TEXT | {"Body": "This is outrageous, I have been waiting for three weeks!"})

    [said] = found.facts
    assert isinstance(said, TheyWrote)
    assert (said.channel, said.upset) == ("sms", True)
    assert found.words == (("", "This is outrageous, I have been waiting for three weeks!"),)


STOPS = (
    "STOP", "stop", " Stop. ", "STOPP", "Bitte stoppen", "Abmelden!", "arrêt", "ARRET",
    "Désabonner", "STOP svp", "alto", "Baja, por favor", "unsubscribe", "CANCEL", "STOPALL",
)  # fmt: skip
TEXTS = (
    "Please don't stop!", "Stop by on Friday?", "I want to cancel the second sign",
    "We will end in May", "", "👍", "Stop stop", "yes", "weiter so!",
)  # fmt: skip


@pytest.mark.parametrize("body", STOPS)
def test_a_word_that_means_stop_stops(body):
    assert heard(TEXT | {"Body": body}).facts == (OptedOut(at=NOW),)


@pytest.mark.parametrize("body", TEXTS)
def test_a_sentence_is_for_a_person(body):
    assert isinstance(heard(TEXT | {"Body": body}).facts[0], TheyWrote)


@pytest.mark.parametrize("body", ["START", "unstop", "Anmelden", "reprendre", "alta"])
def test_and_may_start_again(body):
    assert heard(TEXT | {"Body": body}).facts == (OptedIn(at=NOW),)


def test_the_company_may_have_understood_it_for_us():
    assert heard(TEXT | {"Body": "no more", "OptOutType": "STOP"}).facts == (OptedOut(at=NOW),)


def test_the_words_of_the_four_languages_do_not_contradict():
    assert [wish_of(word) for word in ("stop", "ende", "arret", "baja")] == ["stop"] * 4
