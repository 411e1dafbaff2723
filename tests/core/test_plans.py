"""The invariants of a plan, over random histories."""

import random

from hypothesis import given
from hypothesis import strategies as st
from tests.core.cast import MONDAY
from tests.core.histories import histories, weird_histories
from tests.core.planned import BY_THEMSELVES, with_plans
from tests.core.test_promise import open_names, quick

from followthrough.core.decide import decide
from followthrough.core.enrolments import FINISHED, STOPPED, enrolment
from followthrough.core.facts import Enrolled
from followthrough.core.history import History

TERMS = with_plans(*BY_THEMSELVES)
BEGUN = Enrolled(at=MONDAY, matter="roof", plan="long", name="begun")


def standing(history):
    found = {matter.name: enrolment(history, matter, TERMS) for matter in history.open_matters()}
    return {name: one for name, one in found.items() if one}


@quick
@given(histories)
def test_whoever_runs_in_a_plan_has_exactly_one_step_of_it_ahead(happened):
    history = History("ann", [*happened, BEGUN])
    owed = decide(history, TERMS)
    ahead = [one.matter for one in owed if one.rule == "ask_again"]
    running = standing(history)

    assert len(ahead) == len(set(ahead))
    assert set(ahead) == {name for name, one in running.items() if one.speaks}
    assert {name for name, one in running.items() if one.is_live} <= {one.matter for one in owed}


@quick
@given(histories)
def test_what_ended_has_no_step_ahead(happened):
    history = History("ann", [*happened, BEGUN])
    over = {name for name, one in standing(history).items() if one.state in (STOPPED, FINISHED)}
    owed = {one.matter for one in decide(history, TERMS) if one.rule == "ask_again"}

    assert not over & owed


@quick
@given(weird_histories)
def test_nothing_that_anybody_writes_down_stops_a_plan_from_being_decided(happened):
    history = History("ann", happened)

    assert {one.matter for one in decide(history, TERMS)} == open_names(history)


@quick
@given(histories, st.integers(0, 999))
def test_the_order_of_hearing_does_not_matter(happened, seed):
    told = [*happened, BEGUN]
    shuffled = random.Random(seed).sample(told, len(told))

    assert decide(History("ann", told), TERMS) == decide(History("ann", shuffled), TERMS)
