"""A language model is asked with an end in time and length; whatever goes wrong is said plainly."""

import pytest
from tests.servers.model import language_model

from followthrough.inlets.servers.chat import LONGEST, MOST_BYTES, Asked, draft_of, host_of
from followthrough.inlets.servers.trouble import Trouble


@pytest.fixture(scope="module")
def server():
    with language_model() as model:
        yield model


@pytest.fixture
def model(server):
    server.says, server.body, server.code, server.slow = "Hello Ann.", None, 200, False
    return server


def ask(address, inside="machine", seconds=3.0, key=""):
    says = (("system", "Be kind."), ("user", "Ann waits."))
    asked = Asked(address=address, model="small", key=key, says=says)
    return draft_of(asked, inside=inside, seconds=seconds)


def said(address, **more):
    with pytest.raises(Trouble) as trouble:
        ask(address, **more)
    return str(trouble.value.said)


def test_it_is_asked_as_its_kind_is_asked_and_what_it_answers_is_words(model):
    assert ask(model.address, key="sesame") == "Hello Ann."

    assert model.paths[-1] == "/v1/chat/completions"
    assert model.keys[-1] == "Bearer sesame"
    assert model.asked[-1] == {
        "model": "small", "stream": False,
        "messages": [
            {"role": "system", "content": "Be kind."}, {"role": "user", "content": "Ann waits."},
        ],
    }  # fmt: skip


def test_without_a_key_none_is_sent(model):
    ask(model.address)

    assert model.keys[-1] is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (401, "does not accept the key"),
        (403, "does not accept the key"),
        (404, "knows no model of that name"),
        (302, "knows no model of that name"),
        (429, "has too much to do"),
        (500, "had a fault of its own (500)"),
        (503, "had a fault of its own (503)"),
    ],
)
def test_a_refusal_says_what_to_do(model, code, sentence):
    model.code = code

    assert sentence in said(model.address)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<html>Welcome</html>", "is no draft"),
        (b"", "is no draft"),
        (b'{"choices": []}', "is no draft"),
        (b'{"choices": [{"message": {"content": 7}}]}', "is no draft"),
        (b"[" * 100_000, "is no draft"),
        (b'"' + b"x" * MOST_BYTES + b'"', "more than a mail can hold"),
        (b'{"choices": [{"message": {"content": "  "}}]}', "answered with nothing"),
    ],
)
def test_an_answer_that_is_no_draft_is_not_taken_over(model, body, sentence):
    model.body = body

    assert sentence in said(model.address)


def test_an_answer_that_is_too_long_is_not_taken_over(model):
    model.says = "x" * (LONGEST + 1)

    assert "more than a mail can hold" in said(model.address)


def test_what_no_mail_should_hold_is_left_out(model):
    model.says = "Hello\x00 Ann,\n\x1b[31mred\u202e"

    assert ask(model.address) == "Hello Ann,\n[31mred"


def test_whoever_is_too_slow_is_not_waited_for(model):
    model.slow = True

    assert "took too long" in said(model.address, seconds=0.2)


def test_whoever_is_not_there_is_named():
    assert "127.0.0.1 does not answer" in said("http://127.0.0.1:1/v1")


@pytest.mark.parametrize(
    ("address", "inside", "sentence"),
    [
        ("https://127.0.0.1/v1", "", "MODEL_INSIDE"),
        ("https://localhost/v1", "", "MODEL_INSIDE"),
        ("https://169.254.169.254/v1", "", "MODEL_INSIDE"),
        ("https://169.254.169.254/v1", "machine", "MODEL_INSIDE"),
        ("https://10.0.0.7/v1", "", "MODEL_INSIDE"),
        ("https://127.0.0.1/v1", "house", "MODEL_INSIDE"),
        ("http://127.0.0.1:11434/v1", "", "Write the address without a port."),
        ("http://93.184.216.34/v1", "house", "https in front"),
    ],
)
def test_nobody_looks_around_in_the_house_by_way_of_it(address, inside, sentence):
    assert sentence in said(address, inside=inside)


@pytest.mark.parametrize(
    "address",
    ["", "models", "ftp://models.example", "https://", "https://u:p@models.example", "https://x:y",
     "https://models.example/?a=b", "https://[::1"],
)  # fmt: skip
def test_what_is_no_address_is_asked_for_again(address):
    with pytest.raises(Trouble, match="Write the address as its maker gives it"):
        host_of(address)
