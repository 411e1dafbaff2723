"""A mailbox on disk gives up every mail it holds."""

import tracemalloc

import pytest
from tests.inlets.real_data import mail, real

from followthrough.inlets.detect import kind_of
from followthrough.inlets.mailbox import open_mail, parse
from followthrough.inlets.mailbox.parsing import NO_MAIL

STAMP = b"From ann@customer.test Mon Nov 23 10:00:00 2026\n"


def subjects(path):
    return [parse(raw).subject for _, raw in open_mail(path)]


def test_an_mbox_is_cut_where_its_mails_begin(tmp_path):
    box = tmp_path / "Inbox"
    box.write_bytes(STAMP + mail("Subject: One") + b"\n" + STAMP + mail("Subject: Two"))

    assert subjects(box) == ["One", "Two"]


def test_a_sentence_that_begins_with_from_is_no_mail(tmp_path):
    body = "Dear Bob,\n\nFrom Monday on we are closed.\n>From then on you may call.\n"
    box = tmp_path / "Inbox"
    box.write_bytes(STAMP + mail("Subject: One", body))

    [(_, raw)] = open_mail(box)

    assert (
        parse(raw).text == "Dear Bob,\n\nFrom Monday on we are closed.\nFrom then on you may call."
    )


def test_windows_line_ends_and_google_stamps_are_understood(tmp_path):
    box = tmp_path / "takeout.mbox"
    google = b"From 17531@xxx Mon Nov 23 10:00:00 +0000 2026\r\n"
    box.write_bytes(google + mail("Subject: One") + b"\r\n" + google + mail("Subject: Two"))

    assert subjects(box) == ["One", "Two"]


@pytest.mark.parametrize("before", [b"\n", b"\r\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_what_stands_before_the_first_mail_hides_none(tmp_path, before):
    box = tmp_path / "Inbox"
    box.write_bytes(before + STAMP + mail("Subject: One") + b"\n" + STAMP + mail("Subject: Two"))

    assert kind_of(box) == "mbox"
    assert subjects(box) == ["One", "Two"]


def test_a_file_of_blank_lines_is_one_that_holds_no_mail(tmp_path):
    (tmp_path / "Inbox").write_bytes(b"\n" * 9)

    [(where, raw)] = open_mail(tmp_path)

    assert (where, parse(raw).why) == ("Inbox", NO_MAIL)


def test_a_folder_gives_every_file_and_leaves_out_the_indexes(tmp_path):
    (tmp_path / "cur").mkdir()
    (tmp_path / "cur" / "1:2,S").write_bytes(mail("Subject: One"))
    (tmp_path / "two.eml").write_bytes(mail("Subject: Two"))
    (tmp_path / "Sent").write_bytes(STAMP + mail("Subject: Three"))
    (tmp_path / "Sent.msf").write_bytes(b"index")
    (tmp_path / ".DS_Store").write_bytes(b"index")

    found = list(open_mail(tmp_path))

    assert [where for where, _ in found] == ["Sent, mail 1", "cur/1:2,S", "two.eml"]


def test_a_large_mbox_is_read_a_mail_at_a_time(tmp_path):
    box = tmp_path / "large.mbox"
    with box.open("wb") as file:
        for number in range(2_000):
            file.write(STAMP + mail(f"Subject: {number}", "word " * 2_000) + b"\n")
    tracemalloc.start()

    count = sum(1 for _ in open_mail(box))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (count, peak < 2_000_000) == (2_000, True)


def test_a_real_mailbox_is_cut_where_its_stamps_stand(tmp_path):
    files = [path for path in sorted(real("mail_spamassassin").rglob("*")) if path.is_file()]
    stamped = [path for path in files if path.read_bytes().startswith(b"From ")]
    box = tmp_path / "all.mbox"
    box.write_bytes(b"\n".join(path.read_bytes() for path in stamped))

    assert sum(1 for _ in open_mail(box)) == len(stamped)
