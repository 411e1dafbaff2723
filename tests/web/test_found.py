"""Who is waiting: each line with its sentence, one press for yes or no, and all of it undone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from followthrough.core.facts import TheyWrote
from followthrough.ledger import clock
from followthrough.ledger.holding import hold_back
from followthrough.ledger.models import FollowUp, Intake, Lesson, Proposal
from followthrough.ledger.record import Heard, Way, record_many
from tests.cast import client_of, member_named
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import text_of, who_is_listed

LATER = MONDAY + HOUR
QUESTION = "Can you fit it before the 30th?"


@pytest.fixture
def intake(workspace, bob):
    return Intake.objects.create(
        workspace=workspace, member=bob, kind="mbox", file_name="all.mbox", stored_as="x",
        created_at=MONDAY,
    )  # fmt: skip


def found(party, intake, sentence=QUESTION, days=3, **more):
    body = f"Hello Bob,\n\n{sentence}\n\nRegards"
    told = Heard(
        party=party, source=f"mail:{party.pk}", facts=[TheyWrote(at=MONDAY - days * DAY)],
        words=[("A banner", body)],
    )  # fmt: skip
    record_many([told], at=MONDAY, way=Way(intake=intake.pk))
    hold_back(intake, [party.pk], at=MONDAY)
    row = FollowUp.objects.get(party=party, settled_at=None)
    return Proposal.objects.create(
        workspace=party.workspace, party=party, member=intake.member, intake=intake, followup=row,
        key=f"followup:{row.pk}", kind="asked", sentence=sentence, said=row.because,
        said_at=row.since, **more,
    )  # fmt: skip


def page(client, path="/found/", at=LATER):
    with clock.at(at):
        return client.get(path)


def decide(client, shown, picked, at=LATER, **more):
    given = {"shown": [one.pk for one in shown], "pick": [one.pk for one in picked]} | more
    with clock.at(at):
        return client.post("/found/", given, follow=True)


def today(client, at=LATER):
    listed = who_is_listed(page(client, "/", at))
    return [who for names in listed.values() for who in names]


def test_each_line_says_who_in_whose_words_and_since_when(ann, bobs, intake):
    found(ann, intake)

    words = text_of(page(bobs))

    assert "1 person is waiting on you" in words
    assert f"Ann Wrote {QUESTION} 3 days" in words
    assert "1 question without an answer" in words or "question without an answer 1" in words


def test_what_is_ticked_stands_on_today_and_what_was_unticked_is_left_out(ann, pat, bobs, intake):
    yes, no = found(ann, intake), found(pat, intake)

    answer = decide(bobs, [yes, no], [yes])

    assert "1 line put on your list, 1 left out." in text_of(answer)
    assert today(bobs) == ["Ann"]


def test_one_press_undoes_the_whole_decision(ann, pat, bobs, intake):
    yes, no = found(ann, intake), found(pat, intake)
    answer = decide(bobs, [yes, no], [yes])
    [undo] = set(re.findall(r'action="(/found/undo/[^"]+)"', answer.content.decode()))

    with clock.at(LATER + HOUR):
        bobs.post(undo)

    assert today(bobs) == []
    assert {one.state for one in Proposal.objects.all()} == {"open"}
    assert not Lesson.objects.filter(dismissed__gt=0).exists()


def test_those_below_go_along_and_those_we_left_unticked_stay(workspace, bob, bobs, intake):
    people = [party_named(f"P{n:02}", workspace, owner=bob) for n in range(30)]
    lines = [found(party, intake, rank=-n) for n, party in enumerate(people)]
    mom = found(party_named("Mom", workspace, owner=bob), intake, ticked=False, why_not="Private")
    first = page(bobs)
    html = first.content.decode()
    assert "5 more below" in text_of(first)

    late = found(party_named("Late", workspace, owner=bob), intake)
    decide(bobs, lines[:25], lines[:25], rest=re.findall(r'name="rest" value="(\d+)"', html)[0])

    assert Proposal.objects.filter(state="accepted").count() == 30
    assert Proposal.objects.get(pk=mom.pk).state == "open"
    assert Proposal.objects.get(pk=late.pk).state == "open"  # nobody had seen it
    assert "1 line we left unticked" in text_of(page(bobs))


def test_one_line_is_answered_by_itself(ann, bobs, intake):
    row = found(ann, intake)

    with clock.at(LATER):
        part = bobs.post(f"/found/{row.pk}/", {"answer": "yes"}, headers={"HX-Request": "true"})

    assert "on your list" in text_of(part)
    assert today(bobs) == ["Ann"]


def test_without_script_one_line_is_answered_too(ann, bobs, intake):
    row = found(ann, intake)

    with clock.at(LATER):
        answer = bobs.post(f"/found/{row.pk}/", {"answer": "no", "shown": [row.pk]}, follow=True)

    assert "1 left out." in text_of(answer)


def test_the_whole_mail_is_one_press_away_with_the_sentence_marked(ann, bobs, intake):
    row = found(ann, intake)

    content = page(bobs, f"/found/{row.pk}/").content.decode()

    assert f"<mark>{QUESTION}</mark>" in content
    assert "Hello Bob," in content


def test_words_of_strangers_are_shown_as_text(ann, bobs, intake):
    row = found(ann, intake, sentence="<script>alert(1)</script> what does it cost?")

    for path in ("/found/", f"/found/{row.pk}/"):
        assert "<script>alert" not in page(bobs, path).content.decode()


def test_nobody_decides_for_somebody_else(workspace, ann, bob, intake, sid):
    row = found(ann, intake)
    others = client_of(member_named("Eve", workspace))

    for client in (others, client_of(sid)):
        assert page(client, f"/found/{row.pk}/").status_code == 404
        decide(client, [row], [row], rest="1")

    assert Proposal.objects.get().state == "open"


def test_today_says_how_many_wait_for_a_look(ann, bobs, intake):
    found(ann, intake)

    assert "1 person found in your mail waits for your look." in text_of(page(bobs, "/"))


def test_nothing_found_is_said_kindly(bobs):
    assert "Nothing in your mail waits for you." in text_of(page(bobs))


def test_what_was_taught_is_shown_and_forgotten(ann, bobs, intake):
    row = found(ann, intake)
    decide(bobs, [row], [])
    said = text_of(page(bobs, "/found/learned/"))
    assert "You left ann@home.example" in said

    lesson = Lesson.objects.get(kind="sender")
    with clock.at(LATER + timedelta(minutes=1)):
        bobs.post("/found/learned/", {"lesson": lesson.pk})

    assert "Nothing yet." in text_of(page(bobs, "/found/learned/"))


@pytest.mark.parametrize("bad", ["x", "-1", "9" * 30, ""])
def test_a_made_up_choice_changes_nothing(ann, bobs, intake, bad):
    found(ann, intake)

    with clock.at(LATER):
        answer = bobs.post("/found/", {"shown": [bad], "pick": [bad]}, follow=True)

    assert answer.status_code == 200
    assert Proposal.objects.get().state == "open"


def test_a_long_list_asks_the_books_as_often_as_a_short_one(
    workspace, bob, bobs, intake, django_assert_max_num_queries
):
    for n in range(25):
        found(party_named(f"P{n:02}", workspace, owner=bob), intake)

    with django_assert_max_num_queries(16):
        page(bobs)


def test_the_first_one_here_is_led_to_two_doors(client, db):
    given = {
        "workspace": "Banners", "name": "Mia", "email": "mia@banners.example",
        "password": "a-long-sentence-of-mine", "zone": "Europe/London",
    }  # fmt: skip
    answer = client.post(reverse("account_signup"), given, follow=True)

    assert "Let’s find out who is waiting on you" in text_of(answer)


def test_both_doors_lead_to_the_import_and_one_to_the_mailbox_itself(bobs):
    content = page(bobs, "/welcome/").content.decode()

    assert content.count(f'action="{reverse("import")}"') == 2
    assert reverse("capture") in content
    assert reverse("mailboxes") in content
