"""What belongs together: threads, loose words, closings, undo, and facts at one instant."""

from itertools import permutations

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    HOUR,
    MINUTE,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
    called,
    closed,
    history,
    listed,
    met,
    only,
    opened,
    owed,
    planned,
    quoted,
    reopened,
    rules_of,
    terms,
    they_promised,
    visited,
    wrote,
)

from followthrough.core import facts
from followthrough.core.enrolments import ACTIVE, STOPPED, enrolment
from followthrough.core.facts import Merged, Retracted, TheyWrote, WeWrote
from followthrough.core.history import History
from followthrough.core.plans import Plan, Step


def open_names(*happened):
    return [matter.name for matter in history(*happened).open_matters()]


# --- where loose words belong --------------------------------------------------------


def test_loose_words_join_the_open_talk():
    assert open_names(wrote(MONDAY), wrote(TUESDAY, matter="")) == ["roof"]


def test_of_two_talks_the_one_that_moved_last_takes_the_loose_word():
    two = [opened(MONDAY, matter="roof"), opened(MONDAY + HOUR, matter="stairs")]
    moved = answered(TUESDAY, matter="roof")

    assert only_waiting(*two, wrote(WEDNESDAY, matter="")) == ["stairs"]
    assert only_waiting(*two, moved, wrote(WEDNESDAY, matter="")) == ["roof"]


def only_waiting(*happened):
    return [one.matter for one in owed(*happened) if one.rule == "answer_them"]


def test_a_thread_leads_back_to_its_matter():
    two = [answered(MONDAY, matter="roof", thread="t"), opened(TUESDAY, matter="stairs")]

    assert only_waiting(*two, wrote(WEDNESDAY, matter="", thread="t")) == ["roof"]


def test_a_word_on_a_closed_thread_begins_anew():
    old = [wrote(MONDAY, thread="t"), closed(TUESDAY, outcome="won")]

    assert only_waiting(*old, wrote(THURSDAY, matter="", thread="t")) == ["enquiry-1"]


@pytest.mark.parametrize("matter", ["", "roof"])
def test_who_writes_again_after_the_closing_begins_anew(matter):
    old = [wrote(MONDAY), closed(TUESDAY, outcome="lost")]
    one = only(*old, wrote(THURSDAY, matter=matter))

    assert (one.matter, one.since) == ("enquiry-1", THURSDAY)


def test_loose_words_never_land_beside_the_talk():
    aside = [opened(MONDAY, matter=kind, kind=kind) for kind in ("keep_in_touch", "supply")]

    assert only_waiting(*aside, wrote(TUESDAY, matter="")) == ["enquiry-1"]


@pytest.mark.parametrize(
    "fact",
    [
        wrote(MONDAY, matter=""),
        asked(MONDAY, matter=""),
        they_promised(MONDAY, matter="", due=FRIDAY),
        planned(MONDAY, matter="", due=FRIDAY),
        quoted(MONDAY, matter=""),
        met(MONDAY, matter=""),
        called(MONDAY, matter="", ball="us"),
        visited(MONDAY, matter=""),
    ],
)
def test_what_obliges_opens_a_matter_where_none_is_open(fact):
    earlier = [answered(MONDAY - 9 * DAY), closed(MONDAY - 8 * DAY, outcome="won")]

    assert open_names(fact) == ["enquiry-1"]
    assert open_names(*earlier, fact) == ["enquiry-1"]


@pytest.mark.parametrize(
    "fact",
    [
        answered(MONDAY, matter=""),
        called(MONDAY, matter=""),
        listed(MONDAY, matter=""),
        closed(MONDAY, matter="", outcome="won"),
    ],
)
def test_a_thank_you_after_the_deal_opens_nothing(fact):
    assert (
        open_names(answered(MONDAY - 9 * DAY), closed(MONDAY - 8 * DAY, outcome="won"), fact) == []
    )


def test_an_implied_matter_never_takes_a_name_that_is_in_use():
    taken = [planned(MONDAY, matter="enquiry-1", due=FRIDAY)]
    shut = closed(TUESDAY, matter="enquiry-1", outcome="lost")

    assert open_names(*taken, shut, wrote(WEDNESDAY, matter="")) == ["enquiry-2"]


def test_a_matter_opened_without_a_name_is_a_matter_of_its_own():
    found = history(wrote(MONDAY), opened(TUESDAY, matter="", kind="keep_in_touch"))

    assert [(m.name, m.kind) for m in found.open_matters()] == [
        ("roof", "enquiry"), ("enquiry-1", "keep_in_touch"),
    ]  # fmt: skip


# --- closing and opening again -----------------------------------------------------------


def test_closed_twice_is_closed():
    assert owed(wrote(MONDAY), closed(TUESDAY, outcome="won"), closed(FRIDAY, outcome="lost")) == []


@pytest.mark.parametrize("matter", ["", "roof"])
def test_opened_again_the_old_words_wait_again(matter):
    one = only(wrote(MONDAY), closed(TUESDAY, outcome="lost"), reopened(FRIDAY, matter=matter))

    assert (one.rule, one.since) == ("answer_them", MONDAY)


def test_a_word_of_ours_after_the_deal_stays_in_it():
    assert open_names(wrote(MONDAY), closed(TUESDAY, outcome="won"), answered(FRIDAY)) == []


def test_what_a_quote_is_worth_is_the_worth_of_the_matter():
    assert history(opened(MONDAY, value=5), quoted(TUESDAY, amount=90)).matters["roof"].value == 90


# --- undo -------------------------------------------------------------------------------


