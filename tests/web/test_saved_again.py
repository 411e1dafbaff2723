"""Saved, taken back, and saved again: what somebody typed is never lost, and never said to be."""

import pytest
from django.urls import reverse

from followthrough.core.facts import Opened
from followthrough.ledger import clock
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Detail, Matter, Party
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, first_owed, hear, owed_to, undo_of

LATER = MONDAY + DAY


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(MONDAY + HOUR):
        yield


def said_of(party):
    """What stands in their story, without what was taken back."""
    return [type(fact).__name__ for fact in history_of(party).facts]


def save_undo_save(client, there, form):
    """The same old page, pressed three times: the last two after the undo."""
    form = {"token": "the same page"} | form
    first = client.post(there, form, follow=True)
    with clock.at(MONDAY + 2 * HOUR):
        client.post(undo_of(first), {})
    with clock.at(MONDAY + 3 * HOUR):
        client.post(there, form)
        client.post(there, form)


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("happened", {"outcome": "met", "day": f"{MONDAY:%Y-%m-%d}"}, "Met"),
        ("notes", {"note": "She paints."}, "Noted"),
        ("meeting", {"note": "Over coffee"}, "Met"),
        ("acquainted", {"how": "met", "said": "the fair"}, "Acquainted"),
    ],
)  # fmt: skip
def test_what_is_saved_again_on_a_page_stands_once(ann, bob, bobs, name, form, kind):
    enquired(ann)
    save_undo_save(bobs, reverse(name, args=[ann.pk]), form)
    assert said_of(ann).count(kind) == 1


def test_a_meeting_saved_again_keeps_its_lines(ann, bob, bobs):
    save_undo_save(bobs, reverse("meeting", args=[ann.pk]), {"note": "Hi", "goal": "A bigger shop"})
    assert Detail.objects.filter(text="A bigger shop", gone_at=None).count() == 1


def test_a_promise_saved_again_binds_once(ann, bob, bobs):
    form = {"circle": "customers", "to": "Ann", "text": "The proof", "when": "tomorrow 10:00"}
    save_undo_save(bobs, reverse("promises"), form)
    assert said_of(ann).count("WePromised") == 1


def test_a_promise_kept_again_is_kept(ann, bob, bobs):
    form = {"circle": "customers", "to": "Ann", "text": "The proof", "when": "tomorrow 10:00"}
    bobs.post(reverse("promises"), {"token": "given"} | form, follow=True)
    word = first_owed(ann)
    kept = bobs.post(reverse("promise_over", args=[word.pk]), {"end": "kept"}, follow=True)
    with clock.at(MONDAY + 2 * HOUR):
        bobs.post(undo_of(kept), {})
    with clock.at(MONDAY + 3 * HOUR):
        bobs.post(reverse("promise_over", args=[first_owed(ann).pk]), {"end": "kept"})
    assert not owed_to(ann)


def test_a_new_deal_saved_again_is_open_once(ann, bob, bobs):
    form = {"who": "Ann", "title": "Roof", "value": "100", "when": "call tomorrow 9am"}
    save_undo_save(bobs, reverse("deal_new"), form)
    [deal] = Matter.objects.filter(party=ann, kind="deal", closed_at=None)
    assert (deal.title, deal.value) == ("Roof", 10000)
    assert len(owed_to(ann)) == 1


def test_two_deals_from_one_old_page_are_two(ann, bob, bobs):
    form = {"token": "one page", "who": "Ann", "value": "100", "when": "call tomorrow 9am"}
    bobs.post(reverse("deal_new"), form | {"title": "Roof"})
    bobs.post(reverse("deal_new"), form | {"title": "Sign"})
    assert Matter.objects.filter(party=ann, kind="deal").count() == 2


def test_a_value_saved_again_is_the_value(ann, bob, bobs):
    hear(ann, Opened(at=MONDAY, matter="deal-1", kind="deal", owner=str(bob.pk), value=10000))
    deal = Matter.objects.get(party=ann)
    save_undo_save(bobs, reverse("deal", args=[deal.pk]), {"title": deal.title, "value": "500"})
    deal.refresh_from_db()
    assert deal.value == 50000


def test_somebody_saved_again_is_owed_a_step(workspace, bob, bobs):
    form = {"name": "Zoe New", "wants": "A sign", "when": "call tomorrow 9am"}
    save_undo_save(bobs, reverse("capture"), form)
    owed = [step for zoe in Party.objects.filter(name="Zoe New") for step in owed_to(zoe)]
    assert len(owed) == 1


def test_people_planned_again_together_have_their_step(ann, bob, bobs):
    enquired(ann)
    form = {"party": [ann.pk], "do": "next", "when": "tomorrow 9am"}
    save_undo_save(bobs, reverse("together"), form)
    assert said_of(ann).count("Planned") == 1


def test_what_is_moved_again_in_the_week_is_moved(ann, bob, bobs):
    hear(ann, Opened(at=MONDAY, matter="deal-1", kind="deal", owner=str(bob.pk)))
    step = first_owed(ann)
    form = {"followup": [step.pk], "to": f"{MONDAY + 4 * DAY:%Y-%m-%d}"}
    save_undo_save(bobs, reverse("week_moves"), form)
    assert said_of(ann).count("PutOff") == 1
