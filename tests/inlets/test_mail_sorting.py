"""Every mail is linked to a person, left out by a named rule, or set aside: the sum is shown."""

import pytest
from tests.inlets.real_data import mail, real

from followthrough.core.facts import OptedOut, TheyEnquired, TheyWrote, WeWrote
from followthrough.inlets.mailbox import conversations, is_optout, open_mail, parse, who_are_we
from followthrough.inlets.noticed import Contact

OURS = frozenset({"bob@ours.test", "mia@ours.test"})
FROM_US = "From: Bob <bob@ours.test>\nTo: Ann <ann@customer.test>\nMessage-ID: <offer@ours.test>"


def sort(*mails):
    return conversations([parse(one) for one in mails], OURS)


def told(found):
    return [(one.contact.email, type(one.fact)) for one in found.linked]


def test_a_letter_and_its_answer_are_one_conversation():
    found = sort(mail(FROM_US), mail("In-Reply-To: <offer@ours.test>", "Yes, please.\n"))

    assert told(found) == [("ann@customer.test", WeWrote), ("ann@customer.test", TheyWrote)]
    assert found.linked[0].fact.thread == found.linked[1].fact.thread
    assert (found.linked[1].title, found.linked[1].body) == ("The roof", "Yes, please.")


def test_one_letter_to_three_people_is_three_facts_from_one_source():
    to_all = "From: bob@ours.test\nTo: ann@a.test, Sid <sid@b.test>, pat@c.test\nCc: mia@ours.test"

    found = sort(mail(to_all))

    assert told(found) == [(f"{one}.test", WeWrote) for one in ("ann@a", "sid@b", "pat@c")]
    assert len({one.source for one in found.linked}) == 1
    assert found.counts == {"linked": 1, "ignored": 0, "unreadable": 0}


def test_a_copy_counts_only_for_those_who_wrote_themselves():
    to_ann = "From: bob@ours.test\nTo: ann@customer.test\nCc: sid@b.test, pat@c.test"
    from_pat = "From: pat@c.test\nMessage-ID: <2@c.test>"

    found = sort(mail(from_pat), mail(to_ann))

    assert told(found) == [
        ("pat@c.test", TheyWrote),
        ("ann@customer.test", WeWrote),
        ("pat@c.test", WeWrote),
    ]


def test_our_mail_to_a_list_asks_nobody():
    by_list = (
        "From: sid@b.test\nMessage-ID: <2@b.test>\nTo: all@list.test\n"
        "List-Post: <mailto:all@list.test>"
    )

    found = sort(mail(by_list), mail("From: bob@ours.test\nTo: all@list.test"))

    assert found.rules == {"mailing-list mail": 1, "our own mail to a mailing list": 1}


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("From: bob@ours.test\nTo: mia@ours.test", "mail among ourselves"),
        ("List-Post: <mailto:all@roofs.test>\nTo: all@roofs.test", "mailing-list mail"),
        ("List-Unsubscribe: <https://x.test/u>\nPrecedence: bulk", "a newsletter"),
        ("Auto-Submitted: auto-replied", "an automatic reply"),
        ("From: no-reply@x.test", "a sender that takes no replies"),
    ],
)
def test_what_obliges_nobody_is_left_out_by_a_rule_with_a_name(head, rule):
    found = sort(mail(head))

    assert (found.linked, found.rules) == ((), {rule: 1})


def test_list_mail_that_answers_us_is_an_answer():
    answer = "List-Post: <mailto:all@x.test>\nTo: all@x.test\nIn-Reply-To: <offer@ours.test>"

    assert told(sort(mail(FROM_US), mail(answer)))[1] == ("ann@customer.test", TheyWrote)


def test_an_automatic_reply_known_by_its_subject_alone_is_shown_to_a_person():
    assert told(sort(mail("Subject: Out of Office: roof"))) == [("ann@customer.test", TheyWrote)]


def test_a_form_on_our_website_speaks_for_who_filled_it_in():
    form = "From: web@ours.test\nTo: bob@ours.test\nReply-To: Ann <ann@customer.test>"

    [found] = sort(mail(form)).linked

    assert found.contact == Contact(name="Ann", emails=("ann@customer.test",))
    assert type(found.fact) is TheyEnquired


def test_a_copy_is_left_out_as_a_copy():
    found = sort(mail(""), mail("X-Folder: Archive"))

    assert found.rules == {"a copy of a mail already read": 1}


def test_a_mail_without_sender_or_date_is_set_aside_with_a_sentence():
    found = sort(b"To: bob@ours.test\nSubject: x\n\nHello", mail("Date: never"))

    assert [one.why.split(":")[0] for one in found.unreadable] == [
        "This mail names no sender, so it cannot be matched to a person.",
        "Nobody can tell when this was written",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "STOP",
        "Unsubscribe me please!",
        "Bitte abmelden",
        "désinscrire svp",
        "please remove me\n\nOn Mon, 23 Nov 2026, Bob wrote:\n> Would you like a new roof?\n",
        "opt-out",
        "Stop.\n-- \nAnn Roof, Managing Director of Roofs and Gutters",
    ],
)
def test_a_reply_that_only_says_stop_is_an_opt_out(words):
    found = sort(mail("In-Reply-To: <offer@ours.test>", words))

    assert told(found) == [("ann@customer.test", TheyWrote), ("ann@customer.test", OptedOut)]


@pytest.mark.parametrize(
    "words",
    [
        "Please stop by on Monday",
        "Stop calling my husband, call me instead",
        "Don't stop",
        "We had to stop the works",
        "",
        "> unsubscribe",
    ],
)
def test_longer_or_other_words_are_for_a_person_to_read(words):
    assert not is_optout(parse(mail("In-Reply-To: <offer@ours.test>", words)))


def test_a_pressed_unsubscribe_button_opts_out():
    found = sort(
        mail("Subject: unsubscribe\nAuto-Submitted: auto-replied", "Apple Mail sent this.")
    )

    assert told(found) == [("ann@customer.test", OptedOut)]


def test_who_we_are_is_guessed_from_where_mail_arrives():
    mails = [mail(f"Message-ID: <{n}@x>\nDelivered-To: bob@ours.test") for n in range(20)]
    once = mail("To: sid@x.test\nDelivered-To: sid@x.test")

    assert who_are_we(map(parse, [*mails, once])) == ("bob@ours.test",)


def test_who_we_are_is_guessed_from_who_writes_and_is_written_to():
    sent = [mail(f"From: bob@ours.test\nTo: {one}@x.test") for one in ("ann", "sid", "pat")]
    heard = [mail(f"From: {one}@x.test\nTo: bob@ours.test") for one in ("ann", "sid", "pat")]

    assert who_are_we(map(parse, sent + heard)) == ("bob@ours.test",)


@pytest.mark.parametrize(
    "folder", ["mail_spamassassin", "mail_bounces", "mail_mime", "mail_threads"]
)
def test_of_real_mailboxes_every_mail_is_accounted_for(folder):
    mails = [parse(raw, where=where) for where, raw in open_mail(real(folder))]

    found = conversations(mails)

    assert found.read == len(mails)
    assert all(one.rule for one in found.ignored)
    assert all(one.why for one in found.unreadable)
