"""Facts go into the ledger and come back as they were, and each has its sentence."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from tests.core.cast import MONDAY
from tests.core.histories import WEIRD, WILD, any_fact

from followthrough.core import facts
from followthrough.core.facts import COMMON, KINDS, pack, unpack


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(any_fact(WILD, WEIRD))
def test_what_is_packed_comes_back_as_it_was(fact):
    common = {name: getattr(fact, name) for name in COMMON}

    assert unpack(type(fact).__name__, common, pack(fact)) == fact


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_kind_has_a_sentence_and_an_icon(kind):
    required = {"due": MONDAY, "until": MONDAY}
    fields = kind.__dataclass_fields__
    given = {
        name: required.get(name, "x")
        for name, field in fields.items()
        if name in required or (name not in COMMON and field.default is field.default_factory)
    }
    fact = kind(at=MONDAY, **given)

    assert str(fact) != kind.__name__
    assert fact.icon


def test_an_empty_value_is_not_the_default_in_disguise():
    enquiry = facts.TheyEnquired(at=MONDAY, channel="")

    assert unpack("TheyEnquired", {"at": MONDAY}, pack(enquiry)).channel == ""


def test_a_field_of_another_release_is_left_aside():
    assert unpack("TheyWrote", {"at": MONDAY}, {"mood": "good"}) == facts.TheyWrote(at=MONDAY)


def test_moments_come_back_with_their_zone():
    due = datetime(2026, 6, 8, 12, tzinfo=UTC)
    own = pack(facts.Planned(at=MONDAY, due=due))

    assert own["due"] == "2026-06-08T12:00:00+00:00"
    assert unpack("Planned", {"at": MONDAY}, own).due == due


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (facts.TheyEnquired(at=MONDAY), "They enquired by the website"),
        (facts.TheyWrote(at=MONDAY, channel="sms"), "They sent a text message"),
        (facts.WeCalled(at=MONDAY, outcome="message"), "We left a message"),
        (facts.TheyOpened(at=MONDAY), "They opened what we sent"),
        (facts.TheyOpened(at=MONDAY, uncertain=True), "They may have opened what we sent"),
        (facts.TheyOpened(at=MONDAY, channel="offer"), "They looked at the offer"),
        (facts.TheyClicked(at=MONDAY, uncertain=True), "They may have followed a link of ours"),
        (
            facts.SilenceExplained(at=MONDAY, why="wrong_person"),
            "Why they were silent: We wrote to the wrong person",
        ),
        (
            facts.SilenceExplained(at=MONDAY, why="of another release"),
            "Why they were silent: Something else kept them",
        ),
        (facts.Bounced(at=MONDAY), "Our mail came back"),
        (facts.Bounced(at=MONDAY, dead=True), "Our mail came back: no such address"),
        (facts.Bounced(at=MONDAY, final=False), "Our mail is delayed on its way"),
        (facts.WeCalled(at=MONDAY, outcome="?"), "We called"),
        (facts.OptedOut(at=MONDAY, channels=("email",)), "They asked us to stop by email"),
        (facts.Opened(at=MONDAY, kind="keep_in_touch"), "Keep in touch opened"),
        (facts.Listed(at=MONDAY, origin="fair"), "On your list (fair)"),
        (facts.Closed(at=MONDAY, outcome="won", reason="Signed"), "Closed: Signed"),
    ],
)
def test_sentences_that_depend_on_what_happened(fact, sentence):
    assert str(fact) == sentence


def test_all_names_are_reached_from_the_package():
    assert {*KINDS, "Fact", "Ours", "Theirs", "OURS", "THEIRS", "BOTH"} <= set(facts.__all__)
