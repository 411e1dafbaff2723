"""What the finish sheet does not take, it says; and what was typed is still there."""

import pytest

from followthrough.ledger import clock
from followthrough.ledger.models import Fact, FollowUp
from followthrough.web.followup import views
from followthrough.web.followup.outcome import Sheet
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import (
    enquired,
    filled,
    first_owed,
    kinds,
    quiet,
    sheet_of,
    text_of,
    undo_of,
)

EMPTY = "Pick a next step, a date or a reason. Then it’s finished."
LATER = MONDAY + HOUR
NEXT = {"mode": "next", "when": "call tomorrow 9:00"}


def send(client, followup, **given):
    with clock.at(LATER):
        return client.post(sheet_of(followup), filled(**given), follow=True)


@pytest.fixture
def silent(ann):
    quiet(ann)
    return first_owed(ann)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"when": "call tomorrow 9:00"}, "outcome", "Say what happened: one press is enough."),
        ({"outcome": "dreamt", "when": "tomorrow"}, "outcome", "Say what happened:"),
        ({"outcome": "spoke"}, "when", EMPTY),
        ({"outcome": "spoke", "mode": "not_now"}, "when", EMPTY),
        ({"outcome": "spoke", "mode": "sideways"}, "when", EMPTY),
        ({"outcome": "spoke", "when": "blue cheese"}, "when", ""),
        ({"outcome": "spoke", "when": "yesterday"}, "when", ""),
        ({"outcome": "spoke", "mode": "close"}, "reason", "Say why it ends."),
        ({"outcome": "spoke", "mode": "close", "reason": "bored"}, "reason", "Say why it ends."),
    ],
)
def test_without_what_is_needed_nothing_is_recorded_and_nothing_lost(
    ann, silent, bobs, given, field, sentence
):
    with clock.at(LATER):
        page = bobs.post(sheet_of(silent), filled(note="She likes <red>.", gift=["A tip"], **given))

    errors = page.context["form"].errors
    assert (page.status_code, list(errors), kinds(ann)) == (422, [field], ["WeWrote"])
    assert errors[field].startswith(sentence)
    assert errors[field] in text_of(page)
    assert "She likes &lt;red&gt;." in page.content.decode()
    assert 'value="A tip" checked' in page.content.decode()
    if given.get("when"):
        assert f'value="{given["when"]}"' in page.content.decode()


def test_whoever_waits_is_not_put_off_without_a_reason(ann, bobs):
    enquired(ann)
    waiting = first_owed(ann)

    page = send(bobs, waiting, mode="not_now", when="thursday 9:00")
    assert "Write why it moves" in text_of(page)
    assert kinds(ann) == ["TheyEnquired"]

    send(bobs, waiting, mode="not_now", when="thursday 9:00", note="She is in hospital.")
    put_off = Fact.objects.get(kind="PutOff")
    assert (put_off.text.body, f"{first_owed(ann).due:%a %H:%M}") == (
        "She is in hospital.", "Thu 09:00",
    )  # fmt: skip


def test_sending_the_same_sheet_twice_records_it_once(ann, silent, bobs):
    sheet = filled(outcome="spoke", token="pressed-twice", **NEXT)

    with clock.at(LATER):
        first, second = (bobs.post(sheet_of(silent), sheet, follow=True) for _ in range(2))

    assert kinds(ann) == ["WeWrote", "WeCalled", "Planned"]
    assert [page.status_code for page in (first, second)] == [200, 200]
    assert "Somebody has done this" not in text_of(second)


def test_one_that_was_settled_meanwhile_loses_nothing_that_was_typed(ann, silent, bobs):
    sheet = filled(outcome="no_answer", note="She is at a fair.", **NEXT)
    enquired(ann, LATER)

    with clock.at(LATER + HOUR):
        shown = bobs.post(sheet_of(silent), sheet)
        assert kinds(ann) == ["WeWrote", "TheyEnquired"]
        bobs.post(sheet_of(silent), sheet | {"beside": "yes"}, follow=True)

    assert "This moved while you wrote." in text_of(shown)
    assert "They enquired by the website, today, 11:00. Next: " in text_of(shown)
    assert "She is at a fair." in shown.content.decode()
    assert 'name="beside" value="yes"' in shown.content.decode()
    called = Fact.objects.get(kind="WeCalled")
    assert (called.text.body, called.did) == ("She is at a fair.", "")
    assert first_owed(ann).rule == "keep_the_plan"


def test_another_story_on_the_old_page_is_news(ann, silent, bobs):
    send(bobs, silent, outcome="spoke", token="same", **NEXT)

    page = send(bobs, silent, outcome="spoke", token="same", beside="yes", note="And red.", **NEXT)

    assert kinds(ann).count("WeCalled") == 2
    assert "Kept. Ann has a next step." in text_of(page)


def test_what_was_taken_back_can_be_kept_after_all(ann, silent, bobs):
    given = {"outcome": "spoke", "token": "same", "note": "Red."} | NEXT
    page = send(bobs, silent, **given)
    with clock.at(LATER):
        bobs.post(undo_of(page))

    again = send(bobs, first_owed(ann), **given)
    assert "This was kept, and taken back. Save once more" in text_of(again)
    send(bobs, first_owed(ann), **given | {"token": again.context["token"]})
    assert kinds(ann).count("WeCalled") == 2


def test_also_when_a_colleague_is_quicker_by_a_moment(ann, silent, bobs, bob, mias):
    opened_before = FollowUp.objects.select_related("party", "matter").get(pk=silent.pk)
    send(mias, silent, outcome="spoke", **NEXT)

    sheet = Sheet(outcome="no_answer", when="tomorrow")
    happened = sheet.facts(opened_before, bob, LATER)

    assert views.kept(opened_before, sheet, happened, "outcome:late", LATER) is False
    assert kinds(ann) == ["WeWrote", "WeCalled", "Planned"]
