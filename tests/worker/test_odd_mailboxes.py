"""Mailboxes with long paths, wrong clocks and surprises: every mail is taken in or kept."""

import io
import zipfile

import pytest
from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox, take_in

from followthrough.inlets.mailbox.desk import NO_DATE
from followthrough.ledger import intakes
from followthrough.ledger.models import Fact, Party, Piece
from followthrough.worker.importing.mail import MailReading
from followthrough.worker.importing.outcomes import LINKED, QUARANTINED

OURS = "bob@banners.example"


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def letters(count):
    return [letter(f"P{n} <p{n}@c{n}.test>", OURS, number=n + 1) for n in range(count)]


def zipped(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as box:
        for name, raw in zip(names, letters(len(names)), strict=True):
            box.writestr(name, raw)
    return packed.getvalue()


# ---- where they stood ------------------------------------------------------------------


DEEP = "Export of my mail 2026/" + "Customers of the north and the south/" * 4


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_mails_of_a_zip_whose_paths_are_long_or_the_same_are_all_taken_in(bob):
    names = [*(f"{DEEP}mail {n:04} from a customer.eml" for n in range(5)), "a.eml", "a.eml"]

    intake = bring_in(bob, zipped(*names), name="m.zip", ours=(OURS,))

    assert intake.counts["outcomes"] == {"linked": 7}
    assert Party.objects.count() == 7


def test_mails_of_a_folder_whose_paths_are_longer_than_the_report_are_all_taken_in(bob, tmp_path):
    folder = deep = tmp_path / "Export"
    for n in range(3):
        deep /= f"{'Customers of the north ' * 4}{n}"
    deep.mkdir(parents=True)
    for n, raw in enumerate(letters(4)):
        (deep / f"{n}{'z' * 100}.eml").write_bytes(raw)
    (folder / "odd\udc80.eml").write_bytes(letter("Ann <ann@a.test>", OURS, number=8))
    (folder / "odd\udc81.eml").write_bytes(letter("Pat <pat@a.test>", OURS, number=9))

    intake = take_in(intakes.receive_folder(bob, folder, {"ours": [OURS]}, at=MONDAY))

    assert intake.counts["outcomes"] == {"linked": 6}
    places = set(Piece.objects.values_list("where", flat=True))
    assert {len(where) <= 300 and where.endswith(".eml") for where in places} == {True}


# ---- clocks that run ahead -------------------------------------------------------------


def dated(raw, date, *stamps):
    head = "".join(f"Received: by mx.test; {stamp}\n" for stamp in stamps).encode()
    return head + raw.replace(b"Thu, 01 Jan 2026 10:00:00 +0000", date.encode())


FUTURE = "Wed, 01 Jan 2031 10:00:00 +0000"


def test_a_mail_of_a_day_to_come_is_kept_and_does_not_wait_for_that_day(bob):
    ann = dated(letter("Ann <ann@a.test>", OURS), FUTURE)
    pat = dated(letter("Pat <pat@b.test>", OURS, number=2), FUTURE, FUTURE)

    intake = bring_in(bob, mbox(ann, pat), ours=(OURS,))

    kept = Piece.objects.filter(intake=intake, outcome="quarantined", reason=NO_DATE)
    assert [b"What would it cost?" in bytes(piece.raw) for piece in kept] == [True, True]
    assert not Fact.objects.exists()


def test_the_servers_stamp_counts_where_the_date_cannot(bob):
    stamp = "Thu, 01 Jan 2026 10:00:00 +0000"
    ann = dated(letter("Ann <ann@a.test>", OURS), FUTURE, stamp)
    tomorrow = "Tue, 03 Mar 2026 09:00:00 +0000"
    pat = dated(letter("Pat <pat@b.test>", OURS, number=2), tomorrow)

    bring_in(bob, mbox(ann, pat), ours=(OURS,))

    days = Fact.objects.order_by("at").values_list("party__name", "at__date")
    assert [(name, str(day)) for name, day in days] == [
        ("Ann", "2026-01-01"),
        ("Pat", "2026-03-03"),
    ]


def test_what_was_forwarded_from_a_day_to_come_is_of_the_day_on_which_it_was_handed_on(bob):
    body = (
        "---------- Forwarded message ---------\nFrom: Ann Lee <ann@a.test>\n"
        f"Date: {FUTURE}\nSubject: Banner\nTo: <{OURS}>\n\nCan you make two banners?"
    )
    handed = letter(f"Bob <{OURS}>", "mia@banners.example", body, subject="Fwd: Banner")

    bring_in(bob, mbox(handed), ours=(OURS, "mia@banners.example"))

    assert str(Fact.objects.get(party__name="Ann Lee").at.date()) == "2026-01-01"


# ---- what nobody foresaw ---------------------------------------------------------------


class Surprise(dict):
    """A team in which nobody can be looked up by one address."""

    def get(self, address, default=None):
        if address == "ann@a.test":
            raise ValueError(address)
        return super().get(address, default)


def test_a_mail_that_surprises_us_is_set_aside_and_the_others_are_read(tmp_path):
    ann, pat = (letter(f"{name}@a.test", OURS, number=n) for n, name in enumerate(("ann", "pat")))
    (tmp_path / "Inbox").write_bytes(mbox(ann, pat))
    reading = MailReading(tmp_path / "Inbox", said=frozenset({OURS}), members=Surprise())

    list(reading.look())
    one, other = (found for found in reading.outcomes(0) if found)

    assert (one.outcome, one.reason) == (QUARANTINED, "This mail could not be read (ValueError).")
    assert b"ann@a.test" in one.raw
    assert other.outcome == LINKED
