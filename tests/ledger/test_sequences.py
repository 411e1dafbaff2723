"""Sequences in the books: versions that never change, who runs in them, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY, debts

from followthrough.core.facts import (
    Closed,
    Enrolled,
    Opened,
    OptedOut,
    TheyEnquired,
    TheyWrote,
    WeCalled,
    WeWrote,
)
from followthrough.core.plans import Step
from followthrough.ledger import sequence_people, sequences
from followthrough.ledger.enrolling import REFUSED, enrol, enrol_all, skip, stop
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Fact, FollowUp, Mailbox, Matter, Workspace
from followthrough.ledger.plan_preview import preview
from followthrough.ledger.plans import plan_of
from followthrough.ledger.ready_made import READY
from followthrough.ledger.record import record
from followthrough.ledger.sequences import CouldNotKeep, Draft, newest
from followthrough.ledger.sweep import sweep
from followthrough.ledger.undo import undo

DRAFT = Draft(
    name="After a fair",
    steps=(
        Step(how="call", wait=1), Step(how="email", wait=2, words="Hello {name}"),
        Step(how="card", wait=3),
    ),
)  # fmt: skip


@pytest.fixture
def fair(workspace, mia):
    return sequences.make(workspace, DRAFT, by=mia, at=MONDAY)


def begin(party, sequence, by, at=MONDAY):
    return enrol(party, sequence, by=by, at=at, source=f"begin:{party.pk}:{at}")


def now_owed(party):
    return FollowUp.objects.get(party=party, settled_at=None)


def do_it(party, at):
    row = now_owed(party)
    fact = WeCalled(at=at, matter=row.matter.key, outcome="message", did=row.key)
    record(party, fact, source=f"done:{row.pk}", at=at)


def stands(party):
    [row] = Matter.objects.filter(party=party).exclude(plan="")
    return row.plan_state, row.plan_why, row.plan_step


# --- beginning ----------------------------------------------------------------------------


def test_a_plan_begins_and_has_one_step_ahead(fair, ann, bob):
    assert begin(ann, fair, bob) is None

    row = now_owed(ann)
    assert (row.rule, row.how, row.due) == ("ask_again", "call", MONDAY - HOUR + DAY)
    assert str(row.reason) == "Step 1 of 3 of “After a fair”"
    assert stands(ann) == ("active", "", 0)


def test_it_goes_on_in_the_talk_that_is_open(fair, ann, bob):
    record(ann, Opened(at=MONDAY, matter="sign"), source="a", at=MONDAY)
    begin(ann, fair, bob, MONDAY + HOUR)

    assert [row.key for row in Matter.objects.filter(party=ann)] == ["sign"]


@pytest.mark.parametrize("reason", ["stopped", "runs", "other"])
def test_what_cannot_begin_is_refused_and_that_is_kept(reason, workspace, fair, ann, bob):
    other = sequences.make(workspace, replace(DRAFT, name="Another"), at=MONDAY)
    before = {
        "stopped": lambda: record(ann, OptedOut(at=MONDAY), source="no", at=MONDAY),
        "runs": lambda: begin(ann, fair, bob),
        "other": lambda: begin(ann, other, bob),
    }
    before[reason]()

    assert begin(ann, fair, bob, MONDAY + HOUR) == REFUSED[reason]
    assert Fact.objects.get(party=ann, kind="NotEnrolled").own["reason"] == reason


def test_no_plan_that_sends_mail_begins_with_whoever_refused_mail(workspace, fair, ann, bob):
    steps = (Step(how="email", subject="Hello", words="Hello {name}", alone=True),)
    mail = replace(DRAFT, name="Mails", steps=steps)
    Mailbox.objects.create(
        workspace=workspace, member=bob, address="bob@banners.example", added_at=MONDAY,
        smtp_port=25, read_at=MONDAY,
    )  # fmt: skip
    record(ann, OptedOut(at=MONDAY, channels=("email",)), source="no", at=MONDAY)

    assert begin(ann, sequences.make(workspace, mail, at=MONDAY), bob) == REFUSED["stopped"]
    assert begin(ann, fair, bob, MONDAY + HOUR) is None


def test_many_begin_and_whoever_cannot_is_named(fair, ann, pat, bob):
    record(pat, OptedOut(at=MONDAY), source="no", at=MONDAY)

    refused = enrol_all([ann, pat], fair, by=bob, at=MONDAY, source="fair")

    assert [party for party, _ in refused] == [pat]
    assert stands(ann) == ("active", "", 0)


def test_the_usual_plan_makes_way_for_one_that_somebody_chose(workspace, fair, ann, bob):
    usual = sequences.take(workspace, "enquiry", at=MONDAY - DAY)
    sequences.begin_with(usual, "enquiry", at=MONDAY - DAY)
    record(ann, TheyEnquired(at=MONDAY, matter="sign"), source="form", at=MONDAY)
    record(ann, WeWrote(at=MONDAY + HOUR, matter="sign"), source="mail", at=MONDAY + HOUR)
    assert debts(ann)[0][0] == "ask_again"

    assert begin(ann, fair, bob, MONDAY + 2 * HOUR) is None
    assert Matter.objects.get(party=ann).plan == newest(fair).key


# --- going on ------------------------------------------------------------------------------


def test_done_skipped_stopped_and_taken_back(fair, ann, bob):
    begin(ann, fair, bob)
    do_it(ann, MONDAY + DAY)
    assert (stands(ann), now_owed(ann).how) == (("active", "", 1), "email")

    key = now_owed(ann).matter.key
    skip(ann, key, by=bob, at=MONDAY + DAY, source="skip")
    assert (stands(ann), now_owed(ann).how) == (("active", "", 2), "card")

    stop(ann, key, by=bob, at=MONDAY + 2 * DAY, source="stop")
    assert stands(ann) == ("stopped", "by_hand", 2)
    assert "ask_again" not in dict(debts(ann))

    undo(ann, source="stop", by=bob, at=MONDAY + 2 * DAY + HOUR)
    undo(ann, source="skip", by=bob, at=MONDAY + 2 * DAY + HOUR)
    assert (stands(ann), now_owed(ann).how) == (("active", "", 1), "email")


def test_their_word_ends_it_and_waits_for_ours(fair, ann, bob):
    begin(ann, fair, bob)
    do_it(ann, MONDAY + DAY)
    record(ann, TheyWrote(at=MONDAY + 2 * DAY), source="mail:1", at=MONDAY + 2 * DAY)

    assert stands(ann) == ("stopped", "replied", 1)
    assert [rule for rule, _ in debts(ann)] == ["answer_them"]


def test_a_word_that_came_late_to_our_ears_ends_it_all_the_same(fair, ann, bob):
    begin(ann, fair, bob)
    do_it(ann, MONDAY + DAY)
    do_it(ann, MONDAY + 4 * DAY)
    record(ann, TheyWrote(at=MONDAY + 2 * DAY), source="mail:1", at=MONDAY + 5 * DAY)

    assert stands(ann) == ("stopped", "replied", 1)


def test_closing_ends_it(fair, ann, bob):
    begin(ann, fair, bob)
    key = Matter.objects.get(party=ann).key
    record(ann, Closed(at=MONDAY + DAY, matter=key, outcome="lost"), source="end", at=MONDAY + DAY)

    assert stands(ann) == ("stopped", "closed", 0)
    assert debts(ann) == []


def test_two_records_that_are_joined_run_it_once(fair, ann, pat, bob, mia):
    begin(ann, fair, bob)
    begin(pat, fair, mia, MONDAY + HOUR)
    merge(pat, into=ann, by=mia, at=MONDAY + DAY)

    rows = FollowUp.objects.filter(workspace=ann.workspace, settled_at=None, rule="ask_again")
    assert rows.count() == 1


def test_the_sweep_finds_nothing_to_mend(fair, ann, bob, workspace):
    begin(ann, fair, bob)
    do_it(ann, MONDAY + DAY)

    assert sweep(workspace, at=MONDAY + 2 * DAY) == 0


# --- versions ------------------------------------------------------------------------------


def test_who_runs_in_a_version_keeps_it_and_who_comes_gets_the_new_one(fair, ann, pat, bob):
    begin(ann, fair, bob)
    sequences.revise(fair, replace(DRAFT, steps=DRAFT.steps[1:]), by=bob, at=MONDAY + HOUR)
    begin(pat, fair, bob, MONDAY + 2 * HOUR)

    assert str(now_owed(ann).reason).startswith("Step 1 of 3")
    assert str(now_owed(pat).reason).startswith("Step 1 of 2")
    assert [row.party for row in sequence_people.runs_in(fair)] == [ann, pat]


def test_moved_they_go_on_from_where_they_are(fair, ann, bob):
    begin(ann, fair, bob)
    do_it(ann, MONDAY + DAY)
    longer = replace(DRAFT, steps=(*DRAFT.steps[:1], Step(how="sms", wait=4), *DRAFT.steps[1:]))
    version = sequences.revise(fair, longer, by=bob, at=MONDAY + DAY + HOUR)

    sequence_people.move_all_to(version, by=bob, at=MONDAY + DAY + HOUR)

    row = now_owed(ann)
    assert (row.how, str(row.reason)) == ("sms", "Step 2 of 4 of “After a fair”")
    assert row.due.date() == (MONDAY + 7 * DAY).date()


def test_a_changed_plan_begins_by_itself_from_then_on(workspace, fair, ann, pat, bob):
    sequences.begin_with(fair, "enquiry", at=MONDAY - DAY)
    record(ann, Opened(at=MONDAY, matter="sign"), source="a", at=MONDAY)
    sequences.revise(fair, replace(DRAFT, steps=DRAFT.steps[1:]), by=bob, at=MONDAY + HOUR)
    pat.workspace = Workspace.objects.get(pk=workspace.pk)
    record(pat, Opened(at=MONDAY + DAY, matter="sign"), source="p", at=MONDAY + DAY)

    assert str(now_owed(ann).reason).startswith("Step 1 of 3")
    assert str(now_owed(pat).reason).startswith("Step 1 of 2")


def test_nothing_that_was_open_before_gets_a_plan(workspace, fair, ann):
    record(ann, Opened(at=MONDAY, matter="sign"), source="a", at=MONDAY)
    sequences.begin_with(fair, "enquiry", at=MONDAY + HOUR)
    sweep(Workspace.objects.get(pk=workspace.pk), at=MONDAY + DAY)

    assert [rule for rule, _ in debts(ann)] == ["first_touch"]


def test_one_plan_begins_with_each_kind(workspace, fair):
    usual = sequences.take(workspace, "enquiry", at=MONDAY)
    sequences.begin_with(usual, "enquiry", at=MONDAY)
    sequences.begin_with(fair, "enquiry", at=MONDAY + DAY)

    usual.refresh_from_db()
    assert (usual.begins, fair.begins) == ("", "enquiry")


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, name="  "), replace(DRAFT, steps=()),
        replace(DRAFT, steps=(Step(wait=-1),)), replace(DRAFT, steps=(Step(wait=10**9),)),
        replace(DRAFT, steps=(Step(how="pigeon"),)), replace(DRAFT, steps=(Step(),) * 31),
        replace(DRAFT, steps=(Step(words="Dear {surname}"),)),
        replace(DRAFT, steps=(Step(words="x" * 5000),)),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_not_kept(workspace, draft):
    with pytest.raises(CouldNotKeep):
        sequences.make(workspace, draft, at=MONDAY)


def test_a_name_is_used_once(workspace, fair):
    with pytest.raises(CouldNotKeep):
        sequences.make(workspace, DRAFT, at=MONDAY)


@pytest.mark.parametrize("key", READY)
def test_each_ready_made_plan_can_be_taken(workspace, key):
    plan = plan_of(newest(sequences.take(workspace, key, at=MONDAY)))

    assert (plan.name, plan.steps) == (READY[key].name, READY[key].steps)


# --- looking ahead --------------------------------------------------------------------------


def test_what_the_preview_says_is_what_then_happens(fair, workspace, ann, bob):
    """Also where another contact of the week holds a step back."""
    quick = replace(DRAFT, steps=tuple(Step(how="call", wait=1) for _ in range(5)))
    plan = plan_of(sequences.revise(fair, quick, by=bob, at=MONDAY))
    told = preview(ann, plan, at=MONDAY).days

    begin(ann, fair, bob)
    happened = []
    for _ in told:
        happened.append((now_owed(ann).due, str(now_owed(ann).held)))
        do_it(ann, now_owed(ann).due)

    assert [(one.at, str(one.held)) for one in told] == happened
    assert any(held for _, held in happened)
    assert len(told) == 5


def test_a_step_that_is_due_at_once_is_followed_by_the_next(fair, ann):
    hello = Step(how="email", wait=0, words="Hello {name}")

    told = preview(ann, replace(plan_of(newest(fair)), steps=(hello, *DRAFT.steps)), at=MONDAY)

    assert [one.number for one in told.days] == [1, 2, 3, 4]
    assert [one.at > MONDAY for one in told.days] == [False, True, True, True]


def test_looking_ahead_writes_nothing_and_ends_after_thirty_days(fair, ann):
    slow = replace(DRAFT, steps=tuple(Step(how="call", wait=12) for _ in range(5)))
    plan = plan_of(newest(fair))
    told = preview(ann, replace(plan, steps=slow.steps), at=MONDAY).days

    assert len(told) == 1
    assert told[0].at <= MONDAY + timedelta(days=30)
    assert Fact.objects.count() == 0


# --- what it costs -------------------------------------------------------------------------


def test_recording_asks_nothing_about_plans(fair, ann, pat, bob, assert_queries):
    """A version is read once in the life of the program, and never where nobody is in one."""
    begin(ann, fair, bob)
    key = now_owed(ann).matter.key
    record(pat, Opened(at=MONDAY, matter="m"), source="s", at=MONDAY)

    with assert_queries(40) as asked:
        for party, matter in ((ann, key), (pat, "m")):
            fact = WeCalled(at=MONDAY + DAY, matter=matter, outcome="message")
            record(party, fact, source=f"call:{party.pk}", at=MONDAY + DAY)

    assert [query for query in asked.captured_queries if "ledger_sequence" in query["sql"]] == []


def test_a_fact_of_a_plan_names_its_version(fair, ann, bob):
    begin(ann, fair, bob)

    fact = Fact.objects.get(party=ann, kind=Enrolled.__name__)
    assert fact.own["plan"] == newest(fair).key
