"""S98: The last contact with everybody and with each firm, over all colleagues and ways."""

import pytest
from django.urls import reverse
from tests.cast import member_named
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import hear, text_of

from followthrough.core.facts import Met, TheyWrote, WeCalled, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.forget import forget
from followthrough.ledger.merge import merge, unmerge
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.search import make_findable


def at_work(party, company="Archer’s Bakery"):
    party.company = company
    party.save(update_fields=["company"])
    make_findable([party])
    return party


def look(client, there="/people/", at=MONDAY, **asked):
    with clock.at(at):
        return client.get(there, asked)


def names(page):
    return [line["name"] for line in page.context["people"]]


def silent_for(party, days):
    hear(party, WeWrote(at=MONDAY - days * DAY))


def test_s98_the_firm_shows_the_newest_contact_over_its_people(workspace, ann, pat, bobs):
    ben = member_named("Ben", workspace)
    at_work(ann)
    at_work(pat, "archer's  BAKERY")
    hear(ann, WeCalled(at=MONDAY - 12 * DAY, by=str(ben.pk)))
    silent_for(pat, 42)

    firm = look(bobs, firm="archers bakery")
    pats = look(bobs, reverse("person", args=[pat.pk]))

    assert "Last contact 12 days ago (Ben, call)" in text_of(firm)
    assert names(firm) == ["Ann", "Pat"]
    assert "the company: last contact 12 days ago (Ben, call)" in text_of(pats)
    assert "Last contact 6 weeks ago (us, mail)" in text_of(pats)


def test_s98_a_record_of_the_firm_itself_hears_of_its_people(workspace, ann, bob, bobs):
    at_work(ann)
    party_named("Archer’s Bakery", workspace, bob)
    hear(ann, Met(at=MONDAY - 12 * DAY, by=str(bob.pk)))

    page = look(bobs, name="archer")

    assert "the company: last contact 12 days ago (Bob, meeting)" in text_of(page)


def test_s98_two_people_of_one_name_are_no_firm(workspace, bob, bobs):
    one, _ = (
        party_named("Ann", workspace, bob),
        workspace.parties.create(name="Ann", created_at=MONDAY, firm="ann"),
    )
    silent_for(one, 3)

    assert [line["firm_contact"] for line in look(bobs).context["people"]] == ["", ""]


def test_s98_what_they_wrote_is_a_contact_too(ann, bobs):
    hear(ann, TheyWrote(at=MONDAY - 2 * DAY, channel="sms"))

    assert "last contact 2 days ago (them, text)" in text_of(look(bobs))


@pytest.fixture
def five(workspace, ann, pat, bob):
    """Silent for 100, 40, 200 and 2 days, and one who never had a contact."""
    for party, days in ((ann, 100), (pat, 40)):
        silent_for(party, days)
    for name, days in (("Max", 200), ("Zoe", 2)):
        silent_for(party_named(name, workspace, bob), days)
    party_named("New", workspace, bob)


def test_s98_longest_silent_first_and_who_had_no_contact_at_the_end(five, bobs):
    assert names(look(bobs, order="silence")) == ["Max", "Ann", "Pat", "Zoe", "New"]


@pytest.mark.parametrize(
    ("silent", "who"),
    [
        ("30", ["Ann", "Max", "Pat"]), ("90", ["Ann", "Max"]), ("180", ["Max"]), ("never", ["New"]),
        ("", ["Ann", "Max", "New", "Pat", "Zoe"]), ("-1", ["Ann", "Max", "New", "Pat", "Zoe"]),
    ],
)  # fmt: skip
def test_s98_only_those_who_are_silent_for_so_long(five, bobs, silent, who):
    assert names(look(bobs, silent=silent)) == who


def test_s98_by_silence_everybody_is_seen_once_page_by_page(workspace, bob, bobs, monkeypatch):
    monkeypatch.setattr("followthrough.web.party.people.PAGE", 3)
    for n in range(5):
        silent_for(party_named(f"Ann{n}", workspace, bob), 5 - n // 2)
    for n in range(5):
        party_named(f"New{n}", workspace, bob)
    seen, asked = [], "order=silence"
    while asked:
        page = look(bobs, f"/people/?{asked}")
        seen += names(page)
        asked = page.context["next"]

    assert seen == [f"Ann{n}" for n in range(5)] + [f"New{n}" for n in range(5)]


# --- found by any word, address or number --------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "jürgen", "JUR", "mull", "Müller", "sons", "o'br", "obrien", "j.mueller@", "jmueller@fi",
        "mueller", "firm.exa", "J.M", "7946", "020 7946", "+44 20 79", "0044 20 7946", "0301",
        "müller jür", "jurgen sons",
    ],
)  # fmt: skip
def test_s98_somebody_is_found_by_the_beginning_of_any_word(workspace, bob, bobs, text):
    known = Known(
        name="Jürgen Müller", company="O’Brien & Sons",
        emails=("j.mueller@firm.example", "jmueller@firm.example"),
        phones=("020 7946 0301",),
    )  # fmt: skip
    find_or_add(workspace, known, owner=bob, at=MONDAY)
    find_or_add(workspace, Known(name="Zoe Hart", phones=("020 1234 5678",)), owner=bob, at=MONDAY)

    assert names(look(bobs, name=text)) == ["Jürgen Müller"]


@pytest.mark.parametrize("text", ["ller", "irm", "794", "999999", "jürgen hart", "@"])
def test_s98_and_not_by_what_stands_within_one(workspace, bob, bobs, text):
    known = Known(name="Jürgen Müller", emails=("jm@firm.example",), phones=("020 7946 0301",))
    find_or_add(workspace, known, owner=bob, at=MONDAY)

    assert names(look(bobs, name=text)) == []


def test_s98_whoever_was_joined_is_found_by_both_names_until_they_part(ann, pat, bobs, mia):
    merge(pat, into=ann, by=mia, at=MONDAY)
    assert (names(look(bobs, name="pat")), names(look(bobs, name="ann"))) == (["Ann"], ["Ann"])

    unmerge(pat, by=mia, at=MONDAY + DAY)
    assert names(look(bobs, name="pat")) == ["Pat"]


def test_s98_a_new_name_and_a_new_number_are_found_at_once(ann, bobs):
    given = {"name": "Anna Bell", "company": "Bell Lane", "email": "", "phone": "0151 496 0777",
             "about": ""}  # fmt: skip
    bobs.post(reverse("details", args=[ann.pk]), given)

    for text in ("bell", "lane", "4960777"):
        assert names(look(bobs, name=text)) == ["Anna Bell"]


def test_s98_the_forgotten_are_found_by_nothing(ann, bobs, mia):
    forget(ann, by=mia, at=MONDAY)

    assert names(look(bobs, name="ann")) == []
