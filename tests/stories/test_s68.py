"""S68: One ledger of our own promises, to customers, to staff and family. Family is private."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, URLResolver, reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import filled, kinds, text_of, who_is_listed

from followthrough.core.facts import Noted
from followthrough.ledger import circle, clock
from followthrough.ledger.models import Detail, Fact, FollowUp, Matter, Member, Party, Text, Want
from followthrough.ledger.record import record
from followthrough.web.undo import undo_address
from followthrough.web.urls import urlpatterns

THURSDAY = MONDAY + timedelta(days=3, hours=8)  # at 18:00
RECITAL = "Dance recital"


def at(moment, client, there, **post):
    with clock.at(moment):
        if post:
            return client.post(there, filled(**post), follow=True)
        return client.get(there)


def give(client, moment=MONDAY, **said):
    answer = at(moment, client, reverse("promises"), **{"circle": "private", "when": ""} | said)
    assert "The promise stands." in text_of(answer)
    return answer


def recital(bobs):
    return give(bobs, text=RECITAL, when="thu 18:00")


# --- private -----------------------------------------------------------------------------


def test_s68_the_recital_stands_in_my_list_and_in_my_day(bob, bobs):
    page = text_of(recital(bobs))

    assert RECITAL in page
    assert "Private: only you see this" in page
    [band] = at(THURSDAY - 8 * HOUR, bobs, "/").context["bands"]
    assert [row["quote"] for row in band["rows"]] == [RECITAL]


def test_s68_others_see_that_i_am_busy_then(bob, bobs):
    recital(bobs)

    [busy] = circle.busy(bob, MONDAY, MONDAY + 7 * DAY)
    assert (busy.start, busy.end) == (THURSDAY, THURSDAY + HOUR)


def test_s68_an_administrator_reads_it_on_no_page(workspace, ann, bob, bobs, mia, mias):
    recital(bobs)
    followup = FollowUp.objects.get(rule="keep_promises")
    party = followup.party

    for there in (
        "/", "/health/", "/people/", "/people/?q=recital", "/people/?q=private", "/members/",
        reverse("promises"), reverse("promises") + "?whose=everybody",
        reverse("promises") + "?whose=everybody&circle=private",
        reverse("promises") + "?circle=private", reverse("promises_kept"),
        reverse("departure", args=[bob.pk]),
    ):  # fmt: skip
        answer = at(THURSDAY + DAY, mias, there)
        assert answer.status_code == 200, there
        assert RECITAL not in text_of(answer), there
        assert "Private: only you" not in text_of(answer), there
    for there in (
        reverse("person", args=[party.pk]), reverse("outcome", args=[followup.pk]),
        reverse("why", args=[followup.pk]), reverse("followup_panel", args=[followup.pk]),
        reverse("promise_later", args=[followup.pk]), reverse("details", args=[party.pk]),
    ):  # fmt: skip
        assert at(THURSDAY, mias, there).status_code == 404, there


@pytest.mark.parametrize("day", [0, 3, 4])
def test_s68_no_page_without_an_id_shows_it_to_an_administrator(bob, bobs, mia, mias, day):
    """All of them, also those that come later."""
    recital(bobs)
    [(pk, party)] = FollowUp.objects.filter(rule="keep_promises").values_list("pk", "party")

    for there in sorted(addresses()):
        body = at(MONDAY + day * DAY, mias, there).content.decode()
        assert RECITAL not in body, there
        for link in (f"/people/{party}/", f"/followups/{pk}/"):
            assert link not in body, there
        assert "Private" not in who_are_named(body), there


def test_s68_in_her_view_of_my_week_i_am_busy(bob, bobs, mia, mias):
    recital(bobs)

    there = f"{reverse('week')}?member={bob.pk}&day={THURSDAY:%Y-%m-%d}"
    hers, mine = at(MONDAY, mias, there), at(MONDAY, bobs, there)
    assert [row["who"] for row in hers.context["rows"]] == ["Busy"]
    assert [row["who"] for row in mine.context["rows"]] == ["Private"]


def addresses():
    """Of every screen of ours that needs no id."""
    names = {one for one in names_of(urlpatterns) if not one.startswith(("account_", "mfa_"))}
    for name in names - {"demo"}:
        with suppress(NoReverseMatch):
            yield reverse(name)


def names_of(patterns):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names_of(one.url_patterns)
        elif one.name:
            yield one.name


def who_are_named(body):
    return re.findall(r'class="(?:who|whom)"[^>]*>(?:<a[^>]*>)?([^<]+)', body)


def test_s68_nor_can_she_end_or_move_it(bob, bobs, mias):
    recital(bobs)
    followup = FollowUp.objects.get(rule="keep_promises")

    over = at(MONDAY, mias, reverse("promise_over", args=[followup.pk]), end="kept")
    moved = at(MONDAY, mias, reverse("promise_later", args=[followup.pk]), when="friday noon")

    assert (over.status_code, moved.status_code) == (404, 404)
    followup.refresh_from_db()
    assert followup.settled_at is None


def test_s68_her_own_undo_does_not_take_it_back(bob, bobs, mias):
    recital(bobs)
    party = FollowUp.objects.first().party
    source = "test:undo"
    record(party, Noted(at=MONDAY), source=source, at=MONDAY)
    undo = undo_address(party, source)

    assert at(MONDAY, mias, undo, really="yes").status_code == 404
    assert at(MONDAY, bobs, undo, really="yes").status_code == 200
    assert kinds(party)[-1] == "Retracted"


def test_s68_it_is_moved_with_its_words_and_kept_with_one_press(bob, bobs):
    recital(bobs)
    moved = at(
        MONDAY + HOUR, bobs,
        reverse("promise_later", args=[FollowUp.objects.get(rule="keep_promises").pk]),
        when="fri 17:00",
    )  # fmt: skip
    assert RECITAL in text_of(moved)

    followup = FollowUp.objects.get(rule="keep_promises", settled_at=None)
    assert followup.due == THURSDAY + 23 * HOUR
    kept = at(MONDAY + 2 * HOUR, bobs, reverse("promise_over", args=[followup.pk]), end="kept")
    assert "Kept." in text_of(kept)
    assert not Matter.objects.filter(closed_at=None).exists()


def test_s68_a_wish_for_other_numbers_counts_and_shows_nothing_private(ann, bob, bobs, mias):
    """Whoever administers reads what it would move."""
    give(bobs, circle="customers", to="Ann", text="The proof", when="thu 18:00")
    recital(bobs)

    page = at(MONDAY, mias, reverse("settings_numbers"), **{"keep_promises.grace": "90"})

    assert [row["row"].party.name for row in page.context["rows"]] == ["Ann"]


SECRET = "Oncology appointment"


def test_s68_nothing_told_to_any_address_with_its_id_is_kept_for_others_to_read(
    ann, bob, bobs, mia, mias
):
    recital(bobs)
    own = FollowUp.objects.get(rule="keep_promises")
    numbers = (own.party_id, own.pk, own.matter_id)

    for there in sorted(addresses_of(numbers)):
        with clock.at(MONDAY):
            bobs.post(there, said(ann, mia))
            bobs.post(there, said(ann, mia) | {"party": str(own.party_id), "text": SECRET})

    assert Party.objects.get(pk=own.party_id).owner == bob
    assert kept_in_clear(own.party) == []


def test_s68_the_very_same_is_kept_of_a_customer(ann, bob, bobs, mia):
    """So that the walk above walks where words are kept."""
    with clock.at(MONDAY):
        bobs.post(reverse("notes", args=[ann.pk]), said(ann, mia))

    assert SECRET in kept_in_clear(ann)


def said(ann, mia):
    """Every field that some form has."""
    words = dict.fromkeys(
        ("note", "text", "title", "name", "about", "given", "reason", "condition", "company",
         "role", "what", "detail", "person", "words", "value"), SECRET,
    )  # fmt: skip
    rest = {"outcome": "spoke", "mode": "next", "told": "called", "to": str(mia.pk), "other": "x"}
    return filled(when="call tomorrow 9am", kind="personal", side="ours", **words | rest)


def addresses_of(numbers):
    for name in {one for one in names_of(urlpatterns) if not one.startswith(("account_", "mfa_"))}:
        for pk in numbers:
            for args in ([pk], [pk, pk]):
                with suppress(NoReverseMatch):
                    yield reverse(name, args=args)
    yield reverse("promises")


def kept_in_clear(party):
    """All that stands of them as anybody with the books reads it."""
    here = {"party": party.pk}
    rows = [
        *Text.objects.filter(**here).values_list("title", "body"),
        *Matter.objects.filter(**here).values_list("title", "reason"),
        *Want.objects.filter(**here).values_list("text"),
        *Detail.objects.filter(**here).values_list("text"),
        *Party.objects.filter(pk=party.pk).values_list("about", "company", "given"),
        *((str(own),) for own in Fact.objects.filter(**here).values_list("own", flat=True)),
    ]
    return [word for row in rows for word in row if SECRET in word]


# --- the other circles -------------------------------------------------------------------


def test_s68_our_word_to_a_customer_and_to_a_colleague_stand_in_one_list(ann, bob, mia, bobs):
    give(bobs, circle="customers", to="Ann", text="The proof", when="tomorrow 10:00")
    give(bobs, circle="team", to="Mia", text="The price list", when="wed 12:00")
    recital(bobs)

    page = at(MONDAY, bobs, reverse("promises"))

    lines = [(line["text"], line["whose"]) for day in page.context["days"] for line in day["lines"]]
    assert lines == [
        ("The proof", "You to Ann"), ("The price list", "You to Mia"),
        (RECITAL, "Private: only you see this"),
    ]  # fmt: skip
    for name, text in (("customers", "The proof"), ("team", "The price list"),
                       ("private", RECITAL)):  # fmt: skip
        some = at(MONDAY, bobs, reverse("promises") + f"?circle={name}")
        assert [line["text"] for day in some.context["days"] for line in day["lines"]] == [text]


def test_s68_a_word_of_theirs_stands_among_ours(ann, bob, bobs):
    give(bobs, circle="customers", to="Ann", by="they", text="The permission", when="wed 12:00")

    page = at(MONDAY, bobs, reverse("promises"))
    [line] = [line for day in page.context["days"] for line in day["lines"]]
    assert (line["text"], line["whose"]) == ("The permission", "Ann to you")


def test_s68_what_a_colleague_promised_a_customer_is_theirs_to_keep_and_ours_to_see(
    ann, bob, mia, mias, bobs
):
    give(mias, circle="customers", to="Ann", by=str(bob.pk), text="The proposal", when="tue 12:00")

    assert FollowUp.objects.get(rule="keep_promises").member == bob
    assert "The proposal" in text_of(at(MONDAY, bobs, reverse("promises")))
    everybody = text_of(at(MONDAY, mias, reverse("promises") + "?whose=everybody"))
    assert "Bob to Ann" in everybody


def test_s68_a_colleague_is_no_customer(ann, bob, mia, bobs, workspace):
    give(bobs, circle="team", to="Mia", text="The price list", when="wed 12:00")

    assert "Mia" not in text_of(at(MONDAY, bobs, "/people/")).split("Bob")[0]
    band = who_is_listed(at(MONDAY + 2 * DAY, bobs, "/"))
    assert band == {"You gave your word": ["Mia"]}


def test_s68_whoever_leaves_takes_what_is_private_along(bob, mia, mias, bobs, ann):
    recital(bobs)
    with clock.at(MONDAY):
        mias.post(reverse("departure", args=[bob.pk]), {"to": mia.pk})

    assert not Member.objects.get(pk=bob.pk).active
    assert not FollowUp.objects.filter(settled_at=None).exists()
