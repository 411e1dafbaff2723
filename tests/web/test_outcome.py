"""The finish sheet: three ways out of a follow-up, and none of them leaves anybody behind."""

import pytest
from django.urls import reverse

from followthrough.core.facts import OptedOut, WePromised
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Fact, FollowUp
from followthrough.web.followup.offered import OUTCOMES, REASONS
from tests.ledger.scene import DAY, HOUR, MONDAY, obligations
from tests.web.desk import (
    SCRIPTED,
    enquired,
    filled,
    first_owed,
    hear,
    kinds,
    owed_to,
    quiet,
    sheet_of,
    text_of,
    undo_of,
)

EMPTY = "Pick a next step, a date or a reason. Then it’s finished."
LATER = MONDAY + HOUR
WAYS = {
    "next": {"mode": "next", "when": "call tomorrow 9:00"},
    "not_now": {"mode": "not_now", "when": "in 1 month", "note": "They are at a fair."},
    "close": {"mode": "close", "reason": "elsewhere"},
}
FACT_OF = {
    "spoke": "WeCalled", "message": "WeCalled", "no_answer": "WeCalled", "wrote": "WeWrote",
    "came": "TheyWrote", "posted": "CardPosted", "met": "Met", "done": "Noted",
    "decided": "Noted",
}  # fmt: skip
COMES = {"next": "Planned", "not_now": "NotNow", "close": "Closed"}


def send(client, followup, at=LATER, headers=None, **given):
    with clock.at(at):
        return client.post(sheet_of(followup), filled(**given), follow=True, **(headers or {}))


@pytest.fixture
def silent(ann):
    """We wrote to Ann and she has not answered: the ball is ours again."""
    quiet(ann)
    return first_owed(ann)


# --- every outcome, every way out -------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("outcome", FACT_OF)
def test_it_is_recorded_settled_followed_by_the_next_and_taken_back(
    workspace, ann, silent, bobs, outcome, way
):
    before = obligations(workspace)

    page = send(bobs, silent, outcome=outcome, **WAYS[way])

    silent.refresh_from_db()
    assert kinds(ann)[1:] == [FACT_OF[outcome], COMES[way]]
    assert silent.settled_at is not None or way == "not_now"
    assert bool(owed_to(ann)) is (way != "close")
    assert audit(workspace, at=LATER).uncovered == 0

    with clock.at(LATER + HOUR):
        bobs.post(undo_of(page))
    assert obligations(workspace) == before


@pytest.mark.parametrize(("how", "offered"), OUTCOMES.items())
def test_the_sheet_offers_what_fits_the_way(silent, bobs, how, offered):
    FollowUp.objects.update(how=how)

    page = bobs.get(sheet_of(silent))

    assert [one["label"] for one in page.context["outcomes"]] == [label for _, label, _ in offered]


@pytest.mark.parametrize("reason", REASONS)
def test_it_closes_with_each_reason(workspace, ann, silent, bobs, reason):
    send(bobs, silent, mode="close", reason=reason)

    closed = Fact.objects.get(kind="Closed")
    assert (closed.own["outcome"], closed.own["reason"]) == REASONS[reason]
    assert owed_to(ann) == []
    assert audit(workspace, at=LATER).open == 0


def test_asked_us_to_stop_stops_every_channel_even_with_a_hello_ticked(ann, silent, bobs):
    send(bobs, silent, mode="close", reason="stop", hello="yes")

    ann.refresh_from_db()
    assert (kinds(ann)[1:], ann.refuses) == (["Closed", "OptedOut"], ["*"])
    assert owed_to(ann) == []


def test_a_hello_in_six_months_keeps_them_in_the_books(ann, silent, bobs):
    send(bobs, silent, mode="close", reason="won", hello="yes")

    [hello] = owed_to(ann)
    assert (hello.rule, hello.what, hello.how) == ("keep_the_plan", "Call", "call")
    assert 150 * DAY < hello.due - LATER < 180 * DAY


def test_and_once_it_is_said_the_sheet_offers_to_leave_it_at_that(workspace, ann, silent, bobs):
    send(bobs, silent, mode="close", reason="won", hello="yes")
    [hello] = owed_to(ann)

    sheet = bobs.get(sheet_of(hello)).context["form"]
    send(bobs, hello, hello.due, outcome="spoke", mode=sheet.mode, reason=sheet.reason)

    assert owed_to(ann) == []
    assert audit(workspace, at=hello.due).uncovered == 0


def test_what_was_given_is_kept_with_the_touch(ann, silent, bobs):
    send(bobs, silent, outcome="spoke", gift=["A tip", "Samples"], **WAYS["next"])

    assert Fact.objects.get(kind="WeCalled").own["given"] == "A tip, Samples"


def test_nothing_this_time_is_nothing(silent, bobs):
    send(bobs, silent, outcome="spoke", gift=["Nothing this time"], **WAYS["next"])

    assert Fact.objects.get(kind="WeCalled").own.get("given", "") == ""


