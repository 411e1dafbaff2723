"""The list of people: by name, fifty at a time, and never anybody else's."""

import pytest

from followthrough.ledger import clock
from followthrough.ledger.merge import merge
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import quiet, text_of


def names(page):
    return [line["name"] for line in page.context["people"]]


def test_nobody_yet_leads_to_two_doors(bobs):
    page = bobs.get("/people/")

    assert "Nobody here yet." in text_of(page)
    assert 'href="/import/"' in page.content.decode()


def test_everybody_is_seen_once_fifty_at_a_time(workspace, bobs):
    everybody = [f"Ann {n:03}" for n in range(120)] + ["Ann 050"] * 3  # four of one name
    for name in everybody:
        party_named(name, workspace) if everybody.count(name) == 1 else _twin(name, workspace)
    seen, there = [], "/people/"
    while there:
        page = bobs.get(there)
        seen += names(page)
        there = f"/people/?{page.context['next']}" if page.context["next"] else ""

    assert seen == sorted(everybody)


def _twin(name, workspace):
    workspace.parties.create(name=name, created_at=MONDAY)


def test_a_line_says_when_we_last_spoke_and_who_looks_after_them(ann, pat, bobs):
    quiet(pat)

    with clock.at(MONDAY + 3 * DAY):
        said = text_of(bobs.get("/people/"))

    assert "Ann not reached yet" in said
    assert "Pat Looked after by Mia Ask again Mon 9 Mar last contact 3 days ago (us, mail)" in said


def test_a_name_is_found_by_how_it_begins(ann, pat, bobs):
    assert names(bobs.get("/people/", {"name": "Pa"})) == ["Pat"]
    assert "Nobody by that name." in text_of(bobs.get("/people/", {"name": "Zoe"}))


def test_who_was_joined_is_listed_once(ann, pat, bobs, mia):
    merge(pat, into=ann, by=mia, at=MONDAY)

    assert names(bobs.get("/people/")) == ["Ann"]


def test_a_stranger_sees_nobody(ann, pat, sids):
    assert names(sids.get("/people/")) == []


@pytest.mark.parametrize("after", ["", "~", "x~y", "~-1", "\0~1", "Ann~" + "9" * 99, "%", "~~~"])
def test_an_absurd_place_begins_somewhere(ann, bobs, after):
    assert bobs.get("/people/", {"after": after}).status_code == 200


@pytest.mark.parametrize("name", ["%", "_", "*", "' OR 1=1 --", "\0", "🎈", "x" * 10_000])
def test_signs_are_only_signs(ann, bobs, name):
    page = bobs.get("/people/", {"name": name})

    assert (page.status_code, names(page)) == (200, ["Ann"] if name == "\0" else [])


def test_the_list_asks_few_questions(workspace, bobs, django_assert_max_num_queries):
    for n in range(60):
        party_named(f"Ann {n}", workspace)

    # session, user, member, whose stand-in; the people in two steps, companies, next steps, how
    # many twice, colleagues, imports, saved views; and the rail: due, waiting, check
    with django_assert_max_num_queries(16):
        bobs.get("/people/")
