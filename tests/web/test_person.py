"""A person's page: the next step first, what happened, and what can be kept by hand."""

import pytest
from django.urls import reverse

from followthrough.core.facts import Asked, Noted, Planned, TheyWrote, WeCalled, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.forget import is_forgotten
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Address, Fact, FollowUp, Matter
from tests.cast import member_named
from tests.ledger.scene import DAY, HOUR, MONDAY, obligations
from tests.web.desk import enquired, hear, kinds, numbers, owed_to, quiet, text_of, undo_of

LATER = MONDAY + HOUR


def page_of(client, party, at=LATER):
    with clock.at(at):
        return client.get(reverse("person", args=[party.pk]))


def say(client, name, party, /, *, at=LATER, **given):
    """Post one of the page's little forms."""
    with clock.at(at):
        given = {"token": f"token-{next(numbers)}"} | given
        return client.post(reverse(name, args=[party.pk]), given, follow=True)


def promise(client, party, /, **given):
    given = {"side": "ours", "text": "Send proofs", "when": "thursday 9:00"} | given
    return say(client, "promise_given", party, **given)


def the(kind):
    return Fact.objects.get(kind=kind)


# --- what stands there ------------------------------------------


def test_the_next_step_comes_first_and_says_why(ann, bobs):
    enquired(ann, said="A banner, please.")

    page = page_of(bobs, ann)

    said = text_of(page)
    [step] = page.context["steps"]
    assert said.index(step["why"]) < said.index("A banner, please.")
    assert "No word from us yet" in said


def test_what_is_held_back_is_the_next_step_all_the_same(ann, bobs):
    enquired(ann)
    for hours in (1, 2, 3):
        hear(ann, WeWrote(at=MONDAY + hours * HOUR, matter="roof"))

    page = page_of(bobs, ann, at=MONDAY + 4 * HOUR)

    [step] = page.context["steps"]
    assert step["due"] > MONDAY + 7 * DAY
    assert "Held: that would be too much in 7 days" in text_of(page)


def test_a_step_at_an_hour_to_come_is_the_next_step_all_the_same(ann, bobs):
    enquired(ann)
    hear(ann, Planned(at=MONDAY, due=MONDAY + DAY, matter="roof"))

    assert "Nothing is open" not in text_of(page_of(bobs, ann))
    assert [step["due"] for step in page_of(bobs, ann).context["steps"]] == [MONDAY + DAY]


def test_so_is_a_promised_call(ann, bobs):
    promise(bobs, ann, when="call thursday 14:00")

    assert "Nothing is open" not in text_of(page_of(bobs, ann))


def test_with_nothing_open_it_says_so(ann, bobs):
    assert "Nothing is open" in text_of(page_of(bobs, ann))


def test_what_happened_stands_by_month_with_their_words(ann, bobs):
    enquired(ann, MONDAY - 20 * DAY, said="A banner, please.")
    hear(ann, TheyWrote(at=MONDAY, matter="roof"), words=[("", "Are you still there?")])

    page = page_of(bobs, ann)

    assert [month["name"] for month in page.context["months"]] == ["March", "February"]
    assert text_of(page).index("Are you still there?") < text_of(page).index("A banner, please.")


def test_it_asks_the_same_few_questions_whatever_has_happened(
    ann, bobs, django_assert_max_num_queries
):
    counts = []
    for many in (4, 60):  # from the third on they go before others, which is asked about
        for n in range(many):
            enquired(ann, MONDAY - n * HOUR, said="Hello?")
        with clock.at(LATER), django_assert_max_num_queries(24) as asked:
            bobs.get(reverse("person", args=[ann.pk]))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_somebody_who_was_joined_answers_with_the_other(ann, pat, bobs, mia):
    merge(pat, into=ann, by=mia, at=MONDAY)

    page = bobs.get(reverse("person", args=[pat.pk]))

    assert page.headers["Location"] == reverse("person", args=[ann.pk])


# --- notes ------------------------------------------------------


