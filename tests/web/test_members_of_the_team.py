"""Roles, absences and leaving: somebody present always stands behind what is owed."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from followthrough.core.facts import Opened
from followthrough.ledger import queries
from followthrough.ledger.models import Matter, Member, Party, Workspace
from followthrough.ledger.record import record
from tests.cast import LONG_AGO, client_of

MARCH = {"first": "2026-03-02", "last": "2026-03-06"}


def enquiry(owner: Member, name: str) -> Party:
    party = Party.objects.create(
        workspace=owner.workspace, name=name, owner=owner, created_at=LONG_AGO
    )
    opened = Opened(at=LONG_AGO, matter="banner", kind="enquiry", owner=str(owner.pk))
    record(party, opened, source=f"test:{name}", at=LONG_AGO)
    return party


@pytest.fixture
def desk(bob) -> list[Party]:
    """Bob looks after 63 people."""
    named = (
        Party(workspace=bob.workspace, name=f"P{n}", owner=bob, created_at=LONG_AGO)
        for n in range(63)
    )
    return Party.objects.bulk_create(named)


def refused(answer, words: str) -> bool:
    return answer.status_code == 422 and words in answer.content.decode()


# ---- roles ------------------------------------------------------------------------


def test_an_administrator_gives_a_role_and_a_line_of_business(mias: Client, bob: Member):
    mias.post(f"/members/{bob.pk}/role/", {"role": "manager"})
    mias.post(f"/members/{bob.pk}/line/", {"line": "Franchises"})

    bob.refresh_from_db()
    assert (bob.role, bob.line) == ("manager", "Franchises")


@pytest.mark.parametrize("page", ["role", "line", "absence", "presence", "departure"])
def test_a_member_changes_nobody(bobs: Client, mia: Member, page: str):
    answer = bobs.post(f"/members/{mia.pk}/{page}/", {"role": "member", "line": "x", **MARCH})

    assert answer.status_code == 403
    assert b"That door is not yours" in answer.content


def test_a_member_sees_and_gives_no_role_not_even_to_oneself(bobs: Client, bob: Member):
    page = bobs.get(f"/members/{bob.pk}/").content.decode()
    answer = bobs.post(f"/members/{bob.pk}/role/", {"role": "administrator"})

    assert "What they look after" not in page
    assert answer.status_code == 403


def test_a_member_cannot_invite(bobs: Client, mia: Member):
    assert bobs.post("/members/invitations/", {"name": "Pat"}).status_code == 403


def test_the_last_administrator_stays_one(mias: Client, mia: Member):
    answer = mias.post(f"/members/{mia.pk}/role/", {"role": "member"})

    assert refused(answer, "Mia is the only administrator.")
    mia.refresh_from_db()
    assert mia.administers


def test_an_invented_role_is_refused(mias: Client, bob: Member):
    assert mias.post(f"/members/{bob.pk}/role/", {"role": "emperor"}).status_code == 422


# ---- strangers ----------------------------------------------------------------------


@pytest.mark.parametrize("page", ["role", "line", "absence", "presence", "departure"])
def test_a_stranger_finds_none_of_us(sids: Client, bob: Member, page: str):
    answer = sids.post(f"/members/{bob.pk}/{page}/", {"role": "member", **MARCH})

    assert answer.status_code == 404


def test_a_stranger_sees_none_of_us(sids: Client, mia: Member, bob: Member):
    page = sids.get("/members/").content.decode()

    assert "Sid" in page
    assert "Mia" not in page
    assert "Bob" not in page


# ---- away ---------------------------------------------------------------------------


def test_an_absence_names_who_stands_in(mias: Client, mia: Member, bob: Member):
    mias.post(f"/members/{bob.pk}/absence/", MARCH | {"stand_in": mia.pk})

    bob.refresh_from_db()
    assert (bob.away_from, bob.away_until, bob.stand_in) == (
        date(2026, 3, 2),
        date(2026, 3, 6),
        mia,
    )
    assert bob.is_away(on=date(2026, 3, 6))
    assert not bob.is_away(on=date(2026, 3, 7))
    assert "Away 2 Mar to 6 Mar, Mia stands in" in mias.get("/members/").content.decode()


def test_a_member_says_when_he_is_away_himself(bobs: Client, mia: Member, bob: Member):
    bobs.post(f"/members/{bob.pk}/absence/", MARCH | {"stand_in": mia.pk})

    bob.refresh_from_db()
    assert bob.stand_in == mia


def test_an_absence_without_a_stand_in_is_refused(mias: Client, bob: Member):
    assert mias.post(f"/members/{bob.pk}/absence/", MARCH).status_code == 422


def test_the_database_refuses_it_too(bob: Member):
    away = {"away_from": date(2026, 3, 2), "away_until": date(2026, 3, 6)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=bob.pk).update(**away)


def test_two_cannot_stand_in_for_each_other_at_once(mias: Client, mia: Member, bob: Member):
    mias.post(f"/members/{bob.pk}/absence/", MARCH | {"stand_in": mia.pk})

    answer = mias.post(f"/members/{mia.pk}/absence/", MARCH | {"stand_in": bob.pk})

    assert refused(answer, "Bob is not there in those days.")


def test_a_stranger_cannot_stand_in(mias: Client, bob: Member, sid: Member):
    answer = mias.post(f"/members/{bob.pk}/absence/", MARCH | {"stand_in": sid.pk})

    assert answer.status_code == 422


def test_an_absence_backwards_is_refused(mias: Client, bob: Member, mia: Member):
    backwards = {"first": "2026-03-06", "last": "2026-03-02", "stand_in": mia.pk}

    answer = mias.post(f"/members/{bob.pk}/absence/", backwards)

    assert refused(answer, "The last day comes before the first.")


def test_coming_back_and_going_change_the_terms(mias: Client, mia: Member, bob: Member):
    mias.post(f"/members/{bob.pk}/absence/", MARCH | {"stand_in": mia.pk})
    mias.post(f"/members/{bob.pk}/presence/")

    bob.refresh_from_db()
    assert (bob.away_from, bob.stand_in) == (None, None)
    assert Workspace.objects.get(pk=bob.workspace_id).terms_version == 3


# ---- leaving ------------------------------------------------------------------------


def test_the_page_says_how_much_waits_for_whoever_leaves(mias: Client, bob: Member, desk):
    page = mias.get(f"/members/{bob.pk}/departure/").content.decode()

    assert "Bob still has 63 open items" in page


def test_nobody_leaves_before_everything_has_a_new_owner(mias: Client, bob: Member, desk):
    answer = mias.post(f"/members/{bob.pk}/departure/")

    assert answer.status_code == 422
    bob.refresh_from_db()
    assert bob.active


def test_leaving_hands_everything_over(mias: Client, mia: Member, bob: Member, desk):
    mias.post(f"/members/{bob.pk}/departure/", {"to": mia.pk})

    bob.refresh_from_db()
    assert not bob.active
    assert (queries.open_items_of(bob), queries.open_items_of(mia)) == (0, 63)


def test_the_real_books_follow_whoever_takes_over(mias: Client, mia: Member, bob: Member):
    ann, pat = enquiry(bob, "Ann"), enquiry(bob, "Pat")
    assert queries.open_items_of(bob) == 4  # two parties, two matters

    mias.post(f"/members/{bob.pk}/departure/", {"to": mia.pk})

    bob.refresh_from_db()
    owners = Matter.objects.filter(party__in=[ann, pat]).values_list("owner", flat=True)
    assert (bob.active, list(owners)) == (False, [mia.pk, mia.pk])
    assert (queries.open_items_of(bob), queries.open_items_of(mia)) == (0, 4)


def test_nothing_is_given_to_a_stranger(mias: Client, bob: Member, sid: Member, desk):
    assert mias.post(f"/members/{bob.pk}/departure/", {"to": sid.pk}).status_code == 422


def test_the_last_administrator_does_not_leave(mias: Client, mia: Member, bob: Member, desk):
    answer = mias.post(f"/members/{mia.pk}/departure/", {"to": bob.pk})

    assert refused(answer, "Mia is the only administrator.")


def test_whoever_leaves_is_signed_out_at_once(mias: Client, mia: Member, bob: Member, desk):
    bobs = client_of(bob)
    assert bobs.get("/members/").status_code == 200

    mias.post(f"/members/{bob.pk}/departure/", {"to": mia.pk})

    assert bobs.get("/members/").status_code == 302
    assert "_auth_user_id" not in bobs.session


def test_whoever_left_can_come_back(mias: Client, mia: Member, bob: Member, desk):
    mias.post(f"/members/{bob.pk}/departure/", {"to": mia.pk})

    mias.post(f"/members/{bob.pk}/presence/")

    assert client_of(bob).get("/members/").status_code == 200


def test_leaving_passes_on_whom_one_stood_in_for(mias: Client, mia: Member, bob: Member, desk):
    pat = Member.objects.create(
        workspace=mia.workspace,
        user=type(mia.user).objects.create_user("pat@banners.example"),
        name="Pat",
        stand_in=bob,
        away_from=date(2099, 3, 2),
        away_until=date(2099, 3, 6),
        joined_at=datetime(2026, 1, 5, tzinfo=UTC),
    )

    mias.post(f"/members/{bob.pk}/departure/", {"to": mia.pk})

    pat.refresh_from_db()
    assert pat.stand_in == mia


def test_the_page_of_the_team_asks_few_questions(
    mias: Client, bob: Member, django_assert_max_num_queries
):
    # session, user, member; the clock; here, gone, invited; and the rail: clock, whose, due, check
    with django_assert_max_num_queries(11):
        mias.get("/members/")
