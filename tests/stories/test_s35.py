"""S35: Among ten thousand contacts somebody is found by name, a piece of a number, or a note."""

import pytest
from tests.cast import client_of
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import hear, text_of

from followthrough.core.facts import Noted, TheyWrote
from followthrough.ledger import clock
from followthrough.ledger.circle import private_party
from followthrough.ledger.finding import find
from followthrough.ledger.forget import forget
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Member, Party, Text
from followthrough.ledger.parties import Known, find_or_add, find_or_add_many
from followthrough.ledger.record import record
from followthrough.ledger.sealing import seal
from followthrough.ledger.undo import undo

MANY = 10_000


def me(member):
    return Member.objects.select_related("workspace").get(pk=member.pk)


def found(member, text, **more):
    return [(hit.party.name, hit.where) for hit in find(me(member), text, **more)]


def note(party, text, at=MONDAY):
    hear(party, Noted(at=at, matter="roof"), words=[("", text)])


@pytest.fixture
def crowd(workspace, bob):
    """Ten thousand, of whom one is Jürgen Müller."""
    some = [
        Known(name=f"Ann{n:05} Archer", phones=(f"020 7{n:03} {n % 10_000:04}",))
        for n in range(0, MANY, 1000)
    ]
    find_or_add_many(workspace, some, owner=bob, at=MONDAY)
    Party.objects.bulk_create(
        Party(workspace=workspace, name=f"Zoe {n}", firm="z", created_at=MONDAY)
        for n in range(MANY - len(some) - 1)
    )
    known = Known(
        name="Jürgen Müller", company="Straße & Söhne", emails=("jm@firm.example",),
        phones=("+49 30 901820 17",),
    )  # fmt: skip
    return find_or_add(workspace, known, owner=bob, at=MONDAY)


WHERE = {
    "jurgen": "name", "MÜLL": "name", "müller jür": "name", "strasse": "name", "9018": "phone",
    "182017": "phone", "030 90 18": "phone", "+4930": "phone", "jm@firm": "email",
    "bakery": "note", "Glühwein": "note", "gluhw": "note", "bakery oven": "note",
    "jurgn": "like", "Mueller": "like",
}  # fmt: skip


def test_s35_somebody_is_found_among_ten_thousand(crowd, bob):
    note(crowd, "The oven of the bakery is broken. They drink Glühwein. Call in May.")

    assert {text: found(bob, text) for text in WHERE} == {
        text: [("Jürgen Müller", where)] for text, where in WHERE.items()
    }


def test_s35_the_answer_says_where_it_stands(workspace, bob):
    known = Known(name="Jürgen Müller", phones=("+49 30 901820 17",))
    note(
        find_or_add(workspace, known, owner=bob, at=MONDAY),
        "Hello.\nThe oven of the BÄKERY is broken. Call in May.",
    )

    [hit] = find(me(bob), "bakery")
    assert (hit.said, hit.at) == ("The oven of the BÄKERY is broken.", MONDAY)
    assert hit.said[hit.begins : hit.ends] == "BÄKERY"

    [hit] = find(me(bob), "182017")
    assert hit.said == "+49 30 901820 17"


def test_s35_mails_are_found_by_their_words_too(ann, bob):
    hear(ann, TheyWrote(at=MONDAY), words=[("Weihnachtsbaum", "Wo steht er?")])

    assert found(bob, "weihn") == [("Ann", "note")]


def test_s35_the_newest_note_comes_first_and_each_person_once(ann, pat, bob):
    note(ann, "Oven.")
    note(pat, "Oven, again.", MONDAY + DAY)
    note(ann, "The oven once more.", MONDAY + 2 * DAY)

    hits = find(me(bob), "oven")

    assert [(hit.party.name, hit.said) for hit in hits] == [
        ("Ann", "The oven once more."), ("Pat", "Oven, again."),
    ]  # fmt: skip


def test_s35_what_was_taken_back_is_found_no_more(ann, bob):
    record(ann, Noted(at=MONDAY), source="note:1", at=MONDAY, words=[("", "An oven.")])
    assert found(bob, "oven") == [("Ann", "note")]

    undo(ann, source="note:1", by=bob, at=MONDAY)
    assert found(bob, "oven") == []


def test_s35_what_is_private_is_found_by_nobody(workspace, ann, bob):
    hidden = private_party(bob, at=MONDAY)
    sealed = seal(bob, "The oven is a surprise.", at=MONDAY)
    record(hidden, Noted(at=MONDAY), source="to oneself", at=MONDAY, words=[("", sealed)])

    assert found(bob, "oven") == found(bob, hidden.name) == []


def test_s35_the_words_of_the_forgotten_are_found_by_nothing(ann, bob, mia):
    note(ann, "The oven is broken.")

    forget(ann, by=mia, at=MONDAY)

    assert found(bob, "oven") == []
    assert not Text.objects.exclude(body="").exists()


def test_s35_whoever_was_joined_answers_for_both(ann, pat, bob, mia):
    note(pat, "The oven is broken.")

    merge(pat, into=ann, by=mia, at=MONDAY)

    assert found(bob, "oven") == [("Ann", "note")]


def test_s35_a_stranger_finds_nothing_of_ours(ann, sid):
    note(ann, "The oven is broken.")

    assert found(sid, "oven") == found(sid, "ann") == []


@pytest.mark.parametrize(
    "text", ["", " ", '"', "' OR 1", "*", "oven*", "NEAR(", "a AND", "{title}", "&", "|", "!", ":*",
             "\0", "🎈", "x" * 500, "()", "-oven", "ws", "/ws/"],
)  # fmt: skip
def test_s35_signs_are_only_signs(ann, bob, text):
    note(ann, "The oven is broken.")

    expected = [("Ann", "note")] if "oven" in text else []
    assert found(bob, text) == expected


def test_s35_few_questions_are_asked(ann, bob, assert_queries):
    note(ann, "The oven of the bakery is broken.")
    member = me(bob)

    with assert_queries(8):
        find(member, "oven")


def test_s35_the_page_of_people_marks_the_word(ann, bobs, sid):
    note(ann, "The oven of the bakery is broken.")

    with clock.at(MONDAY + DAY):
        page = bobs.get("/people/", {"name": "baker"})

    assert "The oven of the <mark>bakery</mark> is broken." in page.content.decode()
    assert "In notes and mails Ann Yesterday" in text_of(page)
    assert "bakery is" not in text_of(client_of(sid).get("/people/", {"name": "baker"}))
