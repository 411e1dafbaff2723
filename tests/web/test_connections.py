"""Settings: connecting a form, a shop, a telephone; trying it out, changing it, taking it away."""

import re
from datetime import UTC, datetime

import pytest

from followthrough.ledger import clock
from followthrough.ledger.connections import secrets_of
from followthrough.ledger.forget import forget
from followthrough.ledger.membership import let_go
from followthrough.ledger.models import Connection, Fact, Party, Receipt
from tests.web.desk import owed_to, text_of, undo_of
from tests.web.knocking import (
    SECRET,
    connected,
    filled,
    told_by_program,
    told_by_shopify,
    told_by_telephone,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FORM = {
    "title": "Ask us", "origin": "Website", "intro": "", "name": "must", "email": "must",
    "phone": "no", "message": "may", "question": "What for?", "options": "A shop\nA van\n\nA van",
    "opens": "enquiry", "thanks": "", "goes_to": "",
}  # fmt: skip
ORDER = {"id": 7, "email": "ann@archer.example", "total_price": "10.00"}


def undone(client, page):
    [address] = set(
        re.findall(r'action="(/settings/connections/before/[^"]+)"', page.content.decode())
    )
    return client.post(address, follow=True)


# --- connecting -----------------------------------------------------------------------------


def test_a_form_is_made_and_has_an_address(mias, mia, bob):
    page = mias.post("/settings/connections/new/form/", FORM | {"owner": bob.pk}, follow=True)

    form = Connection.objects.get()
    assert (form.title, form.owner, form.added_at is not None) == ("Ask us", bob, True)
    assert form.asks == {
        "name": "must", "email": "must", "phone": "no", "message": "may",
        "question": "What for?", "options": ["A shop", "A van"],
    }  # fmt: skip
    assert f"http://testserver/f/{form.key}/" in page.content.decode()
    assert "&lt;form action=&quot;http://testserver/f/" in page.content.decode()
    assert filled(form, message="").status_code == 303


def test_what_is_pasted_asks_what_the_form_asks(mias, mia, bob):
    page = mias.post("/settings/connections/new/form/", FORM | {"owner": bob.pk}, follow=True)

    names = re.findall(r'name="(\w+)"', page.context["snippet"])
    assert names == ["name", "email", "choice", "message", "website"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "This is missing still."),
        ({"email": "no"}, "Ask for one of the two, or nobody could answer them."),
        ({"goes_to": "javascript:alert(1)"}, "Write a link such as https://example.com/page"),
        ({"owner": "0"}, "Select a valid choice"),
    ],
)
def test_what_stands_in_the_way_is_said(mias, bob, given, said):
    page = mias.post("/settings/connections/new/form/", FORM | {"owner": bob.pk} | given)

    assert page.status_code == 422
    assert said in text_of(page)
    assert Connection.objects.count() == 0


def test_a_shop_is_given_its_secret_which_is_shown_nowhere(mias, bob):
    given = {"title": "Our shop", "owner": bob.pk, "origin": "", "secret": SECRET}
    page = mias.post("/settings/connections/new/shopify/", given, follow=True)

    shop = Connection.objects.get()
    assert secrets_of(shop) == [SECRET]
    assert SECRET not in page.content.decode()
    change = mias.get(f"/settings/connections/{shop.pk}/change/")
    assert SECRET not in change.content.decode()
    assert told_by_shopify(shop, "orders/create", ORDER).status_code == 200


def test_left_empty_the_secret_stays(mias, mia, bob):
    shop = connected("shopify", bob)
    given = {"title": "Another name", "owner": mia.pk, "origin": "", "secret": ""}
    mias.post(f"/settings/connections/{shop.pk}/change/", given)

    shop.refresh_from_db()
    assert (shop.title, shop.owner, secrets_of(shop)) == ("Another name", mia, [SECRET])


def test_another_program_is_given_a_token_that_is_shown_once(mias, bob):
    given = {"title": "Chat", "owner": bob.pk, "origin": ""}
    page = mias.post("/settings/connections/new/other/", given, follow=True)

    chat = Connection.objects.get()
    [token] = secrets_of(chat)
    assert token in page.content.decode()
    assert token not in mias.get(f"/settings/connections/{chat.pk}/").content.decode()
    assert told_by_program(chat, {"email": "a@b.example"}, token).status_code == 200


def test_a_new_token_leaves_the_one_before(mias, mia, bob):
    chat = connected("other", bob)
    mias.post(f"/settings/connections/{chat.pk}/token/")

    chat.refresh_from_db()
    assert len(secrets_of(chat)) == 2
    assert told_by_program(chat, {"email": "a@b.example"}, SECRET).status_code == 200


# --- what came in, and trying it out --------------------------------------------------------


@pytest.mark.parametrize("kind", ["shopify", "woocommerce", "stripe", "telephone", "other"])
def test_a_test_goes_the_whole_way_and_writes_nothing(mias, mia, bob, kind):
    one = connected(kind, bob)
    page = mias.post(f"/settings/connections/{one.pk}/test/", follow=True)

    assert "It works: a delivery like this would be taken in." in text_of(page)
    assert Receipt.objects.get().outcome == "test"
    assert (Party.objects.count(), Fact.objects.count()) == (0, 0)


def test_without_a_secret_the_test_says_so(mias, mia, bob):
    one = connected("shopify", bob)
    Connection.objects.update(secret="", secret_before="")

    page = mias.post(f"/settings/connections/{one.pk}/test/", follow=True)
    assert "Give the secret first" in text_of(page)


