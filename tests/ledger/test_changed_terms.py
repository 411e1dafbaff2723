"""Changed terms: what they would move is what they move; what they make late is one question."""

from datetime import timedelta

import pytest
from tests.ledger.office import Office
from tests.ledger.scene import DAY, HOUR, MONDAY, debts, party_named

from followthrough.core.facts import TheyEnquired, WePromised, WeWrote
from followthrough.ledger import alarms, made_late
from followthrough.ledger.changing import CouldNotChange, make, take_back, wish
from followthrough.ledger.imagining import look_on, shown
from followthrough.ledger.models import Alarm, FollowUp, MadeLate, Workspace
from followthrough.ledger.numbers import NUMBERS
from followthrough.ledger.record import record
from followthrough.ledger.sweep import catch_up, sweep
from followthrough.ledger.today import due_rows

pytestmark = pytest.mark.django_db
QUOTE = "quiet_after_our_word.word"
THURSDAY = MONDAY + 3 * DAY


@pytest.fixture
def wrote_to(bob):
    """So many people whom Bob wrote to on Monday: by default we ask again after five days."""

    def wrote_to(count):
        people = [party_named(f"Ann{n}", bob.workspace, owner=bob) for n in range(count)]
        for n, one in enumerate(people):
            record(one, WeWrote(at=MONDAY, matter="roof"), source=f"s:{n}", at=MONDAY)
        return people

    return wrote_to


def change_of(member, at=THURSDAY, **wanted):
    member.workspace.refresh_from_db()
    return wish(member, wanted, at=at)


def numbered(member, name, value, at=THURSDAY):
    return change_of(member, at, knobs={name: value})


def made(change, at=THURSDAY):
    assert make(change, at=at)
    return catch_up(change.workspace, at=at, most=10_000)


def days_of(workspace):
    rows = FollowUp.objects.filter(workspace=workspace, settled_at=None)
    return {row.pk: row.due for row in rows}


# --- a change ----------------------------------------------------------------------


def test_a_number_is_kept_within_its_bounds_and_goes_back_to_its_default(mia):
    knob = NUMBERS[QUOTE]
    for value in (knob.least, knob.most):
        make(numbered(mia, QUOTE, value), at=THURSDAY)
        assert Workspace.objects.get(pk=mia.workspace_id).knobs == {QUOTE: value}

    for value in (knob.least - 1, knob.most + 1):
        with pytest.raises(CouldNotChange, match=f"from {knob.least} to {knob.most}"):
            numbered(mia, QUOTE, value)

    make(numbered(mia, QUOTE, None), at=THURSDAY)
    assert Workspace.objects.get(pk=mia.workspace_id).knobs == {}


def test_what_is_so_already_is_no_change(mia):
    assert change_of(mia, zone=mia.workspace.zone, knobs={QUOTE: None}) is None


def test_hours_that_end_before_they_start_are_refused_with_a_way_out(mia):
    with pytest.raises(CouldNotChange, match="an end later than the start"):
        change_of(mia, workday_end="08:00")
    with pytest.raises(CouldNotChange, match="Pick one from the list"):
        change_of(mia, country="XX")


def test_taking_a_change_back_leaves_what_was_changed_since(mia):
    first = change_of(mia, zone="Europe/Paris", closed_days={"2026-12-24": True})
    make(first, at=THURSDAY)
    make(change_of(mia, zone="Europe/Berlin"), at=THURSDAY + HOUR)

    assert take_back(first, at=THURSDAY + 2 * HOUR)
    ours = Workspace.objects.get(pk=mia.workspace_id)
    assert (ours.zone, ours.closed_days) == ("Europe/Berlin", [])
    assert not take_back(first, at=THURSDAY + 3 * HOUR)


# --- what it would move ----------------------------------------------------------------


def test_the_preview_says_what_then_happens(mia, bob, wrote_to):
    wrote_to(14)
    change = numbered(mia, QUOTE, 2)

    look_on(change, at=THURSDAY, seconds=60)

    change.refresh_from_db()
    assert {k: change.seen[k] for k in ("moved", "people", "late", "today")} == {
        "moved": 14, "people": 14, "late": 14, "today": 0,
    }  # fmt: skip
    before = days_of(bob.workspace)
    made(change)
    after = days_of(bob.workspace)
    assert all(
        before[row.pk] == was and after[row.pk] == becomes for row, was, becomes in shown(change)
    )
    assert len(shown(change)) == 14


WISHES = [
    {"knobs": {QUOTE: 1, "answer_them.limit": 3, "net.limit": 9}},
    {"knobs": {"manners.weekly": 1, "first_touch.after_opening": 4, "stay_in_touch.rhythm": 7}},
    {"closed_days": {"2026-03-05": True, "2026-03-06": True}},
    {"zone": "Asia/Tokyo", "workdays": "1234"},
    {"country": "DE", "workday_start": "07:00", "workday_end": "12:00"},
]


@pytest.mark.parametrize("wanted", WISHES, ids="+".join)
def test_whatever_is_changed_the_moves_that_were_shown_are_the_moves_in_the_books(
    workspace, wanted
):
    office = Office(workspace, seed=len(str(wanted)), parties=40)
    for _ in range(160):
        office.act()
    sweep(workspace, at=office.now)
    change = change_of(office.mia, office.now, **wanted)
    look_on(change, at=office.now, seconds=60)
    change.refresh_from_db()
    before = days_of(workspace)

    made(change, at=office.now)

    after = days_of(workspace)
    moved = {pk for pk, due in before.items() if pk in after and after[pk] != due}
    assert change.seen["moved"] == len(moved) > 0
    late = {pk for pk in moved if after[pk] <= office.now < before[pk]}
    assert change.seen["late"] == len(late) == MadeLate.objects.count()


