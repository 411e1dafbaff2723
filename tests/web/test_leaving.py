"""No more mail: one press by whoever got it, and nothing else does it."""

from datetime import timedelta

import pytest
from django.test import Client

from followthrough.core.facts import OptedIn, OptedOut, QuoteSent, TheyWrote
from followthrough.ledger import clock, leaving
from followthrough.ledger.audit import audit
from followthrough.ledger.forget import forget
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Address
from followthrough.ledger.parties import Known, find_or_add
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.stories.plans import stands, with_plans
from tests.web.desk import hear, kinds, text_of

pytestmark = pytest.mark.django_db
PRESS = {"List-Unsubscribe": "One-Click"}
VISITOR = {"HTTP_ACCEPT_LANGUAGE": "en"}
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def ann(workspace, mia, bob):
    return party_named("Ann", workspace, owner=bob)


def address_of(party):
    return f"/u/{leaving.token_of(party)}/"


def asked(method, party, *given):
    """By a program that keeps no cookie and knows no token of ours."""
    with clock.at(MONDAY):
        program = Client(enforce_csrf_checks=True)
        return getattr(program, method)(address_of(party), *given, **VISITOR)


def refuses(party):
    party.refresh_from_db()
    return party.refuses


def test_the_address_stands_in_a_mail_with_our_own_host(ann, settings):
    assert leaving.leave_address(ann).startswith("http")
    assert leaving.leave_address(ann).endswith(address_of(ann))


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_only_looks_changes_nothing(ann, method):
    """S2: links in mails are followed by scanners."""
    answer = asked(method, ann)

    assert (answer.status_code, refuses(ann), kinds(ann)) == (200, [], [])
    assert not answer.cookies


def test_the_page_asks_for_one_press_and_names_nobody(ann):
    page = asked("get", ann)

    assert "Shall we stop writing to you?" in text_of(page)
    assert 'name="List-Unsubscribe" value="One-Click"' in page.content.decode()
    assert "Ann" not in text_of(page)


def test_a_press_holds_at_once(ann):
    answer = asked("post", ann, PRESS)

    assert answer.status_code == 200
    assert "No more mail" in text_of(answer)
    assert refuses(ann) == ["email"]


def test_a_form_filled_by_a_scanner_without_the_press_does_nothing(ann):
    asked("post", ann, {})

    assert refuses(ann) == []


def test_pressed_again_it_is_the_same_answer_and_no_news(ann):
    first, again = asked("post", ann, PRESS), asked("post", ann, PRESS)

    assert again.content == first.content
    assert kinds(ann) == ["OptedOut"]


def test_who_came_back_may_leave_again(ann):
    asked("post", ann, PRESS)
    hear(ann, OptedIn(at=MONDAY + DAY, channels=("email",)))
    assert refuses(ann) == []

    with clock.at(MONDAY + 2 * DAY):
        Client().post(address_of(ann), PRESS)

    assert refuses(ann) == ["email"]


def test_somebody_who_is_forgotten_gets_the_same_answer(ann, mia):
    address, before = address_of(ann), asked("post", ann, PRESS)
    forget(ann, by=mia, at=MONDAY)

    with clock.at(MONDAY + 400 * DAY):
        after = Client().post(address, PRESS, **VISITOR)

    assert after.content == before.content


@pytest.mark.parametrize("made_up", ["1-" + "0" * 32, "nonsense", "9" * 30 + "-" + "0" * 32])
def test_an_address_that_we_did_not_make_is_none(ann, made_up):
    assert Client().post(f"/u/{made_up}/", PRESS).status_code == 404


def test_another_team_is_not_left(ann, sid):
    theirs = party_named("Ann", sid.workspace, owner=sid)

    asked("post", ann, PRESS)

    assert refuses(theirs) == []


def test_a_plan_with_them_ends_and_nothing_is_dropped(workspace, bob):
    with_plans(workspace)
    ann = party_named("Ann", workspace, owner=bob)
    hear(ann, QuoteSent(at=MONDAY - WEEK, matter="sign"))
    assert stands(ann)[0] == "active"

    asked("post", ann, PRESS)

    assert stands(ann) == ("stopped", "by_hand")
    assert audit(workspace, at=MONDAY).uncovered == 0


def test_a_plan_ends_also_where_no_mail_was_said_before(workspace, bob):
    with_plans(workspace)
    ann = party_named("Ann", workspace, owner=bob)
    hear(ann, OptedOut(at=MONDAY - WEEK, channels=("email",)))
    hear(ann, QuoteSent(at=MONDAY - WEEK, matter="sign"))
    assert stands(ann)[0] == "active"

    asked("post", ann, PRESS)

    assert stands(ann) == ("stopped", "by_hand")
    assert kinds(ann).count("OptedOut") == 1


def test_s3_brought_in_again_they_are_still_left_alone(workspace, bob, ann):
    asked("post", ann, PRESS)
    Address.objects.filter(party=ann, kind="email").update(canonical="ann@home.example")

    known = Known(name="Ann", emails=("ann@home.example",))
    again = find_or_add(workspace, known, owner=bob, at=MONDAY + DAY)

    assert again == ann
    assert refuses(again) == ["email"]


def test_s5_their_no_holds_for_an_address_that_comes_back_after_they_were_forgotten(
    workspace, mia, bob, ann
):
    Address.objects.filter(party=ann, kind="email").update(canonical="ann@home.example")
    asked("post", ann, PRESS)
    forget(ann, by=mia, at=MONDAY)

    known = Known(name="Ann", emails=("ann@home.example",))
    new = find_or_add(workspace, known, owner=bob, at=MONDAY + DAY)
    hear(new, TheyWrote(at=MONDAY + DAY))

    assert new != ann
    assert refuses(new) == ["email"]


def test_a_merged_record_is_left_with_the_one_that_speaks_for_it(workspace, mia, bob, ann):

    other = party_named("Anna", workspace, owner=bob)
    merge(other, into=ann, by=mia, at=MONDAY)

    asked("post", other, PRESS)

    assert refuses(ann) == ["email"]
