"""Today's parts: by one way only, what follows, what changed, what was done, and why this order."""

import re

import pytest
from django.urls import reverse

from followthrough.core.facts import (
    Asked,
    HandedOver,
    Opened,
    OptedOut,
    Planned,
    TheyCalled,
    TheyEnquired,
    TheyWrote,
    WeCalled,
)
from followthrough.ledger import clock
from followthrough.ledger.done import done_today
from followthrough.ledger.models import Address, FollowUp, Matter
from followthrough.ledger.record import record
from followthrough.web.today.lately import lately
from followthrough.web.today.panel import last_words
from followthrough.web.today.to_say import words_for
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import (
    SCRIPTED,
    enquired,
    filled,
    first_owed,
    hear,
    kinds,
    quiet,
    sheet_of,
    text_of,
    who_is_listed,
)

NOW = MONDAY + HOUR


def seen(client, there="/", at=NOW, **more):
    with clock.at(at):
        return client.get(there, **more)


# --- by one way ---------------------------------------------------------------------------


@pytest.fixture
def both_ways(workspace, bob):
    """Two to call, one to write to."""
    for name in ("Ann", "Pat"):
        enquired(party_named(name, workspace, bob))
    zoe = party_named("Zoe", workspace, bob)
    Address.objects.filter(party=zoe, kind="phone").delete()
    hear(zoe, TheyWrote(at=MONDAY, matter="roof"))


def test_the_ways_are_counted_and_each_shows_its_own(both_ways, bobs):
    day, mail = seen(bobs), seen(bobs, "/?way=mail")

    shown = [(str(one["word"]), one["count"]) for one in day.context["filters"]]
    assert shown == [("All", "3"), ("Calls", "2"), ("Mail", "1")]
    assert who_is_listed(mail) == {"Waiting on you": ["Zoe"]}
    assert [one["here"] for one in mail.context["filters"]] == [False, False, True]


def test_a_way_with_nothing_in_it_leads_back(both_ways, bobs):
    page = seen(bobs, "/?way=text")

    assert who_is_listed(page) == {}
    assert "Nothing of this kind today." in text_of(page)


@pytest.mark.parametrize("absurd", ["nothing", "\0", "9" * 4000, "1' OR 1=1"])
def test_an_absurd_way_is_the_whole_day(both_ways, bobs, absurd):
    with clock.at(NOW):
        page = bobs.get("/", {"way": absurd})

    assert len(who_is_listed(page)["Waiting on you"]) == 3


def test_one_way_only_needs_no_choice(ann, bobs):
    enquired(ann)

    assert seen(bobs).context["filters"] == []


# --- what follows -------------------------------------------------------------------------


def test_what_follows_a_line_comes_page_by_page_and_nobody_twice(workspace, bob, bobs):
    for n in range(45):
        enquired(party_named(f"P{n:02}", workspace, bob))
    [band] = seen(bobs).context["bands"]
    names = [row["who"] for row in band["rows"]]
    assert band["more"] == "and 38 more"

    there, pages = band["further_url"], 0
    while there:
        part = seen(bobs, there, **SCRIPTED)
        assert "<html" not in part.content.decode()
        names += [row["who"] for row in part.context["band"]["rows"]]
        there = part.context["band"]["further_url"] if part.context["band"]["more"] else ""
        pages += 1

    assert (len(names), len(set(names)), pages) == (45, 45, 2)


