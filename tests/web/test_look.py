"""The look keeps its promises: readable in both themes, small, and nothing inline."""

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client

import followthrough.web
from followthrough.web import gallery, scripts, styles
from followthrough.web.templatetags.icons import drawn, icon
from followthrough.web.templatetags.words import (
    capped,
    counted,
    initials,
    ticks,
    tone_of,
    undo_of,
)

WEB = Path(followthrough.web.__file__).parent
STATIC = WEB / "static" / "followthrough"
# A mail carries its style with it: mail programs load nothing.
TEMPLATES = sorted(
    file for file in (WEB / "templates").rglob("*.html") if file.parent.name != "mail"
)
KB = 1024
FRAGMENTS = {"sheet", "sheet-blocked", "parsed"}


def test_raw_colours_live_in_the_tokens_only():
    raw = re.compile(r"#[0-9a-f]{3,8}\b|oklch\(|rgba?\(|hsl", re.IGNORECASE)
    # The mask of the meter needs an opaque colour; which one does not matter.
    loud = {
        file.name: found
        for file in styles.files()[1:]
        if (found := [word for word in raw.findall(file.read_text()) if word != "#000"])
    }

    assert loud == {}


def test_every_token_that_is_used_exists():
    text = "\n".join(file.read_text() for file in styles.files())
    used, named = (
        set(re.findall(pattern, text)) for pattern in (r"var\((--[\w-]+)", r"(--[\w-]+):")
    )

    assert used - named == set()


def test_every_stylesheet_names_its_layer():
    assert [file.name for file in styles.files() if "@layer" not in file.read_text()] == []


def test_the_stylesheet_and_the_font_stay_small():
    assert len(styles.read().packed) <= 16 * KB
    assert (STATIC / "fonts" / "inter-latin.woff2").stat().st_size <= 60 * KB


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(WEB)))
def test_no_page_loads_much_script(template):
    """What every page inside has, joined, and what stands on this screen alone. The door has no
    joined one."""
    text = template.read_text()
    at_the_door = template.name == "account_base.html" or 'extends "account_base.html"' in text
    at_the_door = at_the_door or 'include "doors/head.html"' in text  # what anybody may open
    joined = b"" if at_the_door else scripts.read().packed
    names = re.findall(r"followthrough/js/(\w+\.js)", text)
    alone = [gzip.compress((STATIC / "js" / name).read_bytes()) for name in names]

    assert len(joined) + sum(map(len, alone)) <= 8 * KB


def test_the_worker_without_network_is_small():
    text = styles.squeeze((STATIC / "js" / "sw.js").read_text())

    assert len(gzip.compress(text.encode())) <= 1.25 * KB


def test_no_script_is_longer_than_a_hundred_lines():
    long = [f.name for f in (STATIC / "js").glob("*.js") if f.read_text().count("\n") > 100]

    assert long == []


def test_every_script_is_joined_whole_and_in_order():
    text = scripts.read().plain.decode()
    told = [text.index(styles.squeeze(file.read_text())) for file in scripts.files()]

    assert told == sorted(told)
    assert "/*" not in text


def test_the_licences_travel_with_the_font_and_the_icons():
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "INTER-LICENSE.txt").read_text()
    assert "ISC License" in (STATIC / "img" / "LUCIDE-LICENSE.txt").read_text()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(WEB)))
def test_a_template_holds_no_script_and_no_style_of_its_own(template):
    text = template.read_text()

    # Data for a script of its own file is no script.
    scripts = (
        r"<style|\sstyle=|\son(?!e=)[a-z]+=|javascript:|hx-on|<script(?![^>]*(?:\ssrc=|/json))"
    )
    assert re.findall(scripts, text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(WEB)))
def test_a_template_asks_only_for_icons_that_are_drawn(template):
    asked = set(re.findall(r'{% icon "([\w-]+)"', template.read_text()))

    assert asked - drawn() == set()


@pytest.mark.parametrize(
    "component",
    sorted((WEB / "templates" / "components").glob("*.html")),
    ids=lambda file: file.name,
)
def test_a_component_says_at_its_head_what_it_is(component):
    assert component.read_text().startswith(("{#", "{% comment %}"))


def test_the_stylesheet_can_be_kept_for_a_year_under_its_own_name(rf):
    address = f"/styles-{styles.joined().digest}.css"

    response = styles.stylesheet(rf.get(address), styles.joined().digest)
    packed = styles.stylesheet(rf.get(address, headers={"Accept-Encoding": "gzip"}), "old")

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Cache-Control"] == "no-store"
    assert gzip.decompress(packed.content) == response.content


