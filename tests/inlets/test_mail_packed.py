"""Packed mailboxes: read entry by entry, never unpacked under their own names, never a bomb."""

import gzip
import io
import os
import struct
import tarfile
import tracemalloc
import zipfile

import pytest
from tests.inlets.real_data import mail, real

from followthrough.inlets.detect import kind_of
from followthrough.inlets.mailbox import open_mail, parse
from followthrough.inlets.mailbox.unpacking import DAMAGED, LOCKED, TOO_DEEP, TOO_MUCH
from followthrough.inlets.noticed import Unreadable

STAMP = b"From ann@customer.test Mon Nov 23 10:00:00 2026\n"
BOX = STAMP + mail("Subject: One") + b"\n" + STAMP + mail("Subject: Two")


def zipped(*entries, packing=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as box:
        for name, raw in entries:
            box.writestr(name, raw)
    return packed.getvalue()


def opened(tmp_path, raw, name="mail.zip"):
    path = tmp_path / name
    path.write_bytes(raw)
    return list(open_mail(path))


def subjects(found):
    return [parse(raw).subject for _, raw in found]


def test_a_zip_of_all_kinds_gives_every_mail(tmp_path):
    raw = zipped(
        ("letters/one.eml", mail("Subject: Letter")),
        ("Maildir/cur/1:2,S", mail("Subject: Maildir")),
        ("Takeout/All mail.mbox", BOX),
        ("__MACOSX/._one.eml", b"nothing"),
        ("letters/.DS_Store", b"nothing"),
    )

    found = opened(tmp_path, raw)

    assert subjects(found) == ["Letter", "Maildir", "One", "Two"]
    assert found[0][0] == "mail.zip, letters/one.eml"
    assert found[3][0] == "mail.zip, Takeout/All mail.mbox, mail 2"


LONG = "Export of my mail 2026/" + "Customers of the north and the south/" * 4


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_each_entry_stands_in_a_place_of_its_own(tmp_path):
    names = [
        *(f"{LONG}mail {n:03} from a customer.eml" for n in range(4)),
        "a.eml",
        "a.eml",
        "b.eml",
    ]
    names += [f"{way}/{'x' * 150}" for way in ("to", "fro")]

    found = opened(tmp_path, zipped(*((name, mail(f"Subject: {name[-30:]}")) for name in names)))

    places = [where for where, _ in found]
    assert len(set(places)) == len(names)
    assert places[3].endswith("mail 003 from a customer.eml")
    assert places[4:7] == ["mail.zip, a.eml", "mail.zip, a.eml (entry 6)", "mail.zip, b.eml"]


def test_a_tar_that_holds_a_name_twice_gives_both(tmp_path):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as box:
        for number in range(2):
            member = tarfile.TarInfo("Inbox/1")
            raw = mail(f"Subject: {number}")
            member.size = len(raw)
            box.addfile(member, io.BytesIO(raw))

    found = opened(tmp_path, packed.getvalue(), "mail.tar")

    assert [where for where, _ in found] == ["mail.tar, Inbox/1", "mail.tar, Inbox/1 (entry 2)"]


def test_names_that_climb_out_are_only_names(tmp_path):
    names = ("../../climbs.eml", "/etc/climbs.eml", "C:\\climbs.eml", "a\u202elme.exe\n.eml")
    home = tmp_path / "home"
    home.mkdir()

    found = opened(home, zipped(*[(name, mail(f"Subject: {n}")) for n, name in enumerate(names)]))

    assert subjects(found) == ["0", "1", "2", "3"]
    assert [path.name for path in tmp_path.rglob("*")] == ["home", "mail.zip"]
    assert all(where.isprintable() for where, _ in found)


def test_a_zip_in_a_zip_is_a_folder_and_a_third_one_is_named(tmp_path):
    third = zipped(("three.eml", mail("Subject: Three")))
    second = zipped(("two.eml", mail("Subject: Two")), ("third.zip", third))

    found = opened(tmp_path, zipped(("second.zip", second), ("one.eml", mail("Subject: One"))))

    assert found[0][0] == "mail.zip, second.zip, two.eml"
    assert found[1] == (
        "mail.zip, second.zip, third.zip",
        Unreadable(where="mail.zip, second.zip, third.zip", why=TOO_DEEP),
    )
    assert parse(found[2][1]).subject == "One"


@pytest.mark.parametrize("folder", [False, True], ids=["alone", "in a folder"])
def test_gzip_tar_and_both_give_every_mail(tmp_path, folder):
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w") as box:
        for name, raw in (("../one.eml", mail("Subject: Letter")), ("box", BOX)):
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            box.addfile(entry, io.BytesIO(raw))
        box.addfile(tarfile.TarInfo("link"))
    packed = {
        "box.gz": (gzip.compress(BOX), "gz", ["One", "Two"]),
        "all.tar": (tarred.getvalue(), "tar", ["Letter", "One", "Two"]),
        "all.tgz": (gzip.compress(tarred.getvalue()), "gz", ["Letter", "One", "Two"]),
    }

    for name, (raw, kind, expected) in packed.items():
        (tmp_path / name).write_bytes(raw)
        found = [one for one in open_mail(tmp_path / name) if not one[0].endswith("link")]
        assert (kind_of(tmp_path / name), subjects(found)) == (kind, expected)


def test_apples_mailbox_folder_and_single_mails_are_read(tmp_path):
    apple = tmp_path / "Inbox.mbox"
    apple.mkdir()
    (apple / "mbox").write_bytes(BOX)
    (apple / "table_of_contents").write_bytes(b"\0" * 99)
    letter = mail("Subject: Three")
    (apple / "3.emlx").write_bytes(f"{len(letter)}\n".encode() + letter + b"<?xml ?><plist/>")

    found = list(open_mail(apple))

    assert subjects(found) == ["Three", "One", "Two"]
    assert found[0][1] == letter


def test_what_unpacks_to_far_too_much_is_stopped_while_reading(tmp_path):
    lies = zipped(("one.eml", mail("Subject: One")), ("bomb.mbox", bytes(200 << 20)))
    tracemalloc.start()

    found = opened(tmp_path, _with_declared_size(lies, 1_000))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert parse(found[0][1]).subject == "One"
    assert isinstance(found[-1][1], Unreadable)
    assert peak < 150 << 20


def _with_declared_size(raw, size):
    """The last entry claims to hold so little."""
    place = raw.rindex(b"PK\x01\x02") + 24
    return raw[:place] + struct.pack("<I", size) + raw[place + 4 :]


def test_what_says_itself_that_it_is_too_much_is_not_begun(tmp_path):
    raw = zipped(*[(f"{n}.eml", bytes(40 << 20)) for n in range(3)])

    assert opened(tmp_path, raw) == [("mail.zip", Unreadable(where="mail.zip", why=TOO_MUCH))]


def test_bombs_inside_packings_are_counted_together(tmp_path):
    bomb = gzip.compress(gzip.compress(bytes(300 << 20), 9), 9)

    [(_, found)] = opened(tmp_path, bomb, "bomb.gz")

    assert found.why == TOO_MUCH


def test_a_locked_entry_says_so_and_the_others_are_read(tmp_path):
    raw = bytearray(zipped(("one.eml", mail("Subject: One")), ("two.eml", mail("Subject: Two"))))
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1

    found = opened(tmp_path, bytes(raw))

    assert parse(found[0][1]).subject == "One"
    assert parse(found[1][1]).why == LOCKED


def test_a_damaged_entry_costs_only_itself(tmp_path):
    raw = bytearray(
        zipped(
            ("one.eml", mail("Subject: One")), ("two.eml", mail("Subject: Two")),
            packing=zipfile.ZIP_STORED,
        )
    )  # fmt: skip
    place = raw.index(b"Subject: One")
    raw[place : place + 7] = b"subjekt"

    found = opened(tmp_path, bytes(raw))

    assert [getattr(raw, "why", "") for _, raw in found] == [DAMAGED, ""]


@pytest.mark.parametrize("ending", [".zip", ".gz", ".tar"])
def test_half_of_a_packed_file_is_a_sentence_and_never_a_crash(tmp_path, ending):
    box = BOX * 200
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w") as packed:
        entry = tarfile.TarInfo("box")
        entry.size = len(box)
        packed.addfile(entry, io.BytesIO(box))
    whole = {".zip": zipped(("box", box)), ".gz": gzip.compress(box), ".tar": tarred.getvalue()}
    raw = whole[ending]

    for part in (30, len(raw) // 2, len(raw) - 10):
        for _, found in opened(tmp_path, raw[:part], f"half{ending}"):
            assert parse(found)


def test_a_large_mbox_in_a_zip_is_read_a_mail_at_a_time(tmp_path):
    box = b"".join(
        STAMP + mail(f"Subject: {n}", os.urandom(6_000).hex()) + b"\n" for n in range(1_500)
    )
    path = tmp_path / "large.zip"
    path.write_bytes(zipped(("Inbox", box)))
    del box
    tracemalloc.start()

    count = sum(1 for _ in open_mail(path))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (count, peak < 4_000_000) == (1_500, True)


def test_real_mail_packed_is_the_same_mail(tmp_path):
    folder = real("mail_threads")
    loose = [(where, raw) for where, raw in open_mail(folder) if "MANIFEST" not in where]

    packed = opened(tmp_path, zipped(*loose))

    assert [parse(raw).key for _, raw in packed] == [parse(raw).key for _, raw in loose]


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ([("one.eml", mail(""))], "zip"),
        ([("notes.txt", b"Some notes"), ("deep/Inbox", BOX)], "zip"),
        ([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")], "xlsx"),
        ([("list.csv", b"Name;Email\nAnn;a@b.test\n")], "unknown"),
    ],
)
def test_a_zip_is_known_by_what_is_in_it(tmp_path, entries, kind):
    path = tmp_path / "file"
    path.write_bytes(zipped(*entries))

    assert kind_of(path) == kind
