"""S76: the next call is made easy: what to know and what to say; the result in two presses."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, first_owed, hear, kinds, quiet, sheet_of, text_of

from followthrough.core.facts import TheyWrote, WeCalled
from followthrough.ledger import clock, wants
from followthrough.ledger.models import Detail, FollowUp

NOW = MONDAY + HOUR


def card(client, ann=None, at=NOW):
    there = reverse("one", args=[first_owed(ann).pk]) if ann else reverse("one")
    with clock.at(at):
        return client.get(there)


def test_s76_the_card_holds_the_last_time_the_question_words_and_the_number(ann, bobs):
    hear(ann, WeCalled(at=MONDAY - 5 * DAY, matter="roof"), words=[("", "Likes red.")])
    hear(ann, TheyWrote(at=MONDAY, matter="roof"), words=[("", "Can you fit it by Friday?")])

    page = card(bobs)

    said = text_of(page)
    assert page.context["question"] == "Can you fit it by Friday?"
    assert "Answer what they asked: “Can you fit it by Friday?”" in said
    assert " ".join(page.context["opener"].split()) in said
    assert len(page.context["script"]) == 3
    assert f'href="{page.context["tel"]}"' in page.content.decode()


@pytest.mark.parametrize(
    ("outcome", "step"),
    [
        ("spoke", "call in 3 working days"),
        ("message", "call in 2 working days"),
        ("no_answer", "call tomorrow"),
    ],
)
def test_s76_a_press_opens_the_sheet_filled_and_another_saves(ann, bobs, outcome, step):
    enquired(ann)
    urls = [one["url"] for one in card(bobs).context["results"]]
    [there] = [url for url in urls if f"outcome={outcome}&" in url]

    with clock.at(NOW):
        sheet = bobs.get(there).context["form"]
        assert (sheet.outcome, sheet.when) == (outcome, step)
        sent = {"token": "t", "mode": "next", "outcome": sheet.outcome, "when": sheet.when}
        saved = bobs.post(sheet_of(first_owed(ann)), sent | {"back": sheet.back})

    assert saved.url == reverse("one")
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]


def test_s07_whoever_calls_next_sees_what_they_said_of_themselves_before_the_words(ann, mia, mias):
    enquired(ann)
    FollowUp.objects.update(member=mia)
    ann.about = "Passive investor, has experience."
    ann.save(update_fields=["about"])
    Detail.objects.create(
        workspace=mia.workspace, party=ann, kind="goal", text="Opens in May", said_at=MONDAY
    )
    wants.add(wants.Wanted(party=ann, text="Action shots", said_at=MONDAY))

    said = text_of(card(mias))

    assert said.index("Passive investor, has experience.") < said.index("Begin with why")
    assert "Opens in May" in said
    assert "Would like: Action shots" in said


def test_s76_the_cards_follow_each_other_and_the_last_leads_home(ann, pat, bob, bobs):
    enquired(ann)
    enquired(pat)
    FollowUp.objects.update(member=bob)

    first = card(bobs)
    with clock.at(NOW):
        second = bobs.get(first.context["next_url"])

    assert (first.context["at"], first.context["of"]) == (1, 2)
    assert (second.context["at"], second.context["next_url"]) == (2, "")
    assert {page.context["person"]["name"] for page in (first, second)} == {"Ann", "Pat"}


def test_s76_what_is_finished_meanwhile_leads_to_the_next(ann, bobs):
    enquired(ann)
    there = reverse("one", args=[first_owed(ann).pk])
    quiet(ann, NOW)

    with clock.at(NOW):
        page = bobs.get(there, follow=True)

    assert page.redirect_chain == [(reverse("one"), 302)]
    assert "Nobody is waiting on you." in text_of(page)


def test_s76_a_stranger_opens_no_card_of_ours(ann, sids):
    enquired(ann)

    assert card(sids, ann).status_code == 404


def test_s76_the_card_asks_few_questions(ann, bobs, django_assert_max_num_queries):
    enquired(ann)

    with django_assert_max_num_queries(14):
        card(bobs)
