"""Perhaps the same: looked at side by side, joined, taken back, and taken apart much later."""

import re
from itertools import pairwise

import pytest
from django.urls import reverse

from followthrough.ledger import clock, likenesses
from followthrough.ledger.models import FollowUp, Likeness, Party
from followthrough.ledger.parties import Known, find_or_add
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import enquired, owed_to, quiet, text_of

TUESDAY = MONDAY + DAY


@pytest.fixture(autouse=True)
def _a_tuesday():
    with clock.at(TUESDAY):
        yield


def someone(member, name, email, **more):
    known = Known(name=name, emails=(email,), **more)
    return find_or_add(member.workspace, known, owner=member, at=MONDAY)


@pytest.fixture
def bob_smith(bob):
    return someone(
        bob,
        "Bob Smith",
        "bob@acme.example",
        company="Acme",
        phones=("020 7946 0018",),
        note="Rides a tandem.",
    )


@pytest.fixture
def robert(bob):
    return someone(bob, "Robert Smith", "robert@home.example", company="Acme")


@pytest.fixture
def asked(bob, bob_smith, robert):
    return Likeness.objects.create(
        workspace=bob.workspace, first=bob_smith, second=robert, score=0.83, seen_at=MONDAY,
        because=["Bob is short for Robert", "the same company"],
    )  # fmt: skip


def beside(one, other):
    return reverse("side_by_side", args=[one.pk, other.pk])


def decide(client, one, other, **given):
    return client.post(beside(one, other), given, follow=True)


def undo_of(page):
    [address] = set(re.findall(r'action="(/people/same/\d+/undo/)"', page.content.decode()))
    return address


# --- where it is found ------------------------------------------------------------------------


def test_nobody_is_here_twice(bobs):
    assert "Nobody is here twice." in text_of(bobs.get("/people/same/"))
    assert "same person twice" not in text_of(bobs.get("/people/"))


def test_the_list_says_who_why_and_how_likely(asked, bobs):
    said = text_of(bobs.get("/people/same/"))

    assert "Bob Smith and Robert Smith Bob is short for Robert, the same company Likely" in said
    assert "1 pair looks like the same person twice." in text_of(bobs.get("/people/"))


def test_a_persons_page_says_who_they_may_be_too(asked, bob_smith, robert, bobs):
    for one, other in ((bob_smith, "Robert Smith"), (robert, "Bob Smith")):
        said = text_of(bobs.get(reverse("person", args=[one.pk])))
        assert f"Perhaps the same as {other}: Bob is short for Robert, the same company." in said


def test_the_list_asks_as_much_for_fifty_as_for_one(
    workspace, asked, bobs, django_assert_max_num_queries
):
    people = [party_named(f"Ann{n}", workspace) for n in range(40)]
    likenesses.ask(workspace, list(pairwise(people)), because="the same name", at=MONDAY)

    with django_assert_max_num_queries(8):
        bobs.get("/people/same/")


# --- side by side -----------------------------------------------------------------------------


def test_side_by_side_shows_both_and_marks_what_differs(asked, bob_smith, robert, bobs):
    enquired(bob_smith)
    quiet(robert)

    page = bobs.get(beside(bob_smith, robert))

    lines = {line.label: line for line in page.context["lines"]}
    assert lines["Mail"].sides == (["bob@acme.example"], ["robert@home.example"])
    assert lines["Number"].sides == (["020 7946 0018"], [])
    assert [name for name, line in lines.items() if line.differs] == ["Name", "Mail", "Follow-ups"]
    assert (lines["Company"].left, lines["Company"].differs) == (["Acme"], False)
    said = text_of(page)
    assert "Likely: Bob is short for Robert, the same company." in said
    assert "Mail differs bob@acme.example robert@home.example" in said


def test_who_had_more_contact_stays_unless_somebody_says_otherwise(bob_smith, robert, bobs):
    quiet(robert)

    assert bobs.get(beside(bob_smith, robert)).context["stays"] == robert


def test_joined_the_next_two_are_shown(asked, bob_smith, robert, ann, pat, bobs, workspace):
    likenesses.ask(workspace, [(ann, pat)], because="the same phone number", at=MONDAY)

    page = decide(bobs, bob_smith, robert, decision="same", stays=str(robert.pk))

    bob_smith.refresh_from_db()
    assert bob_smith.merged_into == robert
    assert page.redirect_chain[-1][0] == beside(ann, pat)
    assert "Bob Smith is part of Robert Smith now." in text_of(page)


def test_after_the_last_two_the_list_says_that_it_is_done(asked, bob_smith, robert, bobs):
    page = decide(bobs, bob_smith, robert, decision="apart")

    assert page.redirect_chain[-1][0] == "/people/same/"
    assert "They stay two. We do not ask again." in text_of(page)
    assert "Nobody is here twice." in text_of(page)
    asked.refresh_from_db()
    assert asked.state == "kept_apart"


def test_before_and_next_lead_through_the_list(asked, bob_smith, robert, ann, pat, bobs, workspace):
    likenesses.ask(workspace, [(ann, pat)], because="the same phone number", at=MONDAY)

    first, last = (
        bobs.get(beside(*pair)).content.decode() for pair in ((bob_smith, robert), (ann, pat))
    )

    assert f'href="{beside(ann, pat)}" data-key="arrowright"' in first
    assert "arrowleft" not in first
    assert f'href="{beside(bob_smith, robert)}" data-key="arrowleft"' in last