def test_taken_back_is_as_if_it_had_never_been():
    pressed = answered(TUESDAY, name="oops")
    undo = Retracted(at=WEDNESDAY, what="oops")

    assert owed(wrote(MONDAY), pressed, undo) == owed(wrote(MONDAY))


@pytest.mark.parametrize("instants", [(TUESDAY, WEDNESDAY), (TUESDAY, TUESDAY)])
@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_taking_back_the_undo_brings_it_back(instants, names):
    undo = Retracted(at=instants[0], what="answer", name=names[0])
    redo = Retracted(at=instants[1], what=names[0], name=names[1])
    told = [wrote(MONDAY), answered(MONDAY + HOUR, name="answer")]

    assert rules_of(*told, undo, redo) == rules_of(*told) == ["quiet_after_our_word"]


def test_a_matter_whose_every_fact_is_taken_back_is_gone():
    assert owed(wrote(MONDAY, name="spam"), Retracted(at=TUESDAY, what="spam")) == []


# --- one instant ------------------------------------------------------------------------


def test_at_one_instant_the_order_of_hearing_does_not_matter():
    at_once = [
        called(MONDAY, name="e"),
        they_promised(MONDAY, due=FRIDAY, name="a"),
        opened(MONDAY, name="z", value=7),
        planned(MONDAY, due=THURSDAY, name="b"),
        asked(MONDAY, name="d"),
    ]
    ends = {str(History("ann", order).matters) for order in permutations(at_once)}

    assert len(ends) == 1


def test_in_doubt_they_are_waiting():
    assert rules_of(wrote(MONDAY, name="a"), answered(MONDAY, name="b")) == ["answer_them"]


def test_one_mail_that_makes_several_facts_is_one_contact():
    mail = [answered(MONDAY), quoted(MONDAY), met(TUESDAY)]
    found = history(*mail)

    assert found.touched == [MONDAY, TUESDAY]
    assert found.matters["roof"].touches == 2


def test_one_call_about_two_matters_is_one_contact():
    found = history(called(MONDAY, matter="roof"), called(MONDAY, matter="stairs"))

    assert found.touched == [MONDAY]
    assert found.starts == [MONDAY]


# --- where words belong -----------------------------------------------------------------


def test_words_stand_where_one_of_us_said_that_they_belong_and_the_last_word_counts():
    asked = [wrote(MONDAY, matter="roof"), wrote(TUESDAY, name="w", thread="t", matter="")]
    new = facts.Assigned(at=WEDNESDAY, what="w", matter="stairs", name="a")
    back = facts.Assigned(at=WEDNESDAY + MINUTE, what="w", matter="roof")

    assert set(history(*asked).matters) == {"roof"}
    assert set(history(*asked, new).matters) == {"roof", "stairs"}
    assert set(history(*asked, new, back).matters) == {"roof"}
    assert set(history(*asked, new, Retracted(at=WEDNESDAY, what="a")).matters) == {"roof"}


def test_what_follows_in_that_conversation_belongs_there_too():
    told = (
        wrote(MONDAY, matter="roof"), wrote(TUESDAY, name="w", thread="t", matter=""),
        facts.Assigned(at=WEDNESDAY, what="w", matter="stairs"),
        wrote(WEDNESDAY + MINUTE, thread="t", matter=""),
    )  # fmt: skip

    assert len(history(*told).matters["stairs"].waiting) == 2


def test_a_plan_hears_what_was_said_in_its_conversation_whatever_it_is_about():
    steps = (Step(how="email", wait=1, alone=True),) * 3
    plan = Plan(key="b", sequence="b", name="B", steps=steps)
    begun = (
        facts.Opened(at=MONDAY, matter="roof", kind="deal"),
        facts.Enrolled(at=MONDAY, matter="roof", plan="b", name="e"),
        facts.WeWrote(at=TUESDAY, matter="roof", did="ask_again/roof/e:0", thread="t"),
    )
    theirs = wrote(TUESDAY + MINUTE, name="w", thread="t", matter="")
    new = facts.Assigned(at=WEDNESDAY, what="w", matter="stairs")

    def stands(*happened):
        found = History.of("ann", [*begun, *happened])
        return enrolment(found, found.matters["roof"], terms(plans={"b": plan})).state

    assert stands() == ACTIVE
    assert stands(theirs, new) == stands(theirs) == STOPPED


# --- the party as a whole ---------------------------------------------------------------


def test_notes_and_joinings_oblige_nobody():
    assert owed(facts.Noted(at=MONDAY), Merged(at=MONDAY, other="7")) == []


def test_handing_over_moves_all_open_matters_or_one():
    two = [wrote(MONDAY, matter="roof"), wrote(MONDAY + MINUTE, matter="stairs")]
    all_of_it = facts.HandedOver(at=TUESDAY, to="mia")
    one_of_it = facts.HandedOver(at=TUESDAY, to="mia", matter="stairs")

    assert {one.who for one in owed(*two, all_of_it)} == {"mia"}
    assert [(one.matter, one.who) for one in owed(*two, one_of_it)] == [
        ("roof", "bob"), ("stairs", "mia"),
    ]  # fmt: skip


def test_the_last_contact_is_a_word_and_not_an_attempt():
    found = history(
        TheyWrote(at=MONDAY, name="w"), called(TUESDAY, outcome="no_answer", name="c"),
    )  # fmt: skip

    assert found.contact is not None
    assert found.contact.name == "w"
    assert history(WeWrote(at=MONDAY, given="plan")).given is not None
    assert found.named("c") is not None


def test_years_that_no_calendar_knows_are_brought_into_reason():
    far = planned(MONDAY, due=FRIDAY.replace(year=9999))

    assert only(far).what == "Look in: does the day still stand?"
