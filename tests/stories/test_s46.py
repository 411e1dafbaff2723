"""S46: The need is stored as a wish, and found when there is something for it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import numbers, owed_to, text_of, undo_of

from followthrough.core.facts import TheyWrote
from followthrough.ledger import clock, wants
from followthrough.ledger.forget import forget
from followthrough.ledger.merge import merge
from followthrough.ledger.models import FollowUp, Want, Word
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import record
from followthrough.ledger.undo import redo, undo


def wants_it(party, text, ago=10):
    return wants.add(wants.Wanted(party=party, text=text, said_at=MONDAY - ago * DAY))


def who(workspace, text):
    return [party.name for party, _ in wants.who_asked(workspace, text)]


@pytest.fixture
def three(workspace, ann, pat, bob):
    """Three want action shots, one wants something else."""
    zoe = party_named("Zoe", workspace, bob)
    wants_it(ann, "I needed some updated action shots of my son", ago=30)
    wants_it(pat, "Action shot of the winning goal", ago=20)
    wants_it(zoe, "shots of the team in ACTION", ago=10)
    wants_it(party_named("Max", workspace, bob), "a team photo for the wall")
    return ann, pat, zoe


def test_s46_a_new_product_finds_the_three_who_asked_for_it(three, bobs):
    with clock.at(MONDAY):
        page = bobs.get("/people/", {"name": "action shots"})

    said = text_of(page)
    assert "3 people asked for this" in said
    assert [one["party"].name for one in page.context["asked"]] == ["Zoe", "Pat", "Ann"]
    assert "“I needed some updated action shots of my son”, Sat 31 Jan" in said


def test_s46_one_press_plans_a_follow_up_for_each_and_one_takes_them_back(three, bobs):
    with clock.at(MONDAY):
        page = bobs.get("/people/", {"name": "action shots"})
        chosen = [one["want"] for one in page.context["asked"]]
        given = {"want": chosen, "when": "tomorrow 9am", "token": "t"}
        answer = bobs.post(reverse("wants_plan"), given, follow=True)
    planned = FollowUp.objects.filter(settled_at=None, rule="keep_the_plan")
    assert sorted(row.party.name for row in planned) == ["Ann", "Pat", "Zoe"]
    assert {row.due for row in planned} == {MONDAY + timedelta(hours=23)}
    assert "Planned: 3 people, tomorrow, 09:00" in text_of(answer)

    with clock.at(MONDAY + timedelta(minutes=1)):
        bobs.post(undo_of(answer))

    assert not FollowUp.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize(
    ("want", "asked"),
    [
        ("a banner for the stand", "banners"),
        ("photos of the wedding", "Wedding photo"),
        ("Bilder vom Fest", "bild"),
        ("Rahmen für Müllers Laden", "muller rahmen"),
        ("copies of the brochure", "copy"),
        ("framing of two posters", "framed posters"),
        ("something in élan", "elan"),
    ],
)
def test_s46_forms_of_a_word_are_one_word(workspace, ann, want, asked):
    wants_it(ann, want)

    assert who(workspace, asked) == ["Ann"]


@pytest.mark.parametrize("asked", ["", "the", "%", "🎈", "\0", "x" * 500, "shots of nothing else"])
def test_s46_what_says_nothing_finds_nobody(workspace, ann, asked):
    wants_it(ann, "a team photo")

    assert who(workspace, asked) == []


def test_s46_a_want_is_written_down_by_hand_taken_away_and_brought_back(ann, bobs, workspace):
    page = bobs.post(reverse("wants", args=[ann.pk]), {"want": "A sign in green"}, follow=True)
    assert "A sign in green" in text_of(page)

    gone = bobs.post(reverse("want_gone", args=[Want.objects.get().pk]), follow=True)
    assert who(workspace, "green sign") == []

    back = bobs.post(undo_of(gone), follow=True)
    assert (who(workspace, "green sign"), "A sign in green" in text_of(back)) == (["Ann"], True)


def test_s46_what_a_caller_wants_is_kept_and_goes_with_its_undo(workspace, bob, bobs):
    call = {"name": "Ann", "reach": "020 7946 0018", "wants": "Action shots of the final",
            "when": "call tomorrow 9:00", "owner": "", "token": str(next(numbers))}  # fmt: skip
    with clock.at(MONDAY):
        page = bobs.post("/capture/", call, follow=True)
    assert who(workspace, "action shot") == ["Ann"]

    with clock.at(MONDAY + DAY):
        bobs.post(undo_of(page))

    assert who(workspace, "action shot") == []


def test_s46_a_want_follows_the_fact_that_it_was_heard_by(workspace, ann, bob):
    record(ann, TheyWrote(at=MONDAY), source="mail:1", at=MONDAY)
    name = fact_name("mail:1", "TheyWrote")
    heard = wants.Wanted(party=ann, text="a blue banner", said_at=MONDAY, fact=name)
    assert wants.add(heard) is not None
    assert wants.add(heard) is None

    undo(ann, source="mail:1", by=bob, at=MONDAY + DAY)
    assert who(workspace, "blue banner") == []

    redo(ann, source="mail:1", by=bob, at=MONDAY + 2 * DAY)
    assert who(workspace, "blue banner") == ["Ann"]


def test_s46_a_joined_record_asks_with_one_voice_and_a_stranger_hears_nothing(
    workspace, three, mia, sids
):
    ann, pat, _ = three

    merge(pat, into=ann, by=mia, at=MONDAY)

    assert who(workspace, "action shots") == ["Zoe", "Ann"]
    assert "asked for this" not in text_of(sids.get("/people/", {"name": "action shots"}))
    pk = Want.objects.first().pk
    assert sids.post(reverse("want_gone", args=[pk])).status_code == 404
    sids.post(reverse("wants_plan"), {"want": [pk], "when": "tomorrow", "token": "t"})
    assert owed_to(ann) == []


def test_s46_who_is_forgotten_wants_nothing_any_more(workspace, ann, mia):
    wants_it(ann, "a blue banner")

    forget(ann, by=mia, at=MONDAY)

    assert (Want.objects.count(), Word.objects.count()) == (0, 0)
