"""The page of a list: who is on it, what became of our word to each, put on, taken off."""

import csv
from datetime import timedelta
from io import StringIO
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from followthrough.core.facts import OptedOut, WeWrote
from followthrough.ledger import clock, lists
from followthrough.ledger.forget import forget
from followthrough.ledger.list_people import Asked, lists_of, on_list, page_of
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Address
from followthrough.ledger.place import as_named, place_in
from followthrough.ledger.record import record
from tests.cast import client_of
from tests.ledger.scene import party_named
from tests.stories.offered import browser, june, made, pressed, seen
from tests.web.desk import hear, text_of, undo_of

NEWS = "Newsletter"
PAGE = f"/lists/of/{NEWS}/"
HOUR = timedelta(hours=1)


def joins(party, at, called=NEWS, said="At the fair"):
    word = lists.word(called, joins=True, at=at, by=str(party.owner_id or ""))
    record(party, word, source=f"{called}:{party.pk}", at=at, words=[("", said)])


@pytest.fixture
def those(ann, pat, workspace, bob):
    """Ann was mailed, Pat was not, Cy took our offer, Dee asked us to stop."""
    cy, dee = (party_named(name, workspace, owner=bob) for name in ("Cy Carter", "Dee Dale"))
    for n, party in enumerate([ann, pat, cy, dee]):
        joins(party, june(1 + n))
    hear(ann, WeWrote(at=june(8), matter="roof"))
    pressed(browser(), made(bob, cy), june(9, 11), say="yes")
    hear(dee, WeWrote(at=june(8), matter="van"))
    hear(dee, OptedOut(at=june(9)))
    return {"ann": ann, "pat": pat, "cy": cy, "dee": dee}


def get(client, address=PAGE, at=None, **asked):
    with clock.at(at or june(10)):
        return client.get(address, asked)


def shown(page):
    return [line["name"].split()[0] for line in page.context["people"]]


def posted(client, address, **form):
    with clock.at(june(10)):
        return client.post(address, {"list": NEWS, "token": "t"} | form, follow=True)


# --- who is on it -------------------------------------------------------------------------------


def test_each_stands_there_with_what_became_of_our_last_word(those, bobs):
    page = get(bobs)
    text = text_of(page)

    assert shown(page) == ["Dee", "Cy", "Pat", "Ann"]
    assert "4 people are on it" in text
    for words in (
        "Has our word, no answer yet", "Not written to yet", "Took the offer", "Wants no mail",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("silent", ["Dee", "Ann"]),
        ("spoke", ["Cy"]),
        ("nothing", ["Pat"]),
        ("nonsense", ["Dee", "Cy", "Pat", "Ann"]),
    ],
)
def test_only_those_of_whom_one_thing_became(show, names, those, bobs):
    assert shown(get(bobs, show=show)) == names


def test_who_looked_at_an_offer_is_no_answer_yet(ann, bob, bobs):
    joins(ann, june(1))
    hear(ann, WeWrote(at=june(8), matter="roof"))
    seen(browser(), made(bob, ann), june(9, 12))

    assert "Looked at it, no answer yet" in text_of(get(bobs, show="silent"))


def test_somebody_on_it_is_found_by_a_name(those, bobs):
    assert shown(get(bobs, name="cart")) == ["Cy"]
    assert "Nobody fits all of this." in text_of(get(bobs, name="zzz"))


