"""Somebody rang: five fields, a next step, and nobody is kept twice."""

import re
from threading import Thread
from time import sleep

import pytest
from django.db import connections, transaction
from django.urls import reverse

from followthrough.core.facts import WeCalled
from followthrough.ledger import alarms, clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Address, Fact, Matter, Party
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.record import record
from tests.ledger.scene import DAY, HOUR, MONDAY, obligations
from tests.web.desk import enquired, kinds, numbers, owed_to, text_of, undo_of

CALL = {
    "name": "Ann Archer", "reach": "020 7946 0018", "wants": "A banner.",
    "when": "call tomorrow 9:00",
}  # fmt: skip


PLENTY = 0.3  # seconds, until the other one waits for us


def capture(client, at=MONDAY, **given):
    given = CALL | {"token": f"token-{next(numbers)}"} | given
    with clock.at(at):
        return client.post("/capture/", given, follow=True)


def test_five_fields_and_a_way_to_leave(bobs):
    page = bobs.get("/capture/").content.decode()
    form = page[page.index('<form class="capture"') :].partition("</form>")[0]

    shown = re.findall(r'<(?:input|textarea|select)(?! type="hidden")[^>]* name="(\w+)"', form)
    assert shown == ["name", "reach", "wants", "owner", "when"]
    assert 'href="/"' in form


def test_a_call_becomes_somebody_with_a_next_step(workspace, bob, bobs):
    page = capture(bobs)

    ann = Party.objects.get()
    assert (ann.name, ann.owner) == ("Ann Archer", bob)
    assert Address.objects.get().canonical == "+442079460018"
    assert kinds(ann) == ["Opened", "TheyEnquired", "WeCalled", "Planned"]
    assert MONDAY + DAY - HOUR in {row.due for row in owed_to(ann)}
    assert (audit(workspace, at=MONDAY).open, audit(workspace, at=MONDAY).uncovered) == (1, 0)
    assert page.redirect_chain == [(reverse("person", args=[ann.pk]), 302)]


