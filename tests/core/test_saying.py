"""Sentences that remember what they were made of."""

import pickle

from followthrough.core.saying import Saying, says, says_many


def test_a_saying_is_the_english_sentence():
    assert says("They wrote") == "They wrote"
    assert says_many("{n} call without an answer", "{n} calls without an answer", n=3) == (
        "3 calls without an answer"
    )
    assert says_many("{n} call", "{n} calls", n=1) == "1 call"


def test_without_values_braces_stay():
    assert says("Hello {name}") == "Hello {name}"


def test_it_comes_back_from_the_books_as_it_was():
    said = says("Our {what} came back: {why}", what=says("mail"), why="no such address")
    again = Saying.read(said.stored())
    assert again == said == "Our mail came back: no such address"
    assert isinstance(again.values["what"], Saying)
    assert again.values["why"] == "no such address"


def test_it_survives_the_way_to_another_process():
    said = pickle.loads(pickle.dumps(says("This row has {cells} cells", cells=3)))
    assert (said, said.template, said.values) == (
        "This row has 3 cells",
        "This row has {cells} cells",
        {"cells": 3},
    )
