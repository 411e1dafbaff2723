"""The sequences: read, taken, written, moved about, and each change taken back."""

import pytest
from django.urls import reverse

from followthrough.core.facts import OptedOut
from followthrough.ledger import clock, sequences
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import FollowUp, Matter, Sequence
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.stories.plans import plan_called, step_of, with_plans
from tests.web.desk import filled, hear, sheet_of, text_of, undo_of

pytestmark = pytest.mark.django_db
STEP = {"how": "call", "wait": "1", "unit": "business_days", "what": "", "subject": "",
        "words": "", "alone": ""}  # fmt: skip


def form(*steps, name="After a fair", **more):
    """The editor's form as a browser sends it: a list of values for each part of a step."""
    told = {part: [(STEP | step)[part] for step in steps] for part in STEP}
    return {"name": name, "talk_ends": "yes", "begins": "", "who": "", **told, **more}


def send(client, address, *steps, do="save", at=MONDAY, **more):
    with clock.at(at):
        return client.post(address, form(*steps, do=do, **more), follow=True)


def steps_of(sequence):
    return [step["how"] for step in sequences.newest(sequence).steps]


@pytest.fixture
def fair(mias):
    send(mias, reverse("sequence_new"), {"how": "call"}, {"how": "email", "wait": "2"})
    return Sequence.objects.get()


@pytest.fixture
def begun(fair, ann, bob):
    enrol(ann, fair, by=bob, at=MONDAY, source="begin")
    return ann


# --- the list -----------------------------------------------------------------------------


def test_on_the_first_day_there_is_what_is_ready_made(mias):
    page = mias.get(reverse("sequences"))

    assert "None yet" in text_of(page)
    assert "New enquiry, seven touches" in text_of(page)


def test_a_ready_made_one_is_taken_once_and_taken_back(mias):
    page = mias.post(reverse("sequences"), {"ready": "quote"}, follow=True)
    assert "“After a quote” is yours." in text_of(page)

    again = mias.post(reverse("sequences"), {"ready": "quote"}, follow=True)
    assert "That name is taken." in text_of(again)

    mias.post(undo_of(page))
    assert Sequence.objects.get().retired_at is not None


@pytest.mark.parametrize("nonsense", ["", "no such plan"])
def test_what_is_not_there_is_not_taken(mias, nonsense):
    mias.post(reverse("sequences"), {"ready": nonsense})

    assert Sequence.objects.count() == 0


def test_it_says_who_is_in_it(mias, begun):
    assert "2 steps · 1 person in it" in text_of(mias.get(reverse("sequences")))


def test_no_longer_begun_and_back_again(mias, fair):
    page = mias.post(reverse("sequence_retirement", args=[fair.pk]), follow=True)
    fair.refresh_from_db()
    assert fair.retired_at is not None

    mias.post(undo_of(page))
    fair.refresh_from_db()
    assert fair.retired_at is None


def test_the_list_asks_as_much_for_many_as_for_few(workspace, mias, fair, assert_queries):
    with assert_queries(60) as few:
        mias.get(reverse("sequences"))
    with_plans(workspace)

    with assert_queries(len(few)):
        mias.get(reverse("sequences"))


# --- the editor ---------------------------------------------------------------------------


def test_what_is_written_is_kept_and_taken_back(mias):
    page = send(mias, reverse("sequence_new"), {"how": "call"}, {"how": "card", "wait": "5"})

    assert steps_of(Sequence.objects.get()) == ["call", "card"]
    mias.post(undo_of(page))
    assert Sequence.objects.get().retired_at is not None


@pytest.mark.parametrize(
    ("press", "order"),
    [
        ("up-2", ["email", "call"]), ("down-1", ["email", "call"]), ("up-1", ["call", "email"]),
        ("down-2", ["call", "email"]), ("remove-1", ["email"]),
        ("add", ["call", "email", "call"]), ("look", ["call", "email"]),
        ("up-99999", ["call", "email"]), ("nonsense", ["call", "email"]), ("", ["call", "email"]),
    ],
)  # fmt: skip
def test_a_press_moves_the_lines_and_keeps_nothing_yet(mias, fair, press, order):
    page = send(
        mias, reverse("sequence", args=[fair.pk]), {"how": "call"},
        {"how": "email", "wait": "2", "words": "Hello {name}"}, do=press,
    )  # fmt: skip

    assert [line["step"].how for line in page.context["lines"]] == order
    assert "After a fair" in text_of(page)
    assert sequences.newest(fair).number == 1


