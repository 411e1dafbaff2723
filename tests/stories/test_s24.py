"""S24: A bounce of a one-to-one mail reaches the human the same day."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from tests.ledger.scene import DAY
from tests.worker.bringing_in import bring_in, letter, mbox
from tests.worker.push_service import Browser, Service
from tests.worker.ticking import mails, turn

from followthrough.core.facts import Bounced, QuoteSent, WeCalled
from followthrough.ledger import alarms
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Fact, FollowUp
from followthrough.ledger.record import record

NINE = datetime(2026, 5, 13, 8, tzinfo=UTC)  # 09:00 in London, a Wednesday
FOUR_PAST = NINE + timedelta(minutes=4)


def test_s24_the_owner_is_told_within_minutes_and_has_the_next_step(ann, workspace, bob):
    record(ann, QuoteSent(at=NINE, by=str(bob.pk)), source="quote:1", at=NINE)
    record(ann, Bounced(at=FOUR_PAST), source="mail:dsn", at=FOUR_PAST)

    alarms.ring(workspace, at=NINE + timedelta(minutes=15))

    [told] = alarms.unseen(bob, at=NINE + timedelta(minutes=15))
    owed = FollowUp.objects.get(settled_at=None)
    assert told.what == "Your mail came back"
    assert (owed.rule, owed.what) == ("mend_the_bounce", "Reach them another way")
    assert owed.due < NINE + DAY / 2


def test_s24_by_a_quarter_past_nine_it_was_mailed_and_stood_on_the_phone(
    ann, workspace, bob, settings
):
    settings.WEB_INSIDE = "machine"
    with closing(Service()) as service:
        phone = Browser(service)
        phone.says_yes(bob, NINE - DAY)
        record(ann, QuoteSent(at=NINE, by=str(bob.pk)), source="quote:1", at=NINE)
        record(ann, Bounced(at=FOUR_PAST), source="mail:dsn", at=FOUR_PAST)

        turn(NINE + timedelta(minutes=15))

        assert phone.shows() == [("Ann", "Your mail came back · Reach them another way")]
    assert ("bob", "Ann: Your mail came back") in mails()


def test_s24_a_call_settles_it(ann, workspace, bob):
    record(ann, QuoteSent(at=NINE, by=str(bob.pk)), source="quote:1", at=NINE)
    record(ann, Bounced(at=FOUR_PAST), source="mail:dsn", at=FOUR_PAST)

    record(ann, WeCalled(at=FOUR_PAST + DAY / 24), source="call:1", at=FOUR_PAST + DAY / 24)

    assert not FollowUp.objects.filter(settled_at=None, rule="mend_the_bounce").exists()
    assert audit(workspace, at=NINE + DAY).uncovered == 0


def test_s24_a_report_in_a_mailbox_is_heard_whatever_comes_first(bob, settings, tmp_path):
    settings.VAR = tmp_path
    sent = letter("bob@banners.example", "Ann <ann@customer.test>", "90 pounds.", number=7)
    report = (
        b"From: MAILER-DAEMON@mx.test\nTo: bob@banners.example\nSubject: Undelivered Mail\n"
        b"Message-ID: <dsn@mx.test>\nDate: Thu, 01 Jan 2026 10:04:00 +0000\n\n"
        b"<ann@customer.test>: 550 5.1.1 RCPT TO: user unknown\n\nMessage-ID: <7@mail.test>\n"
    )

    bring_in(bob, mbox(report, sent), ours=("bob@banners.example",))

    fact = Fact.objects.get(kind="Bounced")
    assert FollowUp.objects.get(settled_at=None).rule == "mend_the_bounce"
    assert fact.own["dead"] is True
    assert "customer.test" not in str(fact.own)
