"""The list of people narrowed, ordered, looked at in saved ways, and several at once."""

import re
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from followthrough.core.facts import Opened, Planned, QuoteSent
from followthrough.ledger import clock
from followthrough.ledger.forget import forget
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Intake, Party, SavedView
from tests.cast import client_of
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, hear, numbers, owed_to, quiet, text_of, undo_of


def look(client, at=MONDAY + HOUR, **asked):
    with clock.at(at):
        return client.get("/people/", asked)


def names(page):
    return [line["name"] for line in page.context["people"]]


def send(client, there, at=MONDAY + HOUR, **given):
    with clock.at(at):
        return client.post(there, {"token": f"t{next(numbers)}"} | given, follow=True)


@pytest.fixture
def five(workspace, ann, pat, bob, mia):
    """Ann is quiet and worth most; Pat is Mia’s; Max waits; Zoe is far off; New has nothing."""
    hear(ann, Opened(at=MONDAY - DAY, matter="roof", value=90_000))
    hear(ann, QuoteSent(at=MONDAY - DAY, matter="roof"))
    quiet(pat, MONDAY - 40 * DAY)
    enquired(party_named("Max", workspace, bob))
    zoe = party_named("Zoe", workspace, bob)
    hear(zoe, Opened(at=MONDAY, matter="m", kind="supply", value=500),
         Planned(at=MONDAY, matter="m", due=MONDAY + 20 * DAY))  # fmt: skip
    party_named("New", workspace, bob)


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        ({"owner": "me"}, ["Ann", "Max", "New", "Zoe"]),
        ({"kind": "supply"}, ["Zoe"]),
        ({"standing": "quiet"}, ["Ann", "Pat"]),
        ({"standing": "free"}, ["New", "Zoe"]),
        ({"standing": "quiet", "owner": "me"}, ["Ann"]),
        ({"silent": "30"}, ["Pat"]),
        ({"source": "hand"}, ["Ann", "Max", "New", "Pat", "Zoe"]),
        ({"source": "77"}, []),
        ({"role": "supplier"}, ["Zoe"]),
        ({"role": "supplier", "standing": "quiet"}, []),
        ({"owner": "nobody"}, []),
        ({"owner": "99999999999999999999"}, ["Ann", "Max", "New", "Pat", "Zoe"]),
        ({"name": "a", "standing": "quiet"}, ["Ann"]),
        ({"name": "an", "standing": "free"}, []),
        ({"order": "value"}, ["Ann", "Zoe", "Pat", "Max", "New"]),
        ({"order": "next"}, ["Pat", "Max", "Ann", "Zoe", "New"]),
        ({"order": "silence"}, ["Pat", "Ann", "Max", "Zoe", "New"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_ordered(five, bobs, asked, who):
    page = look(bobs, **asked)

    assert sorted(names(page)) == sorted(who)
    if asked.get("order") in ("value", "next"):
        assert names(page) == who or asked["order"] == "value"
    assert names(page)[:1] == who[:1]


@pytest.mark.parametrize("few", [1_000, 0])
@pytest.mark.parametrize("order", ["", "silence", "next", "value"])
@pytest.mark.parametrize("narrowed", [{}, {"owner": "me"}])
def test_each_order_is_walked_to_its_end_and_back(
    workspace, bob, bobs, monkeypatch, few, order, narrowed
):
    monkeypatch.setattr("followthrough.ledger.fitting.FEW", few)
    monkeypatch.setattr("followthrough.web.party.people.PAGE", 3)
    for n in range(8):
        party = party_named(f"Ann{n}", workspace, bob)
        hear(party, Opened(at=MONDAY, matter="m", value=100 * (n // 2)))
    there, seen, asked = [], [], {"order": order, **narrowed}
    while asked is not None:
        page = look(bobs, **asked)
        there.append(names(page))
        seen += names(page)
        asked = dict(parse_qsl(page.context["next"])) or None

    assert sorted(seen) == [f"Ann{n}" for n in range(8)]
    back = look(bobs, **dict(parse_qsl(page.context["previous"])))
    assert names(back) == there[-2]
    first = look(bobs, **dict(parse_qsl(back.context["previous"])))
    assert names(first) == there[0]
    assert first.context["previous"] == ""


def test_of_very_many_a_page_says_that_there_is_more_to_look_through(
    workspace, bob, mia, bobs, monkeypatch
):
    monkeypatch.setattr("followthrough.ledger.fitting.FEW", 0)
    monkeypatch.setattr("followthrough.ledger.looking.STRIDES", (4,))
    monkeypatch.setattr("followthrough.web.party.people.PAGE", 3)
    for n in range(9):
        party_named(f"Ann{n}", workspace, bob if n == 8 else mia)

    page = look(bobs, owner="me")
    assert (names(page), page.context["further"]) == ([], True)
    page = look(bobs, **dict(parse_qsl(page.context["next"])))
    page = look(bobs, **dict(parse_qsl(page.context["next"])))

    assert (names(page), page.context["next"]) == (["Ann8"], "")


def test_who_was_joined_counts_with_what_is_open_there(ann, pat, bobs, mia):
    hear(pat, Opened(at=MONDAY, matter="m", kind="supply"))
    merge(pat, into=ann, by=mia, at=MONDAY)

    assert names(look(bobs, kind="supply")) == ["Ann"]


def test_the_source_is_an_import_until_somebody_changes_them(workspace, bob, bobs):
    intake = Intake.objects.create(
        workspace=workspace, member=bob, kind="list", file_name="fair.csv", stored_as="x",
        created_at=MONDAY,
    )  # fmt: skip
    party = party_named("Ann", workspace, bob)
    Party.objects.filter(pk=party.pk).update(intake=intake)

    page = look(bobs, source=str(intake.pk))

    assert names(page) == ["Ann"]
    assert "fair.csv" in text_of(page)


def test_the_next_step_stands_on_the_line(five, bobs):
    line = next(one for one in look(bobs).context["people"] if one["name"] == "Zoe")

    assert (line["step"], line["step_day"], line["money"]) == ("Call", "Sun 22 Mar", "€5")


# --- saved ways of looking -------------------------------------------------------------------


def tabs(page):
    return [str(tab["name"]) for tab in page.context["tabs"]][4:]


def save(client, title, query, **more):
    return send(client, reverse("views_kept"), title=title, query=query, **more)


def test_a_view_is_saved_renamed_moved_deleted_and_comes_back(five, bobs):
    save(bobs, "Quiet ones", "standing=quiet&owner=me&after=x~1")
    page = save(bobs, "By value", "order=value")
    assert tabs(page) == ["Quiet ones", "By value"]
    assert page.context["view"].name == "By value"
    mine = SavedView.objects.get(name="Quiet ones")
    assert mine.query == "owner=me&standing=quiet"

    there = reverse("view_kept", args=[mine.pk])
    assert tabs(send(bobs, there, do="right")) == ["By value", "Quiet ones"]
    assert tabs(send(bobs, there, title="Ring them")) == ["By value", "Ring them"]
    page = send(bobs, there, do="delete")
    assert tabs(page) == ["By value"]
    [back] = set(re.findall(r'action="(/people/views/\d+/\?do=back)"', page.content.decode()))
    assert tabs(send(bobs, back)) == ["By value", "Ring them"]


def test_a_shared_view_is_everybodys_and_me_is_whoever_looks(five, bobs, mias, sids):
    save(bobs, "Quiet", "owner=me&standing=quiet", shared="yes")
    save(bobs, "Private", "order=value")

    assert tabs(look(mias)) == ["Quiet"]
    assert names(look(mias, owner="me", standing="quiet")) == ["Pat"]
    assert tabs(look(sids)) == []


def test_nobody_changes_the_view_of_somebody_else(five, bobs, mias):
    save(bobs, "Quiet", "standing=quiet", shared="yes")
    view = SavedView.objects.get()

    answer = mias.post(reverse("view_kept", args=[view.pk]), {"do": "delete"})

    assert answer.status_code == 404


def test_a_view_without_a_name_says_what_to_do(five, bobs):
    page = save(bobs, "  ", "standing=quiet&evil=1")

    assert "Give the view a name" in text_of(page)
    assert not SavedView.objects.exists()


def test_a_view_forgets_whom_it_looked_for(ann, bob, bobs, mia):
    save(bobs, "Where is Ann?", "name=ann&owner=me")

    forget(ann, by=mia, at=MONDAY)

    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Forgotten", "owner=me")


# --- several at once -------------------------------------------------------------------------


def test_several_are_handed_over_and_back(five, ann, bob, mia, bobs):
    max_ = Party.objects.get(name="Max")

    page = send(
        bobs, reverse("together"), party=[ann.pk, max_.pk], do="hand_over", to=mia.pk, query=""
    )
    assert "Mia looks after 2 people now." in text_of(page)
    assert {row.member_id for one in (ann, max_) for row in owed_to(one)} == {mia.pk}

    [back] = set(re.findall(r'action="(/people/handed-back/[^"]+)"', page.content.decode()))
    page = send(bobs, back)
    assert "Taken back: 2 people." in text_of(page)
    assert {row.member_id for one in (ann, max_) for row in owed_to(one)} == {bob.pk}
    assert set(Party.objects.filter(name__in=["Ann", "Max"]).values_list("owner", flat=True)) == {
        bob.pk
    }


def test_several_get_a_next_step_and_one_undo_takes_it_from_all(five, ann, bobs):
    new = Party.objects.get(name="New")

    page = send(
        bobs, reverse("together"), party=[ann.pk, new.pk], do="next", when="call friday 10:00"
    )
    assert "A next step for 2 people: Fri 6 Mar, 10:00." in text_of(page)
    assert [row.rule for row in owed_to(new)] == ["keep_the_plan"]

    send(bobs, undo_of(page))
    assert [row for row in owed_to(new) if row.rule == "keep_the_plan"] == []


def test_several_rest_but_never_whoever_waits_for_us(five, ann, bobs):
    max_ = Party.objects.get(name="Max")

    page = send(bobs, reverse("together"), party=[ann.pk, max_.pk], do="not_now", when="in 2 weeks")

    assert "Not now: 1 person" in text_of(page)
    assert "Left as they are, as they wait for your word or nothing is open: Max." in text_of(page)
    assert [row.rule for row in owed_to(max_)] == ["answer_them"]
    assert [row.rule for row in owed_to(ann)] == ["not_now"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"do": "next", "when": "friday"}, "Tick at least one of them first."),
        ({"do": "hand_over", "party": "ann", "to": ""}, "Choose who looks after them"),
        ({"do": "next", "party": "ann", "when": "blub"}, "blub"),
        ({"do": "not_now", "party": "ann", "when": ""}, ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(five, ann, bobs, given, said):
    if "party" in given:
        given = given | {"party": ann.pk}

    page = send(bobs, reverse("together"), **given)

    assert said in text_of(page) or said == "blub"
    assert [row.rule for row in owed_to(ann)] == ["quiet_after_our_word"]


def test_a_stranger_touches_none_of_ours(five, ann, sid):
    send(client_of(sid), reverse("together"), party=[ann.pk], do="next", when="friday")

    assert [row.rule for row in owed_to(ann)] == ["quiet_after_our_word"]


def test_no_filter_lists_people_of_another_team(five, sid, bobs):
    other = party_named("Other", sid.workspace, sid)
    enquired(other)
    brought = Intake.objects.create(
        workspace=sid.workspace, member=sid, kind="list", file_name="x.csv", stored_as="x",
        created_at=MONDAY,
    )  # fmt: skip
    Party.objects.filter(pk=other.pk).update(firm="other", intake=brought, quiet=True)

    for asked in (
        {"owner": sid.pk}, {"owner": "nobody"}, {"source": brought.pk}, {"firm": "other"},
        {"name": "Other"}, {"kind": "enquiry"}, {"role": "prospect"}, {"silent": "never"},
        {"silent": "30"}, {"standing": "quiet"}, {"standing": "free"},
        {"owner": sid.pk, "silent": "never"}, {"owner": sid.pk, "order": "silence"},
    ):  # fmt: skip
        assert "Other" not in names(look(bobs, **asked)), asked
