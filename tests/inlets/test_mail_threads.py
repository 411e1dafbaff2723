"""Conversations by the ids that mails answer, never by their subjects."""

from tests.inlets.real_data import mail

from followthrough.inlets.mailbox import parse, threads


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
