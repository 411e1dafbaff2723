"""Taking back, joining and taking apart: the books say what they would have said anyway."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.happenings import happening
from tests.ledger.scene import DAY, HOUR, MONDAY, debts, obligations, party_named

from followthrough.core.facts import Closed, Merged, Opened, TheyEnquired, TheyWrote, WeWrote
from followthrough.core.history import History
from followthrough.ledger.audit import audit
from followthrough.ledger.homes import at_home
from followthrough.ledger.merge import CouldNotMerge, merge, unmerge
from followthrough.ledger.models import FollowUp, Matter, Party
from followthrough.ledger.record import record
from followthrough.ledger.sweep import sweep
from followthrough.ledger.undo import redo, undo

TUESDAY, LATER = MONDAY + DAY, MONDAY + 2 * DAY


@pytest.fixture
def enquired(ann):
    record(ann, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    return ann


def test_undo_brings_the_duty_back_as_a_row_of_its_own(enquired, bob):
    before = debts(enquired)
    record(enquired, WeWrote(at=TUESDAY), source="mail:1", at=TUESDAY)

    assert undo(enquired, source="mail:1", by=bob, at=TUESDAY)

    assert debts(enquired) == before
    assert FollowUp.objects.filter(rule="answer_them").count() == 2


def test_what_was_taken_back_is_not_taken_back_again(enquired, bob):
    record(enquired, WeWrote(at=TUESDAY), source="mail:1", at=TUESDAY)

    assert undo(enquired, source="mail:1", by=bob, at=TUESDAY)
    assert not undo(enquired, source="mail:1", by=bob, at=TUESDAY)
    assert not undo(enquired, source="never heard", by=bob, at=TUESDAY)


def test_undoing_the_undoing_and_undoing_again(enquired, bob, workspace):
    record(enquired, WeWrote(at=TUESDAY), source="mail:1", at=TUESDAY)
    answered = obligations(workspace)

    for hour in range(3):
        now = LATER + hour * HOUR
        assert undo(enquired, source="mail:1", by=bob, at=now)
        assert [rule for rule, _ in debts(enquired)] == ["answer_them"]
        assert redo(enquired, source="mail:1", by=bob, at=now)
        assert obligations(workspace) == answered
    assert not redo(enquired, source="mail:1", by=bob, at=LATER + DAY)


def test_an_enquiry_that_never_was_leaves_nothing_open(enquired, bob, workspace):
    undo(enquired, source="form:1", by=bob, at=TUESDAY)

    assert not Matter.objects.filter(closed_at=None).exists()
    assert debts(enquired) == []
    assert audit(workspace, at=TUESDAY).uncovered == 0


def test_two_records_joined_owe_what_one_would_owe(workspace, mia, bob, ann, pat):
    twin = party_named("Twin", workspace, owner=bob)
    twin.addresses.all().delete()
    for party, hour in ((ann, 1), (twin, 2), (ann, 3)):
        at = MONDAY + hour * HOUR
        record(party, TheyWrote(at=at), source=f"mail:{hour}", at=at)
        record(pat, TheyWrote(at=at), source=f"mail:{hour}", at=at)
    Party.objects.filter(pk=pat.pk).update(owner=bob)
    sweep(workspace, at=LATER)

    merge(twin, into=ann, by=mia, at=LATER)

    [joined], [whole] = _open(ann, twin), _open(pat)
    assert (joined.count, joined.since, joined.due, joined.member) == (
        whole.count, whole.since, whole.due, whole.member,
    )  # fmt: skip
    assert audit(workspace, at=LATER).uncovered == 0
    assert sweep(workspace, at=LATER) == 0


def test_taken_apart_again_both_owe_what_they_owed(workspace, mia, ann, pat):
    for party in (ann, pat):
        record(party, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
        record(party, Opened(at=MONDAY, matter=f"m{party.pk}"), source="open:1", at=MONDAY)
    before = obligations(workspace)

    merge(pat, into=ann, by=mia, at=TUESDAY)
    unmerge(pat, by=mia, at=LATER)

    assert obligations(workspace) == before
    assert (audit(workspace, at=LATER).uncovered, sweep(workspace, at=LATER)) == (0, 0)


def test_what_a_joined_record_writes_is_owed_once_and_leaves_with_it(workspace, mia, ann, pat):
    record(ann, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    merge(pat, into=ann, by=mia, at=MONDAY)

    assert record(pat, TheyWrote(at=TUESDAY), source="mail:1", at=TUESDAY)
    assert not record(ann, TheyWrote(at=TUESDAY), source="mail:1", at=TUESDAY)
    assert [row.count for row in _open(ann, pat)] == [2]

    unmerge(pat, by=mia, at=LATER)
    assert [row.count for row in _open(ann)] == [1]
    assert [row.count for row in _open(pat)] == [1]


def test_an_undo_leaves_with_the_record_that_it_was_about(workspace, mia, ann, pat):
    record(pat, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    merge(pat, into=ann, by=mia, at=MONDAY)
    undo(ann, source="form:1", by=mia, at=TUESDAY)

    unmerge(pat, by=mia, at=LATER)

    assert debts(pat) == debts(ann) == []


def test_a_chain_of_joined_records_has_one_voice(workspace, mia, bob, ann, pat):
    joe = party_named("Joe", workspace)
    merge(joe, into=pat, by=mia, at=MONDAY)
    merge(pat, into=ann, by=mia, at=MONDAY)

    record(joe, TheyWrote(at=TUESDAY), source="mail:1", at=TUESDAY)
    record(pat, TheyWrote(at=TUESDAY + HOUR), source="mail:2", at=TUESDAY + HOUR)

    assert [(row.party, row.count) for row in FollowUp.objects.filter(settled_at=None)] == [
        (ann, 2)
    ]
    assert audit(workspace, at=LATER).uncovered == 0


def test_joining_refuses_what_makes_no_sense(workspace, mia, ann, pat, sid):
    stranger = party_named("Stranger", sid.workspace)
    merge(pat, into=ann, by=mia, at=MONDAY)

    for other in (stranger, pat, ann):
        with pytest.raises(CouldNotMerge):
            merge(other, into=ann, by=mia, at=MONDAY)
    with pytest.raises(CouldNotMerge):
        unmerge(ann, by=mia, at=MONDAY)


def test_a_closed_matter_of_a_joined_record_stays_closed(workspace, mia, ann, pat):
    record(pat, Opened(at=MONDAY, matter="roof"), source="open:1", at=MONDAY)
    record(pat, Closed(at=TUESDAY, matter="roof", outcome="lost"), source="close:1", at=TUESDAY)

    merge(pat, into=ann, by=mia, at=LATER)

    assert Matter.objects.get(key="roof").outcome == "lost"
    assert audit(workspace, at=LATER).uncovered == 0


def test_closing_one_records_enquiry_leaves_the_others_unanswered(workspace, mia, ann, pat):
    record(ann, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    record(pat, TheyEnquired(at=MONDAY + HOUR), source="form:2", at=MONDAY + HOUR)
    closing = Closed(at=TUESDAY, matter="enquiry-1", outcome="lost")
    record(ann, closing, source="close:1", at=TUESDAY)

    merge(pat, into=ann, by=mia, at=LATER)

    [owed] = _open(ann)
    assert (owed.rule, owed.matter.party, owed.since) == ("answer_them", pat, MONDAY + HOUR)
    assert (audit(workspace, at=LATER).uncovered, sweep(workspace, at=LATER)) == (0, 0)


def test_what_is_done_on_a_joined_records_matter_leaves_with_it(workspace, mia, ann, pat):
    for party in (ann, pat):
        record(party, TheyEnquired(at=MONDAY), source=f"form:{party.pk}", at=MONDAY)
        record(party, WeWrote(at=MONDAY + HOUR), source=f"mail:{party.pk}", at=MONDAY + HOUR)
    merge(pat, into=ann, by=mia, at=TUESDAY)
    matter = Matter.objects.get(party=pat, closed_at=None)
    closing = Closed(at=LATER, matter=matter.key, outcome="lost")
    record(ann, closing, source="close:1", at=LATER)

    assert [row.matter.party for row in _open(ann)] == [ann]
    assert (audit(workspace, at=LATER).uncovered, sweep(workspace, at=LATER)) == (0, 0)

    unmerge(pat, by=mia, at=LATER)
    assert [row.matter.party for row in _open(ann, pat)] == [ann]
    assert Matter.objects.get(party=pat).key == "enquiry-1"
    assert (audit(workspace, at=LATER).uncovered, sweep(workspace, at=LATER)) == (0, 0)


PLAYED = st.tuples(st.integers(0, 1), st.integers(0, 16), st.integers(0, 400), st.integers(0, 20))


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PLAYED, max_size=14))
def test_joining_leaves_nobody_less_unanswered(plays):
    told = {1: [], 2: []}
    for n, (who, play, minute, pick) in enumerate(plays):
        fact = happening(play, minute, pick)
        told[who + 1].append(replace(fact, name=f"f{n}"))
    before = _unanswered(told[1]) | _unanswered(told[2])

    joined = Merged(at=LATER, other="2", name="joined")
    _, both = at_home(1, {1: [*told[1], joined], 2: told[2]})

    assert _unanswered(both) == before


def _unanswered(happened):
    open_matters = History("ann", happened).open_matters()
    return {said.name for matter in open_matters for said in matter.waiting}


def _open(*parties):
    return list(FollowUp.objects.filter(party__in=parties, settled_at=None).order_by("pk"))