def test_equal_ranks_and_days_are_told_apart_by_worth_and_number(workspace, bob, bobs):
    for n in range(12):
        worth = Opened(at=MONDAY, matter="roof", value=100 * (n // 4))
        party = party_named(f"P{n:02}", workspace, bob)
        hear(party, worth, TheyWrote(at=MONDAY, matter="roof"))
    [band] = seen(bobs).context["bands"]

    rest = seen(bobs, band["further_url"]).context["band"]

    names = [row["who"] for row in [*band["rows"], *rest["rows"]]]
    assert names == [f"P{n:02}" for n in (8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3)]


def test_what_follows_works_as_a_page_too_and_ends(ann, bobs, sids):
    enquired(ann)
    there = reverse("today_further", args=[first_owed(ann).pk])

    assert "This is all of it." in text_of(seen(bobs, there))
    assert seen(sids, there).status_code == 404


# --- what changed -------------------------------------------------------------------------


def changed(client, pulse, at=NOW):
    return seen(client, reverse("today_day"), at, HTTP_IF_NONE_MATCH=pulse, **SCRIPTED)


def test_nothing_is_sent_while_nothing_changes(ann, bobs):
    enquired(ann)
    pulse = seen(bobs).context["pulse"]

    assert changed(bobs, pulse).status_code == 304


def test_whatever_changes_sends_the_list_anew(ann, pat, bob, bobs):
    enquired(ann)
    pulse = seen(bobs).context["pulse"]

    hear(pat, HandedOver(at=NOW, to=str(bob.pk)), TheyWrote(at=NOW, matter="roof"))
    page = changed(bobs, pulse)

    assert (page.status_code, page.headers["ETag"] != pulse) == (200, True)
    assert sorted(who_is_listed(page)["Waiting on you"]) == ["Ann", "Pat"]
    assert "<html" not in page.content.decode()
    assert changed(bobs, page.headers["ETag"]).status_code == 304


def test_minutes_are_said_anew_after_a_while(ann, bobs):
    enquired(ann)
    pulse = seen(bobs).context["pulse"]

    assert changed(bobs, pulse, NOW + HOUR).status_code == 200


def test_asking_costs_few_questions(ann, bobs, django_assert_max_num_queries):
    enquired(ann)
    pulse = seen(bobs).context["pulse"]

    with django_assert_max_num_queries(6):
        changed(bobs, pulse)


def test_what_a_colleague_took_stays_a_moment_with_the_name(ann, pat, mia, bob, bobs):
    enquired(ann)
    hear(ann, WeCalled(at=NOW, matter="roof", by=str(mia.pk)))

    page = seen(bobs, at=NOW + HOUR / 30)

    [row] = page.context["bands"][0]["rows"]
    assert row["taken"] == "Mia"
    assert row["why"] == "Mia took this 2 min. ago: We spoke on the phone"
    assert page.context["bands"][0]["rows"][0].get("current") is None
    assert who_is_listed(seen(bobs, at=NOW + HOUR)) == {}


def test_what_i_did_myself_is_gone_at_once(ann, bob, bobs):
    enquired(ann)
    hear(ann, WeCalled(at=NOW, matter="roof", by=str(bob.pk)))

    assert who_is_listed(seen(bobs)) == {}


# --- what was done ------------------------------------------------------------------------


def test_what_was_done_today_is_listed_each_with_its_way_back(ann, bob, bobs):
    enquired(ann)
    duty = first_owed(ann)
    with clock.at(NOW):
        bobs.post(sheet_of(duty), filled(outcome="spoke", when="call thursday 9:00"))
        page = bobs.get(reverse("done_today"))
        assert "Ann · We spoke on the phone" in text_of(page)

        back = bobs.post(reverse("take_back", args=[duty.pk]), follow=True)

    assert "Taken back." in text_of(back)
    assert "Nothing yet." in text_of(back)
    assert who_is_listed(seen(bobs)) == {"Waiting on you": ["Ann"]}


def test_taking_back_twice_says_so_and_a_stranger_takes_nothing_back(ann, bob, bobs, sids):
    enquired(ann)
    duty = first_owed(ann)
    there = reverse("take_back", args=[duty.pk])
    hear(ann, WeCalled(at=MONDAY + HOUR / 2, matter="roof", by=str(bob.pk)))

    with clock.at(NOW):
        assert sids.post(there).status_code == 404
        bobs.post(there)
        again = bobs.post(there, follow=True)

    assert "That was taken back already." in text_of(again)
    assert kinds(ann).count("Retracted") == 1


def test_what_stands_open_cannot_be_taken_back(ann, bobs):
    enquired(ann)

    assert bobs.post(reverse("take_back", args=[first_owed(ann).pk])).status_code == 404


# --- why this order -----------------------------------------------------------------------


def test_the_order_explains_itself_and_each_line_its_place(ann, bobs):
    hear(
        ann,
        Opened(at=MONDAY, matter="roof", value=340_000),
        TheyWrote(at=MONDAY, matter="roof", upset=True),
    )

    whole = text_of(seen(bobs, reverse("order")))
    own = text_of(seen(bobs, reverse("order_of", args=[first_owed(ann).pk])))
    dialog = seen(bobs, reverse("order"), **SCRIPTED)

    order = [whole.index(f"{name} ") for name in ("Waiting on you", "You gave", "Gone quiet")]
    assert order == sorted(order)
    assert "Something has hurt them" in own
    assert "It is worth €3,400" in own
    assert "<html" not in dialog.content.decode()


# --- the reason is short, and proves itself ------------------------------------------------


def test_a_reason_is_read_at_a_glance(ann, bobs):
    ann.company = "Archer"
    ann.save(update_fields=["company"])
    enquired(ann)
    FollowUp.objects.get().matter.__class__.objects.update(title="A very long title " * 11)

    [row] = seen(bobs).context["bands"][0]["rows"]

    assert len(row["why"]) <= 90


def test_each_proof_opens_its_place_in_what_happened(ann, bobs):
    enquired(ann, said="A banner, please.")

    page = seen(bobs)

    fact = ann.facts.get()
    assert page.context["facts"][0]["url"] == f"{reverse('person', args=[ann.pk])}#fact-{fact.pk}"


# --- nobody waits -------------------------------------------------------------------------


def test_a_promise_and_a_text_are_one_key_away_from_the_panel(ann, bobs):
    enquired(ann)

    panel = seen(bobs, reverse("followup_panel", args=[first_owed(ann).pk]))
    form = seen(bobs, panel.context["promise_url"])

    assert re.search(r'href="/promises/\?to=Ann" data-key="p"', panel.content.decode())
    assert re.search(r'href="sms:[^"]+" data-key="t"', panel.content.decode())
    assert form.context["giving"].to == "Ann"
    assert re.search(r'name="text"[^>]* autofocus', form.content.decode())


def test_whoever_wants_no_texts_is_offered_none(ann, bobs):
    enquired(ann)
    hear(ann, OptedOut(at=MONDAY, channels=("sms",)))

    panel = seen(bobs, reverse("followup_panel", args=[first_owed(ann).pk]))

    assert "sms:" not in panel.content.decode()


def test_an_empty_day_tells_what_it_was_and_what_comes(ann, pat, bob, bobs):
    hear(ann, Planned(at=MONDAY - DAY, due=MONDAY + DAY, matter="roof"))

    page = text_of(seen(bobs))

    assert "Everyone you know has a next step." in page
    assert "Next: Ann, tomorrow" in page


def test_a_day_that_was_done_says_with_how_many(ann, bob, bobs):
    enquired(ann)
    quiet(ann, NOW)

    page = seen(bobs)

    assert "You followed through with 1 person today." in text_of(page)
    assert [tick["done"] for tick in page.context["clear"]["ticks"]][:2] == [True, False]
    assert kinds(ann) == ["TheyEnquired", "WeWrote"]


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (TheyCalled(at=MONDAY, answered=False), "You called us about"),
        (TheyWrote(at=MONDAY), "You wrote to us about"),
        (TheyEnquired(at=MONDAY), "You asked us about"),
    ],
)
def test_the_suggested_words_follow_the_way_by_which_they_came(workspace, bob, fact, words):
    pat = party_named("Pat", workspace, bob)
    hear(pat, fact)

    assert words in words_for(first_owed(pat), bob)["call"]