@pytest.mark.parametrize("decision", ["same", "apart"])
def test_undo_asks_again_as_if_nothing_had_been_decided(asked, bob_smith, robert, bobs, decision):
    enquired(bob_smith)
    owed = [row.due for row in owed_to(bob_smith)]
    page = decide(bobs, bob_smith, robert, decision=decision, stays=str(robert.pk))

    page = bobs.post(undo_of(page), follow=True)

    assert page.redirect_chain[-1][0] == beside(bob_smith, robert)
    assert "Taken back." in text_of(page)
    assert likenesses.how_many(asked.workspace) == 1
    assert [row.due for row in owed_to(bob_smith)] == owed
    assert "taken back already" in text_of(bobs.post(undo_page(asked), follow=True))


def undo_page(likeness):
    return reverse("likeness_undone", args=[likeness.pk])


# --- joined, and taken apart ------------------------------------------------------------------


def test_joined_they_have_one_page_one_timeline_and_one_list_of_follow_ups(
    bob_smith, robert, bobs, bob
):
    enquired(bob_smith, said="A roof, please.")
    enquired(robert, said="And a door.")

    page = decide(bobs, bob_smith, robert, decision="same", stays=str(robert.pk))

    said = text_of(page)
    assert page.redirect_chain[-1][0] == reverse("person", args=[robert.pk])
    for words in ("A roof, please.", "And a door.", "bob@acme.example", "robert@home.example"):
        assert words in said
    assert "Joined from Bob Smith, today · Rides a tandem." in said
    assert {row.party for row in FollowUp.objects.filter(settled_at=None)} == {robert}


def test_taken_apart_each_has_again_what_was_theirs(bob_smith, robert, bobs):
    enquired(bob_smith, said="A roof, please.")
    decide(bobs, bob_smith, robert, decision="same", stays=str(robert.pk))

    page = bobs.post(reverse("taken_apart", args=[bob_smith.pk]), follow=True)

    assert page.redirect_chain[-1][0] == reverse("person", args=[bob_smith.pk])
    assert "Bob Smith and Robert Smith are two again." in text_of(page)
    assert "A roof, please." in text_of(page)
    assert "A roof, please." not in text_of(bobs.get(reverse("person", args=[robert.pk])))
    assert (len(owed_to(bob_smith)), len(owed_to(robert))) == (1, 0)
    assert likenesses.between(bob_smith, robert).state == "kept_apart"


def test_what_stands_alone_cannot_be_taken_apart(ann, bobs):
    page = bobs.post(reverse("taken_apart", args=[ann.pk]), follow=True)

    assert "Ann stands alone already." in text_of(page)


def test_two_who_decide_at_once_join_them_once(asked, bob_smith, robert, bobs, mias):
    decide(mias, bob_smith, robert, decision="same", stays=str(robert.pk))

    page = decide(bobs, bob_smith, robert, decision="same", stays=str(bob_smith.pk))

    assert "These two are one already." in text_of(page)
    assert Party.objects.exclude(merged_into=None).get() == bob_smith


def test_who_asked_to_be_forgotten_is_joined_with_nobody(ann, pat, bobs):
    Party.objects.filter(pk=pat.pk).update(forgotten=True)

    page = decide(bobs, ann, pat, decision="same", stays=str(ann.pk))

    assert "One of these two asked to be forgotten." in text_of(page)


@pytest.mark.parametrize("stays", ["", "x", "-1", "9" * 30, "\0"])
def test_a_strange_choice_of_the_name_falls_back_to_ours(bob_smith, robert, bobs, stays):
    decide(bobs, bob_smith, robert, decision="same", stays=stays)

    robert.refresh_from_db()
    assert robert.merged_into == bob_smith


# --- found by hand ----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["smi", "ROBERT", "home.example", "acme"])
def test_somebody_is_found_by_a_part_of_what_is_known(bob_smith, robert, bobs, words):
    page = bobs.get(reverse("same_as", args=[bob_smith.pk]), {"name": words})

    assert page.context["others"] == [robert]
    assert f'href="{beside(bob_smith, robert)}"' in page.content.decode()


def test_by_hand_nothing_is_written_until_somebody_decides(bob_smith, robert, bobs):
    page = bobs.get(beside(bob_smith, robert))

    assert "You know better than we do." in text_of(page)
    assert Likeness.objects.count() == 0


@pytest.mark.parametrize("words", ["%", "' OR 1=1 --", "\0", "🎈", "x" * 10_000])
def test_signs_are_only_signs(bob_smith, robert, bobs, words):
    page = bobs.get(reverse("same_as", args=[bob_smith.pk]), {"name": words})

    assert (page.status_code, page.context["others"]) == (200, [])


# --- the door ---------------------------------------------------------------------------------


def test_a_stranger_sees_and_decides_nothing(asked, bob_smith, robert, sids):
    assert "Nobody is here twice." in text_of(sids.get("/people/same/"))
    assert sids.get(beside(bob_smith, robert)).status_code == 404
    assert sids.get(reverse("same_as", args=[robert.pk])).status_code == 404
    for address in (
        beside(bob_smith, robert), undo_page(asked), reverse("taken_apart", args=[robert.pk]),
    ):  # fmt: skip
        assert sids.post(address, {"decision": "same"}).status_code == 404
    assert not Party.objects.exclude(merged_into=None).exists()


def test_a_stranger_cannot_be_one_of_the_two(ann, sid, bobs):
    stranger = party_named("Stranger", sid.workspace)

    assert bobs.get(beside(ann, stranger)).status_code == 404


def test_one_alone_is_not_two(ann, bobs):
    assert "These two are one already." in text_of(bobs.get(beside(ann, ann), follow=True))
