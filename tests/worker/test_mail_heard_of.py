"""What comes back of a mail that we sent: tied to it by what it names, and by nothing else."""

from datetime import timedelta
from email.message import EmailMessage
from itertools import permutations

import pytest
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import kinds, owed_to
from tests.worker.laid import box_of, comes
from tests.worker.letters import letter
from tests.worker.sending_scene import answer_to, somebody_asked

from followthrough.ledger.models import Address, Fact, Mailbox, Message, StoredMail
from followthrough.ledger.models.outbox import IN_DOUBT, SENT
from followthrough.ledger.outbox import telling
from followthrough.ledger.outbox.returning import named_in, return_address

MINUTE = timedelta(minutes=1)
LATER = MONDAY + 5 * MINUTE
THEIRS = "ann@home.example"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def mailbox(bob):
    return box_of(bob)


@pytest.fixture
def ann(workspace, bob):
    return somebody_asked("Ann", workspace, bob)


@pytest.fixture
def sent(ann, mailbox):
    """Bob's mail to Ann, handed over and told."""
    message = answer_to(ann, mailbox)
    handed_over(message)
    return message


def handed_over(message, state=SENT):
    over = {"ended_at": MONDAY + MINUTE} if state == SENT else {}
    Message.objects.filter(pk=message.pk).update(state=state, handover_at=MONDAY + MINUTE, **over)
    telling.tell(message.workspace, at=MONDAY + MINUTE)


