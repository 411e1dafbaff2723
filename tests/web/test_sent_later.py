"""What waited without network gets a plain answer, for the member who typed it and nobody else."""

import json

import pytest

from followthrough.ledger import clock
from followthrough.web.offline.sending import key_of
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired, filled, first_owed, kinds, sheet_of


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.at(MONDAY + HOUR):
        yield


def send(client, member, address, given):
    return client.post(address, given, headers={"X-Kept": key_of(member)})


def spoke(**more):
    return filled(outcome="spoke", when="call thursday 9:00", **more)


def test_what_is_kept_is_answered_without_a_page_and_without_a_message_for_later(ann, bob, bobs):
    enquired(ann)

    answer = send(bobs, bob, sheet_of(first_owed(ann)), spoke())

    assert (answer.status_code, answer.content) == (204, b"")
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]
    assert "Kept. Ann has a next step" not in bobs.get("/").content.decode()


def test_sent_twice_it_stands_there_once(ann, bob, bobs):
    enquired(ann)
    sheet, given = sheet_of(first_owed(ann)), spoke()

    answers = [send(bobs, bob, sheet, given).status_code for _ in range(2)]

    assert answers == [204, 204]
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]


def test_a_refusal_is_told_with_its_reason(ann, bob, bobs):
    late = send(bobs, bob, f"/people/{ann.pk}/notes/", {"note": "", "token": "t-n"})
    enquired(ann)
    blank = send(bobs, bob, sheet_of(first_owed(ann)), filled())

    assert late.status_code == blank.status_code == 422
    assert late.headers["Content-Type"].startswith("text/plain")
    assert late.content


def test_who_signed_in_meanwhile_does_not_send_what_another_typed(ann, bob, mias):
    enquired(ann)

    assert send(mias, bob, sheet_of(first_owed(ann)), spoke()).status_code == 401
    assert kinds(ann) == ["TheyEnquired"]


def test_who_is_not_signed_in_is_told_so(ann, bob, client):
    enquired(ann)

    assert send(client, bob, sheet_of(first_owed(ann)), spoke()).status_code == 401


def test_each_page_says_whose_it_is_and_a_public_one_nobodys(bob, mia, bobs, mias, client):
    assert bobs.get("/people/").headers["X-Member"] == key_of(bob) != key_of(mia)
    assert mias.get("/people/").headers["X-Member"] == key_of(mia)
    assert "X-Member" not in client.get("/account/login/").headers


def test_the_worker_names_files_that_are_there_and_is_never_kept(client):
    answer = client.get("/sw.js")
    [head] = [line for line in answer.content.decode().split("\n") if "const FILES" in line]
    files = json.loads(head[head.index("[") : head.index("]") + 1])

    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"] == "text/javascript"
    ours = [file for file in files if not file.startswith("/static/")]
    assert [client.get(file).status_code for file in ours] == [200, 200, 200]


def test_the_manifest_opens_today_and_has_an_icon_for_every_home_screen(client):
    told = client.get("/manifest.webmanifest").json()

    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
