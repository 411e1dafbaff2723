"""Every pair of colours that meet on a screen can be told apart, by day and by night."""

import re
from itertools import product

import pytest

from followthrough.web import styles
from tests.web.contrast import contrast

TOKENS = dict(
    re.findall(
        r"--([\w-]+): light-dark\((oklch\([^/]+?\), oklch\([^/]+?\))\);",
        styles.files()[0].read_text(),
    )
)

PLAIN = ["paper", "surface", "raised", "well", "hover"]
TEXT_ON_FILL = [
    *product(["ink", "ink-2", "ink-3", "pine-text"], PLAIN),
    *product(["ember-text", "honey-text", "lake-text"], PLAIN),
    *product(["ink", "ink-2"], ["pine-soft", "ember-soft", "honey-soft", "lake-soft"]),
    *((f"{hue}-text", f"{hue}-soft") for hue in ("pine", "ember", "honey", "lake")),
    ("on-pine", "pine"),
    ("on-pine", "pine-hover"),
    ("on-deep", "deep"),
    ("deep", "on-deep"),
    ("paper", "ink"),
]
EDGES = [
    *product(["line-strong", "focus", "pine"], PLAIN[:3]),
    ("ember", "surface"),
    ("lake", "surface"),
]


def colour(name, theme):
    values = re.findall(r"oklch\(([^)]+)\)", TOKENS[name])[theme]
    lightness, chroma, hue = (float(value) for value in values.split())
    return lightness, chroma, hue


def too_faint(pairs, least):
    return [
        (text, fill, ("light", "dark")[theme])
        for (text, fill), theme in product(pairs, (0, 1))
        if contrast(colour(text, theme), colour(fill, theme)) < least
    ]


def test_every_text_can_be_read_on_every_fill_by_day_and_by_night():
    assert too_faint(TEXT_ON_FILL, 4.5) == []


def test_every_edge_that_carries_meaning_can_be_seen():
    assert too_faint(EDGES, 3) == []


def test_black_on_white_is_what_the_standard_says():
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)
