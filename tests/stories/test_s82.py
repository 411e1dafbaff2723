"""S82: Personal things for the next talk, in the month in which they matter."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.web.desk import enquired, text_of, undo_of

from followthrough.ledger import clock
from followthrough.ledger.forget import forget
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Detail

AUGUST = datetime(2026, 8, 20, 10, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 2, 10, tzinfo=UTC)
DAUGHTER = "Daughter starts school in Sept"


def keep(client, party, text=DAUGHTER, kind="personal", when=""):
    given = {"kind": kind, "text": text, "when": when}
    return client.post(reverse("known", args=[party.pk]), given, follow=True)


def card(client, at):
    """What the panel beside the list says."""
    with clock.at(at):
        return client.get("/").context["personal"]


def test_s82_it_appears_on_the_card_in_september_and_not_before(ann, bobs):
    enquired(ann, AUGUST)
    keep(bobs, ann)

    assert card(bobs, AUGUST) == []
    assert card(bobs, SEPTEMBER) == [DAUGHTER]
    assert DAUGHTER in text_of(bobs.get(reverse("person", args=[ann.pk])))


@pytest.mark.parametrize(
    ("text", "when", "month", "day"),
    [
        ("Daughter starts school in September", "", 9, None),
        ("Birthday 14 June", "", 6, 14),
        ("Birthday June 14th", "", 6, 14),
        ("Geburtstag am 3. März", "", 3, 3),
        ("Moves house", "May", 5, None),
        ("She may move house", "", None, None),
        ("Jan is her husband", "", None, None),
        ("Married in may", "", 5, None),
        ("Marathon on 31 October 2026", "", 10, 31),
        ("Likes red", "", None, None),
    ],
)
def test_s82_the_month_is_read_from_the_words(ann, bobs, text, when, month, day):
    keep(bobs, ann, text, when=when)

    detail = Detail.objects.get()
    assert (detail.month, detail.day) == (month, day)


def test_s82_it_is_changed_taken_away_and_each_can_be_undone(ann, bobs):
    added = keep(bobs, ann)
    there = reverse("known_one", args=[Detail.objects.get().pk])

    changed = bobs.post(there, {"kind": "personal", "text": "Son, in May", "when": ""}, follow=True)
    assert (Detail.objects.get().text, Detail.objects.get().month) == ("Son, in May", 5)
    bobs.post(undo_of(changed))
    assert (Detail.objects.get().text, Detail.objects.get().month) == (DAUGHTER, 9)

    gone = bobs.post(there, {"remove": "yes"}, follow=True)
    assert DAUGHTER not in text_of(gone)
    assert DAUGHTER in text_of(bobs.post(undo_of(gone), follow=True))
    assert DAUGHTER not in text_of(bobs.post(undo_of(added), follow=True))


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "personal", "text": "", "when": ""},
        {"kind": "secret", "text": "x", "when": ""},
        {"kind": "personal", "text": "x" * 301, "when": ""},
        {"kind": "personal", "text": "x", "when": "some day"},
    ],
)
def test_s82_what_cannot_be_kept_says_why_and_loses_nothing(ann, bobs, given):
    page = bobs.post(reverse("known", args=[ann.pk]), given)

    assert (page.status_code, Detail.objects.count()) == (422, 0)
    assert given["text"][:300] in page.content.decode()


def test_s82_a_joined_record_brings_what_is_known_and_forgetting_takes_it(ann, pat, bobs, mia):
    keep(bobs, pat)
    merge(pat, into=ann, by=mia, at=AUGUST)
    assert DAUGHTER in text_of(bobs.get(reverse("person", args=[ann.pk])))

    forget(ann, by=mia, at=AUGUST)

    assert not Detail.objects.exists()


def test_s82_a_stranger_neither_sees_nor_changes_it(ann, bobs, sids):
    page = keep(bobs, ann)
    pk = Detail.objects.get().pk

    assert sids.get(reverse("known_one", args=[pk])).status_code == 404
    assert sids.post(undo_of(page)).status_code == 404
    assert bobs.post("/restore/made-up/").status_code == 404