def test_the_note_becomes_the_words_of_what_happened(ann, silent, bobs):
    send(bobs, silent, outcome="spoke", **(WAYS["next"] | {"note": "Red on white."}))

    assert Fact.objects.get(kind="WeCalled").text.body == "Red on white."


def test_the_next_step_is_the_day_and_the_way_that_was_typed(ann, silent, bobs):
    send(bobs, silent, outcome="spoke", when="mail thursday 9:00")

    [step] = owed_to(ann)
    assert (step.how, f"{step.due:%a %H:%M}") == ("email", "Thu 09:00")


def test_a_promise_is_kept_by_name(ann, bobs):
    hear(ann, WePromised(at=MONDAY, due=MONDAY + 2 * HOUR, matter="prints"))
    word = next(row for row in owed_to(ann) if row.rule == "keep_promises")

    send(bobs, word, outcome="wrote", **WAYS["close"])

    assert "PromiseKept" in kinds(ann)
    assert owed_to(ann) == []


# --- with and without script -----------------------------------------------------------------


def test_for_htmx_it_is_a_fragment_and_an_address_to_go_to(ann, silent, bobs):
    asked = bobs.get(sheet_of(silent), **SCRIPTED)
    with clock.at(LATER):
        refused = bobs.post(sheet_of(silent), filled(outcome="spoke"), **SCRIPTED)
        given = filled(outcome="spoke", **WAYS["next"])
        done = bobs.post(sheet_of(silent), given, **SCRIPTED)

    assert "<html" not in asked.content.decode() + refused.content.decode()
    assert (refused.status_code, done.status_code) == (200, 200)
    assert EMPTY in text_of(refused)
    assert done.headers["HX-Redirect"] == "/"


def test_without_script_it_is_a_page_that_leads_back_to_today(silent, bobs):
    page = bobs.get(sheet_of(silent))
    done = send(bobs, silent, outcome="spoke", **WAYS["next"])

    assert "<h1" in page.content.decode()
    assert done.redirect_chain == [("/", 302)]
    assert "Kept. Ann has a next step." in text_of(done)


# --- who waits goes first (S48) ----------------------------------------------------------------


@pytest.fixture
def begging(pat, bob):
    """Pat has written three times in vain, and is Bob's."""
    pat.owner = bob
    pat.save(update_fields=["owner"])
    for n in range(3):
        enquired(pat, MONDAY + n * HOUR / 4)
    return pat


def test_nothing_of_our_own_starts_before_them(ann, silent, begging, bobs):
    with clock.at(silent.due):
        day = bobs.get("/")
        panel = bobs.get(reverse("followup_panel", args=[silent.pk]))
        person = bobs.get(reverse("person", args=[ann.pk]))

    rows = {row["who"]: row for band in day.context["bands"] for row in band["rows"]}
    assert (rows["Ann"]["tel"], rows["Ann"]["mailto"], rows["Pat"]["tel"] != "") == ("", "", True)
    for page in (day, panel, person):
        assert "Pat wrote 3 times: answer Pat first" in text_of(page)
    assert "tel:" not in panel.content.decode()


def test_but_what_has_happened_is_always_taken_down(ann, silent, begging, bobs):
    assert "Pat wrote 3 times and has no answer" in text_of(bobs.get(sheet_of(silent)))

    send(bobs, silent, outcome="came", **WAYS["next"])

    assert kinds(ann) == ["WeWrote", "TheyWrote", "Planned"]


def test_but_not_now_and_closing_need_no_word_to_anybody(ann, silent, begging, bobs):
    send(bobs, silent, **WAYS["not_now"])

    assert "NotNow" in kinds(ann)


def test_and_once_they_are_answered_the_day_goes_on(ann, silent, begging, bobs):
    send(bobs, first_owed(begging), outcome="spoke", **WAYS["next"])

    send(bobs, silent, outcome="wrote", **WAYS["next"])
    assert kinds(ann) == ["WeWrote", "WeWrote", "Planned"]


def test_who_asked_us_to_stop_cannot_be_called_from_the_page(ann, bobs):
    enquired(ann)
    hear(ann, OptedOut(at=MONDAY))

    with clock.at(LATER):
        page = bobs.get("/").content.decode()

    assert "tel:" not in page
    assert "mailto:" not in page


# --- why ---------------------------------------------------------------------------------------


def test_every_follow_up_can_say_why(ann, silent, bobs):
    page = bobs.get(reverse("why", args=[silent.pk]))

    said = text_of(page)
    assert "We wrote by mail" in said
    assert silent.what in said
    assert "Monday, 2 March 2026 at 10:00" in said


def test_and_what_settled_it(ann, silent, bobs):
    send(bobs, silent, outcome="spoke", **WAYS["next"])

    assert "And this settled it We spoke on the phone" in text_of(
        bobs.get(reverse("why", args=[silent.pk]))
    )


def test_the_sheet_asks_few_questions_of_the_books(silent, bobs, django_assert_max_num_queries):
    bobs.get("/")
    with django_assert_max_num_queries(15):
        bobs.get(sheet_of(silent))
