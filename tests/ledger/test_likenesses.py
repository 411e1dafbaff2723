"""Perhaps the same: what is asked about two parties, what was decided, and how it is taken back."""

import pytest
from tests.ledger.scene import DAY, MONDAY, debts, obligations, party_named

from followthrough.core.facts import TheyEnquired
from followthrough.ledger import likenesses
from followthrough.ledger.audit import audit
from followthrough.ledger.forget import forget
from followthrough.ledger.merge import CouldNotMerge
from followthrough.ledger.models import Address, Likeness, LikenessKey, Party
from followthrough.ledger.parties import Known, add_addresses, find_or_add, find_or_add_many
from followthrough.ledger.record import record

TUESDAY, LATER = MONDAY + DAY, MONDAY + 2 * DAY
SWITCHBOARD = "020 7946 0018"


@pytest.fixture
def asked(workspace, ann, pat):
    likenesses.ask(workspace, [(pat, ann)], because="the same phone number", at=MONDAY)
    return Likeness.objects.get()


def pairs_of(rows):
    return [(row.first.name, row.second.name) for row in rows]


# --- a number may be shared, a mail address is one's own ---------------------------------------


def known(name, *phones, **more):
    return Known(name=name, phones=phones, **more)


def test_two_people_behind_one_number_are_two_and_a_question(workspace, bob):
    ann, joe = find_or_add_many(
        workspace, [known("Ann Archer", SWITCHBOARD), known("Joe Stone", SWITCHBOARD)],
        owner=bob, at=MONDAY,
    )  # fmt: skip

    assert ann.pk != joe.pk
    assert [row.party for row in Address.objects.order_by("sharer")] == [ann, joe]
    [question] = likenesses.open_ones(workspace)
    assert (question.first, question.second) == (ann, joe)
    assert question.because == ["the same phone number"]


@pytest.mark.parametrize(
    "again",
    [
        "Ann Archer",
        "Archer, Ann",
        "Annie Archer",
        "Ann Acher",
        "Ann",
        "A. Archer",
        "AnnArcher",
        "ann ARCHER",
        "",
    ],
)
def test_a_number_joins_where_the_names_do_not_contradict(workspace, bob, again):
    [first] = find_or_add_many(workspace, [known("Ann Archer", SWITCHBOARD)], owner=bob, at=MONDAY)

    second = find_or_add(workspace, known(again, SWITCHBOARD), owner=bob, at=MONDAY)

    assert second.pk == first.pk
    assert (Party.objects.count(), Likeness.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Christian Archer", "Christina Archer"),
        ("Tim Schwarzenegger", "Tom Schwarzenegger"),
        ("Mario Rossi", "Maria Rossi"),
        ("Michael Jones", "Michelle Jones"),
        ("Ann Archer", "Ann Smith"),
        ("Acme GmbH", "Ann Archer"),
    ],
)
def test_a_family_behind_one_number_is_not_one_person(workspace, bob, one, other):
    found = find_or_add_many(
        workspace, [known(one, SWITCHBOARD), known(other, SWITCHBOARD)], owner=bob, at=MONDAY
    )

    assert found[0].pk != found[1].pk
    assert likenesses.how_many(workspace) == 1


def test_umlauts_and_legal_forms_do_not_make_two(workspace, bob):
    names = ["Jörg Müller", "Joerg Mueller", "Acme GmbH", "ACME Ltd."]
    phones = [SWITCHBOARD, SWITCHBOARD, "020 7946 0019", "020 7946 0019"]

    found = find_or_add_many(workspace, list(map(known, names, phones)), owner=bob, at=MONDAY)

    assert found[0] is found[1]
    assert found[2] is found[3]


def test_each_behind_a_shared_number_is_found_again_by_name(workspace, bob):
    people = [known("Ann Archer", SWITCHBOARD), known("Joe Stone", SWITCHBOARD)]
    before = find_or_add_many(workspace, people, owner=bob, at=MONDAY)

    assert find_or_add_many(workspace, people[::-1], owner=bob, at=MONDAY) == before[::-1]