def test_a_note_is_kept_once_and_can_be_taken_back(ann, bobs):
    for _ in range(2):
        page = say(bobs, "notes", ann, note="She likes red.", token="twice")
    assert kinds(ann) == ["Noted"]
    assert "She likes red." in text_of(page)

    with clock.at(LATER):
        bobs.post(undo_of(page))
    assert kinds(ann) == ["Noted", "Retracted"]
    assert page_of(bobs, ann).context["months"][0]["items"][0]["retracted"] is True


def test_an_empty_note_is_asked_for_its_words(ann, bobs):
    assert "Write a few words first." in text_of(say(bobs, "notes", ann, note="  "))
    assert kinds(ann) == []


# --- promises ---------------------------------------------------


def test_our_word_is_owed_until_it_is_kept(ann, bobs):
    page = promise(bobs, ann)
    assert "Send proofs by Thu 5 Mar" in text_of(page)
    assert "keep_promises" in {row.rule for row in owed_to(ann)}

    say(bobs, "promise_end", ann, promise=the("WePromised").name, end="kept")

    assert owed_to(ann) == []
    assert page_of(bobs, ann).context["promises"]["ours"][0]["state"] == "kept"


def test_their_word_is_asked_after(ann, bobs):
    promise(bobs, ann, side="theirs", text="They decide")

    assert "ask_after_their_promise" in {row.rule for row in owed_to(ann)}
    assert page_of(bobs, ann).context["promises"]["theirs"][0]["text"] == "They decide"


def test_a_promise_with_a_condition_waits_for_it_with_a_day_to_look_again(ann, bobs):
    promise(bobs, ann, condition="the prints are ready")

    [waiting] = owed_to(ann)
    assert waiting.rule == "when_it_happens"
    assert "when the prints are ready" in text_of(page_of(bobs, ann))


def test_a_promise_that_no_longer_binds_leaves_the_books(ann, bobs):
    promise(bobs, ann)

    say(bobs, "promise_end", ann, promise=the("WePromised").name, end="released")

    assert (owed_to(ann), the("PromiseReleased").own["promise"]) == ([], the("WePromised").name)
    assert "no longer binds" in text_of(page_of(bobs, ann))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Say what was promised."),
        ({"when": ""}, "By when?"),
        ({"when": "blue cheese"}, "By when?"),
        ({"when": "yesterday"}, "By when?"),
    ],
)
def test_a_promise_without_words_or_day_is_not_kept(ann, bobs, given, sentence):
    assert sentence in text_of(promise(bobs, ann, **given))
    assert kinds(ann) == []


def test_the_end_of_an_unknown_promise_changes_nothing(ann, bobs):
    page = say(bobs, "promise_end", ann, promise="never-given", end="kept")

    assert "That promise is not in the books any more." in text_of(page)
    assert kinds(ann) == []


# --- questions --------------------------------------------------


@pytest.fixture
def asking(ann):
    enquired(ann)
    hear(ann, Asked(at=MONDAY, matter="roof"), words=[("", "How much is it?")])
    return ann


def test_a_question_is_open_until_there_is_proof(asking, bobs):
    assert "How much is it?" in text_of(page_of(bobs, asking))
    name = the("Asked").name

    refused = say(bobs, "answers", asking, asked=name, proof="")
    assert "Say how it went to them" in text_of(refused)
    assert "answer_questions" in {row.rule for row in owed_to(asking)}

    answered = say(bobs, "answers", asking, asked=name, proof="told")
    assert answered.context["questions"] == []
    assert "answer_questions" not in {row.rule for row in owed_to(asking)}


# --- consent, a strong yes, a rhythm ----------------------------


def test_they_asked_us_to_stop_and_may_be_happy_again(ann, bobs):
    enquired(ann)

    page = say(bobs, "consent", ann, say="no")
    assert "Asked us to stop" in text_of(page)
    assert "tel:" not in page.content.decode()

    page = say(bobs, "consent", ann, say="yes", at=LATER + HOUR)
    assert "Welcome" in text_of(page)


def test_a_strong_yes_goes_to_the_top(ann, bobs):
    quiet(ann)
    [before] = owed_to(ann)

    page = say(bobs, "strong_yes", ann, yes="yes")

    [keen] = owed_to(ann)
    assert keen.band < before.band
    assert "A strong yes" in text_of(page)


def test_a_strong_yes_needs_something_open(ann, bobs):
    assert "Nothing is open with them." in text_of(say(bobs, "strong_yes", ann))
    assert kinds(ann) == []


