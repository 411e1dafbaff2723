"""Act, then undo: only ours, only once, only what the link says."""

import pytest
from django.core import signing

from followthrough.core.facts import Noted
from followthrough.ledger import clock
from followthrough.ledger.record import record
from followthrough.web.undo import undo_address
from tests.ledger.scene import HOUR, MONDAY, obligations
from tests.web.desk import enquired, hear, kinds, numbers, text_of


@pytest.fixture
def link(ann):
    enquired(ann)
    record(ann, Noted(at=MONDAY), source="page:note", at=MONDAY)
    return undo_address(ann, "page:note")


def undo(client, link, **given):
    with clock.at(MONDAY + next(numbers) * HOUR):
        return client.post(link, given, follow=True)


def test_it_takes_back_what_the_link_says_and_nothing_else(workspace, ann, link, bobs):
    hear(ann, Noted(at=MONDAY))
    before = obligations(workspace)

    page = undo(bobs, link)

    assert "Taken back." in text_of(page)
    assert kinds(ann) == ["TheyEnquired", "Noted", "Noted", "Retracted"]
    assert obligations(workspace) == before


def test_the_second_time_there_is_nothing_to_take_back(ann, link, bobs):
    undo(bobs, link)

    assert "That was taken back already." in text_of(undo(bobs, link))
    assert kinds(ann).count("Retracted") == 1


def test_it_goes_back_to_the_person_when_asked(ann, link, bobs):
    assert undo(bobs, link, back="person").redirect_chain[0][0] == f"/people/{ann.pk}/"
    assert undo(bobs, link, back="//evil.example").redirect_chain[0][0] == "/"


def test_a_stranger_with_the_link_gets_nowhere(ann, link, sids):
    assert undo(sids, link).status_code == 404
    assert "Retracted" not in kinds(ann)


@pytest.mark.parametrize("change", [lambda t: t[:-2] + "x/", lambda _: "/undo/nonsense/"])
def test_a_link_that_somebody_wrote_is_refused(ann, link, bobs, change):
    assert undo(bobs, change(link)).status_code == 404
    assert "Retracted" not in kinds(ann)


def test_a_signature_for_something_else_does_not_open_it(ann, link, bobs):
    other = signing.dumps([ann.pk, "page:note"], salt="other", compress=True)

    assert undo(bobs, f"/undo/{other}/").status_code == 404


def test_looking_is_not_undoing(ann, link, bobs):
    assert bobs.get(link).status_code == 405
    assert "Retracted" not in kinds(ann)


# --- the last one, after its toast went -----------------------------------------------------------


def note(client, ann, token):
    with clock.at(MONDAY + next(numbers) * HOUR):
        client.post(f"/people/{ann.pk}/notes/", {"note": f"Word {token}", "token": token})


def last_undo_on(client, page="/people/"):
    return client.get(page).context["rail"]["undo"]


def test_the_last_thing_done_can_be_undone_from_any_page_also_later(ann, bobs):
    note(bobs, ann, "a")
    note(bobs, ann, "b")
    bobs.get("/people/")  # the toast is shown, and leaves

    page = undo(bobs, last_undo_on(bobs), at="/people/")

    assert page.redirect_chain[-1][0] == "/people/"
    assert kinds(ann) == ["Noted", "Noted", "Retracted"]
    assert last_undo_on(bobs) == ""


def test_it_is_nobody_elses_to_undo(ann, bobs, mia):
    note(bobs, ann, "a")
    bobs.force_login(mia.user)

    assert last_undo_on(bobs) == ""


def test_a_cookie_that_somebody_wrote_undoes_nothing(ann, bobs):
    note(bobs, ann, "a")
    assert last_undo_on(bobs)

    bobs.cookies["undo"] = bobs.cookies["undo"].value[:-1] + "~"
    assert last_undo_on(bobs) == ""


@pytest.mark.parametrize("at", ["//evil.example/", "https://evil.example/", "javascript:1", ""])
def test_an_undo_never_leads_away(ann, link, bobs, at):
    assert undo(bobs, link, at=at).redirect_chain[0][0] == "/"
