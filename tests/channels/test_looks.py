"""The words in HTML: what was typed stays words, and nothing is fetched from anywhere."""

from followthrough.channels.email.looks import html_of


def test_paragraphs_lines_and_links():
    html = html_of("Hello Ann,\n\nlook here:\nhttps://banners.example/a?b=1&c=2.\n\nBob")

    assert html.count("<p") == 3
    link = (
        '<a href="https://banners.example/a?b=1&amp;c=2">https://banners.example/a?b=1&amp;c=2</a>.'
    )
    assert f"look here:<br>{link}" in html


def test_lists():
    html = html_of("- red\n- green\n\n1. first\n2. second")

    assert "<li>red</li><li>green</li></ul>" in html
    assert "<li>first</li><li>second</li></ol>" in html


def test_what_looks_like_code_is_only_words():
    html = html_of("<script src=https://x.example></script> & <b>bold</b>", "<img src=x>")

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html


def test_styles_stand_with_what_they_dress():
    html = html_of("Hello", "Bob")

    assert "<style" not in html
    assert 'class="signature" style="' in html
    assert "font-family: Arial" in html