def test_staying_in_touch_is_a_matter_with_a_day(ann, bobs):
    say(bobs, "rhythm", ann, days="60")

    assert [row.rule for row in owed_to(ann)] == ["stay_in_touch"]


@pytest.mark.parametrize("days", ["", "6", "181", "-60", "60.5", "²", "9" * 5000, "sixty"])
def test_an_absurd_rhythm_is_refused(ann, bobs, days):
    page = say(bobs, "rhythm", ann, days=days)

    assert "Choose how often: between a week and half a year." in text_of(page)
    assert kinds(ann) == []


# --- owner, details, forgetting ---------------------------------


def test_somebody_else_looks_after_them_with_all_that_is_open(ann, bobs, mia):
    enquired(ann)

    page = say(bobs, "owner", ann, to=str(mia.pk))

    ann.refresh_from_db()
    assert (ann.owner, Matter.objects.get().owner) == (mia, mia)
    assert {row.member for row in owed_to(ann)} == {mia}
    assert "Mia looks after Ann now." in text_of(page)


@pytest.mark.parametrize("to", ["", "0", "-1", "9" * 30, "9" * 5000, "²", "Mia"])
def test_nobody_by_that_number_looks_after_anybody(ann, bob, bobs, to):
    assert say(bobs, "owner", ann, to=to).status_code == 404
    ann.refresh_from_db()
    assert ann.owner == bob


def test_nor_does_a_stranger_or_one_who_left(ann, workspace, bobs, sid):
    gone = member_named("Gus", workspace)
    gone.active = False
    gone.save()

    assert [say(bobs, "owner", ann, to=str(one.pk)).status_code for one in (sid, gone)] == [404] * 2


def change(client, party, /, **given):
    return say(client, "details", party, **({"name": "Ann Archer"} | given))


def test_details_are_edited_in_place(ann, bobs):
    page = change(bobs, ann, company="Archers", email="ann@work.example", about="Rides a tandem.")

    for words in ("Ann Archer", "Archers", "ann@work.example", "Rides a tandem."):
        assert words in text_of(page)
    assert kinds(ann) == []


def test_an_address_of_somebody_else_is_refused_by_name(ann, pat, bobs):
    Address.objects.create(
        workspace=pat.workspace, party=pat, kind="email", value="Pat@Print.example",
        canonical="pat@print.example",
    )  # fmt: skip

    page = change(bobs, ann, email="PAT@print.example")

    assert page.status_code == 422
    assert "That belongs to Pat already." in text_of(page)
    ann.refresh_from_db()
    assert ann.name == "Ann"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"email": "ann at work"}, "That is not a whole mail address"),
        ({"phone": "call me"}, "Write the number with its digits"),
        ({"name": ""}, "This is missing still."),
    ],
)
def test_what_cannot_be_an_address_is_said(ann, bobs, given, sentence):
    page = change(bobs, ann, **given)

    assert (page.status_code, sentence in text_of(page)) == (422, True)


def test_forgetting_asks_first_and_is_the_administrators(ann, bobs, mias):
    enquired(ann, said="My secret.")
    there = reverse("oblivion", args=[ann.pk])
    assert bobs.post(there).status_code == 403
    assert "This cannot be undone" in text_of(mias.get(there))

    with clock.at(LATER):
        page = mias.post(there, follow=True)

    assert "Forgotten." in text_of(page)
    assert "Ann" not in text_of(mias.get(reverse("people")))
    assert "My secret." not in text_of(page_of(mias, ann))
    assert is_forgotten(ann.workspace_id, "email", f"ann@home.example-{ann.workspace_id}")
    assert FollowUp.objects.filter(settled_at=None).count() == 0