def test_a_long_list_has_pages_and_nobody_is_left_out(workspace, bob):
    for n in range(5):
        joins(party_named(f"P{n}", workspace, owner=bob), june(1) + HOUR * (n // 2))

    names, after = [], None
    while (page := page_of(workspace, on_list(workspace, NEWS), Asked(), after, 2)).after:
        names += [one.party.name for one in page.people]
        after = place_in(as_named(page.after))
    names += [one.party.name for one in page.people]

    assert names == ["P4", "P3", "P2", "P1", "P0"]


def test_nobody_yet_and_a_name_with_a_slash(ann, bobs):
    assert "No list yet" in text_of(get(bobs, "/lists/"))
    begun = get(bobs, "/lists/", called="fair 2026/27 ")
    assert begun.headers["Location"] == "/lists/of/Fair%202026/27/"
    assert "Nobody is on it yet." in text_of(get(bobs, "/lists/of/Fair%202026/27/"))
    joins(ann, june(1), called="Fair 2026/27")

    assert shown(get(bobs, "/lists/of/Fair%202026/27/")) == ["Ann"]
    assert "Fair 2026/27 1 person" in text_of(get(bobs, "/lists/"))


def test_who_was_joined_to_another_record_or_forgotten_is_counted_once_or_not(
    those, workspace, bob, mia
):
    merge(those["pat"], into=those["ann"], by=bob, at=june(10))
    forget(those["dee"], by=mia, at=june(10))

    assert set(on_list(workspace, NEWS)) == {those["ann"].pk, those["cy"].pk}
    assert lists_of(workspace) == {NEWS: 2}


def test_another_team_sees_nobody_of_it(those, sids):
    assert "Cy" not in text_of(get(sids))
    assert "Cy" not in b"".join(get(sids, f"/lists/csv/{NEWS}/")).decode()
    posted(sids, "/lists/left/", party=those["cy"].pk)

    assert lists.is_on(those["cy"], NEWS)


# --- put on, taken off ---------------------------------------------------------------------------


def test_somebody_is_found_put_on_it_and_taken_back(ann, bobs):
    page = get(bobs, add="ann")
    assert "Put on the list" in text_of(page)

    page = posted(bobs, "/lists/joined/", party=ann.pk, said="She, on the phone")
    assert shown(page) == ["Ann"]
    assert "Nobody by that name who is not on it already." in text_of(get(bobs, add="ann"))

    with clock.at(june(10)):
        bobs.post(undo_of(page))
    assert shown(get(bobs)) == []


def test_those_that_are_ticked_are_taken_off_and_come_back_together(those, bobs, workspace):
    two = [those["ann"].pk, those["pat"].pk]
    page = posted(bobs, "/lists/left/", party=two)
    assert shown(page) == ["Dee", "Cy"]
    assert "2 people are off the list." in text_of(page)

    with clock.at(june(10)):
        bobs.post(undo_of(page))

    assert len(on_list(workspace, NEWS)) == 4


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"party": []}, "Tick at least one of them first."),
        ({"party": ["x", "999999"]}, "Tick at least one"),
        ({"list": "  ", "party": ["1"]}, "Say which list"),
    ],
)
def test_a_press_that_says_nothing_is_told_so(given, said, those, bobs, workspace):
    page = posted(bobs, "/lists/left/", **given)

    assert said in text_of(page) or "nothing was added" in text_of(page)
    assert len(on_list(workspace, NEWS)) == 4


def test_to_press_twice_is_one_word(ann, bobs):
    for _ in range(2):
        page = posted(bobs, "/lists/joined/", party=ann.pk)

    assert [fact.kind for fact in ann.facts.all()] == ["JoinedList"]
    assert "nothing was added" in text_of(page)


# --- written to, and taken along ---------------------------------------------------------------


def test_a_plan_begins_with_those_who_said_nothing_and_never_with_who_wants_no_mail(those, bobs):
    address = get(bobs, show="silent").context["plan_url"]

    assert parse_qsl(urlsplit(address).query) == [("party", str(those["ann"].pk))]
    assert "Begin a plan with 1 person" in text_of(bobs.get(address))


def test_the_file_holds_what_the_page_shows_and_harms_no_spreadsheet(those, workspace, bob, bobs):
    joins(party_named("=1+1", workspace, owner=bob), june(6), said="-2")
    rows = list(csv.reader(StringIO(b"".join(get(bobs, f"/lists/csv/{NEWS}/")).decode())))

    by_name = {row[0]: row for row in rows}
    assert len(rows) == 6
    assert by_name["'=1+1"][4].startswith("'-2")
    assert by_name["Ann"][3:] == [
        "2026-06-01", "At the fair, Bob", "Has our word, no answer yet", "2026-06-08",
    ]  # fmt: skip
    [only] = list(
        csv.reader(
            StringIO(b"".join(get(bobs, f"/lists/csv/{NEWS}/", show="spoke")).decode()),
        )
    )[1:]
    assert only[0] == "Cy Carter"


def test_the_file_has_the_address_of_whoever_was_joined_to_another_record(workspace, bob, bobs):
    stays, gone = (party_named(name, workspace, owner=bob) for name in ("Ann", "Ann B"))
    Address.objects.filter(party=stays).delete()
    theirs = Address.objects.get(party=gone, kind="email").value
    merge(gone, into=stays, by=bob, at=june(1))
    joins(stays, june(2))

    [_head, row] = csv.reader(StringIO(b"".join(get(bobs, f"/lists/csv/{NEWS}/")).decode()))

    assert row[2] == theirs


def test_many_are_put_on_it_with_as_many_questions_as_few(workspace, bob, bobs):
    people = [party_named(f"P{n}", workspace, owner=bob) for n in range(12)]

    def asked(some, token):
        with CaptureQueriesContext(connection) as found:
            posted(bobs, "/lists/joined/", party=[one.pk for one in some], token=token, list=token)
        return len(found)

    asked(people[:1], "one")
    assert asked(people, "many") <= asked(people[:3], "few") + 2


def test_the_file_speaks_the_language_of_whoever_takes_it(those, bob):
    bob.language = "de"
    bob.save(update_fields=["language"])
    head = b"".join(get(client_of(bob), f"/lists/csv/{NEWS}/")).decode().splitlines()[0]

    assert "Firma" in head


def test_the_page_asks_a_fixed_number_of_questions(workspace, bob, bobs):
    def asked(client):
        with CaptureQueriesContext(connection) as found:
            assert get(client).status_code == 200
        return len(found)

    joins(party_named("First", workspace, owner=bob), june(1))
    one = asked(bobs)
    for n in range(9):
        joins(party_named(f"P{n}", workspace, owner=bob), june(2))

    assert asked(bobs) == one
