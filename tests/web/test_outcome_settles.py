"""What an outcome settles: the promise only when they have it, and a chosen day is never lost."""

import pytest

from followthrough.core.facts import WePromised
from followthrough.ledger import clock
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, filled, first_owed, hear, kinds, owed_to, sheet_of

LATER = MONDAY + HOUR
NEXT = {"mode": "next", "when": "call tomorrow 9:00"}


def send(client, followup, at=LATER, **given):
    with clock.at(at):
        return client.post(sheet_of(followup), filled(**given), follow=True)


def rule_named(party, rule):
    return next((row for row in owed_to(party) if row.rule == rule), None)


@pytest.mark.parametrize("outcome", ["no_answer", "message"])
def test_an_attempt_does_not_keep_a_promise(ann, bobs, outcome):
    hear(ann, WePromised(at=MONDAY, due=MONDAY + 2 * HOUR, how="email", matter="prints"))

    send(bobs, rule_named(ann, "keep_promises"), outcome=outcome, **NEXT)

    assert "PromiseKept" not in kinds(ann)
    assert rule_named(ann, "keep_promises") is not None


@pytest.mark.parametrize("outcome", ["spoke", "no_answer"])
def test_saying_sorry_is_not_yet_doing_it(ann, bobs, outcome):
    hear(ann, WePromised(at=MONDAY, due=MONDAY + HOUR / 2, how="email", matter="prints"))

    repair = rule_named(ann, "repair_broken_promises")
    send(bobs, repair, MONDAY + 4 * HOUR, outcome=outcome, **NEXT)

    assert "PromiseKept" not in kinds(ann)
    assert rule_named(ann, "keep_promises") is not None


def test_what_has_not_happened_yet_cannot_be_kept_and_is_looked_at_again(ann, bobs):
    hear(ann, WePromised(at=MONDAY, condition="ready", check_by=MONDAY + HOUR, matter="prints"))

    send(bobs, first_owed(ann), MONDAY + 2 * HOUR, outcome="wrote", when="call thursday 9:00")

    check = rule_named(ann, "when_it_happens")
    assert (check.what, f"{check.due:%a %H:%M}") == ("Ready yet?", "Thu 09:00")


@pytest.mark.parametrize("note", ["", "They are at a fair."])
def test_not_now_after_a_talk_keeps_its_day(ann, bobs, note):
    enquired(ann)

    send(bobs, first_owed(ann), outcome="spoke", mode="not_now", when="in 3 months", note=note)

    [later] = owed_to(ann)
    assert (later.rule, later.due > LATER + 80 * DAY) == ("not_now", True)


def test_not_now_after_a_promised_call_in_vain_keeps_its_day_too(ann, bobs):
    hear(ann, WePromised(at=MONDAY, due=LATER, how="call", matter="prints"))
    call, away = rule_named(ann, "call_when_we_said"), {"mode": "not_now", "note": "On holiday."}

    send(bobs, call, outcome="no_answer", when="in 1 month", **away)

    assert [(row.rule, row.due > LATER + 25 * DAY) for row in owed_to(ann)] == [("not_now", True)]
