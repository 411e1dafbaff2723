"""Many knock at one moment: what happened once is told once, and nobody is turned away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from followthrough.ledger.models import Fact, Party, Receipt
from tests.web.desk import owed_to
from tests.web.knocking import connected, filled, told_by_program, told_by_shopify

pytestmark = pytest.mark.django_db(transaction=True)
ORDER = {"id": 7, "email": "ann@archer.example", "total_price": "10.00"}
CART = {"token": "7", "email": "ann@archer.example", "updated_at": "2026-03-02T10:00:00Z"}
ENQUIRY = {"email": "ann@archer.example", "message": "Do you do boats?"}


def at_once(*knocks):
    def knock(one):
        try:
            return one().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(knocks)) as pool:
        return list(pool.map(knock, knocks))


def test_one_order_told_six_times_at_once_is_one(mia, bob):
    shop = connected("shopify", bob)
    names = ("1", "1", "2", "2", "3", "3")

    answers = at_once(
        *(lambda name=name: told_by_shopify(shop, "orders/create", ORDER, name) for name in names)
    )

    assert answers == [200] * 6
    assert Fact.objects.filter(kind="TheyOrdered").count() == 1
    assert (Party.objects.count(), Receipt.objects.count()) == (1, 3)
    assert set(Receipt.objects.values_list("outcome", flat=True)) == {"taken_in"}


def test_cart_and_order_at_once_leave_nothing_of_the_cart(mia, bob):
    shop = connected("shopify", bob)

    answers = at_once(
        lambda: told_by_shopify(shop, "checkouts/update", CART, "1"),
        lambda: told_by_shopify(shop, "orders/create", ORDER, "2"),
    )

    assert answers == [200, 200]
    assert "ask_about_the_cart" not in [row.rule for row in owed_to(Party.objects.get())]


def test_form_shop_and_chat_at_once_know_one_person(mia, bob):
    form, shop, chat = (connected(kind, bob) for kind in ("form", "shopify", "other"))

    answers = at_once(
        lambda: filled(form),
        lambda: told_by_shopify(shop, "orders/create", ORDER),
        lambda: told_by_program(chat, ENQUIRY),
    )

    assert answers == [303, 200, 200]
    assert Party.objects.count() == 1
    assert Receipt.objects.filter(outcome="taken_in").count() == 3
