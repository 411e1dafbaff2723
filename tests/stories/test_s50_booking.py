"""S50: Whoever asks for a time gets the address of one's own booking page."""

import re

import pytest
from django.urls import reverse
from tests.web.desk import text_of

PAGE = "https://example.com/bob?for=a-visit"


def keep(client, booking):
    form = {"name": "Bob", "language": "", "zone": "", "line": "", "theme": "", "booking": booking}
    return client.post(reverse("profile"), form, follow=True)


@pytest.mark.parametrize(
    ("said", "kept"), [(PAGE, PAGE), ("example.com/bob", "https://example.com/bob"), ("", "")]
)
def test_s50_a_member_keeps_the_address_of_their_own_booking_page(said, kept, bob, bobs):
    keep(bobs, said)

    bob.refresh_from_db()
    assert bob.booking == kept


@pytest.mark.parametrize("said", ["javascript:alert(1)", "ftp://example.com/x", "not an address"])
def test_s50_what_is_no_address_is_refused_with_what_to_do(said, bob, bobs):
    page = keep(bobs, said)

    bob.refresh_from_db()
    assert page.status_code == 422
    assert "Write a link such as https://example.com/page" in text_of(page)
    assert bob.booking == ""


def test_s50_a_change_of_it_can_be_taken_back(bob, bobs):
    keep(bobs, PAGE)
    page = keep(bobs, "https://example.com/other")
    bobs.post(undo_of_profile(page))

    bob.refresh_from_db()
    assert bob.booking == PAGE


def undo_of_profile(page):
    return re.search(r'action="(/account/undone/[^"]+)"', page.content.decode())[1]
