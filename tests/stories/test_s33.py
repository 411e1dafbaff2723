"""S33: Whoever left a cart is asked about it; with the order nothing of the cart is owed."""

from itertools import permutations

import pytest
from django.urls import reverse
from tests.core.cast import MINUTE
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import owed_to, text_of
from tests.web.knocking import connected, told_by_shopify, told_by_stripe, told_by_woocommerce

from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Fact, FollowUp, Matter, Party

LEFT = {
    "token": "checkout-7", "cart_token": "cart-7", "email": "ann@archer.example",
    "updated_at": MONDAY.isoformat(), "total_price": "120.00", "currency": "EUR",
    "line_items": [{"title": "A sign", "quantity": 1}],
}  # fmt: skip
ORDERED = {
    "id": 1001, "name": "#1001", "cart_token": "cart-7", "email": "Ann@Archer.example",
    "created_at": (MONDAY + 3 * HOUR).isoformat(), "total_price": "120.00", "currency": "EUR",
    "customer": {"first_name": "Ann", "last_name": "Archer"},
    "line_items": [{"title": "A sign", "quantity": 1}],
}  # fmt: skip


@pytest.fixture
def shop(mia, bob):
    return connected("shopify", bob)


def cart_left(shop, name="left", at=MONDAY):
    with clock.at(at):
        return told_by_shopify(shop, "checkouts/update", LEFT, name)


def order_made(shop, name="ordered", at=MONDAY + 3 * HOUR):
    with clock.at(at):
        return told_by_shopify(shop, "orders/create", ORDERED, name)


def asked_about_the_cart():
    return FollowUp.objects.filter(rule="ask_about_the_cart", settled_at=None)


def test_s33_after_two_hours_bob_is_to_ask(workspace, shop, bob, bobs):
    cart_left(shop)

    ann = Party.objects.get()
    [row] = owed_to(ann)
    assert (row.what, row.member, row.how) == ("Ask what stood in the way", bob, "email")
    with clock.at(MONDAY + HOUR):
        assert ann.name not in text_of(bobs.get("/"))
    with clock.at(MONDAY + 2 * HOUR + MINUTE):
        assert "They chose something and have not ordered it" in text_of(bobs.get("/"))
    assert audit(workspace, at=MONDAY + HOUR).uncovered == 0


def test_s33_the_order_takes_it_off_the_list_within_the_request(workspace, shop):
    cart_left(shop)
    order_made(shop)

    [ann] = Party.objects.all()
    assert not asked_about_the_cart().exists()
    assert Matter.objects.get(kind="cart").outcome == "ordered"
    assert [row.what for row in owed_to(ann)] == ["Thank them for the order"]
    assert audit(workspace, at=MONDAY + 4 * HOUR).uncovered == 0


def test_s33_whichever_order_they_arrive_in_and_how_often(shop):
    """The shop sends each twice, and the order may come first."""
    steps = [(cart_left, "left"), (order_made, "ordered"), (cart_left, "left")]
    for n, some in enumerate(permutations(steps)):
        for tell, name in some:
            assert tell(shop, f"{name} {n}", at=MONDAY + 4 * HOUR).status_code == 200

        assert not asked_about_the_cart().exists(), n
    assert Party.objects.count() == 1
    assert Fact.objects.filter(kind="TheyOrdered").count() == 1


def test_s33_what_was_in_it_stands_on_the_page_of_the_person(shop, bobs):
    cart_left(shop)
    order_made(shop)

    with clock.at(MONDAY + 4 * HOUR):
        page = text_of(bobs.get(reverse("person", args=[Party.objects.get().pk])))
    assert "They left something in the cart" in page
    assert "They ordered" in page
    assert "A sign" in page


def test_s33_woocommerce_tells_of_begun_and_of_paid(mia, bob):
    shop = connected("woocommerce", bob)
    order = {
        "id": 727, "status": "pending", "total": "29.35", "currency": "GBP",
        "date_created_gmt": "2026-03-02T09:00:00", "date_modified_gmt": "2026-03-02T09:00:00",
        "billing": {"first_name": "Ann", "last_name": "Archer", "email": "ann@archer.example"},
    }  # fmt: skip

    with clock.at(MONDAY):
        told_by_woocommerce(shop, "order.created", order, "1")
        assert asked_about_the_cart().exists()
        told_by_woocommerce(shop, "order.updated", order | {"status": "processing"}, "2")
    assert not asked_about_the_cart().exists()


def test_s33_stripe_tells_of_paid_and_of_run_out(mia, bob):
    shop = connected("stripe", bob)
    who = {"email": "ann@archer.example", "name": "Ann Archer"}

    def told(name, topic, session):
        event = {
            "id": name, "type": f"checkout.session.{topic}", "created": int(MONDAY.timestamp()),
            "data": {"object": {"customer_details": who, "amount_total": 5000} | session},
        }  # fmt: skip
        with clock.at(MONDAY):
            return told_by_stripe(shop, event, MONDAY)

    told("evt_1", "expired", {"id": "cs_1"})
    assert asked_about_the_cart().exists()
    told("evt_2", "completed", {"id": "cs_2", "payment_status": "paid"})
    assert not asked_about_the_cart().exists()