def test_undoing_it_leaves_nothing_open(workspace, bobs):
    page = capture(bobs)

    with clock.at(MONDAY + HOUR):
        bobs.post(undo_of(page))

    assert obligations(workspace)["duties"] == []
    assert audit(workspace, at=MONDAY + HOUR).uncovered == 0


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"when": ""}, "when", "Nobody is kept without a next step."),
        ({"when": "blue cheese"}, "when", ""),
        ({"when": "yesterday"}, "when", ""),
        ({"name": "", "reach": ""}, "name", "A name or a number: one of them is enough."),
        ({"reach": "call me"}, "reach", "Write a number such as"),
        ({"reach": "ann@"}, "reach", "Write a number such as"),
        ({"reach": "123"}, "reach", "Write a number such as"),
        ({"owner": "0"}, "owner", "Choose who looks after them."),
        ({"owner": "²"}, "owner", "Choose who looks after them."),
        ({"owner": "9" * 12}, "owner", "Choose who looks after them."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(bobs, given, field, sentence):
    page = capture(bobs, **given)

    errors = page.context["errors"]
    assert (page.status_code, list(errors)) == (422, [field])
    assert errors[field].startswith(sentence)
    assert errors[field] in text_of(page)
    assert Party.objects.count() == 0
    for name, value in (CALL | given).items():
        if name != "owner":
            assert value in page.content.decode(), name


def test_a_text_that_is_too_long_is_refused_and_not_cut(bobs):
    page = capture(bobs, wants="x" * 5000)

    assert (page.status_code, Party.objects.count()) == (422, 0)
    assert "x" * 5000 in page.content.decode()


ASKS = "A banner.\nHow much is it?\n  How soon?  \nRed."


def test_each_line_that_asks_is_owed_an_answer(mia, bobs):
    capture(bobs, wants=ASKS, owner=str(mia.pk))

    asked = Fact.objects.filter(kind="Asked").select_related("text")
    assert [fact.text.body for fact in asked.order_by("pk")] == ["How much is it?", "How soon?"]
    assert sum(row.rule == "answer_questions" for row in owed_to(Party.objects.get())) == 2


def test_whoever_takes_the_call_has_spoken_with_them_and_the_day_they_agreed_on_stands(bobs):
    capture(bobs, wants=ASKS)

    [row] = owed_to(Party.objects.get())
    assert row.rule == "keep_the_plan"


def test_what_was_asked_comes_back_where_that_day_brought_no_answer(bob, bobs):
    capture(bobs, wants=ASKS)
    ann = Party.objects.get()
    [step] = owed_to(ann)

    called = WeCalled(at=step.due, matter=step.matter.key, by=str(bob.pk), did=step.key)
    record(ann, called, source="the day", at=step.due)

    assert sum(row.rule == "answer_questions" for row in owed_to(ann)) == 2


def test_somebody_new_with_a_number_that_we_know_is_somebody_new(bobs):
    capture(bobs)

    capture(bobs, MONDAY + HOUR, name="Ann Archer", party="new")

    assert Party.objects.count() == 2


def test_the_same_number_is_the_same_somebody_and_joins_what_is_open(bobs):
    capture(bobs)

    capture(bobs, MONDAY + HOUR, name="A. Archer", reach="+44 20 7946 0018")

    assert (Party.objects.count(), Matter.objects.count()) == (1, 1)
    assert Party.objects.get().name == "Ann Archer"


def test_pressed_twice_it_is_kept_once_even_without_a_number(bobs):
    pages = [capture(bobs, reach="", token="pressed-twice") for _ in range(2)]

    assert (Party.objects.count(), Matter.objects.count()) == (1, 1)
    assert pages[0].redirect_chain == pages[1].redirect_chain


def test_it_joins_an_enquiry_that_is_open(ann, bobs):
    enquired(ann)
    Address.objects.filter(kind="phone").update(canonical="+442079460018")

    capture(bobs, MONDAY + HOUR)

    assert kinds(ann) == ["TheyEnquired", "TheyEnquired", "WeCalled", "Planned"]
    assert Matter.objects.get().key == "roof"


def test_whose_line_it_is_gets_it_and_is_told(mia, bobs):
    capture(bobs, owner=str(mia.pk))

    ann = Party.objects.get()
    assert (ann.owner, Matter.objects.get().owner) == (mia, mia)
    assert {row.member for row in owed_to(ann)} == {mia}
    assert Fact.objects.get(kind="TheyEnquired").by != str(mia.pk)
    with clock.at(MONDAY):
        assert alarms.unseen(mia, at=MONDAY + HOUR / 60).count() == 1


def test_an_owner_can_also_be_chosen_for_what_is_open(mia, bobs):
    capture(bobs)

    capture(bobs, MONDAY + HOUR, owner=str(mia.pk))
    assert Matter.objects.get().owner == mia


def test_and_chosen_back_again(mia, bob, bobs):
    capture(bobs)
    capture(bobs, MONDAY + HOUR, owner=str(mia.pk))

    capture(bobs, MONDAY + 2 * HOUR, owner=str(bob.pk))

    assert Matter.objects.get().owner == bob


def test_whoever_takes_the_call_takes_nobody_away(bob, bobs, mias):
    capture(bobs)
    assert "Whoever looks after them already, else me" in text_of(mias.get("/capture/"))

    capture(mias, MONDAY + HOUR)

    assert (Party.objects.get().owner, Matter.objects.get().owner) == (bob, bob)
    assert {row.member for row in owed_to(Party.objects.get())} == {bob}


def test_a_new_enquiry_of_somebody_known_is_with_who_looks_after_them(ann, bob, mias):
    Address.objects.filter(kind="phone").update(canonical="+442079460018")

    capture(mias)

    assert Matter.objects.get().owner == bob


def test_another_story_on_the_old_page_is_news(bobs):
    for wants in ("A banner.", "And a sign."):
        capture(bobs, token="same", wants=wants)

    assert kinds(Party.objects.get()).count("TheyEnquired") == 2


def test_pressed_twice_it_says_that_it_was_kept(bobs):
    capture(bobs, token="same")

    assert "Ann was kept already." in text_of(capture(bobs, token="same"))


@pytest.mark.django_db(transaction=True)
def test_a_colleague_who_writes_the_same_number_down_at_that_moment_stops_nothing(bob, bobs, mia):
    known, pages = Known(name="Ann Archer", phones=("020 7946 0018",)), []

    def captured():
        try:
            pages.append(capture(bobs))
        finally:
            connections.close_all()

    with transaction.atomic():
        find_or_add(bob.workspace, known, owner=mia, at=MONDAY)
        writer = Thread(target=captured)
        writer.start()
        sleep(PLENTY)
    writer.join()

    assert "Kept. Ann has a next step." in text_of(pages[0])
    assert (Party.objects.count(), Matter.objects.count()) == (1, 1)


def test_a_strangers_number_is_nobody_here(sid, bobs):
    assert list(capture(bobs, owner=str(sid.pk)).context["errors"]) == ["owner"]


def test_a_name_or_a_number_alone_is_enough(bobs):
    capture(bobs, name="")
    capture(bobs, reach="")

    assert sorted(Party.objects.values_list("name", flat=True)) == ["020 7946 0018", "Ann Archer"]
