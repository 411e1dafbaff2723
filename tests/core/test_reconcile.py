"""What is owed meets the books: opened, moved, settled, and nothing else."""

from dataclasses import replace

from tests.core.cast import FRIDAY, MONDAY, only, wrote

from followthrough.core import rules
from followthrough.core.reconcile import Changes, OnTheBooks, digest_of, reconcile
from followthrough.core.registry import discover

ONE = only(wrote(MONDAY, name="w"))


def on_the_books(*owed):
    return {one.key: OnTheBooks(id=n, digest=digest_of(one)) for n, one in enumerate(owed)}


def test_a_new_debt_is_opened():
    assert reconcile({}, [ONE]) == Changes(opened=(ONE,))


def test_a_debt_that_stands_is_left_alone():
    assert not reconcile(on_the_books(ONE), [ONE])


def test_a_debt_that_changed_is_moved():
    moved = replace(ONE, due=FRIDAY)

    assert reconcile(on_the_books(ONE), [moved]) == Changes(moved=((0, moved),))


def test_a_debt_that_is_no_longer_owed_is_settled():
    assert reconcile(on_the_books(ONE), []) == Changes(settled=((0, "answer_them/roof/w"),))


def test_the_next_step_is_a_row_of_its_own():
    following = replace(ONE, occasion="x")
    changes = reconcile(on_the_books(ONE), [following])

    assert changes == Changes(opened=(following,), settled=((0, ONE.key),))
    assert changes


def test_the_digest_sees_every_difference():
    different = [
        replace(ONE, **{field: value})
        for field, value in {
            "due": FRIDAY, "what": "x", "why": "x", "who": "x", "how": "x", "held": "x",
            "band": 9, "rank": 9, "count": 9, "blocks": True, "alarms": (), "evidence": (),
        }.items()
    ]  # fmt: skip

    assert len({digest_of(one) for one in [ONE, *different]}) == 13


def test_a_folder_is_walked_in_alphabetical_order():
    found = discover(rules, "rule")

    assert list(found) == sorted(found)
    assert all(rule.promise.endswith(".") for rule in found.values())
