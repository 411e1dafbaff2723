"""What shops tell: an order, a cart that was left, or nothing; also where it makes no sense."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.core.facts import TheyLeftACart, TheyOrdered
from followthrough.inlets.brought import Brought, Nothing
from followthrough.inlets.shops import shopify, stripe, woocommerce

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SHOPS = [
    (shopify, "orders/create"), (shopify, "checkouts/update"), (woocommerce, "order.updated"),
    (stripe, "checkout.session.completed"), (stripe, "checkout.session.expired"),
]  # fmt: skip


def sample(shared, name):
    return json.loads((shared / "webhooks" / name).read_text("utf-8"))


def test_an_order_of_shopify(shared):
    payload = sample(shared, "shopify/order.json")["order"]
    found = shopify.brought("orders/create", payload, at=NOW)

    assert isinstance(found, Brought)
    [order] = found.facts
    assert order == TheyOrdered(
        at=datetime(2008, 1, 10, 16, tzinfo=UTC), amount=40_994,
        cart="68778783ad298f1c80c3bafcddeea02f",
    )  # fmt: skip
    assert (found.contact.name, found.contact.emails) == (
        "Bob Norman", ("bob.norman@hostmail.com",),
    )  # fmt: skip
    assert (found.source, found.currency) == ("order:450789469", "USD")
    assert found.words[0][1].splitlines()[0] == "1 × IPod Nano - 8gb - green"


def test_an_order_of_woocommerce(shared):
    found = woocommerce.brought(
        "order.created", sample(shared, "woocommerce/orders-0.json"), at=NOW
    )

    assert isinstance(found, Brought)
    assert found.facts == (
        TheyOrdered(at=datetime(2017, 3, 22, 19, 28, 2, tzinfo=UTC), amount=2935, cart="727"),
    )
    assert (found.contact.name, found.contact.phones) == ("John Doe", ("(555) 555-5555",))
    assert found.words[0][1] == (
        "2 × Woo Single #1\n1 × Ship Your Idea &ndash; Color: Black, Size: M Test"
    )


@pytest.mark.parametrize("status", ["pending", "failed", "checkout-draft"])
def test_an_order_that_was_begun_and_not_paid_is_a_cart(shared, status):
    order = sample(shared, "woocommerce/orders-0.json") | {"status": status}
    found = woocommerce.brought("order.updated", order, at=NOW)

    assert isinstance(found, Brought)
    assert [type(fact) for fact in found.facts] == [TheyLeftACart]
    assert found.facts[0].matter == "cart-727"


def test_a_checkout_of_stripe(shared):
    session = sample(shared, "stripe/fixtures3.json")["resources"]["checkout.session"]
    event = {"id": "evt_1", "created": 1_234_567_890, "data": {"object": session}}

    unpaid = stripe.brought("checkout.session.completed", event, at=NOW)
    ran_out = stripe.brought("checkout.session.expired", event, at=NOW)
    event["data"]["object"] = session | {"payment_status": "paid", "amount_total": 5000}
    paid = stripe.brought("checkout.session.completed", event, at=NOW)

    assert isinstance(unpaid, Nothing)
    assert isinstance(ran_out, Brought)
    assert ran_out.contact.emails == ("example@example.com",)
    assert isinstance(paid, Brought)
    assert paid.facts[0].cart == ran_out.facts[0].cart
    assert (paid.facts[0].at, paid.facts[0].amount) == (
        datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC), 5000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shop", "topic", "payload"),
    [
        (shopify, "products/update", {"id": 1}),
        (shopify, "orders/create", {"id": 1, "email": "a@b.example", "cancelled_at": "2026"}),
        (shopify, "checkouts/update", {"email": "a@b.example", "completed_at": "2026-03-02"}),
        (shopify, "carts/update", {"token": "t", "line_items": [{"title": "A sign"}]}),
        (woocommerce, "order.updated", {"status": "cancelled"}),
        (woocommerce, "action.anything", {"status": "processing"}),
        (stripe, "plan.created", {}),
        (shopify, "", {}),
    ],
    ids=["topic", "cancelled", "bought", "nobody’s", "status", "hook", "plan", "nothing"],
)
def test_what_obliges_nobody_says_so(shop, topic, payload):
    found = shop.brought(topic, payload, at=NOW)

    assert isinstance(found, Nothing)
    assert found.why


def test_nothing_happens_later_than_we_hear_of_it():
    order = {"id": 1, "email": "a@b.example", "created_at": "2999-01-01T00:00:00Z"}

    found = shopify.brought("orders/create", order, at=NOW)
    assert isinstance(found, Brought)
    assert found.facts[0].at == NOW


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda some: st.lists(some, max_size=3)
    | st.dictionaries(
        st.sampled_from([
            "id", "email", "created_at", "updated_at", "total_price", "line_items", "quantity",
            "customer", "billing_address", "status", "billing", "total", "data", "object", "phone",
            "payment_status", "customer_details", "amount_total", "created", "order", "token",
        ]),
        some, max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None, database=None)
@given(st.sampled_from(SHOPS), ANYTHING)
def test_no_payload_is_too_strange(shop, payload):
    inlet, topic = shop
    payload = payload if isinstance(payload, dict) else {"status": "processing", "data": payload}

    assert isinstance(inlet.brought(topic, payload, at=NOW), Brought | Nothing)
