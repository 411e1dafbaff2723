"""Whatever happens in whatever order: who is in a plan has exactly one next step with a date."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.ledger.scene import MONDAY, party_named

from followthrough.core.facts import (
    Bounced,
    Closed,
    HandedOver,
    OptedOut,
    Planned,
    PutOff,
    StepByHand,
    TheyBooked,
    TheyOpened,
    TheyWrote,
    WeCalled,
    WeWrote,
)
from followthrough.core.plans import Step
from followthrough.core.running import step_in
from followthrough.ledger import enrolling, pausing, sequences
from followthrough.ledger.audit import audit
from followthrough.ledger.models import FollowUp, Mailbox, Matter
from followthrough.ledger.record import record
from followthrough.ledger.sequences import Draft
from followthrough.ledger.sweep import catch_up, sweep

LIVE = ("active", "waiting", "paused")
STEPS = (
    Step(
        how="email",
        wait=1,
        alone=True,
        words="Hello {name}",
        goes=(("came_back", 3), ("looked", 4), ("booked", 4)),
    ),
    Step(how="email", wait=2, alone=True, words="Again"),
    Step(how="call", wait=1),
    Step(how="card", wait=3),
)
_names = count(1)


class Enrolled(RuleBasedStateMachine):
    """One person in one plan, and all that may happen to them."""

    scene = None

    @initialize()
    def begin(self):
        self.point = transaction.savepoint()
        self.workspace, self.bob, self.mia = self.scene
        self.now, self.party = MONDAY, party_named(f"A{next(_names)}", self.workspace, self.bob)
        self.plan = sequences.make(
            self.workspace, Draft(name=f"P{next(_names)}", steps=STEPS), at=MONDAY
        )
        enrolling.enrol(self.party, self.plan, by=self.bob, at=MONDAY, source="begin")

    def teardown(self):
        """Each history begins with the same empty books."""
        transaction.savepoint_rollback(self.point)

    def step(self):
        rows = FollowUp.objects.filter(party=self.party, settled_at=None, rule="ask_again")
        return rows.select_related("matter").first()

    def hear(self, kind, **own):
        self.now += timedelta(hours=1)
        record(self.party, kind(at=self.now, **own), source=f"{next(_names)}", at=self.now)

    @rule(days=st.integers(1, 9))
    def time_goes_by(self, days):
        self.now += timedelta(days=days)

    @rule(kind=st.sampled_from([WeWrote, WeCalled]))
    def the_step_is_done(self, kind):
        if row := self.step():
            told = {"outcome": "message"} if kind is WeCalled else {}
            self.hear(kind, matter=row.matter.key, did=row.key, **told)

    @rule(kind=st.sampled_from([TheyWrote, TheyOpened, Bounced, WeWrote]))
    def something_happens(self, kind):
        self.hear(kind)

    @rule(days=st.integers(1, 20))
    def they_agree_to_meet(self, days):
        self.hear(TheyBooked, due=self.now + timedelta(days=days))

    @rule(days=st.integers(1, 20))
    def a_meeting_is_written_down(self, days):
        self.hear(Planned, how="meeting", due=self.now + timedelta(days=days))

    @rule()
    def somebody_does_it_by_hand(self):
        if row := self.step():
            run, step = step_in(row.occasion)
            self.hear(StepByHand, matter=row.matter.key, run=run, step=step)

    @rule(days=st.integers(1, 20))
    def it_is_put_off(self, days):
        if row := self.step():
            self.hear(PutOff, what=row.key, until=self.now + timedelta(days=days))

    @rule()
    def the_step_is_left_out(self):
        if row := self.step():
            enrolling.skip(
                self.party, row.matter.key, by=self.bob, at=self.now, source=f"{next(_names)}"
            )

    @rule()
    def it_is_paused_or_goes_on(self):
        self.now += timedelta(hours=1)
        if not pausing.pause(self.plan, at=self.now):
            pausing.go_on(self.plan, at=self.now)
        catch_up(self.workspace, at=self.now)

    @rule()
    def somebody_else_has_them(self):
        self.hear(HandedOver, to=str(self.mia.pk))

    @rule()
    def they_ask_us_to_stop(self):
        self.hear(OptedOut)

    @rule()
    def it_is_closed(self):
        if row := self.step():
            self.hear(Closed, matter=row.matter.key, outcome="lost")

    @invariant()
    def who_is_in_it_has_exactly_one_next_date(self):
        rows = Matter.objects.filter(party=self.party, plan_state__in=LIVE, closed_at=None)
        for matter in rows:
            steps = FollowUp.objects.filter(matter=matter, settled_at=None, rule="ask_again")
            assert steps.count() <= 1
            assert FollowUp.objects.filter(matter=matter, settled_at=None).exists()
            assert matter.plan_state != "active" or steps.count() == 1

    @invariant()
    def what_leaves_by_itself_is_on_nobodys_list_and_has_a_name_to_leave_in(self):
        for row in FollowUp.objects.filter(party=self.party, settled_at=None):
            assert (row.member is None) != (row.sender is None)
            assert row.sender is None or row.how == "email"

    @invariant()
    def who_is_out_of_it_is_asked_nothing_more(self):
        over = Matter.objects.filter(party=self.party, plan_state__in=("stopped", "finished"))
        assert not FollowUp.objects.filter(
            matter__in=over, settled_at=None, rule="ask_again"
        ).exists()

    @invariant()
    def nothing_is_uncovered_and_deciding_again_changes_nothing(self):
        assert audit(self.workspace, at=self.now).uncovered == 0
        assert sweep(self.workspace, at=self.now) == 0


@pytest.mark.django_db
def test_whatever_happens_there_is_one_next_step(workspace, bob, mia):
    Mailbox.objects.create(
        workspace=workspace, member=bob, address="bob@banners.example", username="bob", secret="",
        imap_host="127.0.0.1", smtp_host="127.0.0.1", added_at=MONDAY, read_at=MONDAY,
    )  # fmt: skip

    class AnotherHistory(Enrolled):
        scene = (workspace, bob, mia)

    how = settings(
        max_examples=8, stateful_step_count=14, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(AnotherHistory, settings=how)

    assert not Matter.objects.filter(party__name__startswith="A").exists()
