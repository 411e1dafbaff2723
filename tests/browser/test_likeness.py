"""Two side by side in a real browser: by keys, on a phone, and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.ledger.models import Likeness, Member, Party, Workspace
from followthrough.ledger.parties import Known, find_or_add
from tests.browser.test_tour import (
    DESK,
    ON_A_PHONE,
    PHONE,
    RULES,
    SIDEWAYS,
    TOO_SMALL,
    _a_monday,
    look,
    settle,
)
from tests.ledger.scene import MONDAY
from tests.web.test_members_in_the_browser import sign_up

__all__ = ["_a_monday", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def two_pairs():
    """Bob Smith and Robert Smith are asked about first, then the two Ann Archers."""
    workspace, member = Workspace.objects.get(), Member.objects.get()
    names = ("Bob Smith", "Robert Smith", "Ann Archer", "Archer, Ann")
    people = [
        find_or_add(
            workspace,
            Known(
                name=name, company="Acme" if "Smith" in name else "",
                emails=(f"p{n}@acme.example",), phones=(f"020 7946 {n:04}",),
                note="Rides a tandem." if n else "",
            ),
            owner=member, at=MONDAY,
        )
        for n, name in enumerate(names)
    ]  # fmt: skip
    for first, second, score in ((0, 1, 0.96), (2, 3, 0.67)):
        Likeness.objects.create(
            workspace=workspace, first=people[first], second=people[second], score=score,
            seen_at=MONDAY, because=["Bob is short for Robert", "the same company"][first // 2 :],
        )  # fmt: skip
    return people


def test_a_list_is_decided_by_keys_alone_and_taken_back(look):
    page = look(DESK)
    sign_up(page)
    bob, robert, ann, archer = two_pairs()
    page.goto("/people/same/")

    page.keyboard.press("Enter")
    settle(page, f"**/people/{bob.pk}/same/{robert.pk}/")
    page.keyboard.press("y")
    settle(page, f"**/people/{ann.pk}/same/{archer.pk}/")
    assert Party.objects.exclude(merged_into=None).get() == robert

    page.keyboard.press("z")
    settle(page, f"**/people/{bob.pk}/same/{robert.pk}/")
    assert not Party.objects.exclude(merged_into=None).exists()

    page.keyboard.press("x")
    settle(page, f"**/people/{ann.pk}/same/{archer.pk}/")
    page.keyboard.press("x")
    settle(page, "**/people/same/")
    assert set(Likeness.objects.values_list("state", flat=True)) == {"kept_apart"}
    assert page.said == []


@ON_A_PHONE
def test_nobody_is_shut_out_and_nothing_overflows(look, size, theme):
    page = look(size, color_scheme=theme)
    sign_up(page)
    bob, robert, *_ = two_pairs()

    for there in (
        "/people/same/", f"/people/{bob.pk}/same/{robert.pk}/", f"/people/{bob.pk}/same/?name=smi",
        f"/people/{bob.pk}/", "/people/",
    ):  # fmt: skip
        page.goto(there)
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], there
        assert not page.evaluate(SIDEWAYS), there
        if size is PHONE:
            assert page.evaluate(TOO_SMALL) == [], there


def test_without_script_two_are_joined_by_a_press_and_parted_on_their_page(look):
    page = look(PHONE, java_script_enabled=False)
    sign_up(page)
    bob, robert, *_ = two_pairs()
    page.goto(f"/people/{bob.pk}/same/{robert.pk}/")

    page.get_by_label("This name stays").nth(1).check(force=True)
    page.get_by_role("button", name="They are the same").click()
    assert Party.objects.exclude(merged_into=None).get() == bob

    page.goto(f"/people/{robert.pk}/")
    page.get_by_role("button", name="Take apart again").click()

    assert page.get_by_text("Bob Smith and Robert Smith are two again.").is_visible()
    assert not Party.objects.exclude(merged_into=None).exists()