def test_an_icon_beside_words_is_silent_and_an_icon_alone_speaks():
    assert icon("phone") == '<svg class="icon" aria-hidden="true"><use href="#i-phone"/></svg>'
    assert 'role="img" aria-label="Call"' in icon("phone", "Call")


def test_an_icon_nobody_drew_does_not_break_the_list():
    assert "#i-circle-alert" in icon("a-rule-named-it-wrongly")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ann Archer", "AA"), ("Ann", "A"), ("Ann van der Berg", "AB"), ("", "·"), (None, "·")],
)
def test_initials_are_the_first_and_the_last_letter(name, letters):
    assert initials(name) == letters


def test_a_person_keeps_their_colour():
    assert {tone_of("Ann Archer") for _ in range(3)} == {tone_of("Ann Archer")}


def test_a_count_stops_before_it_frightens():
    assert [capped(count) for count in (None, 0, 99, 100)] == ["0", "0", "99", "99+"]


def test_the_drawing_stops_at_twelve_while_the_words_go_on():
    html = render_to_string("components/meter.html", {"meter": 13, "meter_text": "13th contact"})

    assert [ticks(count) for count in (None, -1, 5, 13)] == [0, 0, 5, 12]
    assert 'data-n="12"' in html
    assert "13th contact" in html


def test_one_person_is_not_people():
    assert [counted(1, "person,people"), counted(1200, "person,people")] == [
        "1 person",
        "1,200 people",
    ]


@pytest.mark.parametrize(
    ("extra", "address"),
    [("/undo/7/", "/undo/7/"), ("kind /undo/7/", "/undo/7/"), ("//evil.test/", ""), ("", "")],
)
def test_a_message_carries_the_address_that_takes_it_back(extra, address):
    assert undo_of(SimpleNamespace(extra_tags=extra)) == address


def test_what_people_wrote_is_never_markup():
    row = {"id": 1, "icon": "phone", "who": "<b>Ann</b>", "quote": "<script>alert(1)</script>"}

    html = render_to_string("components/followup_row.html", {"row": row})

    assert "<script>" not in html
    assert "&lt;b&gt;Ann&lt;/b&gt;" in html


def test_an_empty_band_vanishes():
    assert render_to_string("components/band.html", {"band": {"name": "Gone quiet"}}).strip() == ""


def test_a_field_says_what_is_wrong_where_the_reader_listens():
    html = render_to_string(
        "components/field.html", {"name": "email", "label": "Mail", "error": "Is a letter missing?"}
    )

    assert 'aria-invalid="true" aria-describedby="email-said"' in html
    assert '<p class="problem" id="email-said">' in html


def test_the_sheet_is_a_plain_form_that_needs_no_script():
    html = render_to_string(
        "components/finish_sheet.html",
        {"action": "/followups/1/finish/", "followup": {"who": "Ann"}, "form": {}, "mode": "next"},
    )

    assert '<form method="post" action="/followups/1/finish/"' in html
    fields = {"minutes", "note", "mode", "when", "hello", "token"}
    assert set(re.findall(r'name="(\w+)"', html)) == fields


@pytest.mark.urls("tests.web.look_urls")
@pytest.mark.parametrize("page", sorted(gallery.PAGES.keys() - FRAGMENTS))
def test_a_page_is_in_order_without_a_browser(rf, page):
    html = gallery.gallery_page(rf.get(f"/gallery/{page}/"), page).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    asked = re.findall(r'(?:<use href="#|\sfor="|aria-labelledby=")([^"]+)"', html)

    assert len(re.findall("<h1", html)) == 1
    assert len(ids) == len(set(ids))
    assert set(asked) - set(ids) <= {"sheet-title"}


@pytest.mark.urls("tests.web.look_urls")
@pytest.mark.parametrize("code", [403, "403_csrf", 404, 500])
def test_a_page_for_bad_news_needs_nothing_to_be_shown(code):
    html = render_to_string(f"{code}.html")

    assert html.count("<h1>") == 1
    assert "Back to Today" in html


def test_a_form_from_a_page_that_was_open_too_long_says_what_to_do(ann, bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob.user)

    page = client.post(f"/people/{ann.pk}/notes/", {"note": "She likes red."})

    assert page.status_code == 403
    assert "That page was open for too long" in page.content.decode()
