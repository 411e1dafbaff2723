"""How the screens say things, where it is easily got wrong."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from followthrough.web import say

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)  # a Wednesday
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (0 * DAY, "today, 10:00"),
        (DAY, "tomorrow, 10:00"),
        (-DAY, "yesterday, 10:00"),
        (6 * DAY, "Tue 10 Mar, 10:00"),
        (8 * DAY, "Thu 12 Mar, 10:00"),
    ],
)
def test_a_moment_inside_a_sentence(apart, said):
    assert say.in_words(NOW + apart, NOW, UTC) == said


def test_every_pattern_has_its_american_order():
    source = Path(say.__file__).parent
    patterns = {
        found
        for path in source.rglob("*.py")
        for found in re.findall(r'"date pattern of CLDR", "([^"]+)"', path.read_text())
    }
    assert {one for one in patterns if "d" in one} == set(say.AMERICAN)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (20 * DAY, "20 days"),
        (21 * DAY, "3 weeks"),
        (100 * DAY, "3 months"),
        (800 * DAY, "2 years"),
    ],
)
def test_how_long_they_have_waited(passed, said):
    assert say.ago(NOW - passed, NOW) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ann Archer", "Ann"),
        ("Archer, Ann", "Ann"),
        ("ann@home.example", "ann@home.example"),
        ("Lead 660737", "Lead 660737"),
    ],
)
def test_what_to_call_them(name, said):
    assert say.first_name(name) == said