def test_a_switchboard_asks_once_and_not_about_every_two_behind_it(workspace, bob):
    names = ["Ann Archer", "Joe Stone", "Mia Lane", "Pat Field", "Zoe Hill"]

    find_or_add_many(workspace, [known(name, SWITCHBOARD) for name in names], owner=bob, at=MONDAY)

    assert Party.objects.count() == 5
    assert pairs_of(likenesses.open_ones(workspace)) == [("Ann Archer", "Joe Stone")]


def test_the_same_mail_address_joins_whatever_the_names_say(workspace, bob):
    first, second = (
        find_or_add(
            workspace, Known(name=name, emails=("sales@acme.example",)), owner=bob, at=MONDAY
        )
        for name in ("Ann Archer", "Joe Stone")
    )

    assert first.pk == second.pk


def test_a_number_written_down_by_hand_may_be_shared_too(workspace, bob):
    ann, joe = (
        find_or_add(workspace, known(name, phone), owner=bob, at=MONDAY)
        for name, phone in (("Ann Archer", SWITCHBOARD), ("Joe Stone", "020 7946 0019"))
    )

    add_addresses(joe, Known(phones=(SWITCHBOARD,)), at=MONDAY)

    assert joe.addresses.count() == 2
    assert pairs_of(likenesses.of_party(ann)) == [("Ann Archer", "Joe Stone")]


def test_looking_up_many_asks_no_question_for_each(workspace, bob, django_assert_max_num_queries):
    people = [known(f"Ann Archer{n}", f"020 7946 {n:04}") for n in range(300)]
    find_or_add_many(workspace, people, owner=bob, at=MONDAY)
    others = [known(f"Joe Stone{n}", f"020 7946 {n:04}") for n in range(300)]

    with django_assert_max_num_queries(20):
        find_or_add_many(workspace, others, owner=bob, at=MONDAY)

    assert Likeness.objects.count() == 300


# --- decisions ---------------------------------------------------------------------------------


def test_the_likeliest_is_asked_first_and_the_neighbours_are_known(workspace, ann, pat):
    joe = party_named("Joe", workspace)
    rows = [
        Likeness.objects.create(
            workspace=workspace, first=first, second=second, score=score, seen_at=MONDAY
        )
        for first, second, score in ((ann, pat, 0.6), (pat, joe, 0.9), (ann, joe, 0.6))
    ]

    assert list(likenesses.open_ones(workspace)) == [rows[1], rows[0], rows[2]]
    assert likenesses.beside(rows[1], workspace) == rows[0]
    assert likenesses.beside(rows[2], workspace) is None
    assert likenesses.beside(rows[2], workspace, before=True) == rows[0]


def test_kept_apart_is_never_asked_again(workspace, asked, ann, pat, bob):
    likenesses.keep_apart(ann, pat, by=bob, at=TUESDAY)

    likenesses.ask(workspace, [(ann, pat)], because="the same name", at=LATER)

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.decided_at) == ("kept_apart", bob, TUESDAY)
    assert (likenesses.how_many(workspace), likenesses.of_party(ann)) == (0, [])


def test_joined_they_speak_with_one_voice_and_the_question_is_gone(workspace, asked, ann, pat, mia):
    record(pat, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)

    likenesses.join(pat, into=ann, by=mia, at=TUESDAY)

    pat.refresh_from_db()
    ann.refresh_from_db()
    assert (pat.merged_into, likenesses.how_many(workspace)) == (ann, 0)
    assert [(one.party, one.at) for one in likenesses.joined_into(ann)] == [(pat, TUESDAY)]
    assert audit(workspace, at=TUESDAY).uncovered == 0


