"""What somebody wrote into a form: what it is about."""

from datetime import UTC, datetime

import pytest

from followthrough.inlets.enquiries import of_form

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def about(message):
    values = {"name": "Ann", "email": "ann@home.example", "message": message}
    [(title, _words)] = of_form(values, at=NOON, source="s", origin="website").words
    return title


@pytest.mark.parametrize(
    "greeting",
    [
        "Hello,", "Hello", "Hi there!", "Dear Sir or Madam,", "Good morning Mr. Baker,",
        "Guten Tag", "Sehr geehrte Damen und Herren,", "Bonjour,", "Buenos días:",
    ],
)  # fmt: skip
def test_a_greeting_is_not_what_it_is_about(greeting):
    assert about(f"{greeting}\n\ncould you make us a sign?\n\nAnn") == "could you make us a sign?"


@pytest.mark.parametrize(
    "message", ["A sign for our shop", "Hello, could you make us a sign?", "Dear all, we need one."]
)
def test_what_begins_at_once_is_what_it_is_about(message):
    assert about(f"{message}\n\nAnn") == message


def test_whoever_only_greets_is_still_heard():
    assert about("Hello") == "Hello"
