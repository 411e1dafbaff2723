"""A form for anybody: what is written there stands on a list at once, and nobody gets lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from followthrough.ledger import clock
from followthrough.ledger.models import Fact, Party, Receipt, Want
from tests.web.desk import kinds, owed_to, text_of
from tests.web.knocking import ASKED, connected, filled

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
VISITOR = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def form(mia, bob):
    return connected("form", bob, title="Ask us", origin="Website", thanks="Bob rings you.")


def opened(form, at=MONDAY):
    """The page, and what a browser would send with it."""
    with clock.at(at):
        page = Client(enforce_csrf_checks=True).get(f"/f/{form.key}/", **VISITOR)
    token = re.search(r'name="t" value="([^"]+)"', page.content.decode())[1]
    return page, token


def sent(form, at=MONDAY, **given):
    with clock.at(at):
        return filled(form, **given)


# --- it comes in ----------------------------------------------------------------------


def test_what_is_written_waits_for_an_answer(form, bob):
    answer = sent(form)

    ann = Party.objects.get()
    [row] = owed_to(ann)
    assert (answer.status_code, answer["Location"]) == (303, f"/f/{form.key}/thanks/")
    assert (ann.name, ann.owner) == ("Ann Archer", bob)
    assert (row.rule, row.member) == ("answer_them", bob)
    assert "What would a sign cost?" in Fact.objects.get().text.body
    assert Receipt.objects.get().outcome == "taken_in"


def test_where_they_come_from_stands_on_their_page(form, bobs):
    sent(form)

    with clock.at(MONDAY):
        page = text_of(bobs.get(f"/people/{Party.objects.get().pk}/"))
    assert "They enquired by the website (Website)" in page


def test_they_are_thanked_in_the_words_of_the_team(form):
    page = Client().get(f"/f/{form.key}/thanks/")

    assert "Bob rings you." in text_of(page)


def test_or_go_on_to_a_page_of_the_team(form):
    form.goes_to = "https://banners.example/thanks"
    form.save()

    assert sent(form)["Location"] == "https://banners.example/thanks"
    assert (
        "form-action 'self' https://banners.example;"
        in opened(form)[0].headers["Content-Security-Policy"]
    )


def test_the_answer_to_a_question_of_the_team_stands_with_it(form):
    form.asks = {"question": "What for?", "options": ["A shop", "A van"]}
    form.save()

    sent(form, choice="A van")
    assert Fact.objects.get().text.body.splitlines()[-1] == "What for? A van"
    assert sent(form, choice="A boat").status_code == 422


def test_a_form_for_complaints_opens_one(form):
    form.opens = "complaint"
    form.save()
    sent(form)

    assert "complaint" in [row.matter.kind for row in owed_to(Party.objects.get())]


def test_s3_whoever_is_hurt_and_known_opens_a_complaint_and_the_manager_is_told(form, mia):
    sent(form)
    angry = "I am furious. Nobody has answered me, this is outrageous!"
    sent(form, at=MONDAY + 60 * SECOND, message=angry)

    [row] = owed_to(Party.objects.get())
    assert (row.matter.kind, row.tag) == ("complaint", "upset")
    assert mia.pk in row.alarms.values_list("member", flat=True)


# --- once, and nothing lost -------------------------------------------------------------


def test_pressed_twice_it_is_one_enquiry(form):
    _page, token = opened(form)
    for n in (5, 6):
        assert sent(form, MONDAY + n * SECOND, t=token).status_code == 303

    assert (Receipt.objects.count(), Fact.objects.count()) == (1, 1)


def test_from_another_site_the_same_words_at_once_are_one(form):
    for n in range(3):
        sent(form, MONDAY + n * SECOND)

    assert Fact.objects.count() == 1


def test_other_words_are_news(form):
    sent(form)
    sent(form, message="And a second one?")

    assert kinds(Party.objects.get()) == ["TheyEnquired", "TheyEnquired"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": ""}, "This is missing still."),
        ({"email": "ann at home"}, "Write a mail address such as ann@example.com."),
        ({"phone": "12"}, "Write a number such as 089 1234567."),
        ({"name": "x" * 300}, "at most 200"),
        ({"message": ""}, "This is missing still."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(form, given, said):
    answer = sent(form, **{"message": "Please keep this."} | given)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Receipt.objects.count() == 0
    if "message" not in given:
        assert "Please keep this." in answer.content.decode()


def test_one_of_two_ways_is_enough_where_both_may_be_left_out(form):
    form.asks = {"email": "may", "phone": "may"}
    form.save()

    assert "one of the two is enough" in text_of(sent(form, email=""))
    assert sent(form, email="", phone="020 7946 0301").status_code == 303


# --- people and machines ------------------------------------------------------------------


def test_who_is_too_quick_presses_once_more(form):
    _page, token = opened(form)

    quick = sent(form, MONDAY + SECOND, t=token)
    assert (quick.status_code, Fact.objects.count()) == (422, 0)
    assert "Please press once more" in text_of(quick)
    assert "What would a sign cost?" in quick.content.decode()
    assert token in quick.content.decode()
    assert sent(form, MONDAY + 4 * SECOND, t=token).status_code == 303


def test_what_looks_like_a_machine_is_thanked_and_a_person_decides(form, mias):
    answer = sent(form, website="https://buy.example")

    receipt = Receipt.objects.get()
    assert (answer.status_code, receipt.outcome, Party.objects.count()) == (303, "held", 0)
    page = mias.get(f"/settings/connections/{form.pk}/")
    assert "What would a sign cost?" in text_of(page)

    mias.post(f"/settings/receipts/{receipt.pk}/taken/")
    assert owed_to(Party.objects.get(name="Ann Archer"))


def test_who_is_held_stands_above_whatever_came_after_them(form, mias):
    sent(form, website="https://buy.example")
    for n in range(60):
        Receipt.objects.create(
            workspace=form.workspace, connection=form, their_id=f"later{n}",
            at=MONDAY + (n + 1) * SECOND, outcome="taken",
        )  # fmt: skip

    page = mias.get(f"/settings/connections/{form.pk}/")

    assert "What would a sign cost?" in text_of(page)


def test_nobody_can_flood_it(form):
    answers = [sent(form, message=f"Sign {n}").status_code for n in range(12)]

    assert answers == [303] * 10 + [429] * 2


def test_a_book_is_refused_in_one_sentence(form):
    answer = sent(form, message="x" * 70_000)

    assert answer.status_code == 413
    assert "64 kB at most" in text_of(answer)


@pytest.mark.parametrize("message", ["a\0b", "\ud800", "<script>alert(1)</script>", "🎈" * 100])
def test_odd_letters_are_only_letters(form, message):
    assert sent(form, message=message.encode("utf-8", "replace").decode()).status_code == 303
    assert "<script>alert" not in Fact.objects.get().text.body or message.startswith("<")


# --- the page ---------------------------------------------------------------------------


def test_the_page_sets_no_cookie_and_needs_no_script(form):
    page, _token = opened(form)
    html = page.content.decode()

    assert not page.cookies
    assert "<script" not in html
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "csrf" not in html


def test_it_may_stand_in_a_frame_of_another_site(form):
    page, _token = opened(form)

    assert "X-Frame-Options" not in page.headers
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]


def test_it_speaks_the_language_of_the_visitor(form):
    page = Client().get(f"/f/{form.key}/", headers={"Accept-Language": "de"})

    assert '<html lang="de">' in page.content.decode()
    assert "wenn Sie mögen" in text_of(page)


@pytest.mark.parametrize("key", ["nobody", "x" * 200, "%00"])
def test_what_is_not_there_says_nothing_of_itself(form, key):
    assert Client().get(f"/f/{key}/").status_code == 404
    assert Client().post(f"/f/{key}/", ASKED).status_code == 404


def test_what_was_taken_away_is_not_there(form):
    form.removed_at = MONDAY
    form.save()

    assert (Client().get(f"/f/{form.key}/").status_code, sent(form).status_code) == (404, 404)


def test_the_key_of_a_shop_opens_no_form(mia, bob):
    shop = connected("shopify", bob)

    assert Client().get(f"/f/{shop.key}/").status_code == 404


def test_what_they_would_like_is_found_when_we_have_it(form):
    sent(form, message="Hello. I would like a neon sign for the window.")

    assert [want.text for want in Want.objects.all()] != []
