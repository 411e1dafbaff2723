"""New and changed people are compared with those who are near; a killed worker goes on."""

from io import BytesIO

import pytest
from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox

from followthrough.inlets.alike import CAP
from followthrough.ledger import intakes, likenesses
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Likeness, LikenessKey, Party
from followthrough.ledger.parties import Known, add_addresses, find_or_add_many
from followthrough.worker import likening
from followthrough.worker.likening import compare_some


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def people(member, *names, company=""):
    known = [
        Known(name=name, company=company, emails=(f"p{n}-{len(name)}@{n}.example",))
        for n, name in enumerate(names, Party.objects.count())
    ]
    return find_or_add_many(member.workspace, known, owner=member, at=MONDAY)


def compare_all(workspace):
    while compare_some(workspace, at=MONDAY):
        pass


def asked(workspace):
    return [(row.first.name, row.second.name) for row in likenesses.open_ones(workspace)]


def test_who_is_written_down_twice_is_asked_about_with_the_reasons(bob):
    people(bob, "Bob Smith", "Mia Lane", "Robert Smith", company="Acme")

    compare_all(bob.workspace)

    [question] = likenesses.open_ones(bob.workspace)
    assert (question.first.name, question.second.name) == ("Bob Smith", "Robert Smith")
    assert question.because == ["Bob is short for Robert", "the same company"]


def test_a_company_spelled_differently_is_asked_about(bob):
    known = [Known(company="GTXPro", phones=("020 7946 0018",)), Known(company="GTX Pro")]
    find_or_add_many(bob.workspace, known, owner=bob, at=MONDAY)

    compare_all(bob.workspace)

    assert asked(bob.workspace) == [("GTXPro", "GTX Pro")]


def test_a_newcomer_is_compared_with_those_who_were_there(bob):
    people(bob, "Ann Archer", "Mia Lane")
    compare_all(bob.workspace)
    assert compare_some(bob.workspace, at=MONDAY) == 0

    people(bob, "Archer, Ann")

    assert compare_some(bob.workspace, at=MONDAY) == 1
    assert asked(bob.workspace) == [("Ann Archer", "Archer, Ann")]


def test_slice_by_slice_the_questions_are_those_of_one_go(bob, monkeypatch):
    names = [f"Ann Archer{sign}" for sign in "abcdef"] + ["Joe Stone", "Joe Stoner"]
    people(bob, *names)
    compare_all(bob.workspace)
    at_once = asked(bob.workspace)
    Likeness.objects.all().delete()
    Party.objects.update(compared=False)

    monkeypatch.setattr(likening, "SLICE", 2)
    compare_all(bob.workspace)

    assert at_once
    assert sorted(asked(bob.workspace)) == sorted(at_once)


def test_a_worker_killed_in_the_middle_of_a_slice_has_lost_nothing(bob, monkeypatch):
    people(bob, "Ann Archer", "Archer, Ann")

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(likening, "weigh", killed)
    with pytest.raises(KeyboardInterrupt):
        compare_some(bob.workspace, at=MONDAY)
    monkeypatch.undo()
    assert LikenessKey.objects.count() == 0

    compare_all(bob.workspace)

    assert asked(bob.workspace) == [("Ann Archer", "Archer, Ann")]


def test_nobody_is_asked_about_half_a_list(bob):
    people(bob, "Ann Archer", "Archer, Ann")
    raw = mbox(letter("ann@customer.test", "bob@banners.example"))
    intake = intakes.receive(bob.workspace, bob, "a.mbox", BytesIO(raw), at=MONDAY)

    assert compare_some(bob.workspace, at=MONDAY) == 0

    intakes.Intake.objects.filter(pk=intake.pk).update(problem="stuck")
    assert compare_some(bob.workspace, at=MONDAY) == 2


def test_a_list_that_comes_in_twice_with_other_addresses_is_found(bob):
    for domain in ("work", "home"):
        rows = f"Name,Email\nAnn Archer,ann@{domain}.example\nJoe Stone,joe@{domain}.example\n"
        bring_in(bob, rows.encode(), name=f"{domain}.csv")

    compare_all(bob.workspace)

    assert sorted(asked(bob.workspace)) == [
        ("Ann Archer", "Ann Archer"),
        ("Joe Stone", "Joe Stone"),
    ]


def test_kept_apart_stays_apart_also_when_one_is_joined_with_a_third(bob):
    ann, twin, third = people(bob, "Ann Archer", "Archer, Ann", "Ann Archr")
    compare_all(bob.workspace)
    likenesses.keep_apart(ann, twin, by=bob, at=MONDAY)

    likenesses.join(twin, into=third, by=bob, at=MONDAY)
    compare_all(bob.workspace)

    assert asked(bob.workspace) == []


def test_joined_a_person_is_compared_under_all_names(bob):
    elizabeth, cher = people(bob, "Elizabeth Taylor", "Cher Bono")
    likenesses.join(cher, into=elizabeth, by=bob, at=MONDAY)
    people(bob, "Bono, Cher")

    compare_all(bob.workspace)

    assert asked(bob.workspace) == [("Elizabeth Taylor", "Bono, Cher")]


def test_a_new_address_is_a_reason_to_look_again(bob):
    ann, _ = people(bob, "Ann", "Ann Archer")
    compare_all(bob.workspace)
    assert asked(bob.workspace) == []

    add_addresses(ann, Known(emails=("p1-10@1.exmple",)), at=MONDAY)
    compare_all(bob.workspace)

    assert asked(bob.workspace) == [("Ann", "Ann Archer")]


def test_who_is_forgotten_is_compared_with_nobody(bob):
    ann, _ = people(bob, "Ann Archer", "Archer, Ann")
    forget(ann, by=bob, at=MONDAY)

    compare_all(bob.workspace)

    assert asked(bob.workspace) == []


def test_what_a_crowd_shares_is_no_reason_and_costs_nothing(bob):
    known = [Known(name=f"{chr(65 + n)}{n}", phones=("020 7946 0018",)) for n in range(CAP + 1)]
    find_or_add_many(bob.workspace, known, owner=bob, at=MONDAY)
    Likeness.objects.all().delete()

    compare_all(bob.workspace)

    assert asked(bob.workspace) == []


def test_a_slice_asks_few_questions_of_the_database(bob, django_assert_max_num_queries):
    people(bob, *(f"Ann Archer{n}" for n in range(50)))

    with django_assert_max_num_queries(20):
        compare_some(bob.workspace, at=MONDAY)


def test_another_teams_people_are_not_compared_with_ours(bob, sid):
    people(bob, "Ann Archer")
    people(sid, "Archer, Ann")

    for workspace in (bob.workspace, sid.workspace):
        compare_all(workspace)

    assert Likeness.objects.count() == 0
