"""Words with fields: what cannot be kept is refused with what to do, the rest is filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.ledger.models import Workspace
from followthrough.ledger.ready_words import ready_for
from followthrough.ledger.templates import FIELDS, problems_of
from followthrough.ledger.wording import LONGEST, fields_of, fill, problems_in

ANN = {"name": "Ann Archer", "first_name": "Ann", "me": "Bob", "company": ""}


def said(source):
    return " ".join(map(str, problems_in(source, FIELDS)))


@pytest.mark.parametrize(
    ("source", "what_to_do"),
    [
        ("Hello {{ firstname }}", "Did you mean {{ first_name }}?"),
        ("Hello {{ horoscope }}", "Choose one from the list beside the text."),
        ("Hello {{ first_name", "Braces are left open"),
        ("Hello }} there", "Braces are left open"),
        ("Hello {first_name}", "two braces on each side: {{ first_name }}"),
        ("{% if company %}of {{ company }}", "Write “endif” in {% %}"),
        ("{% endif %}", "Write “endif” in {% %}"),
        ("{{ 'a'*10**9 }}", "Between the braces stands the name of a field"),
        ("{{ [1]*100000000 }}", "Between the braces stands the name of a field"),
        ("{{ c.delete() }}", "Between the braces stands the name of a field"),
        ("{{ name.__class__ }}", "Between the braces stands the name of a field"),
        ("{{ name | attr('x') }}", "Between the braces stands the name of a field"),
        ("{{ '{:999999999}'.format(3) }}", "Braces are left open"),
        ("{% set x = 'aaaa' %}", "Between the braces stands the name of a field"),
        ("{% for i in range(10**9) %}x{% endfor %}", "A text cannot repeat itself"),
        ("{% macro m() %}{{ m() }}{% endmacro %}", "A text cannot repeat itself"),
        ("{% include '/etc/passwd' %}", "A text cannot repeat itself"),
        ("{% raw %}{{ name }}{% endraw %}", "Between the braces stands the name of a field"),
        ("x" * (LONGEST + 1), "Shorten it"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_what_to_do(source, what_to_do):
    assert what_to_do in said(source)


@pytest.mark.parametrize(
    "source",
    [
        "No field at all, 50 % off { and }",
        "Hello {{ first_name }}",
        "Hello {{- first_name | default('there') -}}",
        'Hello {{ first_name | default("dear friend") | upper }}',
        "{% if company and not wants %}{{ company }}{% elif topic %}-{% else %}-{% endif %}",
    ],
)
def test_fields_with_what_to_say_without_them_are_fine(source):
    assert said(source) == ""


def test_fields_are_filled_in_as_they_are_known():
    assert fill("Hello {{ first_name }},\n{{ me }}\n", ANN).text == "Hello Ann,\nBob\n"


def test_what_is_not_known_is_named_and_stands_in_brackets():
    filled = fill("{{ first_name }} of {{ company }}, {{ company | upper }}", ANN)

    assert filled.text == "Ann of [company], [COMPANY]"
    assert filled.gaps == ("company",)


def test_what_is_not_known_leaves_no_gap_where_the_words_provide_for_it():
    source = "{{ company | default('your firm') }}{% if company %} at {{ company }}{% endif %}"

    assert fill(source, ANN).text == "your firm"
    assert fill(source, ANN).gaps == ()
    assert fill(source, ANN | {"company": "Archer"}).text == "Archer at Archer"


def test_what_they_are_called_is_never_read_as_a_field():
    assert fill("Hello {{ name }}", {"name": "{{ me }} <b>&"}).text == "Hello {{ me }} <b>&"


def test_every_field_that_words_ask_for_is_named():
    assert fields_of("{{ me }}{% if not topic %}{{ day|upper }}{% endif %}") == {
        "me", "topic", "day",
    }  # fmt: skip


@given(st.text(alphabet="{}%#|'\"ab name\n()*.[]", max_size=60))
def test_whatever_is_typed_is_kept_or_refused_and_never_breaks(source):
    if not problems_in(source, FIELDS):
        assert isinstance(fill(source, ANN).text, str)


def test_what_is_ready_made_can_be_kept_and_reads_without_gaps():
    everything = dict.fromkeys(FIELDS, "x")
    little = ANN | {"us": "Banners", "day": "Monday"}

    for one in ready_for(Workspace(name="Banners")):
        values = {"subjects": one.subjects, "text": one.text, "snippet": False}
        assert problems_of(values) == {}, one.ready
        for known in (everything, little):
            for words in (*one.subjects, one.text):
                assert fill(words, known).gaps == (), one.ready
