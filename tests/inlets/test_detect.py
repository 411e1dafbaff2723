"""What a file is, by what stands in it and not by its name."""

import zipfile

import pytest
from tests.inlets.real_data import mail, real

from followthrough.inlets.detect import kind_of, why_unknown
from followthrough.inlets.packed import DAMAGED

STAMP = b"From ann@customer.test Mon Nov 23 10:00:00 2026\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (STAMP + mail(""), "mbox"),
        (mail(""), "eml"),
        (b"Name;Email\nAnn;ann@a.test\n", "csv"),
        ("Name\tEmail\nAnn\tann@a.test\n".encode("utf-16"), "csv"),
        (b"Email\nann@a.test\n", "csv"),
        (b"BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n", "vcard"),
        ("BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n".encode("utf-16-be"), "vcard"),
        (b"PK\x03\x04rest", "unknown"),
        (b"Dear Bob,\n\nFrom Monday on we are closed.\n", "unknown"),
        (b'[\n {"a": 1, "b": 2}]', "unknown"),
        (b"", "unknown"),
        (bytes(range(256)) * 9, "unknown"),
    ],
)
def test_a_file_is_known_by_its_content(tmp_path, content, kind):
    path = tmp_path / "whatever.dat"
    path.write_bytes(content)

    assert kind_of(path) == kind


def test_a_zip_file_is_a_workbook_or_just_a_zip_file(tmp_path):
    for name, inside in (("book", "xl/workbook.xml"), ("mails", "1.eml")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, "From: ann@a.test\nSubject: Hello\n\nx")

    assert (kind_of(tmp_path / "book"), kind_of(tmp_path / "mails")) == ("xlsx", "zip")


def test_a_list_that_was_printed_in_columns_is_a_list_and_a_letter_is_none(tmp_path):
    printed, letter = tmp_path / "printed", tmp_path / "letter"
    printed.write_text(" 00004 0001 19970101  2   29.33\n" * 9)
    letter.write_text("we are closed\nfrom today on\nuntil next week\nsee you then\n")

    assert (kind_of(printed), kind_of(letter)) == ("csv", "unknown")


def test_a_folder_is_a_folder(tmp_path):
    assert kind_of(tmp_path) == "folder"


def test_what_is_not_known_says_what_to_do(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"PK\x03\x04rest")

    assert why_unknown(path) == DAMAGED


@pytest.mark.parametrize(
    ("folder", "ending", "kinds"),
    [
        ("mail_spamassassin", "", {"mbox", "eml"}),
        ("mail_threads", "", {"eml"}),
        ("mail_bounces/sisimai", ".eml", {"mbox", "eml"}),
        ("contacts_formats", ".vcf", {"vcard"}),
        ("contacts_formats", ".csv", {"csv"}),
        ("crm_maven", ".csv", {"csv"}),
        ("bank_marketing", ".csv", {"csv"}),
        ("cdnow", ".txt", {"csv"}),
        ("online_retail", ".gz", {"csv"}),
    ],
)
def test_real_files_are_known(folder, ending, kinds):
    files = [path for path in real(folder).rglob("*") if path.is_file()]
    wanted = [one for one in files if one.name != "MANIFEST.tsv" and one.name.endswith(ending)]

    assert {kind_of(path) for path in wanted} == kinds
