"""No open matter is ever dropped: thousands of random actions, and the audit in SQL says so."""

import importlib
import os

import pytest
from tests.ledger.office import Office

from followthrough.ledger.audit import audit
from followthrough.ledger.models import Fact, Matter
from followthrough.ledger.sweep import sweep

# The function `decide` hides the module of that name.
engine = importlib.import_module("followthrough.core.decide")
deciding = importlib.import_module("followthrough.ledger.twins")

ACTIONS = int(os.environ.get("CHAOS_ACTIONS", "10000"))
OFFICES = 4  # that share the actions: no worker of the tests has to wait for one of them
SEED = int(os.environ.get("CHAOS_SEED", "20260302"))

# Each action commits, as in life: one long transaction would slow SQLite down.
pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("seed", range(SEED, SEED + OFFICES))
def test_no_open_matter_is_ever_dropped(workspace, seed):
    office = Office(workspace, seed)

    for n in range(1, ACTIONS // OFFICES + 1):
        office.act()
        if n % 250 == 0:
            found = audit(workspace, at=office.now)
            assert found.uncovered == 0, f"after {n} actions, seed {seed}:\n{_story(found)}"

    assert found.open > 50
    assert sweep(workspace, at=office.now) == 0


def test_without_the_net_something_is_dropped(workspace, monkeypatch):
    monkeypatch.setattr(engine, "by_the_net", lambda *_: [])

    assert _worst(workspace) > 0


def test_without_any_rule_the_net_still_holds(workspace, monkeypatch):
    monkeypatch.setattr(engine, "RULES", {})

    assert _worst(workspace) == 0


def test_a_rule_that_loses_a_matter_is_found_out(workspace, monkeypatch):
    def forgetful(history, terms):
        return [one for one in engine.decide(history, terms) if one.rule != "answer_them"]

    monkeypatch.setattr(deciding, "decide", forgetful)

    assert _worst(workspace) > 0


def test_a_date_beyond_the_bound_is_found_out(workspace, monkeypatch):
    def sleepy(history, terms):
        owed = engine.decide(history, terms)
        return [engine.replace(one, due=one.due + 3 * terms.bound) for one in owed]

    monkeypatch.setattr(deciding, "decide", sleepy)

    assert _worst(workspace) > 0


def _worst(workspace):
    office = Office(workspace, SEED, parties=30)
    worst = 0
    for _ in range(6):
        for _ in range(50):
            office.act()
        worst = max(worst, audit(workspace, at=office.now).uncovered)
    return worst


def _story(found):
    """All that is known of what was dropped."""
    lines = []
    for matter in Matter.objects.filter(pk__in=found.matters).select_related("owner"):
        names = ("at", "kind", "party", "matter", "own", "name")
        told = Fact.objects.filter(party=matter.party_id).order_by("at").values_list(*names)
        duties = matter.followups.values_list("rule", "due", "member__active", "settled_at")
        lines += [repr(matter.__dict__), *map(str, duties), *map(str, told)]
    return "\n".join([repr(found), *lines])
