"""A wrong configuration stops the start, and says why in a sentence."""

import logging
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from followthrough.project.environment import (
    Environment,
    database,
    mail,
    name_key,
    secret_key,
    sender_at,
)
from followthrough.project.one_line import OneLine


def test_a_server_of_many_needs_its_secret_from_outside(tmp_path: Path):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing"):
        secret_key("", var=tmp_path, alone=False)


def test_a_server_alone_makes_a_secret_once_and_keeps_it_to_itself(tmp_path: Path):
    first = secret_key("", var=tmp_path, alone=True)

    assert len(first) > 50
    assert secret_key("", var=tmp_path, alone=True) == first
    assert [kept.name for kept in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_cannot_be_kept_is_said(tmp_path: Path):
    (tmp_path / "var").write_text("a file, not a folder")

    with pytest.raises(ImproperlyConfigured, match="secret key cannot be kept"):
        secret_key("", var=tmp_path / "var", alone=True)


def test_no_database_named_means_a_file_in_var(tmp_path: Path):
    settings = database("", var=tmp_path)

    assert settings["NAME"] == tmp_path / "followthrough.sqlite3"
    assert "synchronous = FULL" in settings["OPTIONS"]["init_command"]
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("url", ["/srv/books.sqlite3", "sqlite:////srv/books.sqlite3"])
def test_a_path_is_an_sqlite_file(url: str, tmp_path: Path):
    assert database(url, var=tmp_path)["NAME"] == Path("/srv/books.sqlite3")


def test_a_postgres_url_is_read_to_its_last_part(tmp_path: Path):
    settings = database("postgres://mia:p%40ss@db.example:5433/books?sslmode=require", var=tmp_path)

    assert [settings[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")] == [
        "books",
        "mia",
        "p@ss",
        "db.example",
        "5433",
        {"sslmode": "require"},
    ]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://localhost/books", "DATABASE_URL begins with 'mysql'"),
        ("postgres://localhost", "DATABASE_URL names no database"),
    ],
)
def test_a_database_we_cannot_use_is_refused(url: str, sentence: str, tmp_path: Path):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        database(url, var=tmp_path)


def test_mail_without_a_server_becomes_files(tmp_path: Path):
    assert mail("", var=tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path / "outbox")


def test_a_mail_server_is_read_from_its_url(tmp_path: Path):
    settings = mail("smtp+tls://mia:secret@mail.example", var=tmp_path)

    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example", 587)
    assert settings["EMAIL_USE_TLS"] is True


@pytest.mark.parametrize(
    ("values", "read", "sentence"),
    [
        ({"DEBUG": "maybe"}, lambda env: env.yes("DEBUG"), "DEBUG is 'maybe'. Write yes or no."),
        ({"PORT": "http"}, lambda env: env.number("PORT", 8000), "Write a whole number"),
        ({"SITE_URL": "crm.example"}, lambda env: env.site(), "https://crm.example.org"),
        ({}, lambda env: mail("http://x", var=Path()), "EMAIL_URL cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused(values, read, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read(Environment(values))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("follow.example", "followthrough@follow.example"), ("", "followthrough@localhost"),
        ("192.168.1.5", "followthrough@[192.168.1.5]"), ("::1", "followthrough@[IPv6:::1]"),
    ],
)  # fmt: skip
def test_a_site_without_a_name_is_a_sender_that_servers_take(host, address):
    assert sender_at(host) == f"Followthrough <{address}>"


def test_a_fault_is_one_line_in_the_log():
    try:
        raise ValueError("first\nsecond")
    except ValueError as why:
        told = (ValueError, why, why.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "No: %s", ("/",), told)

    line = OneLine().format(record)

    assert "\n" not in line
    assert line.endswith("ValueError: first ⏎ second")


def test_the_key_of_names_outlives_the_secret_key(tmp_path: Path):
    first = name_key("", var=tmp_path, alone=True, secret="one")

    assert name_key("", var=tmp_path, alone=True, secret="another") == first
    assert name_key("given", var=tmp_path, alone=True, secret="one") == "given"
    assert name_key("", var=tmp_path / "no", alone=False, secret="one") == "one"