@pytest.mark.parametrize(
    ("steps", "more", "said"),
    [
        ([{}], {"name": " "}, "Give it a name"),
        ([], {}, "at least one step"),
        ([{"wait": "soon"}], {}, "A wait is from 0 to 365."),
        ([{"wait": "-1"}], {}, "A wait is from 0 to 365."),
        ([{"words": "Dear {surname}"}], {}, "Nobody knows what to fill in for {surname}."),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stands(mias, steps, more, said):
    page = send(mias, reverse("sequence_new"), *steps, **more)

    assert page.status_code == 422
    assert said in text_of(page)
    assert [line["step"].words for line in page.context["lines"]] == [
        step.get("words", "") for step in steps
    ]
    assert Sequence.objects.count() == 0


def test_saving_what_is_the_same_makes_no_version(mias, fair):
    send(mias, reverse("sequence", args=[fair.pk]), {"how": "call"}, {"how": "email", "wait": "2"})

    assert sequences.newest(fair).number == 1


def test_whoever_is_in_it_keeps_it_unless_they_are_moved(mias, fair, begun):
    there = reverse("sequence", args=[fair.pk])
    page = mias.get(there)
    assert "1 person is in it" in text_of(page)
    assert "1 before step 1" in text_of(page)

    send(mias, there, {"how": "card", "wait": "9"}, at=MONDAY + HOUR)
    assert step_of(begun).how == "call"

    page = send(mias, there, {"how": "sms", "wait": "9"}, at=MONDAY + 2 * HOUR, move="yes")
    assert step_of(begun).how == "sms"
    assert "1 person goes on in it." in text_of(page)

    with clock.at(MONDAY + 3 * HOUR):
        mias.post(undo_of(page))
    assert step_of(begun).how == "call"
    assert steps_of(fair) == ["card"]


def test_it_begins_by_itself_from_now_on_and_that_is_taken_back(mias, fair):
    two = ({"how": "call"}, {"how": "email", "wait": "2"})
    page = send(mias, reverse("sequence", args=[fair.pk]), *two, begins="enquiry")
    fair.refresh_from_db()
    assert fair.begins == "enquiry"

    mias.post(undo_of(page))
    fair.refresh_from_db()
    assert fair.begins == ""


def test_whoever_does_not_manage_reads_it(bobs, fair):
    there = reverse("sequence", args=[fair.pk])

    assert "You see how it goes." in text_of(bobs.get(there))
    assert bobs.post(there, form({})).status_code == 403
    assert bobs.post(reverse("sequences"), {"ready": "quote"}).status_code == 403
    assert bobs.get(reverse("sequence_new")).status_code == 403


def test_a_stranger_opens_none(sids, fair):
    for name in ("sequence", "sequence_retirement"):
        assert sids.post(reverse(name, args=[fair.pk])).status_code == 404


# --- thirty days ---------------------------------------------------------------------------


def test_the_days_ahead_of_somebody_who_is_named(mias, fair, ann):
    page = send(
        mias, reverse("sequence", args=[fair.pk]), {"how": "call"}, {"how": "email", "wait": "2"},
        do="look", who="ann",
    )  # fmt: skip

    assert [day["day"] for day in page.context["ahead"]] == ["Tue 3 Mar", "Thu 5 Mar"]
    assert [cell["full"] for week in page.context["weeks"] for cell in week if cell["full"]] == [
        "4", "2",
    ]  # fmt: skip


def test_from_the_days_ahead_of_somebody_one_comes_back_to_beginning_it(mias, fair, ann):
    with clock.at(MONDAY):
        page = mias.get(reverse("sequence", args=[fair.pk]), {"who": "Ann"})

    assert f'href="{reverse("plan", args=[ann.pk])}"' in page.content.decode()


def test_nobody_of_that_name(mias, fair, ann):
    with clock.at(MONDAY):
        page = mias.get(reverse("sequence", args=[fair.pk]), {"who": "Zebedee"})

    assert "Nobody is called that." in text_of(page)


def test_whoever_asked_us_to_stop_hears_nothing(mias, fair, ann):
    hear(ann, OptedOut(at=MONDAY))
    with clock.at(MONDAY):
        page = mias.get(reverse("sequence", args=[fair.pk]), {"who": "Ann"})

    assert "They asked us to stop, so nothing goes out to them." in text_of(page)


# --- with somebody --------------------------------------------------------------------------


def press(client, party, do, at=MONDAY + HOUR, **more):
    key = Matter.objects.filter(party=party).values_list("key", flat=True).first() or ""
    given = {"do": do, "matter": key, "token": f"{do}-{at}"} | more
    with clock.at(at):
        return client.post(reverse("plan", args=[party.pk]), given, follow=True)


def test_skipped_stopped_and_each_taken_back(bobs, begun):
    page = press(bobs, begun, "skip")
    assert step_of(begun).how == "email"
    bobs.post(undo_of(page))
    assert step_of(begun).how == "call"

    page = press(bobs, begun, "stop", at=MONDAY + 2 * HOUR)
    assert step_of(begun) is None
    bobs.post(undo_of(page))
    assert step_of(begun).how == "call"


def test_the_page_says_how_far_it_has_come_and_what_it_waits_for(bobs, begun):
    with clock.at(MONDAY):
        page = text_of(bobs.get(reverse("person", args=[begun.pk])))
    assert "Plan “After a fair”: step 1 of 2 · next tomorrow, 09:00" in page


def test_begun_twice_is_refused_with_a_sentence(bobs, begun, fair):
    page = press(bobs, begun, "begin", sequence=fair.pk)

    assert "They are in it already." in text_of(page)


@pytest.mark.parametrize("nonsense", ["", "x", "999999"])
def test_a_sequence_that_is_not_there_begins_nothing(bobs, ann, nonsense):
    assert press(bobs, ann, "begin", sequence=nonsense).status_code == 404


@pytest.mark.parametrize("do", ["skip", "stop"])
def test_where_nothing_runs_nothing_is_skipped(bobs, ann, do):
    assert "nothing was added" in text_of(press(bobs, ann, do))


def test_who_is_in_no_plan_costs_the_page_no_question(bobs, ann, fair, assert_queries):
    with assert_queries(80) as asked:
        bobs.get(reverse("person", args=[ann.pk]))

    assert [one for one in asked.captured_queries if "ledger_sequence" in one["sql"]] == []


def test_begun_with_several_and_taken_back_from_all(bobs, fair, ann, pat):
    hear(pat, OptedOut(at=MONDAY - DAY))
    asked = bobs.post(reverse("together"), {"party": [ann.pk, pat.pk], "do": "plan"}, follow=True)
    assert "Begin a plan with 2 people" in text_of(asked)

    given = {"party": [ann.pk, pat.pk], "sequence": fair.pk, "token": "t"}
    with clock.at(MONDAY):
        page = bobs.post(reverse("plan_for_many"), given, follow=True)
    assert "“After a fair” begins with 1 person." in text_of(page)
    assert "Pat: They asked us to stop, so no plan begins." in text_of(page)
    assert step_of(ann).how == "call"

    with clock.at(MONDAY + HOUR):
        bobs.post(undo_of(page))
    assert step_of(ann) is None
    assert "nobody in it" in text_of(bobs.get(reverse("sequences")))
    assert "Nobody is in it" in text_of(bobs.get(reverse("sequence", args=[fair.pk])))


def test_with_nobody_ticked_nothing_begins(bobs, fair):
    page = bobs.post(reverse("plan_for_many"), {"sequence": fair.pk}, follow=True)

    assert "Tick at least one of them first." in text_of(page)


# --- in the sheet ---------------------------------------------------------------------------


def test_the_sheet_offers_that_the_plan_goes_on(bobs, begun):
    with clock.at(MONDAY + DAY):
        page = bobs.get(sheet_of(step_of(begun)))

    assert page.context["mode"] == "plan"
    assert "Plan “After a fair”: step 1 of 2. Next: Mail, " in text_of(page)


def test_one_press_and_the_next_step_stands(bobs, begun):
    with clock.at(MONDAY + DAY):
        form = filled(outcome="no_answer", mode="plan")
        page = bobs.post(sheet_of(step_of(begun)), form, follow=True)

    assert step_of(begun).how == "email"
    assert "Kept. The plan goes on with Ann." in text_of(page)


@pytest.mark.parametrize("outcome", ["spoke", "came"])
def test_who_has_spoken_chooses_what_comes_next(bobs, begun, outcome):
    row = step_of(begun)
    row = row if outcome == "spoke" else mailed(bobs, begun)
    with clock.at(MONDAY + 4 * DAY):
        page = bobs.post(sheet_of(row), filled(outcome=outcome, mode="plan"))

    assert page.status_code == 422
    assert "so the plan ends. Choose what comes next." in text_of(page)


def mailed(client, party):
    with clock.at(MONDAY + DAY):
        client.post(sheet_of(step_of(party)), filled(outcome="no_answer", mode="plan"))
    return step_of(party)


def test_a_step_of_ones_own_and_the_plan_waits(bobs, begun):
    with clock.at(MONDAY + DAY):
        form = filled(outcome="no_answer", mode="next", when="call in 2 weeks")
        bobs.post(sheet_of(step_of(begun)), form)
        page = bobs.get(reverse("person", args=[begun.pk]))

    assert [row.rule for row in FollowUp.objects.filter(settled_at=None)] == ["keep_the_plan"]
    assert "it waits: you chose a step of your own" in text_of(page)


def test_only_a_step_of_a_plan_can_go_on(bobs, ann):
    hear(ann, OptedOut(at=MONDAY - DAY, channels=("sms",)))
    with clock.at(MONDAY):
        bobs.post(reverse("notes", args=[ann.pk]), {"note": "Rang", "what": "call", "token": "a"})
        row = FollowUp.objects.get(settled_at=None)
        page = bobs.post(sheet_of(row), filled(outcome="spoke", mode="plan"))

    assert page.status_code == 422
    assert "Pick a next step" in text_of(page)


def test_the_words_of_the_step_stand_beside_it(workspace, bobs, ann, bob):
    with_plans(workspace)
    enrol(ann, plan_called("came"), by=bob, at=MONDAY, source="begin")
    with clock.at(MONDAY + DAY):
        page = bobs.get("/")

    assert "Thank you for coming" in text_of(page)
    assert "it was good to have you with us" in text_of(page)


def test_one_at_a_time_the_plan_goes_on_as_well(bobs, begun):
    with clock.at(MONDAY + DAY):
        page = bobs.get(reverse("one"))

    assert [one["url"].partition("outcome=")[2] for one in page.context["results"]] == [
        "spoke&when=call+in+3+working+days", "message&mode=plan", "no_answer&mode=plan",
    ]  # fmt: skip
