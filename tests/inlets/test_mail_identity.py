"""Which mail is which, and who wrote it, where programs have mangled what says so."""

from datetime import UTC, datetime

import pytest
from tests.inlets.real_data import mail

from followthrough.core.facts import TheyWrote
from followthrough.inlets.mailbox import conversations, parse
from followthrough.ledger.addresses import canonical_email

OURS = frozenset({"bob@ours.test", "sales@ours.test"})
OFFER = mail("From: bob@ours.test\nTo: ann@customer.test\nMessage-ID: <offer@ours.test>")


def sort(*mails):
    return conversations([parse(one) for one in mails], OURS)


def test_c1_an_answer_from_another_address_joins_the_conversation_by_what_it_answers():
    answer = mail("From: Ann <ann@home.test>\nIn-Reply-To: <offer@ours.test>")

    sent, heard = sort(OFFER, answer).linked

    assert heard.contact.email == "ann@home.test"
    assert heard.fact.thread == sent.fact.thread


def test_c2_addresses_are_compared_as_they_are_meant_and_kept_as_they_were_written():
    read = parse(mail("From: a.n.n+roof@googlemail.com"))

    assert read.sender.email == "a.n.n+roof@googlemail.com"
    assert canonical_email(read.sender.email) == canonical_email("ann@gmail.com")


def test_c3_an_answer_to_all_is_the_word_of_its_sender_alone():
    answer = mail("To: bob@ours.test, pat@prints.test\nCc: sid@stranger.test")

    assert [one.contact.email for one in sort(answer).linked] == ["ann@customer.test"]


@pytest.mark.parametrize(
    "head",
    [
        "From: 'Ann' via Sales <sales@ours.test>\nX-Original-From: Ann <ann@customer.test>",
        (
            "From: Ann via Roofs <roofs@list.test>\nReply-To: Ann <ann@customer.test>\n"
            "List-Post: <mailto:roofs@list.test>"
        ),
    ],
    ids=["a group of ours", "a list"],
)
def test_c4_whom_a_list_has_rewritten_is_still_who_wrote(head):
    read = parse(mail(f"{head}\nTo: bob@ours.test"))

    assert (read.sender.name, read.sender.email) == ("Ann", "ann@customer.test")
    assert "sender rewritten by a list" in read.flags


def test_c4_a_list_that_wants_answers_to_itself_hides_nobody():
    head = (
        "From: Ann <ann@customer.test>\nReply-To: roofs@list.test\n"
        "List-Post: <mailto:roofs@list.test>"
    )

    assert parse(mail(head)).sender.email == "ann@customer.test"


def test_people_on_an_old_list_are_people_though_it_calls_their_mail_bulk():
    head = "To: roofs@list.test\nSender: owner-roofs@list.test\nPrecedence: bulk"

    read = parse(mail(head))

    assert (read.verdict.kind, read.lists) == ("human", ("roofs@list.test",))


@pytest.mark.parametrize(
    "written", ["<[abc@x.test]>", "<abc@x.test", "abc@x.test", "< abc@\n x.test >", "<abc@x.test>,"]
)
def test_c5_a_mangled_id_is_the_same_id(written):
    first = parse(mail("Message-ID: <abc@x.test>"))
    answer = parse(mail(f"In-Reply-To: {written}"))

    assert (first.message_id, answer.references) == ("abc@x.test", ("abc@x.test",))


def test_c7_the_same_mail_by_two_ways_is_one():
    other_way = b"Received: by mx2.test; Mon, 23 Nov 2026 10:00:09 +0000\r\n" + mail("")

    found = sort(mail(""), other_way)

    assert (len(found.linked), found.rules) == (1, {"a copy of a mail already read": 1})


def test_c8_two_mails_that_share_an_id_are_two():
    found = sort(mail("", "One"), mail("", "Two"))

    assert [one.body for one in found.linked] == ["One", "Two"]


@pytest.mark.parametrize(
    "date",
    ["Fri, 01 Jan 2099 10:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "soon", "99:99"],
)
def test_c10_where_the_date_is_nonsense_the_day_of_arrival_counts(date):
    head = f"Date: {date}\nReceived: by mx.test; Mon, 23 Nov 2026 10:00:09 +0000"

    [one] = sort(mail(head)).linked

    assert type(one.fact) is TheyWrote
    assert one.fact.at == datetime(2026, 11, 23, 10, 0, 9, tzinfo=UTC)
