"""All the real mail there is, as one mailbox: nothing crashes, and every mail is accounted for."""

from collections import Counter

import pytest
from tests.inlets.real_data import real

from followthrough.inlets.mailbox import conversations, open_mail, parse, threads
from followthrough.inlets.noticed import Mail, Unreadable

SETS = (
    "mail_spamassassin", "mail_threads", "mail_mime", "mail_bounces", "mail_auto", "mail_replies",
)  # fmt: skip
NO_MAIL = (".tsv", ".json")
HAM = ("easy-ham-1", "easy-ham-2", "hard-ham-1")
MACHINES = ("auto_reply", "auto_notice", "bounce", "delayed", "delivered", "read_receipt")


def files(*parts):
    found = open_mail(real(*parts))
    return [(where, raw) for where, raw in found if not where.endswith(NO_MAIL)]


@pytest.fixture(scope="module")
def everything():
    return [(f"{name}/{where}", raw) for name in SETS for where, raw in files(name)]


def test_every_mail_of_the_whole_mailbox_is_accounted_for(everything):
    read = [parse(raw, where=where) for where, raw in everything]

    found = conversations(read)

    assert len(everything) >= 1_700
    assert found.read == len(everything)
    assert all(one.rule for one in found.ignored)
    assert all(one.why for one in found.unreadable)


def test_what_cannot_be_read_is_kept_byte_for_byte(everything):
    for where, raw in everything:
        read = parse(raw, where=where)
        if isinstance(read, Unreadable):
            assert (read.raw, bool(read.why)) == (raw, True), where


def test_as_one_mbox_it_is_the_same_mail(everything, tmp_path):
    box = tmp_path / "all.mbox"
    plain = [raw for _, raw in everything if raw.strip() and not raw.startswith(b"From ")]
    with box.open("wb") as file:
        for raw in plain:
            body = raw.lstrip(b"\r\n\xef\xbb\xbf").replace(b"\nFrom ", b"\n>From ")
            file.write(b"From - Mon Mar  2 09:00:00 2026\n" + body.rstrip(b"\r\n") + b"\n\n")

    found = [raw for _, raw in open_mail(box)]

    assert len(found) >= len(plain) * 0.99
    assert conversations(map(parse, found)).read == len(found)


def test_the_kernel_list_has_the_threads_it_is_known_to_have():
    mails = [parse(raw) for _, raw in open_mail(real("mail_threads", "notmuch-lkml"))]

    sizes = Counter(threads(mails).values())

    assert (len(mails), len({one.message_id for one in mails})) == (210, 176)
    assert (len(sizes), max(sizes.values())) == (7, 100)


# --- a person or a machine --------------------------------------------------------------


def judged(*parts):
    read = ((where, parse(raw)) for where, raw in files(*parts))
    return [(where, one.verdict.kind) for where, one in read if isinstance(one, Mail)]


def test_at_most_one_in_a_hundred_bounces_passes_for_a_person():
    found = [
        (where, kind)
        for where, kind in judged("mail_bounces")
        if not where.startswith("sisimai/not/")  # these are no bounces
    ]

    people = [where for where, kind in found if kind in ("human", "calendar")]
    assert len(found) >= 480
    assert len(people) <= len(found) / 100, people


def test_of_wanted_mail_hardly_any_is_taken_for_a_machine_and_lists_are_not():
    found = [one for folder in HAM for one in judged("mail_spamassassin", folder)]

    machines = [one for one in found if one[1] in MACHINES]
    assert len(machines) <= len(found) * 0.02, machines
    # What is left besides people is sent to subscribers, and says so in its head.
    assert {kind for _, kind in found} - set(MACHINES) == {"human", "newsletter"}
    assert len([kind for _, kind in found if kind == "newsletter"]) <= len(found) * 0.07


def test_letters_are_from_people():
    for folder in ("mail_threads", "mail_replies/talon", "mail_spamassassin/easy-ham-1"):
        assert {kind for _, kind in judged(*folder.split("/"))} == {"human"}


def test_what_answers_by_itself_is_known_without_a_hint_in_its_subject():
    found = dict(judged("mail_auto"))

    assert len(found) == 3
    assert not {"human", "calendar", "newsletter"} & set(found.values())