def test_each_receipt_says_what_became_of_it(mias, mia, bob):
    shop = connected("shopify", bob)
    with clock.at(MONDAY):
        told_by_shopify(shop, "orders/create", ORDER, "1")
        told_by_shopify(shop, "themes/publish", {}, "2")
        told_by_shopify(shop, "orders/create", b"{", "3")
        told_by_shopify(shop, "orders/create", ORDER, "4", secret="wrong")
        page = mias.get(f"/settings/connections/{shop.pk}/")

    said = text_of(page)
    assert "ann@archer.example" in said
    assert "This is nothing that we follow up. It is kept here." in said
    assert "This is not JSON, or no object of it." in said
    assert "1 delivery was signed wrongly and refused, the last today, 10:00." in said


def test_the_list_says_what_waits_for_a_look(mias, mia, bob):
    form = connected("form", bob, title="Ask us")
    with clock.at(MONDAY):
        filled(form, website="x")
        page = mias.get("/settings/connections/")

    assert "1 to look at" in text_of(page)


def test_what_was_taken_in_by_hand_can_be_undone(mias, mia, bob):
    with clock.at(MONDAY):
        filled(connected("form", bob), website="x")
        page = mias.post(f"/settings/receipts/{Receipt.objects.get().pk}/taken/", follow=True)
        assert owed_to(Party.objects.get())
        mias.post(undo_of(page))

    assert owed_to(Party.objects.get()) == []


# --- undo -----------------------------------------------------------------------------------


def test_taken_away_nothing_comes_in_until_it_is_undone(mias, mia, bob):
    shop = connected("shopify", bob)
    page = mias.post(f"/settings/connections/{shop.pk}/removal/", follow=True)
    assert told_by_shopify(shop, "orders/create", ORDER).status_code == 404

    undone(mias, page)
    assert told_by_shopify(shop, "orders/create", ORDER).status_code == 200


def test_a_change_can_be_undone(mias, mia, bob):
    form = connected("form", bob, title="Before")
    page = mias.post(
        f"/settings/connections/{form.pk}/change/", FORM | {"owner": bob.pk}, follow=True
    )
    undone(mias, page)

    form.refresh_from_db()
    assert (form.title, form.asks, form.removed_at) == ("Before", {}, None)


def test_what_was_just_connected_can_be_undone(mias, mia, bob):
    page = mias.post("/settings/connections/new/form/", FORM | {"owner": bob.pk}, follow=True)
    undone(mias, page)

    assert Connection.objects.get().removed_at is not None


# --- who may --------------------------------------------------------------------------------

PAGES = ("", "new/form/", "{pk}/", "{pk}/change/")
PRESSES = ("{pk}/removal/", "{pk}/token/", "{pk}/test/")


@pytest.mark.parametrize("page", PAGES)
def test_only_administrators_see_it(bobs, sids, mia, bob, page):
    pk = connected("other", bob).pk
    address = f"/settings/connections/{page.format(pk=pk)}"

    assert bobs.get(address).status_code == 403
    assert sids.get(address).status_code == (404 if "{pk}" in page else 200)
    assert (
        "other"
        not in text_of(sids.get("/settings/connections/")).lower().split("connect something")[0]
    )


@pytest.mark.parametrize("press", PRESSES)
def test_only_administrators_press(bobs, sids, bob, mia, press):
    address = f"/settings/connections/{press.format(pk=connected('other', bob).pk)}"

    assert (bobs.post(address).status_code, sids.post(address).status_code) == (403, 404)


def test_a_stranger_takes_nothing_in(sids, mia, bob):
    filled(connected("form", bob), website="x")

    answer = sids.post(f"/settings/receipts/{Receipt.objects.get().pk}/taken/")
    assert (answer.status_code, Party.objects.count()) == (404, 0)


def test_who_may_not_change_it_is_shown_no_way_to_it(bobs, mias):
    assert "Forms and connections" not in text_of(bobs.get("/settings/"))
    assert "Forms and connections" in text_of(mias.get("/settings/"))


# --- forgotten ------------------------------------------------------------------------------


def test_whoever_is_forgotten_stands_in_no_receipt(mia, bob):
    shop, form, line = (connected(kind, bob) for kind in ("shopify", "form", "telephone"))
    number = {"phone": "020 7946 0301"}
    with clock.at(MONDAY):
        told_by_shopify(shop, "orders/create", ORDER)
        told_by_shopify(shop, "customers/update", {"email": "Ann@Archer.example"}, "2")
        filled(form, **number)
        filled(form, message="Buy", website="x", **number)
        told_by_telephone(line, MessageSid="SM1", From="+442079460301", Body="Hello")
        told_by_shopify(shop, "customers/update", {"email": "pat@quill.example"}, "3")
        forget(Party.objects.get(), by=mia, at=MONDAY)

    left = [bytes(receipt.raw) for receipt in Receipt.objects.exclude(raw=None)]
    assert left == [b'{"email": "pat@quill.example"}']


def test_who_leaves_hands_over_what_comes_in_from_then_on(mia, bob):
    form = connected("form", bob)
    let_go(bob, to=mia, by=mia, at=MONDAY)
    with clock.at(MONDAY):
        filled(form)

    assert Party.objects.get().owner == mia


def test_what_waits_for_a_look_is_named_beside_the_machine(bobs, mia, bob):
    shop, form = connected("shopify", bob), connected("form", bob)
    with clock.at(MONDAY):
        assert "needs a look" not in text_of(bobs.get("/health/"))
        told_by_shopify(shop, "orders/create", b"{")
        assert "1 delivery of a form or a shop needs a look" in text_of(bobs.get("/health/"))
        filled(form, website="x")
        assert "2 deliveries of a form or a shop need a look" in text_of(bobs.get("/health/"))
