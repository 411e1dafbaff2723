"""Promises, questions and the strong yes stand on the person's page as the core reads them."""

import pytest
from django.urls import reverse

from followthrough.core.facts import (
    Asked,
    Opened,
    Qualified,
    Retracted,
    TheyPromised,
    TheyWrote,
    WeCalled,
    WePromised,
    WeWrote,
)
from followthrough.ledger import clock
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Fact, Matter, Text
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, hear, kinds, numbers, owed_to, text_of

LATER = MONDAY + 2 * DAY


def page_of(client, party, at=LATER):
    with clock.at(at):
        return client.get(reverse("person", args=[party.pk]))


def say(client, name, party, /, *, at=LATER, **given):
    with clock.at(at):
        given = {"token": f"token-{next(numbers)}"} | given
        return client.post(reverse(name, args=[party.pk]), given, follow=True)


def states(page):
    return {side: [one["state"] for one in of] for side, of in page.context["promises"].items()}


def test_their_word_is_not_late_for_ever_once_they_wrote(ann, bobs):
    hear(ann, TheyPromised(at=MONDAY, due=MONDAY + HOUR, matter="roof"))
    assert states(page_of(bobs, ann))["theirs"] == ["late"]

    hear(ann, TheyWrote(at=MONDAY + DAY, matter="roof"))

    page = page_of(bobs, ann)
    assert states(page)["theirs"] == ["past"]
    assert 'name="end" value="kept"' not in page.content.decode()


def test_a_promised_call_is_kept_by_the_call(ann, bobs):
    hear(ann, WePromised(at=MONDAY, due=MONDAY + HOUR, how="call", matter="roof"))
    hear(ann, WeCalled(at=MONDAY + HOUR, outcome="no_answer", matter="roof"))

    assert states(page_of(bobs, ann))["ours"] == ["kept"]


def test_a_promise_of_long_ago_still_stands(ann, bobs):
    hear(ann, WePromised(at=MONDAY - 90 * DAY, due=LATER + DAY, matter="roof"))
    hear(ann, *(WeWrote(at=MONDAY + n * HOUR / 60, matter="roof") for n in range(220)))

    assert states(page_of(bobs, ann))["ours"] == ["open"]


def test_a_strong_yes_is_over_when_the_core_says_so(ann, bobs):
    yes, no = (
        Qualified(at=MONDAY, matter="roof"),
        Qualified(at=MONDAY + DAY, matter="roof", yes=False),
    )
    hear(ann, Opened(at=MONDAY, matter="roof"), yes)
    assert page_of(bobs, ann).context["hot"] is True

    hear(ann, no)

    assert page_of(bobs, ann).context["hot"] is False


def line_of(client, told):
    months = page_of(client, told.party).context["months"]
    return next(one for month in months for one in month["items"] if one.get("id") == told.pk)


def test_what_was_taken_back_and_put_back_is_said_beside_the_list(ann, bobs):
    enquired(ann, said="A banner, please.")
    told = Fact.objects.get()
    hear(ann, Retracted(at=MONDAY + HOUR, what=told.name))
    assert line_of(bobs, told)["retracted"] is True

    hear(ann, Retracted(at=MONDAY + 2 * HOUR, what=Fact.objects.get(kind="Retracted").name))

    assert line_of(bobs, told)["retracted"] is False
    with clock.at(LATER):
        assert [said["text"] for said in bobs.get("/").context["talk"]] == ["A banner, please."]


# --- what was posted is asked after (S11) ---------------------------------------------------


@pytest.mark.parametrize(
    ("wants", "channel", "asked"),
    [("answer", "post", True), ("answer", "", False), ("post", "", True)],
)
def test_what_was_posted_is_asked_after(ann, bobs, wants, channel, asked):
    enquired(ann)
    hear(ann, Asked(at=MONDAY, matter="roof", wants=wants))
    name = Fact.objects.get(kind="Asked").name

    say(bobs, "answers", ann, asked=name, proof="posted on Monday", channel=channel)

    # They have been given what they asked for; a fresh word of theirs would go first.
    arrival = [row for row in owed_to(ann) if row.what == "Ask whether it arrived"]
    assert bool(arrival) is asked


# --- the same page twice, and records that were joined ------------------------------------------


def test_a_second_note_on_the_old_page_is_kept_too(ann, bobs):
    for note in ("She likes red.", "And green."):
        page = say(bobs, "notes", ann, note=note, token="same")
        assert "Noted." in text_of(page)

    assert sorted(Text.objects.values_list("body", flat=True)) == ["And green.", "She likes red."]


def test_the_same_note_twice_says_that_nothing_was_added(ann, bobs):
    say(bobs, "notes", ann, note="She likes red.", token="same")

    page = say(bobs, "notes", ann, note="She likes red.", token="same")

    assert "That stands in the books already; nothing was added." in text_of(page)
    assert kinds(ann) == ["Noted"]


def test_a_joined_record_goes_along_when_they_are_handed_over(ann, pat, bobs, mia, bob):
    enquired(ann)
    hear(pat, WeWrote(at=MONDAY, matter="prints"))
    merge(pat, into=ann, by=mia, at=MONDAY + HOUR)

    say(bobs, "owner", ann, to=str(mia.pk))

    assert {row.key: row.owner for row in Matter.objects.filter(closed_at=None)} == {
        "roof": mia, "prints": mia,
    }  # fmt: skip
    assert {row.member for row in owed_to(ann)} == {mia}


def test_a_loose_word_finds_what_is_open_in_a_joined_record(ann, pat, bobs, mia):
    hear(pat, WeWrote(at=MONDAY, matter="prints"))
    merge(pat, into=ann, by=mia, at=MONDAY + HOUR)

    say(bobs, "strong_yes", ann, yes="yes")

    assert Fact.objects.get(kind="Qualified").matter == "prints"
