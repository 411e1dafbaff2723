"""An office where anything may happen, in any order, and is heard by the real ledger."""

import random
from contextlib import suppress
from datetime import timedelta

from tests.cast import member_named
from tests.ledger.happenings import PLAYS
from tests.ledger.scene import MONDAY, party_named

from followthrough.core import facts
from followthrough.ledger import sequences
from followthrough.ledger.enrolling import enrol, skip, stop
from followthrough.ledger.handover import hand_over, hand_over_everything
from followthrough.ledger.membership import terms_changed
from followthrough.ledger.merge import CouldNotMerge, merge, unmerge
from followthrough.ledger.models import FollowUp, Matter, Member, Party, Sequence
from followthrough.ledger.record import Heard, record, record_many
from followthrough.ledger.sweep import catch_up
from followthrough.ledger.undo import redo, undo

MINUTE = timedelta(minutes=1)


class Office:
    def __init__(self, workspace, seed, parties=300):
        self.workspace, self.chance, self.now, self.n = workspace, random.Random(seed), MONDAY, 0
        self.mia = member_named("Mia", workspace, "administrator")
        self.staff = [member_named(f"Bob{n}", workspace) for n in range(5)]
        self.parties = [
            party_named(f"Ann{n}", workspace, owner=self.staff[n % 5]) for n in range(parties)
        ]
        self.sources = []
        sequences.take_all(workspace, at=MONDAY)
        self.acts = [*[self.something_happens] * 20, *[self.somebody_does_a_duty] * 8]
        self.acts += [*[self.a_duty_is_put_off] * 3, *[self.a_matter_changes_hands] * 2]
        self.acts += [self.a_list_is_imported, *[self.it_is_undone] * 2, self.the_undoing_is_undone]
        self.acts += [self.a_plan_begins, self.a_step_is_left_out, self.a_plan_is_stopped]
        self.acts += [self.a_duty_is_let_go, self.two_are_joined, self.one_is_taken_apart]
        self.rare = [self.a_member_leaves_or_returns]

    def act(self):
        self.now += MINUTE * self.chance.randrange(1, 240)
        acts = self.rare if self.chance.random() < 0.005 else self.acts
        self.chance.choice(acts)()

    def source(self, party):
        self.n += 1
        self.sources.append((party, f"s:{self.n}"))
        return f"s:{self.n}"

    def tell(self, party, *told):
        record(party, *told, source=self.source(party), at=self.now)

    # --- what may happen ------------------------------------------------------------

    def something_happens(self):
        """Now, or late: heard today of what was days ago."""
        ago = self.chance.choice((0, 0, 0, 60 * 24 * 3)) * self.chance.random()
        play = self.chance.choice(PLAYS)
        fact = play(self.now - MINUTE * int(ago), self.chance.randrange(40))
        self.tell(self.chance.choice(self.parties), fact)

    def somebody_does_a_duty(self):
        if duty := self.a_duty():
            self.tell(duty.party, facts.WeWrote(at=self.now, matter=duty.matter.key, did=duty.key))

    def a_duty_is_put_off(self):
        if duty := self.a_duty():
            until = self.now + timedelta(days=self.chance.randrange(400))
            self.tell(duty.party, facts.PutOff(at=self.now, what=duty.key, until=until))

    def a_duty_is_let_go(self):
        """Then the net must speak, or the matter would be lost."""
        if duty := self.a_duty():
            self.tell(duty.party, facts.Waived(at=self.now, what=duty.key))

    def a_plan_begins(self):
        party = self.chance.choice(self.parties)
        plan = self.any_of(Sequence.objects.filter(workspace=self.workspace))
        enrol(party, plan, by=self.somebody(), at=self.now, source=self.source(party))

    def a_step_is_left_out(self):
        self._in_a_plan(skip)

    def a_plan_is_stopped(self):
        self._in_a_plan(stop)

    def _in_a_plan(self, act):
        rows = Matter.objects.filter(workspace=self.workspace, closed_at=None).exclude(plan="")
        if matter := self.any_of(rows):
            source = self.source(matter.party)
            act(matter.party, matter.key, by=self.mia, at=self.now, source=source)

    def a_matter_changes_hands(self):
        matter = self.any_of(Matter.objects.filter(workspace=self.workspace, closed_at=None))
        if matter:
            hand_over(matter, to=self.somebody(), by=self.mia, at=self.now)

    def a_list_is_imported(self):
        some = self.chance.sample(self.parties, 5)
        told = facts.Listed(at=self.now, origin="fair")
        record_many(
            [Heard(party=one, source=self.source(one), facts=[told]) for one in some], at=self.now
        )

    def it_is_undone(self):
        if self.sources:
            party, source = self.chance.choice(self.sources)
            undo(party, source=source, by=self.mia, at=self.now)

    def the_undoing_is_undone(self):
        if self.sources:
            party, source = self.chance.choice(self.sources)
            redo(party, source=source, by=self.mia, at=self.now)

    def two_are_joined(self):
        one, other = self.chance.sample(self.parties, 2)
        with suppress(CouldNotMerge):
            merge(one, into=other, by=self.mia, at=self.now)

    def one_is_taken_apart(self):
        party = self.any_of(
            Party.objects.filter(workspace=self.workspace).exclude(merged_into=None)
        )
        if party:
            unmerge(party, by=self.mia, at=self.now)

    def a_member_leaves_or_returns(self):
        """As in membership.let_go: hand everything over, then the door closes."""
        member = self.chance.choice(self.staff)
        member.refresh_from_db()
        if member.active:
            heir = self.somebody(but=member)
            hand_over_everything(member, to=heir, by=self.mia, at=self.now)
        Member.objects.filter(pk=member.pk).update(active=not member.active)
        terms_changed(self.workspace)
        catch_up(self.workspace, at=self.now, most=10_000)

    # --- chance -----------------------------------------------------------------------

    def a_duty(self):
        rows = FollowUp.objects.filter(workspace=self.workspace, settled_at=None)
        return self.any_of(rows.select_related("party__workspace", "matter"))

    def somebody(self, but=None):
        active = Member.objects.filter(workspace=self.workspace, active=True).order_by("pk")
        return self.chance.choice([one for one in active if but is None or one.pk != but.pk])

    def any_of(self, rows):
        """One row at or after a random place in the id order."""
        last = rows.order_by("-pk").values_list("pk", flat=True).first()
        place = self.chance.randrange(last) if last else 0
        return rows.filter(pk__gte=place).order_by("pk").first()
