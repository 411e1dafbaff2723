"""Whoever is added in this very transaction needs no reading, and the books are the same."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import member_named
from tests.ledger.happenings import happening
from tests.ledger.scene import DAY, MONDAY, facts_of, obligations

from followthrough.core.facts import Listed, Noted, TheyWrote
from followthrough.ledger.models import Address, Party, User, Workspace
from followthrough.ledger.parties import Known, find_or_add, match_many
from followthrough.ledger.record import Heard, Way, record, record_many
from followthrough.ledger.sweep import sweep
from followthrough.ledger.terms import terms_of
from followthrough.ledger.twins import Twins

FEW = settings(
    max_examples=25, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
NAMES = ("Ann", "Pat", "Joe")
KNOWN = [
    Known(name="Ann", emails=("ann@home.example",), phones=("+44 20 7946 0001",)),
    Known(name="Pat", emails=("pat@home.example",)),
    Known(name="Joe", external="card:7"),
]
TOLD = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 17), st.integers(0, 60 * 24 * 30), st.integers(0, 40)
    ),
    max_size=25,
)


def shop():
    workspace = Workspace.objects.create(name=f"Shop{User.objects.count()}", zone="Europe/London")
    member_named("Mia", workspace, "administrator")
    return workspace, member_named("Bob", workspace)


def heard_of(found, told):
    """All that happened, each from a source of its own; the first words are notes."""
    for n, (place, play, minute, pick) in enumerate(told):
        fact = Listed(at=MONDAY) if play == 17 else happening(play, minute, pick)
        words = (("Title", f"Words {n}"),) if n % 4 == 3 else ()
        yield Heard(party=found[place].party, source=f"s:{n}", facts=[fact], words=words)


@FEW
@given(told=TOLD)
def test_newcomers_end_in_the_same_books_as_everybody(db, told):
    (read, bob), (unread, other_bob) = shop(), shop()

    found = match_many(read, KNOWN, owner=bob, at=MONDAY)
    record_many(heard_of(found.each, told), at=MONDAY)
    with transaction.atomic():
        found = match_many(unread, KNOWN, owner=other_bob, at=MONDAY)
        way = Way(newcomers=found.newcomers)
        record_many(heard_of(found.each, told), at=MONDAY, way=way)

    assert facts_of(unread) == facts_of(read)
    assert obligations(unread) == obligations(read)
    assert sweep(unread, at=MONDAY) == 0


@pytest.mark.parametrize("play", range(18))
def test_of_whom_the_same_is_told_each_has_books_of_their_own(db, play):
    """What a list says of thousands is decided once: each must be named for itself."""
    (read, bob), (unread, other_bob) = shop(), shop()
    told = [(place, play, 90, 3) for place in (0, 1, 2)]

    found = match_many(read, KNOWN, owner=bob, at=MONDAY)
    for heard in heard_of(found.each, told):
        record(heard.party, *heard.facts, source=heard.source, at=MONDAY, words=heard.words)
    with transaction.atomic():
        found = match_many(unread, KNOWN, owner=other_bob, at=MONDAY)
        way = Way(newcomers=found.newcomers)
        record_many(heard_of(found.each, told), at=MONDAY, way=way)

    assert facts_of(unread) == facts_of(read)
    assert obligations(unread) == obligations(read)
    assert sweep(unread, at=MONDAY) == 0


def test_old_and_new_may_come_in_one_batch(workspace, bob):
    find_or_add(workspace, KNOWN[0], owner=bob, at=MONDAY)

    with transaction.atomic():
        found = match_many(workspace, KNOWN, owner=bob, at=MONDAY)
        heard = [
            Heard(party=one.party, source=f"s:{n}", facts=[TheyWrote(at=MONDAY)])
            for n, one in enumerate(found.each)
        ]
        record_many(heard, at=MONDAY, way=Way(newcomers=found.newcomers))

    assert [one.by for one in found.each] == ["ann@home.example", "", ""]
    assert len(found.newcomers) == 2
    assert sweep(workspace, at=MONDAY) == 0


def test_the_same_person_twice_in_one_batch_is_one(workspace, bob):
    found = match_many(workspace, [KNOWN[1], KNOWN[1]], owner=bob, at=MONDAY)

    assert found.each[0].party.pk == found.each[1].party.pk
    assert [one.by for one in found.each] == ["", "pat@home.example"]
    assert Party.objects.count() == 1


def test_somebody_known_gets_the_addresses_that_are_new(workspace, bob):
    find_or_add(workspace, KNOWN[1], owner=bob, at=MONDAY)

    more = Known(name="Pat", emails=("pat@home.example", "pat@work.example"))
    match_many(workspace, [more], owner=bob, at=MONDAY + DAY)

    assert sorted(Address.objects.values_list("value", flat=True)) == [
        "pat@home.example", "pat@work.example",
    ]  # fmt: skip


def test_a_source_heard_twice_of_somebody_new_is_one_fact(workspace, bob):
    with transaction.atomic():
        found = match_many(workspace, [KNOWN[0]], owner=bob, at=MONDAY)
        heard = Heard(party=found.each[0].party, source="s:1", facts=[Noted(at=MONDAY)])

        news = record_many([heard, heard], at=MONDAY, way=Way(newcomers=found.newcomers))

    assert news == 1


def test_what_a_list_tells_of_many_is_decided_once(workspace, bob):
    terms, twins = terms_of(workspace), Twins()

    both = [twins.decided(n, [Listed(at=MONDAY, name=f"s{n}.Listed.0")], terms) for n in (1, 2)]

    assert both[0].history is both[1].history
    assert [owed.because for one in both for owed in one.owed] == ["s1.Listed.0", "s2.Listed.0"]
    assert [owed.shows for one in both for owed in one.owed] == ["s1.Listed.0", "s2.Listed.0"]