def test_a_title_too_long_to_say_is_not_read_out(workspace, bob):
    pat = party_named("Pat", workspace, bob)
    hear(pat, TheyWrote(at=MONDAY))
    Matter.objects.update(title="Could you make us a sign for the door of the old bakery?")

    assert "about your enquiry, and I" in words_for(first_owed(pat), bob)["call"]


def test_what_one_press_settled_with_somebody_is_done_once(workspace, bob):
    pat = party_named("Pat", workspace, bob)
    hear(pat, TheyWrote(at=MONDAY, matter="a"), TheyWrote(at=MONDAY, matter="b"))
    told = [WeCalled(at=MONDAY + HOUR, matter=one, by=str(bob.pk)) for one in "ab"]
    record(pat, *told, source="one press", at=MONDAY + HOUR)

    assert len(done_today(bob, MONDAY + HOUR)) == 1


def test_what_they_asked_stands_in_their_name(workspace, bob):
    pat = party_named("Pat Print", workspace, bob)
    asked = Asked(at=MONDAY, by=str(bob.pk))
    record(pat, asked, source="note", at=MONDAY, words=(("", "Which colours are there?"),))

    [said] = last_words(lately(pat, bob), pat.name, bob, MONDAY + HOUR)

    assert (said["by"], said["name"]) == ("Pat", "Pat Print")
