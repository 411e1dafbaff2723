"""Words as one compares them, and real names that are found by any of theirs."""

import re
from html import unescape

import pytest
from django.db import connection
from tests.inlets.real_data import real
from tests.ledger.scene import MONDAY, party_named

from followthrough.ledger.models import Party, Word
from followthrough.ledger.parties import Known, find_or_add_many
from followthrough.ledger.search import found, make_findable
from followthrough.ledger.sweep import sweep
from followthrough.ledger.words import endings_of, folded, stem, stems_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MULLER"), ("Łódź", "lodz"), ("Straße", "strasse"), ("Ørsted", "orsted"),
        ("Ａｎｎ", "ann"), ("İzmir", "izmir"), ("naïve", "naive"), ("Æsop", "aesop"),
    ],
)  # fmt: skip
def test_case_and_accents_make_no_difference(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "forms",
    [
        "shot shots", "copy copies", "banner banners", "print prints printed printing",
        "photo photos", "box boxes", "glass glasses", "picture pictures", "Bild Bilder Bildern",
        "Rahmen Rahmens", "poster posters", "frame frames framing framed", "Karte Karten",
    ],
)  # fmt: skip
def test_forms_of_a_word_share_their_stem(forms):
    assert len({stem(folded(form)) for form in forms.split()}) == 1


def test_short_words_stay_whole_and_empty_ones_are_left_out():
    assert stems_of("Do you have the new gas red bus?") == ["gas", "red", "bus"]
    assert stems_of("Haben Sie das auch für mich?") == []


def test_an_apostrophe_parts_no_word():
    assert words_of("Archer’s & O'Brien, Archer's") == ["archers", "obrien"]


def test_a_number_is_found_by_each_piece_of_four_digits():
    assert endings_of("+44 (20) 79") == ["442079", "42079", "2079"]
    assert endings_of("123") == []


@pytest.mark.django_db
def test_a_name_that_changed_is_found_by_the_new_one_only(workspace, bob):
    party = party_named("Ann", workspace, bob)
    party.name = "Zoe"
    party.save(update_fields=["name"])

    make_findable([party])

    assert (list(found(workspace, "ann@")), list(found(workspace, "zoe"))) == ([party], [party])
    assert Word.objects.filter(party=party, kind="name").count() == 1


@pytest.mark.django_db
def test_the_sweep_makes_findable_whoever_was_not(workspace, bob):
    workspace.parties.create(name="Ann", created_at=MONDAY)
    assert list(found(workspace, "ann")) == []

    assert sweep(workspace, at=MONDAY) == 0

    assert [party.name for party in found(workspace, "ann")] == ["Ann"]


@pytest.mark.django_db
def test_the_index_is_used(workspace, bob):
    find_or_add_many(workspace, [Known(name=f"Ann {n}") for n in range(2000)], owner=bob, at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_word")

    assert "words_by_beginning" in found(workspace, "199").explain()


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["person_labeled.xml", "company_labeled.xml"])
def test_real_names_are_found_by_the_beginning_of_each_of_their_words(workspace, bob, file):
    raw = real("names", "probablepeople", file).read_text("utf-8")
    lines = re.findall(r"<Name>(.*?)</Name>", raw, re.DOTALL)
    names = [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in lines][::12]
    parties = find_or_add_many(
        workspace, [Known(name=name) for name in names], owner=bob, at=MONDAY
    )

    lost = [
        (party.name, word)
        for party in parties
        for word in words_of(party.name)
        if not found(workspace, word[:5].upper()).filter(pk=party.pk).exists()
    ]

    assert len(parties) > 100
    assert lost == []
    assert Party.objects.filter(workspace=workspace, firm="").count() == sum(
        not words_of(name) for name in names
    )
