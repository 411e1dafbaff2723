"""What programs bring: believed only with a signature, told once, kept whole, answered plainly."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from followthrough.core.facts import Closed
from followthrough.ledger import clock, connections, receipts
from followthrough.ledger.audit import audit
from followthrough.ledger.connections import give_secret
from followthrough.ledger.models import Connection, Fact, Party, Receipt
from followthrough.ledger.record import record
from followthrough.worker import steps
from followthrough.worker.sending.post import Post
from tests.web.desk import kinds, owed_to
from tests.web.knocking import (
    SECRET,
    brought,
    connected,
    filled,
    told_by_program,
    told_by_shopify,
    told_by_stripe,
    told_by_telephone,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
ORDER = {"id": 7, "email": "ann@archer.example", "total_price": "10.00"}
ENQUIRY = {"name": "Ann Archer", "email": "ann@archer.example", "message": "Do you do boats?"}


@pytest.fixture
def shop(mia, bob):
    return connected("shopify", bob)


@pytest.fixture
def other(mia, bob):
    return connected("other", bob, origin="Chat")


def error(answer):
    return json.loads(answer.content)["error"]


# --- who is believed ---------------------------------------------------------------------


def test_without_the_right_signature_nothing_is_kept_and_it_is_counted(shop):
    answer = told_by_shopify(shop, "orders/create", ORDER, secret="another")

    assert answer.status_code == 401
    assert "signature" in error(answer)
    assert (Receipt.objects.count(), Party.objects.count()) == (0, 0)
    assert Connection.objects.get().refused == 1


def test_no_signature_at_all_is_refused_too(shop, other):
    assert brought(shop, b"{}", {}).status_code == 401
    assert brought(other, b"{}", {}).status_code == 401


def test_where_no_secret_was_given_nothing_is_believed(mia, bob):
    shop = Connection(kind="shopify", title="Shop", owner=bob)
    connections.add(shop, by=bob, at=MONDAY)

    assert told_by_shopify(shop, "orders/create", ORDER, secret="").status_code == 401


def test_while_a_secret_changes_the_one_before_counts_and_no_third(shop):
    give_secret(shop, "second")
    assert told_by_shopify(shop, "orders/create", ORDER, "1").status_code == 200
    assert told_by_shopify(shop, "orders/create", ORDER, "2", secret="second").status_code == 200

    give_secret(shop, "third")
    assert told_by_shopify(shop, "orders/create", ORDER, "3").status_code == 401


@pytest.mark.parametrize("apart", [-6, 6], ids=["six minutes old", "of the future"])
def test_what_was_signed_at_another_time_is_refused(mia, bob, apart):
    shop = connected("stripe", bob)
    with clock.at(MONDAY):
        answer = told_by_stripe(shop, {"id": "evt_1"}, MONDAY + timedelta(minutes=apart))

    assert answer.status_code == 401


def test_the_secret_stands_nowhere_in_the_clear(shop):
    assert SECRET not in str(Connection.objects.values().get())


def test_with_another_key_of_the_server_it_says_what_to_do(shop, settings):
    settings.NAME_KEY = "another"

    answer = told_by_shopify(shop, "orders/create", ORDER)
    assert answer.status_code == 503
    assert "give the secret anew" in error(answer)


@pytest.mark.parametrize("key", ["nobody", "x" * 300, "%00", "é"])
def test_a_key_that_is_none_says_nothing(shop, key):
    answer = Client().post(f"/in/{key}/", b"{}", content_type="application/json")

    assert (answer.status_code, error(answer)) == (404, "There is nothing here.")


def test_the_key_of_a_form_opens_no_other_door(mia, bob):
    form = connected("form", bob)

    assert told_by_program(form, ENQUIRY).status_code == 404


def test_a_door_is_knocked_at_and_not_read(shop):
    assert Client().get(f"/in/{shop.key}/").status_code == 405


def test_woocommerce_may_look_in_before_it_signs_anything(mia, bob):
    shop = connected("woocommerce", bob)

    answer = brought(shop, b"webhook_id=12", {}, "application/x-www-form-urlencoded")
    assert (answer.status_code, Receipt.objects.count()) == (200, 0)


# --- once, in any order -------------------------------------------------------------------


def test_the_same_delivery_again_changes_nothing(shop):
    for _ in range(3):
        assert told_by_shopify(shop, "orders/create", ORDER, "same").status_code == 200

    assert (Receipt.objects.count(), Fact.objects.filter(kind="TheyOrdered").count()) == (1, 1)


def test_one_order_in_several_deliveries_is_one(shop):
    for n, topic in enumerate(("orders/paid", "orders/create", "orders/updated")):
        told_by_shopify(shop, topic, ORDER, str(n))

    assert (Receipt.objects.count(), Fact.objects.filter(kind="TheyOrdered").count()) == (3, 1)


def test_another_shop_has_names_of_its_own(shop, bob):
    told_by_shopify(shop, "orders/create", ORDER)
    told_by_shopify(connected("shopify", bob), "orders/create", ORDER)

    assert Fact.objects.filter(kind="TheyOrdered").count() == 2


def test_a_sum_in_another_currency_is_no_number_of_ours(shop, workspace):
    workspace.currency = "EUR"
    workspace.save()
    told_by_shopify(shop, "orders/create", ORDER | {"currency": "USD"}, "1")
    told_by_shopify(shop, "orders/create", ORDER | {"currency": "eur", "id": 8}, "2")

    orders = Fact.objects.filter(kind="TheyOrdered").order_by("pk")
    assert [fact.own["amount"] for fact in orders] == [0, 1000]


def test_an_order_joins_the_talk_that_is_open(shop, other):
    told_by_program(other, ENQUIRY)
    told_by_shopify(shop, "orders/create", ORDER)

    ann = Party.objects.get()
    assert kinds(ann) == ["TheyEnquired", "TheyOrdered"]


def test_an_order_of_long_ago_is_remembered_and_obliges_nobody(shop, workspace):
    then = (MONDAY - timedelta(days=15)).isoformat()
    with clock.at(MONDAY):
        told_by_shopify(shop, "orders/updated", ORDER | {"created_at": then})

    ann = Party.objects.get()
    assert ("TheyOrdered" in kinds(ann), owed_to(ann)) == (True, [])
    assert audit(workspace, at=MONDAY + timedelta(hours=1)).uncovered == 0


def test_told_again_when_the_talk_is_over_it_opens_nothing(shop, other):
    told_by_program(other, ENQUIRY)
    told_by_shopify(shop, "orders/create", ORDER, "1")
    ann = Party.objects.get()
    now = clock.now()
    record(ann, Closed(at=now, matter="enquiry-1", outcome="won"), source="won", at=now)
    assert owed_to(ann) == []

    told_by_shopify(shop, "orders/fulfilled", ORDER, "2")
    assert (owed_to(ann), Receipt.objects.last().party) == ([], ann)


# --- what cannot be read, and what is nothing ------------------------------------------------


@pytest.mark.parametrize("body", [b"{nope", b"[1]", b"\xff\xfe", b"", b"[" * 100_000])
def test_what_is_no_json_is_kept_and_said(shop, body):
    answer = told_by_shopify(shop, "orders/create", body)

    assert answer.status_code == 400
    assert error(answer) == "This is not JSON, or no object of it."
    receipt = Receipt.objects.get()
    assert (receipt.outcome, bytes(receipt.raw)) == ("unreadable", body)


def test_a_topic_that_nobody_knows_is_kept_and_obliges_nobody(shop):
    answer = told_by_shopify(shop, "themes/publish", {"id": 1})

    assert answer.status_code == 200
    assert (Receipt.objects.get().outcome, Party.objects.count()) == ("nothing", 0)


def test_what_is_too_large_is_refused(shop):
    answer = told_by_shopify(shop, "orders/create", b"x" * (600 << 10))

    assert (answer.status_code, Receipt.objects.count()) == (413, 0)


def test_what_is_made_of_parts_is_refused(other):
    answer = Client().post(f"/in/{other.key}/", ENQUIRY, headers={"Authorization": "Bearer x"})

    assert answer.status_code == 415


def test_what_a_crash_left_is_taken_in_by_the_worker(shop, workspace):
    told_by_shopify(shop, "orders/create", ORDER)
    Fact.objects.all().delete()
    Receipt.objects.update(outcome="received", party=None, at=MONDAY)

    run = next(step.run for step in steps.steps(None, Post()) if step.name == "receipts")
    assert run(workspace, MONDAY) == ""
    assert run(workspace, MONDAY + timedelta(minutes=2)) == "1 taken in"
    assert Receipt.objects.get().outcome == "taken_in"


def test_sent_again_what_a_crash_left_is_taken_in_too(shop):
    told_by_shopify(shop, "orders/create", ORDER)
    Receipt.objects.update(outcome="received")

    told_by_shopify(shop, "orders/create", ORDER)
    assert Receipt.objects.get().outcome == "taken_in"


def test_after_ninety_days_only_what_became_of_it_is_kept(shop, workspace, bob):
    with clock.at(MONDAY):
        told_by_shopify(shop, "orders/create", ORDER)
        filled(connected("form", bob), website="a machine, or not")

    receipts.empty_old(workspace, at=MONDAY + timedelta(days=89))
    assert Receipt.objects.filter(raw=None).count() == 0
    receipts.empty_old(workspace, at=MONDAY + timedelta(days=91))
    assert Receipt.objects.get(raw=None).outcome == "taken_in"
    assert Receipt.objects.exclude(raw=None).get().outcome == "held"


# --- another program --------------------------------------------------------------------------


def test_a_chat_brings_an_enquiry(other, bob):
    assert told_by_program(other, ENQUIRY | {"channel": "chat"}).status_code == 200

    [row] = owed_to(Party.objects.get())
    assert (row.rule, row.member) == ("answer_them", bob)
    assert Fact.objects.get().own == {
        "channel": "chat", "origin": "Chat", "upset": False, "begging": False,
        "shows": [0, 16],
    }  # fmt: skip


def test_without_an_address_it_says_what_is_wrong(other):
    answer = told_by_program(other, {"name": "Ann"})

    assert answer.status_code == 400
    assert "neither a mail address nor a number" in error(answer)
    assert Receipt.objects.get().outcome == "unreadable"


def test_its_own_name_makes_it_one(other):
    for message in ("One", "Two"):
        told_by_program(other, ENQUIRY | {"message": message, "id": "chat-7"})
    told_by_program(other, ENQUIRY, **{"Idempotency-Key": "chat-8"})
    told_by_program(other, ENQUIRY, **{"Idempotency-Key": "chat-8"})

    assert Fact.objects.count() == 2


def test_the_wrong_token_is_refused(other):
    assert told_by_program(other, ENQUIRY, token="guessed").status_code == 401


# --- the telephone -----------------------------------------------------------------------------


@pytest.fixture
def line(mia, bob):
    return connected("telephone", bob)


def test_a_missed_call_waits_for_one_of_ours(line, bob):
    answer = told_by_telephone(
        line, CallSid="CA1", CallStatus="no-answer", From="+442079460301", Direction="inbound"
    )

    [row] = owed_to(Party.objects.get())
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    assert answer.content == b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
    assert (row.rule, row.how, row.member) == ("answer_them", "call", bob)


def test_a_text_waits_for_an_answer(line):
    told_by_telephone(line, MessageSid="SM1", From="+442079460301", Body="Is the sign ready?")

    [row] = owed_to(Party.objects.get())
    assert (row.rule, row.how) == ("answer_them", "sms")


def test_stop_is_obeyed_within_the_request_and_start_again(line):
    told_by_telephone(line, MessageSid="SM1", From="+442079460301", Body="Is it ready?")
    told_by_telephone(line, MessageSid="SM2", From="+442079460301", Body="STOP")

    ann = Party.objects.get()
    assert ann.refuses == ["*"]
    assert {row.how for row in owed_to(ann)} == {"decide"}

    told_by_telephone(line, MessageSid="SM3", From="+442079460301", Body="START")
    ann.refresh_from_db()
    assert ann.refuses == []


def test_stop_of_somebody_new_is_kept_and_owes_nothing(line):
    told_by_telephone(line, MessageSid="SM1", From="+442079460301", Body="Arrêt")

    ann = Party.objects.get()
    assert (ann.refuses, owed_to(ann)) == (["*"], [])


def test_nobody_else_can_call_in_their_name(line):
    answer = brought(
        line, b"CallSid=CA1&CallStatus=no-answer&From=%2B442079460301",
        {"X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
        "application/x-www-form-urlencoded",
    )  # fmt: skip

    assert (answer.status_code, Party.objects.count()) == (401, 0)