def report(*lines, to="bob@banners.test", action="failed", status="5.1.1", copy="", number="d"):
    """As servers write it; `lines` stand in the part about the whole mail."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "MAILER-DAEMON@mx.home.example", to
    mail["Subject"], mail["Message-ID"] = "Undelivered mail", f"<{number}@mx.home.example>"
    mail["Date"] = "Mon, 02 Mar 2026 10:04:00 +0000"
    head, _, _ = mail.as_bytes().partition(b"\n\n")
    about = "\n".join(["Reporting-MTA: dns; mx.home.example", *lines])
    whom = f"Final-Recipient: rfc822; {THEIRS}\nAction: {action}\nStatus: {status}"
    parts = [
        "Content-Type: text/plain\n\nIt did not work.\n",
        f"Content-Type: message/delivery-status\n\n{about}\n\n{whom}\n",
        *([f"Content-Type: text/rfc822-headers\n\n{copy}\n"] if copy else []),
    ]
    kind = b'\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return head + kind + body.encode()


NAMES = {
    "what we had called it to the server": lambda m: report(f"Original-Envelope-Id: {m.envelope}"),
    "its own id in the copy": lambda m: report(copy=f"Message-ID: {m.message_id}"),
    "the address it came back to": lambda m: report(
        to=return_address(Mailbox(pk=m.mailbox_id, workspace_id=m.workspace_id, plus_works=True),
                          m.sender, m.envelope)
    ),
}  # fmt: skip


@pytest.mark.parametrize("named", NAMES.values(), ids=NAMES)
def test_a_mail_that_came_back_is_known_by(named, mailbox, ann, sent):
    comes(mailbox, named(sent), at=LATER)

    sent.refresh_from_db()
    assert sent.bounced_at == LATER
    assert kinds(ann)[-1] == "Bounced"
    [row] = owed_to(ann)
    assert (row.rule, row.matter.key) == ("mend_the_bounce", sent.matter)
    assert Fact.objects.get(name=row.shows).text.title == "Your sign"
    assert Address.objects.get(party=ann, kind="email").dead_by


def test_a_report_that_names_nothing_of_ours_marks_nobody(mailbox, ann, sent):
    Address.objects.filter(party=ann).update(
        value="anna@home.example", canonical="anna@home.example"
    )

    comes(mailbox, report("Original-Envelope-Id: 0123456789abcdef"), at=LATER)

    sent.refresh_from_db()
    assert sent.bounced_at is None
    assert "Bounced" not in kinds(ann)
    assert StoredMail.objects.get().reason == "a delivery report about mail that is not ours"


def test_what_we_write_about_it_among_ourselves_is_no_answer(mailbox, mia, sent):
    sender, to = mia.user.email, "bob@banners.test"

    comes(mailbox, letter(sender, to, at=LATER, References=sent.message_id), at=LATER)

    sent.refresh_from_db()
    assert (sent.replied_at, sent.delivered_at) == (None, None)


def test_a_return_address_that_somebody_made_up_names_nothing(workspace, mailbox, sent):
    mailbox.plus_works = True
    true = return_address(mailbox, sent.sender, sent.envelope)
    last = true[true.index("@") - 1]
    forged = true.replace(f"{last}@", "e@" if last == "a" else "a@")

    assert named_in(workspace, true) == sent.envelope
    assert named_in(workspace, forged) == ""
    assert named_in(workspace, "bob+b-x@banners.test") == ""


def test_where_nobody_knows_whether_it_is_kept_the_plain_address_is_used(mailbox, sent):
    long = f"{'b' * 40}@banners.test"

    assert return_address(mailbox, sent.sender, sent.envelope) == sent.sender
    mailbox.plus_works = True
    assert return_address(mailbox, long, sent.envelope) == long


def test_one_mail_for_the_address_with_something_added_teaches_it(mailbox):
    comes(
        mailbox,
        letter("pat@prints.test", "bob+news@banners.test", Delivered_To="bob+news@banners.test"),
    )

    mailbox.refresh_from_db()
    assert mailbox.plus_works is True


def test_a_delay_is_said_and_changes_no_step(mailbox, ann, sent):
    before = [row.rule for row in owed_to(ann)]

    named = f"Original-Envelope-Id: {sent.envelope}"
    comes(mailbox, report(named, action="delayed", status="4.4.1"), at=LATER)

    sent.refresh_from_db()
    assert (sent.delayed_at, sent.bounced_at) == (LATER, None)
    assert str(kinds(ann)[-1]) == "Bounced"
    assert [row.rule for row in owed_to(ann)] == before


def test_an_arrival_is_kept_and_a_relay_proves_no_arrival(mailbox, sent):
    named = f"Original-Envelope-Id: {sent.envelope}"
    relayed = report(named, action="relayed", status="2.0.0")
    comes(mailbox, relayed, at=LATER)
    sent.refresh_from_db()
    assert sent.delivered_at is None

    arrived = report(named, action="delivered", status="2.0.0", number="e")
    comes(mailbox, arrived, at=LATER)
    sent.refresh_from_db()
    assert sent.delivered_at == LATER


def receipt(of, shown="displayed"):
    mail = letter("Ann <ann@home.example>", "bob@banners.test", subject="Read: Your sign", at=LATER)
    head = mail.as_bytes().partition(b"\n\n")[0].partition(b"Content-Type")[0]
    return head + (
        b'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nIt was shown.\n"
        b"--b\nContent-Type: message/disposition-notification\n\n"
        b"Original-Message-ID: " + of.encode() + b"\nDisposition: manual-action/MDN-sent-manually; "
        + shown.encode() + b"\n--b--\n"
    )  # fmt: skip


def test_a_read_receipt_says_that_it_was_seen_and_is_no_answer(mailbox, ann, sent):
    before = [row.rule for row in owed_to(ann)]

    comes(mailbox, receipt(sent.message_id), at=LATER)

    sent.refresh_from_db()
    assert (sent.seen_at, sent.delivered_at, sent.replied_at) == (LATER, LATER, None)
    assert kinds(ann)[-1] == "TheyOpened"
    assert [row.rule for row in owed_to(ann)] == before


def test_what_was_deleted_unread_was_not_seen(mailbox, ann, sent):
    comes(mailbox, receipt(sent.message_id, shown="deleted"), at=LATER)

    sent.refresh_from_db()
    assert (sent.seen_at, sent.delivered_at) == (None, LATER)
    assert "TheyOpened" not in kinds(ann)


def complaint(of):
    mail = letter("fbl@isp.test", "bob@banners.test", subject="Complaint", at=LATER)
    head = mail.as_bytes().partition(b"\n\n")[0].partition(b"Content-Type")[0]
    return head + (
        b'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nThis was reported as spam.\n"
        b"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
        b"--b\nContent-Type: message/rfc822\n\nFrom: bob@banners.test\nSubject: Your sign\n"
        b"Message-ID: " + of.encode() + b"\n\nHello\n--b--\n"
    )  # fmt: skip


def test_a_complaint_ends_everything_to_them(mailbox, ann, sent):
    waits = answer_to(ann, mailbox, at=LATER)

    comes(mailbox, complaint(sent.message_id), at=LATER)

    sent.refresh_from_db()
    waits.refresh_from_db()
    ann.refresh_from_db()
    assert sent.complained_at == LATER
    assert ann.refuses == ["*"]
    assert waits.state == "cancelled"


def test_a_complaint_about_somebody_elses_mail_is_left_aside(mailbox, ann, sent):
    comes(mailbox, complaint("<other@elsewhere.test>"), at=LATER)

    ann.refresh_from_db()
    assert ann.refuses == []


def test_an_answer_to_what_lies_in_no_folder_of_ours_joins_its_talk(mailbox, ann, sent):
    answer = letter(f"Ann <{THEIRS}>", "bob@banners.test", at=LATER, In_Reply_To=sent.message_id)

    comes(mailbox, answer, at=LATER)

    sent.refresh_from_db()
    assert sent.replied_at == LATER
    [row] = owed_to(ann)
    assert (row.rule, row.matter.key) == ("answer_them", sent.matter)


def test_a_report_ends_the_doubt_whether_it_left(mailbox, ann):
    message = answer_to(ann, mailbox)
    handed_over(message, IN_DOUBT)

    comes(mailbox, report(f"Original-Envelope-Id: {message.envelope}"), at=LATER)

    message.refresh_from_db()
    assert (message.state, message.evidence, message.bounced_at) == (SENT, "report", LATER)


def test_what_is_heard_ends_the_same_in_every_order(workspace, bob, mailbox):
    """W2: a report, a receipt and an arrival commute."""
    ends = set()
    for n, order in enumerate(permutations(range(3))):
        who = somebody_asked(f"Ann{n}", workspace, bob)
        message = answer_to(who, mailbox)
        handed_over(message)
        named = f"Original-Envelope-Id: {message.envelope}"
        mails = (
            report(named, number=f"b{n}"),
            report(named, action="delivered", status="2.0.0", number=f"d{n}"),
            receipt(message.message_id),
        )
        for place in order:
            comes(mailbox, mails[place], at=LATER)
        message.refresh_from_db()
        ends.add((message.bounced_at, message.delivered_at, message.seen_at, *sorted(kinds(who))))

    assert len(ends) == 1


def test_brought_again_by_another_folder_it_changes_nothing(mailbox, ann, sent):
    named = report(f"Original-Envelope-Id: {sent.envelope}")
    comes(mailbox, named, at=LATER)
    before = kinds(ann)

    comes(mailbox, named, at=LATER + DAY)

    sent.refresh_from_db()
    assert sent.bounced_at == LATER
    assert kinds(ann) == before
