"""S48: Each further attempt raises the alarm; the third blocks the owner's other outbound work."""

from tests.ledger.scene import DAY, MONDAY
from tests.worker.bringing_in import bring_in, mbox, say_yes

from followthrough.core.facts import HandedOver, PutOff, TheyWrote, WeWrote
from followthrough.ledger import alarms, queries
from followthrough.ledger.models import FollowUp
from followthrough.ledger.record import record


def wrote(party, day):
    at = MONDAY + day * DAY / 24
    record(party, TheyWrote(at=at), source=f"mail:{day}", at=at)


def test_s48_the_second_attempt_tells_the_manager(ann, workspace, mia):
    wrote(ann, 0)
    assert list(alarms.unseen(mia, at=MONDAY + DAY / 12)) == []

    wrote(ann, 1)

    [alarm] = alarms.unseen(mia, at=MONDAY + DAY / 12)
    assert alarm.what == "They wrote again, unanswered"


def test_s48_the_third_blocks_until_it_is_answered(ann, bob):
    for day in range(2):
        wrote(ann, day)
    assert queries.blocking(bob, MONDAY + DAY) is None

    wrote(ann, 2)
    assert queries.blocking(bob, MONDAY + DAY).party == ann

    record(ann, WeWrote(at=MONDAY + DAY), source="ours", at=MONDAY + DAY)
    assert queries.blocking(bob, MONDAY + DAY) is None


def test_s48_or_until_it_is_handed_over(ann, bob, mia):
    for day in range(3):
        wrote(ann, day)

    record(ann, HandedOver(at=MONDAY + DAY, to=str(mia.pk)), source="over", at=MONDAY + DAY)

    assert (queries.blocking(bob, MONDAY + DAY), queries.blocking(mia, MONDAY + DAY).party) == (
        None,
        ann,
    )


def test_s48_one_that_was_put_off_blocks_nothing_until_its_day(ann, bob):
    for day in range(3):
        wrote(ann, day)
    what = FollowUp.objects.get(blocks=True).key
    moved = PutOff(at=MONDAY + DAY, what=what, until=MONDAY + 3 * DAY)

    record(ann, moved, source="later", at=MONDAY + DAY)

    assert queries.blocking(bob, MONDAY + 2 * DAY) is None
    assert queries.blocking(bob, MONDAY + 3 * DAY).party == ann


# --- as files ---------------------------------------------------------------------------------


def begs(number, hour):
    return (
        f"From: Ann <ann@home.test>\nTo: bob@banners.example\nSubject: Sign {number}\n"
        f"Message-ID: <{number}@home.test>\nDate: Mon, 2 Mar 2026 {hour:02}:00:00 +0000\n\n"
        "Are you there?\n"
    ).encode()


def test_s48_also_where_the_mails_come_in_as_files_one_after_the_other(bob, mia):
    ours = ("bob@banners.example",)
    bring_in(bob, mbox(begs(1, 8)), name="1.mbox", ours=ours)
    say_yes(bob)
    assert list(alarms.unseen(mia, at=MONDAY)) == []

    bring_in(bob, mbox(begs(2, 9)), name="2.mbox", ours=ours)
    [told] = alarms.unseen(mia, at=MONDAY)
    assert told.what == "They wrote again, unanswered"
    assert queries.blocking(bob, MONDAY) is None

    bring_in(bob, mbox(begs(3, 9)), name="3.mbox", ours=ours)
    assert queries.blocking(bob, MONDAY) is None  # on the heels of the second: one attempt

    bring_in(bob, mbox(begs(4, 10)), name="4.mbox", ours=ours)
    assert queries.blocking(bob, MONDAY).party.name == "Ann"


def test_s48_mail_of_years_ago_is_on_the_list_and_rings_no_bell(bob, mia):
    old = [begs(n, 8 + n).replace(b"2 Mar 2026", b"3 Mar 2025") for n in range(3)]

    bring_in(bob, mbox(*old), ours=("bob@banners.example",))

    assert list(alarms.unseen(mia, at=MONDAY)) == []
    assert FollowUp.objects.get(settled_at=None).count == 3
