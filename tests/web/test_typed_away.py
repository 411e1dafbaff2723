"""Words that waited without network mean what they meant when they were typed."""

from datetime import timedelta

import pytest

from followthrough.core.facts import unpack
from followthrough.ledger import clock
from followthrough.ledger.models import Fact, FollowUp, Party
from followthrough.web.offline.sending import key_of
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, filled, first_owed, kinds, sheet_of, text_of

TYPED = MONDAY + HOUR


def send(client, member, address, given, at=TYPED):
    given = given | {"typed_at": at.isoformat()}
    return client.post(address, given, headers={"X-Kept": key_of(member)})


def spoke(when, **more):
    return filled(outcome="spoke", when=when, **more)


def told(kind):
    row = Fact.objects.get(kind=kind)
    return unpack(kind, {"at": row.at}, row.own)


def test_tomorrow_is_the_day_after_it_was_typed_and_what_happened_happened_then(ann, bob, bobs):
    enquired(ann)
    with clock.at(TYPED + 9 * HOUR):
        answer = send(bobs, bob, sheet_of(first_owed(ann)), spoke("call tomorrow 15:00"))

    assert answer.status_code == 201
    said = "Kept. Ann has a next step. You typed that today, 11:00: "
    assert answer.content.decode() == said + "it means Tuesday, 3 March 2026 at 15:00."
    assert Fact.objects.get(kind="WeCalled").at == TYPED
    assert told("Planned").due == MONDAY + DAY + 5 * HOUR


def test_a_day_that_has_passed_meanwhile_is_due_at_once_and_is_named(ann, bob, bobs):
    enquired(ann)
    with clock.at(TYPED + 4 * DAY):
        answer = send(bobs, bob, sheet_of(first_owed(ann)), spoke("call tomorrow 15:00"))
        today = text_of(bobs.get("/"))

    assert "it meant Tuesday, 3 March 2026 at 15:00. That has passed" in answer.content.decode()
    assert [row.due for row in FollowUp.objects.filter(settled_at=None)] == [
        MONDAY + DAY + 5 * HOUR
    ]
    assert "Ann" in today


@pytest.mark.parametrize(
    ("said", "then"),
    [
        (MONDAY + 90 * DAY, MONDAY + 40 * DAY),
        (MONDAY, MONDAY + 10 * DAY),
    ],
    ids=["from the future", "longer ago than a month"],
)
def test_a_clock_that_is_wrong_does_no_harm(ann, bob, bobs, said, then):
    enquired(ann)
    with clock.at(MONDAY + 40 * DAY):
        send(bobs, bob, sheet_of(first_owed(ann)), spoke("in 2 weeks"), at=said)

    assert Fact.objects.get(kind="WeCalled").at == then


@pytest.mark.parametrize("said", ["", "yesterday", "2026-03-02T11:00:00", "9999-99-99T00:00Z"])
def test_no_time_at_all_is_now(ann, bob, bobs, said):
    enquired(ann)
    with clock.at(TYPED + DAY):
        bobs.post(sheet_of(first_owed(ann)), spoke("call tomorrow 15:00") | {"typed_at": said})

    assert Fact.objects.get(kind="WeCalled").at == TYPED + DAY
    assert told("Planned").due == MONDAY + 2 * DAY + 5 * HOUR


def test_an_answer_that_was_lost_and_is_sent_again_from_the_browser_stands_once(ann, bob, bobs):
    enquired(ann)
    sheet, given = sheet_of(first_owed(ann)), spoke("call tomorrow 15:00")
    with clock.at(TYPED + HOUR):
        bobs.post(sheet, given)
        send(bobs, bob, sheet, given)

    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]


def test_what_is_shown_again_says_its_day_in_figures_and_still_happened_then(ann, bob, bobs):
    enquired(ann)
    given = filled(when="call tomorrow 15:00", typed_at=TYPED.isoformat())
    with clock.at(TYPED + 9 * HOUR):
        page = bobs.post(sheet_of(first_owed(ann)), given)
        sheet = page.context["form"]
        again = {"outcome": "spoke", "when": sheet.when, "happened_at": sheet.then}
        bobs.post(sheet_of(first_owed(ann)), filled(**again))

    assert sheet.when == "call 2026-03-03 15:00"
    assert f'name="happened_at" value="{TYPED.isoformat()}"' in page.content.decode()
    assert Fact.objects.get(kind="WeCalled").at == TYPED


def test_somebody_new_a_promise_and_a_note_are_of_that_moment_too(ann, bob, bobs):
    with clock.at(TYPED + 4 * DAY):
        new = {"name": "Cleo", "wants": "A sign.", "when": "call tomorrow 15:00", "token": "c"}
        captured = send(bobs, bob, "/capture/", new)
        word = {"text": "Proofs", "when": "tomorrow", "side": "ours", "condition": "", "token": "p"}
        send(bobs, bob, f"/people/{ann.pk}/promises/", word)
        send(bobs, bob, f"/people/{ann.pk}/notes/", {"note": "Likes red.", "token": "n"})

    assert "That has passed, so it is due now." in captured.content.decode()
    for kind in ("TheyEnquired", "WePromised", "Noted"):
        assert abs(Fact.objects.get(kind=kind).at - TYPED) < timedelta(seconds=1), kind
    assert told("WePromised").due.date() == (MONDAY + DAY).date()
    assert Party.objects.filter(name="Cleo").exists()
    assert timedelta() == told("Planned").due - (MONDAY + DAY + 5 * HOUR)
