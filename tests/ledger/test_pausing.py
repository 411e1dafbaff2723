"""A sequence rests for everybody in it; it goes on from then, and never all at once."""

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named

from followthrough.core.facts import WeCalled
from followthrough.core.plans import Step
from followthrough.ledger import pausing, sequence_people, sequences
from followthrough.ledger.audit import audit
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import FollowUp, Matter
from followthrough.ledger.plans import plan_of
from followthrough.ledger.record import record
from followthrough.ledger.sequences import CouldNotKeep, Draft, newest
from followthrough.ledger.sweep import catch_up, sweep

pytestmark = pytest.mark.django_db
CALLS = Draft(name="Calls", steps=tuple(Step(how="call", wait=2) for _ in range(3)))
PEOPLE = 12


@pytest.fixture
def calls(workspace, mia):
    return sequences.make(workspace, CALLS, by=mia, at=MONDAY)


@pytest.fixture
def people(workspace, calls, bob):
    found = [party_named(f"Ann{n}", workspace, owner=bob) for n in range(PEOPLE)]
    for one in found:
        enrol(one, calls, by=bob, at=MONDAY, source=f"begin:{one.pk}")
    return found


def owed(workspace):
    return FollowUp.objects.filter(workspace=workspace, settled_at=None)


def test_while_it_rests_nobody_is_called_and_nobody_is_forgotten(workspace, calls, people):
    pausing.pause(calls, at=MONDAY + HOUR)
    catch_up(workspace, at=MONDAY + HOUR)

    assert {row.how for row in owed(workspace)} == {"decide"}
    assert owed(workspace).count() == PEOPLE
    assert set(Matter.objects.values_list("plan_state", "plan_why")) == {("paused", "rests")}
    assert audit(workspace, at=MONDAY + 2 * DAY).uncovered == 0
    assert not pausing.pause(calls, at=MONDAY + 2 * HOUR)


def test_it_goes_on_from_then_a_part_of_it_each_day(workspace, calls, people):
    pausing.pause(calls, at=MONDAY + HOUR)
    catch_up(workspace, at=MONDAY + HOUR)
    back = MONDAY + 14 * DAY

    pausing.go_on(calls, at=back)
    catch_up(workspace, at=back)

    dues = [row.due for row in owed(workspace)]
    assert min(dues) >= back + DAY
    assert 2 < len({due.date() for due in dues}) <= 5
    assert {row.how for row in owed(workspace)} == {"call"}
    assert sweep(workspace, at=back) == 0
    assert not pausing.go_on(calls, at=back)


def test_taken_back_the_days_stand_as_before(workspace, calls, people):
    before = set(owed(workspace).values_list("party", "due", "how"))
    pausing.pause(calls, at=MONDAY + HOUR)
    catch_up(workspace, at=MONDAY + HOUR)

    assert pausing.never_paused(calls)
    catch_up(workspace, at=MONDAY + 2 * HOUR)

    assert set(owed(workspace).values_list("party", "due", "how")) == before


# --- many -------------------------------------------------------------------------------------


def test_many_are_moved_with_as_many_questions_as_one(
    workspace, calls, people, mia, django_assert_max_num_queries
):
    for n, one in enumerate(people):
        key = Matter.objects.get(party=one).key
        record(one, WeCalled(at=MONDAY + DAY, matter=key), source=f"c{n}", at=MONDAY + DAY)
    draft = Draft(name="Calls", steps=CALLS.steps[:2], talk_ends=False)
    version = sequences.revise(calls, draft, by=mia, at=MONDAY + DAY)

    with django_assert_max_num_queries(30):
        assert sequence_people.move_all_to(version, by=mia, at=MONDAY + DAY) == 0

    begun = [party_named(f"Pat{n}", workspace, owner=mia) for n in range(PEOPLE)]
    for one in begun:
        enrol(one, calls, by=mia, at=MONDAY + DAY, source=f"b:{one.pk}")
    newer = sequences.revise(calls, CALLS, by=mia, at=MONDAY + DAY)
    with django_assert_max_num_queries(30):
        assert sequence_people.move_all_to(newer, by=mia, at=MONDAY + 2 * DAY) == PEOPLE
    assert sequence_people.runs_in(calls).filter(plan=newer.key).count() == PEOPLE


def test_a_page_of_them_is_a_page(calls, people):
    first = sequence_people.page_of(calls, None, 5)
    last = (first[-1].plan_step, first[-1].pk)

    rest = sequence_people.page_of(calls, last, 50)

    assert [*first, *rest] == list(sequence_people.runs_in(calls))
    assert sequence_people.at_each_step(calls) == {0: PEOPLE}


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step(how="email", alone=True, words="x"), "Connect a mailbox first"),
        (Step(how="email", alone=True), "Write its words"),
        (Step(how="email", goes=(("came_back", 1),)), "one of the steps below it"),
        (Step(how="email", goes=(("came_back", 9),)), "one of the steps below it"),
        (Step(how="call", goes=(("came_back", 2),)), "one of the steps below it"),
        (Step(how="email", goes=(("sneezed", 2),)), "one of the steps below it"),
        (Step(how="email", words="x", other="{colour}"), "Nobody knows what to fill in"),
    ],
)
def test_what_would_go_wrong_is_said_before_it_is_kept(workspace, mia, step, said):
    with pytest.raises(CouldNotKeep, match=said) as refused:
        sequences.make(workspace, Draft(name="x", steps=(step, Step())), at=MONDAY)

    assert refused.value.step == 1


def test_what_a_step_says_of_its_ways_on_is_kept(workspace, mia):
    step = Step(how="email", words="x", other="y", goes=(("came_back", 2), ("looked", 3)))
    made = sequences.make(workspace, Draft(name="x", steps=(step, Step(), Step())), at=MONDAY)

    assert plan_of(newest(made)).steps[0] == step