def test_undone_it_is_as_if_nothing_had_been_decided(workspace, asked, ann, pat, mia):
    for party in (ann, pat):
        record(party, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    before = obligations(workspace)
    decided = likenesses.join(pat, into=ann, by=mia, at=TUESDAY)

    likenesses.reopen(decided, by=mia, at=TUESDAY)

    assert obligations(workspace) == before
    assert pairs_of(likenesses.open_ones(workspace)) == [("Ann", "Pat")]


def test_undoing_the_first_of_two_joinings_leaves_the_second_as_it_is(workspace, ann, pat, mia):
    joe = party_named("Joe", workspace)
    first = likenesses.join(pat, into=ann, by=mia, at=MONDAY)
    likenesses.join(ann, into=joe, by=mia, at=TUESDAY)

    likenesses.reopen(first, by=mia, at=LATER)

    pat.refresh_from_db()
    ann.refresh_from_db()
    assert (pat.merged_into, ann.merged_into) == (None, joe)
    assert audit(workspace, at=LATER).uncovered == 0


@pytest.fixture
def joined_by_a_third(workspace, ann, pat, mia):
    """Pat is part of Joe; then somebody said that Pat is Ann, and Joe went with Pat."""
    joe = party_named("Joe", workspace)
    likenesses.join(pat, into=joe, by=mia, at=MONDAY)
    return likenesses.join(pat, into=ann, by=mia, at=MONDAY)


def test_undone_only_those_are_parted_who_were_joined(joined_by_a_third, pat, ann, mia):
    likenesses.reopen(joined_by_a_third, by=mia, at=LATER)

    joe = Party.objects.get(name="Joe")
    pat.refresh_from_db()
    assert (pat.merged_into, joe.merged_into) == (joe, None)


def test_what_cannot_be_undone_any_more_says_where_to_part_them(
    workspace, joined_by_a_third, ann, pat, mia
):
    joe, bea = Party.objects.get(name="Joe"), party_named("Bea", workspace)
    likenesses.take_apart(joe, by=mia, at=TUESDAY)
    for one in (joe, ann):
        likenesses.join(one, into=bea, by=mia, at=TUESDAY)

    with pytest.raises(CouldNotMerge, match="Both are part of Bea by now"):
        likenesses.reopen(joined_by_a_third, by=mia, at=LATER)

    ann.refresh_from_db()
    assert ann.merged_into == bea


def test_taken_apart_already_nobody_is_parted_and_the_question_is_open(
    workspace, joined_by_a_third, ann, pat, mia
):
    joe, bea = Party.objects.get(name="Joe"), party_named("Bea", workspace)
    likenesses.take_apart(joe, by=mia, at=TUESDAY)
    likenesses.join(ann, into=bea, by=mia, at=TUESDAY)

    likenesses.reopen(joined_by_a_third, by=mia, at=LATER)

    ann.refresh_from_db()
    assert (ann.merged_into, joined_by_a_third.state) == (bea, likenesses.OPEN)


def test_taken_apart_later_each_has_what_was_theirs_and_nobody_asks_again(
    workspace, asked, ann, pat, mia
):
    record(pat, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    owed = debts(pat)
    likenesses.join(pat, into=ann, by=mia, at=TUESDAY)
    pat.refresh_from_db()

    likenesses.take_apart(pat, by=mia, at=LATER)

    asked.refresh_from_db()
    assert (debts(pat), debts(ann), asked.state) == (owed, [], "kept_apart")


def test_joined_by_hand_it_is_kept_who_did_it(workspace, ann, pat, bob):
    row = likenesses.join(pat, into=ann, by=bob, at=MONDAY)

    assert (row.state, row.decided_by, row.because) == ("merged", bob, ["you said so"])
    with pytest.raises(CouldNotMerge):
        likenesses.join(pat, into=ann, by=bob, at=MONDAY)


def test_a_question_rests_while_one_of_the_two_is_joined_with_a_third(workspace, asked, pat, mia):
    joe = party_named("Joe", workspace)

    row = likenesses.join(pat, into=joe, by=mia, at=MONDAY)
    assert list(likenesses.open_ones(workspace)) == []

    likenesses.reopen(row, by=mia, at=TUESDAY)
    assert asked in likenesses.open_ones(workspace)


def test_whoever_is_forgotten_is_like_nobody(workspace, asked, ann, mia):
    LikenessKey.objects.create(workspace=workspace, party=ann, key=1)

    forget(ann, by=mia, at=TUESDAY)

    assert (Likeness.objects.count(), LikenessKey.objects.count()) == (0, 0)


def test_another_teams_questions_are_not_ours(asked, sid):
    assert list(likenesses.open_ones(sid.workspace)) == []