def test_everything_on_the_page_can_be_undone(workspace, ann, bobs):
    enquired(ann)
    before = obligations(workspace)
    forms = [
        ("notes", {"note": "Red"}), ("strong_yes", {"yes": "yes"}), ("rhythm", {"days": "60"}),
        ("consent", {"say": "no"}),
        ("promise_given", {"text": "Proofs", "when": "thursday", "side": "ours"}),
    ]  # fmt: skip
    for n, (name, given) in enumerate(forms):
        page = say(bobs, name, ann, at=LATER + n * HOUR, **given)
        with clock.at(LATER + n * HOUR + HOUR / 2):
            bobs.post(undo_of(page))

        assert obligations(workspace) == before, name


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("notes", {"note": "x" * 20_001}),
        ("promise_given", {"text": "x" * 501, "when": "thursday"}),
        ("promise_given", {"text": "Proofs", "when": "thursday", "condition": "x" * 121}),
        ("answers", {"asked": "q", "proof": "x" * 121}),
    ],
)
def test_what_is_too_long_is_refused_and_not_cut(ann, bobs, name, given):
    assert "That is longer than we can keep" in text_of(say(bobs, name, ann, **given))
    assert kinds(ann) == []


def words_on(page):
    return [
        item["quote"]
        for month in page.context["months"]
        for item in month["items"]
        if item.get("quote")
    ]


def test_a_long_story_begins_with_its_end_and_the_rest_is_one_press_away(ann, bobs):
    for n in range(40):
        enquired(ann, MONDAY - n * HOUR, said=f"Word {n}.")

    page = page_of(bobs, ann)
    before = bobs.get(f"{reverse('person', args=[ann.pk])}?{page.context['older']}")

    assert words_on(page) == [f"Word {n}." for n in range(30)]
    assert words_on(before) == [f"Word {n}." for n in range(30, 40)]
    assert (before.context["older"], "Back to the newest" in text_of(before)) == ("", True)


@pytest.mark.parametrize(
    ("show", "seen"),
    [
        ("mail", ["They wrote", "They enquired by the website"]),
        ("calls", ["We spoke on the phone"]),
        ("notes", ["Note"]),
        ("blue", ["Note", "We spoke on the phone", "They wrote", "They enquired by the website"]),
    ],
)  # fmt: skip
def test_only_mail_calls_or_notes_are_shown(ann, bobs, show, seen):
    enquired(ann, MONDAY - 3 * HOUR)
    hear(ann, TheyWrote(at=MONDAY - 2 * HOUR, matter="roof"))
    hear(ann, WeCalled(at=MONDAY - HOUR, matter="roof"))
    hear(ann, Noted(at=MONDAY))

    page = bobs.get(reverse("person", args=[ann.pk]), {"show": show})

    items = [item for month in page.context["months"] for item in month["items"]]
    assert [item["title"] for item in items if "turn" not in item] == seen


@pytest.mark.parametrize("place", ["", "x", "2026-03-02~7", "~", "2026-03-02T10:00:00+00:00~x"])
def test_a_place_that_is_none_is_the_beginning(ann, bobs, place):
    enquired(ann, said="Hello?")

    assert words_on(bobs.get(reverse("person", args=[ann.pk]), {"before": place})) == ["Hello?"]


def test_each_line_has_an_anchor_that_others_can_point_to(ann, bobs):
    enquired(ann)

    assert f'id="fact-{the("TheyEnquired").pk}"' in page_of(bobs, ann).content.decode()


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("promise_given", {"text": "Proofs", "when": "blue cheese", "side": "theirs"}),
        ("days", {"days": "blue cheese"}),
        ("wants", {"want": "x" * 301}),
        ("notes", {"note": "x" * 20_001}),
    ],
)
def test_what_was_typed_and_could_not_be_kept_still_stands_there_once(ann, bobs, name, given):
    page = say(bobs, name, ann, **given)
    typed = {key: text for key, text in page.context["typed"].items() if text}

    assert typed == given
    assert next(iter(given.values())) in page.content.decode()
    assert page_of(bobs, ann).context["typed"] == {}


def test_a_long_note_keeps_its_lines_and_is_folded(ann, bobs):
    note = "She likes red.\nCall after ten.\n" + "And she has much to tell. " * 40
    with clock.at(MONDAY):
        bobs.post(reverse("notes", args=[ann.pk]), {"note": note, "token": "n"})
        [line, *_] = bobs.get(reverse("person", args=[ann.pk])).context["months"][0]["items"]

    assert line["quote"].startswith("She likes red.\nCall after ten.\n")
    assert line["folded"].startswith("She likes red. Call after ten.")
