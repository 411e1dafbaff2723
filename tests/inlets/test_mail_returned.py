"""Our mail that came back is a fact about whom it did not reach; anybody else's is left out."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from tests.inlets.real_data import mail

from followthrough.core.facts import Bounced, WeWrote
from followthrough.inlets.mailbox import conversations, parse

OURS = frozenset({"bob@ours.test", "mia@ours.test"})
SENT = mail("From: bob@ours.test\nTo: Ann <ann@customer.test>\nMessage-ID: <offer@ours.test>")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def report(
    whom="ann@customer.test", action="failed", status="5.1.1", of="<offer@ours.test>", at="12:00"
):
    head = (
        "From: MAILER-DAEMON@mx.test\nTo: bob@ours.test\nSubject: Undelivered\n"
        f"Message-ID: <{whom}{action}@mx.test>\nDate: Mon, 23 Nov 2026 {at}:00 +0000\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"'
    )
    body = (
        "--x\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"Final-Recipient: rfc822; {whom}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {of}\r\n--x--\r\n"
    )
    return mail(head, body)


def sort(*mails):
    return conversations([parse(one) for one in mails], OURS)


def returned(found):
    return [one for one in found.linked if isinstance(one.fact, Bounced)]


def test_it_is_told_of_whom_we_wrote_to_in_the_same_conversation():
    found = sort(SENT, report())

    [sent, back] = found.linked
    assert (back.contact.email, back.fact.at) == ("ann@customer.test", NOON)
    assert (back.fact.final, back.fact.dead) == (True, True)
    assert back.fact.thread == sent.fact.thread


def test_a_full_mailbox_is_no_dead_address():
    [back] = returned(sort(SENT, report(status="5.2.2")))

    assert not back.fact.dead


def test_without_our_message_id_the_address_is_enough():
    [back] = returned(sort(SENT, report(of="")))

    assert (back.contact.email, back.fact.thread) == ("ann@customer.test", "")


def test_with_our_message_id_the_address_may_be_one_that_a_server_made_of_theirs():
    [back] = returned(sort(SENT, report(whom="a.roof@inner.test")))

    assert back.contact.email == "ann@customer.test"


def test_a_report_that_nothing_ties_to_us_tells_nothing_of_anybody():
    forged = report(whom="pat@prints.test", of="<other@elsewhere.test>")

    found = sort(SENT, forged)

    assert returned(found) == []
    assert found.rules == {"a delivery report about mail that is not ours": 1}


def test_a_delay_is_told_and_nothing_has_come_back():
    [late] = returned(sort(SENT, report(action="delayed", status="4.4.1")))

    assert (late.fact.final, late.fact.dead) == (False, False)


def test_a_delay_of_what_nobody_knows_and_an_arrival_are_left_out_by_their_own_rules():
    strange = report(action="delayed", status="4.4.1", of="<other@elsewhere.test>")

    found = sort(SENT, strange, report(action="delivered"))

    assert returned(found) == []
    assert found.rules == {
        "a delivery report: still trying": 1,
        "a delivery report: it arrived": 1,
    }


def test_nothing_comes_back_before_it_went_out():
    [back] = returned(sort(SENT, report(at="09:59")))

    sent_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert back.fact.at == sent_at + timedelta(seconds=1)


def test_a_head_line_that_names_them_is_enough():
    head = (
        "From: MAILER-DAEMON@mx.test\nSubject: failed\nMessage-ID: <dsn@mx.test>\n"
        "X-Failed-Recipients: ann@customer.test"
    )

    [back] = returned(sort(SENT, mail(head, "It did not work.")))

    assert back.contact.email == "ann@customer.test"


def test_of_two_recipients_only_the_one_is_told_of():
    both = mail(
        "From: bob@ours.test\nTo: ann@customer.test, pat@prints.test\nMessage-ID: <offer@ours.test>"
    )

    [back] = returned(sort(both, report(whom="pat@prints.test")))

    assert back.contact.email == "pat@prints.test"


def test_a_bounce_that_they_hand_on_is_their_mail():
    handed_on = mail("Subject: Fwd: Undelivered", "Look what I got.\n")

    [one] = sort(SENT, handed_on).linked[1:]

    assert not isinstance(one.fact, Bounced)


def test_the_order_of_reading_does_not_matter():
    mails = (SENT, report(), report(whom="sid@stranger.test", of=""), mail("Subject: Hello"))

    found = {
        frozenset((one.contact.email, one.fact) for one in sort(*order).linked)
        for order in permutations(mails)
    }

    assert len(found) == 1
    assert {type(fact) for _, fact in found.pop()} >= {Bounced, WeWrote}
