"""Today: everybody who is to hear from us, in the order of the day, with the reason first."""

from datetime import timedelta

import pytest
from django.urls import reverse

from followthrough.core.facts import Opened, WePromised
from followthrough.ledger import clock
from followthrough.ledger.models import Address
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, first_owed, hear, quiet, text_of, who_is_listed

MINUTE = timedelta(minutes=1)


def seen(client, at, **asked):
    with clock.at(at):
        return client.get("/", asked)


def test_who_waits_comes_first_then_our_word_then_the_quiet_then_the_warm(workspace, bob, bobs):
    waiting, word, silent, warm = (party_named(n, workspace, bob) for n in ("W", "X", "Y", "Z"))
    hear(warm, Opened(at=MONDAY - 90 * DAY, kind="keep_in_touch", days=30, matter="touch"))
    quiet(silent, MONDAY - 30 * DAY)
    hear(word, WePromised(at=MONDAY, due=MONDAY + 2 * HOUR, matter="prints"))
    enquired(waiting)

    page = seen(bobs, MONDAY + HOUR)

    assert list(who_is_listed(page).items()) == [
        ("Waiting on you", ["W"]),
        ("You gave your word", ["X"]),
        ("Gone quiet", ["Y"]),
        ("Keep warm", ["Z"]),
    ]


def test_a_line_says_why_in_their_words_and_how_long_they_have_waited(ann, bobs):
    enquired(ann, said="Could you make us a banner?")

    page = seen(bobs, MONDAY + 17 * MINUTE)

    [row] = page.context["bands"][0]["rows"]
    assert (row["who"], row["wait"], row["quote"]) == (
        "Ann", "17 min", "Could you make us a banner?",
    )  # fmt: skip
    assert row["why"] == first_owed(ann).why
    assert "“Could you make us a banner?”" in text_of(page)


def test_a_word_that_is_due_today_says_by_when_and_a_late_one_how_late(ann, bobs):
    hear(ann, WePromised(at=MONDAY, due=MONDAY + 4 * HOUR, matter="prints"))

    before = seen(bobs, MONDAY + HOUR).context["bands"][0]["rows"][0]
    after = seen(bobs, MONDAY + 4 * HOUR + 20 * MINUTE).context["bands"][0]["rows"][0]

    assert (before["wait"], before["late"]) == ("by 14:00", False)
    assert (after["wait"], after["late"]) == ("20 min late", True)


def test_the_first_line_is_current_and_its_evidence_stands_beside_it(ann, bobs):
    enquired(ann, said="A banner, please.")

    page = seen(bobs, MONDAY + HOUR)

    assert [row["current"] for row in page.context["bands"][0]["rows"]] == [True]
    assert page.context["person"]["name"] == "Ann"
    assert "They enquired by the website: A banner, please." in text_of(page)
    assert 'href="tel:' in page.content.decode()


def test_the_panel_is_a_part_of_the_page_of_its_own(ann, pat, bobs):
    enquired(ann, said="A banner, please.")

    panel = bobs.get(reverse("followup_panel", args=[first_owed(ann).pk]))

    assert "<html" not in panel.content.decode()
    assert "A banner, please." in text_of(panel)


def test_what_is_a_colleagues_is_not_on_my_list(ann, pat, mias, bobs):
    enquired(ann)
    enquired(pat)

    assert who_is_listed(seen(bobs, MONDAY + HOUR)) == {"Waiting on you": ["Ann"]}
    assert who_is_listed(seen(mias, MONDAY + HOUR)) == {"Waiting on you": ["Pat"]}


def test_an_empty_day_says_so_kindly_and_opens_three_doors(bobs):
    page = seen(bobs, MONDAY)

    assert "Nobody is waiting on you." in text_of(page)
    for door in ("/import/", "/capture/", "/people/"):
        assert f'href="{door}"' in page.content.decode()


def test_a_band_shows_seven_and_all_of_them_by_itself(workspace, bob, bobs):
    for n in range(9):
        enquired(party_named(f"P{n}", workspace, bob))

    day, band = seen(bobs, MONDAY + HOUR), seen(bobs, MONDAY + HOUR, band="1")

    assert [len(names) for names in who_is_listed(day).values()] == [7]
    assert [len(names) for names in who_is_listed(band).values()] == [9]
    assert "The whole day" in text_of(band)


@pytest.mark.parametrize("absurd", ["0", "5", "-1", "²", "one", "9" * 5000, "1' OR 1=1", "\0"])
def test_an_absurd_band_is_the_whole_day(ann, bobs, absurd):
    enquired(ann)

    page = seen(bobs, MONDAY + HOUR, band=absurd)

    assert (page.status_code, who_is_listed(page)) == (200, {"Waiting on you": ["Ann"]})


def test_the_page_asks_the_same_few_questions_however_many_wait(
    workspace, bob, bobs, django_assert_max_num_queries
):
    counts = []
    for many in (210, 300):
        for n in range(many - len(counts) * 10):
            enquired(party_named(f"P{many}-{n}", workspace, bob), said="Hello?")
        with clock.at(MONDAY + HOUR), django_assert_max_num_queries(12) as asked:
            bobs.get("/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_was_done_today_counts_towards_the_day(ann, pat, mias):
    enquired(pat)
    page = seen(mias, MONDAY + HOUR)
    assert "0 done · 1 to go" in text_of(page)

    quiet(pat, MONDAY + HOUR)

    assert seen(mias, MONDAY + 2 * HOUR).context["done"] == 1


def test_the_rail_counts_what_is_to_do(ann, bobs):
    enquired(ann)

    assert seen(bobs, MONDAY + HOUR).context["rail"]["today_count"] == 1


# --- somebody without a number or a mail address ---------------------------------------------


def test_who_has_no_address_leads_to_where_one_is_added(ann, bobs):
    Address.objects.all().delete()
    enquired(ann)

    page = seen(bobs, MONDAY + HOUR)

    there = reverse("details", args=[ann.pk])
    [row] = page.context["bands"][0]["rows"]
    assert (row["tel"], row["mailto"], row["add_url"]) == ("", "", there)
    person = bobs.get(reverse("person", args=[ann.pk]))
    for shown in (page, person):
        assert "Add a number" in text_of(shown)
        assert f'href="{there}"' in shown.content.decode()


# --- words of old mails ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<HTML> <BODY>Please <b>call</b> &amp; tell me.</BODY>", "Please call & tell me."),
        ("<!DOCTYPE html><head><style>p {}</style></head><p>Hello", "Hello"),
        ("--ab12cd34 Content-Type: text/plain; charset=utf-8", ""),
        ("--ab12cd34\nContent-Type: text/plain\n\nHello Bob,\n--ab12cd34--", "Hello Bob,"),
        ("--ab12cd34\nContent-Transfer-Encoding: base64\n\n" + "QUJD" * 40, ""),
        ("a < b and <3", "a < b and <3"),
        ("<ann@home.example> wrote", "<ann@home.example> wrote"),
        ("--\nBob", "--\nBob"),
    ],
)
def test_markup_and_mime_heads_are_not_shown_as_words(ann, bobs, body, read):
    enquired(ann, said=body)

    page = seen(bobs, MONDAY + HOUR)

    assert page.context["bands"][0]["rows"][0]["quote"] == " ".join(read.split())
    assert [talk["text"] for talk in page.context["talk"]] == (
        [" ".join(read.split())] if read else []
    )
    with clock.at(MONDAY + HOUR):
        person = bobs.get(reverse("person", args=[ann.pk]))
    items = person.context["months"][0]["items"]
    assert next(item["quote"] for item in items if "quote" in item) == read
