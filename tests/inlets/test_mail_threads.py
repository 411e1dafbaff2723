"""Conversations by the ids that mails answer, never by their subjects."""

from collections import Counter

from tests.inlets.real_data import mail, real

from followthrough.inlets.mailbox import open_mail, parse, threads


def read(head, body="Hello\n"):
    return parse(mail(head, body))


def test_an_answer_to_a_mail_nobody_kept_still_joins_its_sisters():
    first = read("Message-ID: <1@x>\nIn-Reply-To: <ghost@x>")
    second = read("Message-ID: <2@x>\nIn-Reply-To: <ghost@x>")

    found = threads([first, second])

    assert found[first.key] == found[second.key]


def test_the_same_subject_is_not_the_same_conversation():
    first, second = read("Message-ID: <1@x>"), read("Message-ID: <2@x>")

    assert len(set(threads([first, second]).values())) == 2


def test_the_order_of_reading_does_not_matter():
    mails = [read(f"Message-ID: <{n}@x>\nReferences: <{n - 1}@x>") for n in range(1, 30)]

    assert threads(mails) == threads(mails[::-1])


def test_the_kernel_list_falls_into_the_threads_it_is_known_to_have():
    mails = [parse(raw) for _, raw in open_mail(real("mail_threads", "notmuch-lkml"))]

    sizes = Counter(threads(mails).values())

    assert (len(mails), len({one.message_id for one in mails})) == (210, 176)
    assert (len(sizes), max(sizes.values())) == (7, 100)