def test_a_look_stops_in_time_and_goes_on_where_it_stopped(mia, wrote_to):
    wrote_to(50)
    change = numbered(mia, QUOTE, 2)

    assert look_on(change, at=THURSDAY, seconds=0) == 40
    assert change.looking
    assert look_on(change, at=THURSDAY, seconds=60) == 10
    assert (change.looking, change.seen["moved"]) == (False, 50)


# --- one question ----------------------------------------------------------------------


@pytest.fixture
def asked(mia, bob, wrote_to):
    """Fourteen whom Bob wrote to, one who waits for him, and a change that makes all late."""
    wrote_to(14)
    pat = party_named("Pat", bob.workspace, owner=bob)
    record(pat, TheyEnquired(at=MONDAY + DAY, matter="sign"), source="p", at=MONDAY + DAY)
    make(numbered(mia, "answer_them.limit", 9, at=MONDAY + DAY), at=MONDAY + DAY)
    catch_up(bob.workspace, at=MONDAY + DAY)
    made(change_of(mia, knobs={QUOTE: 2, "answer_them.limit": 1}))
    return pat


def shown_to(bob, at=THURSDAY):
    return sorted(row.party.name for row in due_rows(bob, at) if row.show_at <= at)


def test_what_becomes_late_is_one_question_and_no_burst(bob, mia, asked):
    question = made_late.question_for(bob, at=THURSDAY)

    assert (question.count, question.on_the_list) == (15, 1)
    assert shown_to(bob) == ["Pat"]
    assert made_late.question_for(mia, at=THURSDAY) is None


def test_it_rings_no_bell_for_each(bob, asked):
    alarms.ring(bob.workspace, at=THURSDAY)

    assert Alarm.objects.filter(at__lte=THURSDAY).exists()
    assert not alarms.unseen(bob, at=THURSDAY).exists()


def test_without_an_answer_each_comes_on_its_old_day(bob, asked):
    old = {one.was_shown for one in MadeLate.objects.all()}

    assert len(shown_to(bob, max(old))) == 15


def test_they_are_shown_today(bob, asked):
    assert made_late.answer(bob, made_late.TODAY, at=THURSDAY) == 15

    assert len(shown_to(bob)) == 15
    assert made_late.question_for(bob, at=THURSDAY) is None


def test_they_are_spread_over_three_days_but_who_waits_is_not(bob, asked):
    before = days_of(bob.workspace)
    made_late.answer(bob, made_late.SPREAD, at=THURSDAY)

    at_nine = [THURSDAY, MONDAY + 4 * DAY, MONDAY + 7 * DAY]
    assert [len(shown_to(bob, at)) for at in at_nine] == [6, 11, 15]
    assert "Pat" in shown_to(bob)
    assert days_of(bob.workspace) == before


def test_these_keep_their_old_days_and_who_waits_stays_on_the_list(bob, asked):
    made_late.answer(bob, made_late.KEEP, at=THURSDAY)

    was = {one.followup: one.was_due for one in MadeLate.objects.all()}
    assert days_of(bob.workspace) == was
    assert shown_to(bob) == ["Pat"]
    assert sweep(bob.workspace, at=THURSDAY) == 0


@pytest.mark.parametrize("said", made_late.ANSWERS)
def test_an_answer_is_taken_back_and_asked_anew(bob, asked, said):
    before = days_of(bob.workspace)
    made_late.answer(bob, said, at=THURSDAY)

    assert made_late.unanswer(bob, answered_at=THURSDAY, at=THURSDAY + HOUR) == 15
    assert made_late.question_for(bob, at=THURSDAY + HOUR).count == 15
    assert days_of(bob.workspace) == before
    assert shown_to(bob, THURSDAY + HOUR) == ["Pat"]


def test_a_change_that_is_taken_back_asks_nothing_more(mia, bob, wrote_to):
    [ann, *_] = wrote_to(3)
    before = debts(ann)
    change = numbered(mia, QUOTE, 2)
    made(change)
    assert made_late.question_for(bob, at=THURSDAY)

    take_back(change, at=THURSDAY)
    catch_up(bob.workspace, at=THURSDAY)

    assert made_late.question_for(bob, at=THURSDAY) is None
    assert not MadeLate.objects.exists()
    assert debts(ann) == before


def test_a_word_of_ours_made_late_by_a_closed_day_stays_on_the_list(mia, bob):
    ann = party_named("Ann", bob.workspace, owner=bob)
    due = THURSDAY + timedelta(minutes=30)
    record(ann, WePromised(at=MONDAY, due=due, matter="roof"), source="s", at=MONDAY)
    made(numbered(mia, "keep_promises.grace", 5))

    assert debts(ann)[0] == ("keep_promises", due)
    assert shown_to(bob) == ["Ann"]


def test_what_was_done_meanwhile_is_not_asked_about(bob, asked):
    row = FollowUp.objects.filter(party__name="Ann3", settled_at=None).get()
    record(row.party, WeWrote(at=THURSDAY, did=row.key), source="done", at=THURSDAY)
    assert made_late.question_for(bob, at=THURSDAY).count == 14

    sweep(bob.workspace, at=THURSDAY)

    assert MadeLate.objects.count() == 14


def test_however_many_there_are_they_are_asked_about_in_two_queries(bob, asked, assert_queries):
    with assert_queries(2):
        assert made_late.question_for(bob, at=THURSDAY).count == 15
