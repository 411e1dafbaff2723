"""No open matter is ever dropped: thousands of random actions, and the audit in SQL says so."""

import importlib
import os

import pytest
from tests.ledger.office import Office

from followthrough.ledger.audit import audit
from followthrough.ledger.sweep import sweep

# The function `decide` hides the module of that name.
engine = importlib.import_module("followthrough.core.decide")
balancing = importlib.import_module("followthrough.ledger.balance")

ACTIONS = int(os.environ.get("CHAOS_ACTIONS", "10000"))
SEED = int(os.environ.get("CHAOS_SEED", "20260302"))

pytestmark = [pytest.mark.chaos, pytest.mark.django_db]


def test_no_open_matter_is_ever_dropped(workspace):
    office = Office(workspace, SEED)

    for n in range(1, ACTIONS + 1):
        office.act()
        if n % 250 == 0:
            found = audit(workspace, at=office.now)
            assert found.uncovered == 0, f"after {n} actions, seed {SEED}: {found!r}"

    assert found.open > 50
    assert sweep(workspace, at=office.now) == 0


def test_without_the_net_something_is_dropped(workspace, monkeypatch):
    monkeypatch.setattr(engine, "_net", lambda *_: [])

    assert _worst(workspace) > 0


def test_without_any_rule_the_net_still_holds(workspace, monkeypatch):
    monkeypatch.setattr(engine, "RULES", {})

    assert _worst(workspace) == 0


def test_a_rule_that_loses_a_matter_is_found_out(workspace, monkeypatch):
    def forgetful(history, terms):
        return [one for one in engine.decide(history, terms) if one.rule != "answer_them"]

    monkeypatch.setattr(balancing, "decide", forgetful)

    assert _worst(workspace) > 0


def test_a_date_beyond_the_bound_is_found_out(workspace, monkeypatch):
    def sleepy(history, terms):
        owed = engine.decide(history, terms)
        return [engine.replace(one, due=one.due + 3 * terms.bound) for one in owed]

    monkeypatch.setattr(balancing, "decide", sleepy)

    assert _worst(workspace) > 0


def _worst(workspace):
    office = Office(workspace, SEED, parties=30)
    worst = 0
    for _ in range(6):
        for _ in range(50):
            office.act()
        worst = max(worst, audit(workspace, at=office.now).uncovered)
    return worst
