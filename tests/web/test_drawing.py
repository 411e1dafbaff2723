"""Lines that are drawn once for each shape say just what their templates say."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import mark_safe

from followthrough.ledger import clock
from followthrough.web import drawing
from tests.sign_shop import NOW, SignShop

LISTS = {
    "components/followup_row.html": ("/", "bands", "rows", "row", "icon chip_tone meter"),
    "waiting/row.html": ("/waiting/", "groups", "rows", "row", "meter"),
    "promises/line.html": ("/promises/", "days", "lines", "line", "icon"),
    "deals/card.html": ("/deals/?view=board", "lanes", "cards", "card", "heat icon"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("template", LISTS)
def test_a_line_says_what_its_template_says(template: str):
    there, parts, lines, name, same = LISTS[template]
    bobs = Client()
    bobs.force_login(SignShop().bob.user)
    with clock.at(NOW):
        page = bobs.get(there)
    found = [{name: line, "token": "t"} for part in page.context[parts] for line in part[lines]]
    assert found

    drawn = [drawing.line(template, same, values) for values in found]

    assert drawn == [render_to_string(template, values) for values in found]


def test_words_are_escaped_and_what_is_drawn_already_is_not():
    row = {"pk": 7, "who": "<b>Ann</b> & Co", "icon": mark_safe("<svg/>"), "tone": "lake"}

    drawn = drawing.line("week/row.html", "tone", {"row": row})

    assert "&lt;b&gt;Ann&lt;/b&gt; &amp; Co" in drawn
    assert "<svg/>" in drawn


def test_lines_of_one_shape_each_keep_their_own_words():
    ann, bob = (
        drawing.line("week/row.html", "tone", {"row": {"pk": n, "who": who, "tone": "lake"}})
        for n, who in ((7, "Ann"), (8, "Bob"))
    )

    assert ("Ann" in ann, "Bob" in ann) == (True, False)
    assert ("Ann" in bob, "Bob" in bob) == (False, True)


def test_a_line_has_no_place_for_what_it_cannot_write_into_itself():
    with pytest.raises(TypeError, match="no place for who"):
        drawing.line("week/row.html", "", {"row": {"who": ["Ann"]}})
