"""S47: A mail from a known person joins their open promise; it never lands nowhere."""

from datetime import UTC, datetime

from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import hear, numbers, owed_to, text_of
from tests.worker.bringing_in import bring_in, mbox

from followthrough.core.facts import TheyWrote, WePromised, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Matter, Party
from followthrough.ledger.parties import Known, find_or_add

PROMISED = datetime(2026, 2, 23, 10, tzinfo=UTC)
ASKS = (
    b"From: Ann <ann@home.test>\nTo: bob@banners.example\nSubject: Electronic copies?\n"
    b"Message-ID: <new-thread@home.test>\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\n"
    b"Could I buy the electronic copies too?\n"
)


def promised_ann(bob, bobs):
    """Bob told Ann on the ice rink that he would write when the pictures are ready."""
    known = Known(name="Ann", emails=("ann@home.test",))
    ann = find_or_add(bob.workspace, known, owner=bob, at=PROMISED)
    with clock.at(PROMISED):
        bobs.post(
            reverse("promise_given", args=[ann.pk]),
            {"text": "The pictures", "when": "10 Mar 2026", "side": "ours", "condition": "",
             "token": str(next(numbers))},
        )  # fmt: skip
    return ann


def test_s47_a_new_thread_joins_the_open_promise_and_the_clock_starts(bob, bobs):
    ann = promised_ann(bob, bobs)

    bring_in(bob, mbox(ASKS), ours=("bob@banners.example",))

    assert Party.objects.count() == 1
    [matter] = Matter.objects.filter(closed_at=None)
    assert matter.title in ("The pictures", "")
    rows = {row.rule: row for row in owed_to(ann)}
    assert rows["answer_them"].matter == rows["keep_promises"].matter == matter
    assert rows["answer_them"].due == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert audit(bob.workspace, at=MONDAY).uncovered == 0


def test_s47_the_timeline_says_that_they_asked_first(bob, bobs):
    ann = promised_ann(bob, bobs)
    bring_in(bob, mbox(ASKS), ours=("bob@banners.example",))

    with clock.at(MONDAY):
        page = bobs.get(reverse("person", args=[ann.pk]))

    assert "They asked first" in text_of(page)


def test_s47_keeping_the_promise_leaves_the_question_owed(bob, bobs):
    ann = promised_ann(bob, bobs)
    bring_in(bob, mbox(ASKS), ours=("bob@banners.example",))
    [line] = [row for row in owed_to(ann) if row.rule == "keep_promises"]

    with clock.at(MONDAY):
        bobs.post(
            reverse("promise_end", args=[ann.pk]),
            {"promise": line.because, "end": "kept", "token": str(next(numbers))},
        )

    assert [row.rule for row in owed_to(ann)] == ["answer_them"]


def test_s47_after_our_word_was_kept_nobody_asked_first(ann, bobs):
    hear(ann, WePromised(at=MONDAY - DAY, due=MONDAY, matter="roof"))
    hear(ann, WeWrote(at=MONDAY - HOUR, matter="roof", did=owed_to(ann)[0].key))

    hear(ann, TheyWrote(at=MONDAY))

    with clock.at(MONDAY):
        assert "They asked first" not in text_of(bobs.get(reverse("person", args=[ann.pk])))
