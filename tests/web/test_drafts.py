"""A draft from a language model: off at first, shown before it is asked, never sent by itself."""

import pytest
from django.urls import reverse

from followthrough.ledger import clock
from followthrough.ledger.drafting import model_of, secret_of
from followthrough.ledger.models import LanguageModel, Member, Message
from tests.ledger.scene import DAY, MONDAY
from tests.servers.model import language_model
from tests.web.desk import enquired, first_owed, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    with language_model() as model:
        yield model


@pytest.fixture
def model(server, settings):
    settings.MODEL_INSIDE = "machine"
    server.says, server.code = "Hello Ann, here is an idea.", 200
    server.asked.clear()
    server.keys.clear()
    return server


@pytest.fixture
def administers(bob):
    Member.objects.filter(pk=bob.pk).update(role="administrator")


def name(client, there, **given):
    said = {"address": there.address, "model": "small", "key": "sesame"} | given
    with clock.at(MONDAY):
        return client.post("/settings/model/", said, follow=True)


@pytest.fixture
def named(model, administers, bobs):
    name(bobs, model)
    model.asked.clear()
    return model


@pytest.fixture
def there(ann):
    enquired(ann, said="We open a bakery. Do you do signs?")
    return reverse("followup_draft", args=[first_owed(ann).pk])


def press(client, there, **given):
    with clock.at(MONDAY + DAY):
        return client.post(there, given)


# --- named by an administrator ---------------------------------------------------------------


def test_nobody_is_asked_until_an_administrator_names_one(there, bobs):
    sheet = bobs.get(there.replace("draft/", ""))

    assert "Draft it for me" not in text_of(sheet)
    assert press(bobs, there, look="yes").status_code == 404


def test_only_an_administrator_names_one(model, bobs):
    assert bobs.get("/settings/model/").status_code == 403
    assert name(bobs, model).status_code == 403


def test_it_is_tried_and_its_key_is_kept_sealed(model, administers, bobs, workspace):
    page = name(bobs, model)

    row = LanguageModel.objects.get()
    assert "It answers." in text_of(page)
    assert model.keys == ["Bearer sesame"]
    assert "sesame" not in row.secret
    assert secret_of(row) == "sesame"
    assert "sesame" not in page.content.decode()


def test_one_that_does_not_answer_is_not_kept(model, administers, bobs):
    model.code = 500

    page = name(bobs, model)

    assert page.status_code == 422
    assert "127.0.0.1 had a fault of its own (500)" in text_of(page)
    assert LanguageModel.objects.count() == 0


def test_one_inside_the_house_needs_leave_of_whoever_runs_this(model, administers, bobs, settings):
    settings.MODEL_INSIDE = ""

    assert "without a port" in text_of(name(bobs, model))
    assert "MODEL_INSIDE" in text_of(name(bobs, model, address="https://127.0.0.1/v1"))
    assert model.asked == []


def test_a_key_never_goes_to_another_address(named, bobs):
    name(bobs, named, key="", address=f"http://localhost:{named.port}/v1")

    assert named.keys[-1] is None
    assert secret_of(LanguageModel.objects.get()) == ""


def test_a_key_that_is_not_typed_again_stays(named, bobs):
    name(bobs, named, key="", model="larger")

    assert named.keys[-1] == "Bearer sesame"
    assert secret_of(LanguageModel.objects.get()) == "sesame"


def test_it_is_asked_no_more_and_that_is_taken_back(named, bobs, workspace):
    page = bobs.post("/settings/model/gone/", follow=True)
    assert model_of(workspace) is None
    assert 'action="/settings/model/back/"' in page.content.decode()

    bobs.post("/settings/model/back/")
    assert model_of(workspace) is not None


# --- asked by whoever writes --------------------------------------------------------------------


def test_what_would_be_told_is_shown_and_nobody_is_asked(named, there, bobs):
    page = press(bobs, there, look="yes", subject="Your sign", text="")

    assert named.asked == []
    assert "What stands here, and nothing else, is sent to 127.0.0.1 (small)." in text_of(page)
    assert (
        "What they said last, shortened: We open a bakery. Do you do signs?"
        in (page.context["told"])
    )


def test_just_what_was_shown_is_told_and_the_draft_stands_in_the_form(named, there, bobs):
    told = "Ann opens a bakery."

    page = press(bobs, there, told=told, subject="Your sign", text="Hello")

    [asked] = named.asked
    assert [one["role"] for one in asked["messages"]] == ["system", "user"]
    assert asked["messages"][1]["content"] == told
    assert "bakery" not in asked["messages"][0]["content"]
    assert page.context["written"].text == "Hello Ann, here is an idea."
    assert page.context["written"].subject == "Your sign"
    assert page.context["before"] == "Hello"
    assert Message.objects.count() == 0


def test_a_draft_that_pushes_is_remarked_on_too(named, there, bobs):
    named.says = "This is the third time I am writing."

    assert "Nobody likes to hear how often" in text_of(press(bobs, there, told="x"))


def test_a_model_that_fails_loses_nothing(named, there, bobs):
    named.code = 500

    page = press(bobs, there, told="Ann opens a bakery.", subject="S", text="Mine")

    assert "had a fault of its own (500)" in text_of(page)
    assert page.context["told"] == "Ann opens a bakery."
    assert page.context["written"].text == "Mine"


def test_a_key_that_cannot_be_read_any_more_says_so(named, there, bobs, settings):
    LanguageModel.objects.update(secret="of another server")

    assert "Its key cannot be read any more." in text_of(press(bobs, there, told="x"))
    assert named.asked == []


def test_another_team_asks_nobody(named, there, sids):
    assert press(sids, there, look="yes").status_code == 404
