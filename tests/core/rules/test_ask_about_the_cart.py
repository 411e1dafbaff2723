"""What they left in the cart: asked about once, gone with the order, whichever we hear first."""

from itertools import permutations

import pytest
from tests.core.cast import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    NEXT_MONDAY,
    ROOF,
    TUESDAY,
    answered,
    by_rule,
    called,
    decide,
    history,
    left_a_cart,
    only,
    ordered,
    owed,
    planned,
    promised,
    rules_of,
    terms,
    wrote,
)

from followthrough.core.facts import Waived
from followthrough.core.history import History

CART = {"matter": "cart-7", "cart": "7"}
LEFT = left_a_cart(MONDAY, amount=9000, **CART)


def test_s33_after_two_hours_we_ask_what_stood_in_the_way():
    one = only(LEFT)

    assert (one.rule, one.what, one.how) == (
        "ask_about_the_cart", "Ask what stood in the way", "email",
    )  # fmt: skip
    assert (one.start, one.due, one.exact) == (MONDAY + 2 * HOUR, TUESDAY + 2 * HOUR, True)


def test_s33_the_team_may_set_when():
    assert only(LEFT, knobs={"ask_about_the_cart.after": 24}).start == TUESDAY


def test_it_stays_one_question_however_often_the_cart_changes():
    again = left_a_cart(MONDAY + HOUR, amount=12_000, **CART)
    first, then = only(LEFT), only(LEFT, again)

    assert first.key == then.key
    assert then.start == MONDAY + 3 * HOUR


@pytest.mark.parametrize(
    "order",
    [
        ordered(MONDAY + HOUR, matter=""),
        ordered(MONDAY, matter=""),
        ordered(MONDAY - MINUTE, matter="", cart="7"),
        ordered(MONDAY + 30 * DAY, matter="order-1"),
    ],
    ids=["after it", "at one instant", "the same cart, told of once more", "much later"],
)
def test_s33_an_order_settles_the_cart(order):
    settled = history(LEFT, order)

    assert settled.matters["cart-7"].closed.outcome == "ordered"
    assert by_rule("ask_about_the_cart", LEFT, order) == []


def test_s33_the_order_of_hearing_does_not_matter():
    told = [
        left_a_cart(MONDAY, name="left", **CART),
        left_a_cart(MONDAY + 5 * MINUTE, name="more", **CART),
        ordered(MONDAY + 2 * MINUTE, matter="order-1", cart="7", name="bought"),
    ]
    ends = {str(decide(History("ann", some), terms())) for some in permutations(told)}

    assert len(ends) == 1
    assert "cart-7" not in ends.pop()


def test_s33_the_next_cart_is_asked_about_again():
    other = left_a_cart(NEXT_MONDAY, matter="cart-8", cart="8")

    [one] = by_rule("ask_about_the_cart", LEFT, ordered(TUESDAY, matter="order-1"), other)
    assert one.matter == "cart-8"


def test_an_order_does_not_end_what_was_promised_beside_it():
    word = promised(MONDAY + HOUR, due=TUESDAY, matter="cart-7")

    assert "keep_promises" in rules_of(LEFT, word, ordered(MONDAY + 2 * HOUR, matter="order-1"))


def test_what_they_write_afterwards_is_no_part_of_the_cart():
    mail = wrote(MONDAY + HOUR, matter="")
    told = history(LEFT, mail, ordered(TUESDAY, matter="order-1"))

    assert [matter.kind for matter in told.open_matters() if matter.waiting] == ["enquiry"]


@pytest.mark.parametrize(
    "since",
    [
        answered(MONDAY + 3 * HOUR, matter="cart-7"),
        called(MONDAY + 3 * HOUR, matter="cart-7"),
        planned(MONDAY + 3 * HOUR, due=TUESDAY, matter="cart-7"),
        Waived(at=MONDAY + 3 * HOUR, what="ask_about_the_cart/cart-7/cart"),
    ],
    ids=["we wrote", "we rang", "a day was chosen", "it was let go"],
)
def test_it_is_asked_once(since):
    assert [one for one in owed(LEFT, since) if one.rule == "ask_about_the_cart"] == []


def test_a_cart_in_a_talk_leaves_the_talk_open():
    talk = history(wrote(MONDAY), left_a_cart(TUESDAY), ordered(TUESDAY + HOUR))

    assert talk.matters[ROOF].closed is None
    assert talk.matters[ROOF].cart is None
