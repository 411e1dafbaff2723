"""S52: Unanswered mail is counted per person, over threads and addresses."""

from datetime import UTC, datetime

from tests.ledger.scene import DAY, MONDAY
from tests.worker.bringing_in import bring_in, mbox, say_yes

from followthrough.core.facts import TheyWrote
from followthrough.ledger import clock, queries
from followthrough.ledger.models import FollowUp
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.record import record


def test_s52_four_mails_in_three_threads_are_one_line(ann, bob):
    for n, thread in enumerate(("a", "b", "a", "c")):
        at = MONDAY + n * DAY
        record(ann, TheyWrote(at=at, thread=thread), source=f"mail:{n}", at=at)

    [line] = FollowUp.objects.filter(settled_at=None)

    assert (line.count, line.since) == (4, MONDAY)
    assert line.why.startswith("4 unanswered")
    assert (MONDAY + 19 * DAY - line.since).days == 19
    assert queries.waiting_count(bob, MONDAY + 19 * DAY) == 1


def mail(number, sender, day, answers=""):
    refers = f"In-Reply-To: <{answers}>\nReferences: <{answers}>\n" if answers else ""
    return (
        f"From: Ann <{sender}>\nTo: Shop <shop@banners.example>\nSubject: Sign {number}\n{refers}"
        f"Message-ID: <{number}@home.test>\nDate: {day} Mar 2026 09:00:00 +0000\n\nHello?\n"
    ).encode()


def test_s52_over_two_addresses_and_the_shared_mailbox_too(bob, bobs):
    known = Known(name="Ann", emails=("ann@home.test", "ann@work.test"))
    ann = find_or_add(bob.workspace, known, owner=bob, at=MONDAY)
    mails = [
        mail(1, "ann@home.test", 2), mail(2, "ann@work.test", 4),
        mail(3, "ann@home.test", 9, answers="1@home.test"), mail(4, "ann@work.test", 16),
    ]  # fmt: skip

    now = datetime(2026, 3, 21, 9, tzinfo=UTC)
    bring_in(bob, mbox(*mails), ours=("shop@banners.example",), at=now)
    say_yes(bob, at=now)

    [line] = FollowUp.objects.filter(settled_at=None)
    assert (line.party, line.count) == (ann, 4)
    with clock.at(now):
        [row] = bobs.get("/").context["bands"][0]["rows"]
    assert row["why"].startswith("4 unanswered, the first 19 days ago")
