"""Every sentence of the screens is said in each language, with the same values in it."""

import re
import shutil

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from languages.__main__ import SOURCE, TONGUES, gather, packed, po_of
from tests.conftest import missing

COUNTS = {"{n}", "%(n)s", "%(count)s", "%(counter)s"}
VALUES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(params=TONGUES)
def catalogue(request):
    with po_of(request.param).open("rb") as words:
        return read_po(words, locale=request.param)


def test_the_languages_of_the_product_are_those_that_are_gathered():
    assert {code for code, _ in settings.LANGUAGES} == {"en", *TONGUES}


def test_nothing_is_left_in_english(catalogue):
    left = [message.id for message in catalogue if message.id and not all(_forms(message))]
    assert left == []


def test_nothing_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_each_sentence_holds_the_same_values(catalogue):
    """Where there is one of something, its number may be said in a word."""
    wrong = [
        (message.id, said)
        for message in catalogue
        if message.id
        for said in _forms(message)
        if said
        and _values_of(said) - COUNTS not in [_values_of(one) - COUNTS for one in _ids(message)]
    ]
    assert wrong == []


def test_what_the_code_says_was_gathered_and_packed(tmp_path, monkeypatch):
    if shutil.which("xgettext") is None:
        missing("GNU gettext is not installed")
    monkeypatch.chdir(tmp_path)  # it is left for the copy, and found again
    copy = tmp_path / "followthrough"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    gather(copy)
    for tongue in TONGUES:
        ours = po_of(tongue)
        assert po_of(tongue, copy).read_text() == ours.read_text(), "run: make words"
        assert ours.with_suffix(".mo").read_bytes() == packed(ours), "run: make words"


def _forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _values_of(words):
    return set(VALUES.findall(words))
