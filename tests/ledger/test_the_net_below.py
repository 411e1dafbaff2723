"""Sweep, audit, knobs, forgetting, explaining, alarms: what keeps the books honest."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from tests.cast import member_named
from tests.ledger.scene import DAY, MONDAY, debts, party_named

from followthrough.core.facts import (
    Closed,
    Noted,
    Opened,
    QuoteSent,
    Retracted,
    TheyEnquired,
    WeWrote,
)
from followthrough.ledger import alarms
from followthrough.ledger.audit import audit, check
from followthrough.ledger.explain import explain
from followthrough.ledger.forget import forget, is_forgotten
from followthrough.ledger.handover import hand_over_everything
from followthrough.ledger.membership import give_role, terms_changed
from followthrough.ledger.models import Alarm, Fact, FollowUp, Matter, Member, Party, Workspace
from followthrough.ledger.record import record
from followthrough.ledger.sweep import CouldNotDecide, catch_up, sweep

TUESDAY = MONDAY + DAY


@pytest.fixture
def enquired(ann):
    record(ann, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    return ann


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


BROKEN = (
    "DELETE FROM ledger_alarm WHERE at > '2026-03-04'",
    "UPDATE ledger_followup SET due = '2031-01-01 00:00:00'",
    "UPDATE ledger_followup SET settled_at = due",
    "UPDATE ledger_followup SET contacts = 99",
    "UPDATE ledger_followup SET rule = 'nobody'",
    "UPDATE ledger_matter SET closed_at = opened_at, outcome = 'lost'",
)


@pytest.mark.parametrize("statement", BROKEN)
def test_the_sweep_puts_right_what_somebody_broke_and_counts_it(enquired, workspace, statement):
    before = debts(enquired)
    assert sweep(workspace, at=TUESDAY) == 0
    sql(statement)

    assert sweep(workspace, at=TUESDAY) > 0

    assert (debts(enquired), sweep(workspace, at=TUESDAY)) == (before, 0)
    assert Alarm.objects.filter(followup__settled_at=None).count() == 2


def test_one_that_cannot_be_decided_stops_nobody_else(enquired, pat, workspace):
    record(pat, TheyEnquired(at=MONDAY), source="form:2", at=MONDAY)
    sql(f"UPDATE ledger_fact SET kind = 'Unheard' WHERE party_id = {enquired.pk}")
    sql(f"UPDATE ledger_followup SET contacts = 99 WHERE party_id = {pat.pk}")
    terms_changed(workspace)

    for walk in (sweep, catch_up):
        with pytest.raises(CouldNotDecide, match=f"1 could not be decided .person {enquired.pk}"):
            walk(Workspace.objects.get(pk=workspace.pk), at=TUESDAY)

    assert FollowUp.objects.get(party=pat).contacts == 0
    pat.refresh_from_db()
    assert pat.terms_version == Workspace.objects.get(pk=workspace.pk).terms_version


VIOLATIONS = (
    "UPDATE ledger_followup SET settled_at = due",
    "UPDATE ledger_followup SET due = '2031-01-01 00:00:00'",
    "UPDATE ledger_followup SET member_id = NULL",
    "UPDATE ledger_member SET active = (name = 'Mia')",
    "UPDATE ledger_matter SET closed_at = opened_at, outcome = 'lost'",
    "UPDATE ledger_matter SET outcome = 'joined', closed_at = opened_at",
)


@pytest.mark.parametrize("statement", VIOLATIONS)
def test_the_audit_contradicts_the_engine(enquired, workspace, statement):
    assert audit(workspace, at=TUESDAY).uncovered == 0

    sql(statement)

    assert audit(workspace, at=TUESDAY).uncovered == 1


def test_others_never_count_in_our_audit(enquired, sid):
    sql("UPDATE ledger_followup SET settled_at = due")

    assert audit(sid.workspace, at=TUESDAY).uncovered == 0


def test_a_changed_knob_reaches_the_books(enquired, workspace):
    [(_, before)] = debts(enquired)
    Workspace.objects.update(knobs={"answer_them.limit": 3})
    terms_changed(workspace)

    assert catch_up(workspace, at=TUESDAY) == 1

    assert [due for _, due in debts(enquired)] == [before + 2 * DAY]
    assert (catch_up(workspace, at=TUESDAY), sweep(workspace, at=TUESDAY)) == (0, 0)


WORDS = ("Anneliese", "Maple Lane", "leaks", "too dear", "anneliese@home.example")


def test_whoever_is_forgotten_is_nowhere_in_the_database(workspace, mia, bob, ann):
    her = party_named("Anneliese", workspace, owner=bob)
    Party.objects.filter(pk=her.pk).update(about="Lives in Maple Lane", company="Anneliese Ltd")
    record(
        her,
        TheyEnquired(at=MONDAY),
        WeWrote(at=MONDAY, given="for Anneliese", thread="<1@home.example>"),
        Noted(at=MONDAY),
        Opened(at=MONDAY, matter="m2"),
        Closed(at=TUESDAY, matter="m2", outcome="lost", reason="too dear for Anneliese"),
        source="mail:1",
        at=MONDAY,
        words=[("The roof leaks", "It leaks at Maple Lane"), ("", ""), ("", "Anneliese is kind")],
    )
    address = her.addresses.get(kind="email")
    assert _tables_with("Anneliese")

    forget(her, by=mia, at=TUESDAY)

    assert {word: _tables_with(word) for word in WORDS} == {word: [] for word in WORDS}
    assert is_forgotten(workspace.pk, "email", address.canonical)
    assert not is_forgotten(workspace.pk, "email", ann.addresses.first().canonical)
    assert (audit(workspace, at=TUESDAY).uncovered, sweep(workspace, at=TUESDAY)) == (0, 0)


def _tables_with(word):
    kinds = (models.CharField, models.TextField, models.JSONField)
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds):
                values = model.objects.values_list(field.name, flat=True)
                if any(word.lower() in str(value).lower() for value in values):
                    found.append(f"{model.__name__}.{field.name}")
    return found


def test_every_follow_up_can_say_why_and_what_became_of_it(enquired):
    record(enquired, WeWrote(at=TUESDAY), source="mail:1", at=TUESDAY)

    told = str(explain(FollowUp.objects.get(rule="answer_them")))

    assert told.splitlines() == [
        "2026-03-02 10:00  They enquired by the website",
        "  → answer_them: We answer whoever is waiting for us.",
        "  → Answer them: They enquired and have not heard a word from us (due 2026-03-03 10:00)",
        "  → 2026-03-03 10:00  We wrote by mail",
    ]


def test_an_alarm_is_told_once_and_seen_once(enquired, workspace, bob, mia):
    assert alarms.ring(workspace, at=MONDAY) == 0
    assert alarms.ring(workspace, at=TUESDAY) == 1
    assert alarms.ring(workspace, at=TUESDAY) == 0

    [alarm] = alarms.unseen(bob, at=TUESDAY)
    assert alarms.see(alarm, at=TUESDAY)
    assert not alarms.see(alarm, at=TUESDAY)
    assert [*alarms.unseen(bob, at=TUESDAY), *alarms.unseen(mia, at=TUESDAY)] == []


def test_an_alarm_of_a_duty_that_was_done_is_silent(enquired, workspace, bob):
    alarms.ring(workspace, at=TUESDAY)
    record(enquired, WeWrote(at=TUESDAY), source="mail:1", at=TUESDAY)

    assert list(alarms.unseen(bob, at=TUESDAY)) == []


def test_the_managers_are_told_once_what_is_uncovered(enquired, workspace, mia, bob):
    record(enquired, QuoteSent(at=MONDAY, amount=12_300), source="quote:1", at=MONDAY)
    sql("UPDATE ledger_followup SET settled_at = due")

    found = [check(workspace, at=TUESDAY + timedelta(minutes=n)) for n in range(3)]

    assert {one.money for one in found} == {12_300}
    [alarm] = alarms.unseen(mia, at=TUESDAY)
    assert str(alarm.what) == "1 uncovered: nobody would do this"
    assert list(alarms.unseen(bob, at=TUESDAY)) == []


def test_everything_changes_hands_and_nothing_is_left(workspace, mia, bob):
    zoe = member_named("Zoe", workspace)
    for n in range(63):
        party = party_named(f"P{n}", workspace, owner=bob)
        record(party, TheyEnquired(at=MONDAY), source=f"form:{n}", at=MONDAY)

    assert hand_over_everything(bob, to=zoe, by=mia, at=TUESDAY) == 63

    assert not FollowUp.objects.filter(member=bob, settled_at=None).exists()
    assert not Matter.objects.filter(owner=bob, closed_at=None).exists()
    Member.objects.filter(pk=bob.pk).update(active=False)
    assert (audit(workspace, at=TUESDAY).uncovered, sweep(workspace, at=TUESDAY)) == (0, 0)


def test_a_change_of_role_or_a_new_colleague_changes_who_answers_for_all(workspace, mia, bob):
    before = Workspace.objects.get(pk=workspace.pk).terms_version

    give_role(bob, "administrator")

    assert Workspace.objects.get(pk=workspace.pk).terms_version == before + 1


def lost_word(party, **more):
    """A word of theirs that somebody wrote into the tables beside `record`."""
    row = Fact(
        workspace=party.workspace, party=party, kind="TheyWrote", at=TUESDAY, heard_at=TUESDAY,
        source=f"lost-{party.pk}", ordinal=0, name="lost", own={}, **more,
    )  # fmt: skip
    row.save()


def test_a_taking_back_elsewhere_hides_no_word(workspace, ann, pat):
    lost_word(ann)
    record(pat, Retracted(at=TUESDAY, what="lost"), source="undo:1", at=TUESDAY)

    assert audit(workspace, at=TUESDAY).parties == (ann.pk,)


def test_a_word_that_was_brought_back_counts_again(workspace, ann):
    lost_word(ann)
    undone = Retracted(at=TUESDAY, what="lost", name="undone")
    Fact.objects.filter(name="lost").update(at=TUESDAY)
    record(ann, undone, source="undo:1", at=TUESDAY)
    assert audit(workspace, at=TUESDAY).parties == ()
    Matter.objects.all().delete()

    Fact.objects.create(
        workspace=workspace, party=ann, kind="Retracted", at=TUESDAY, heard_at=TUESDAY,
        source="redo", ordinal=0, name="redone", own={"what": "undone"},
    )  # fmt: skip

    assert audit(workspace, at=TUESDAY).parties == (ann.pk,)


def test_a_rhythm_covers_no_word(workspace, ann):
    rhythm = Opened(at=MONDAY, matter="keep-in-touch", kind="keep_in_touch", days=30)
    record(ann, rhythm, source="rhythm:1", at=MONDAY)
    lost_word(ann)

    assert audit(workspace, at=TUESDAY).parties == (ann.pk,)
