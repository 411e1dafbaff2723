"""The published schedule and zone vectors: every line a trap that somebody fell into."""

import json
import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from followthrough.core.calendar import Calendar, NoSlot
from followthrough.core.touches import Delay, next_touch

VECTORS = Path(__file__).parents[2].parent / "shared" / "data" / "vectors"


def vectors(name):
    path = VECTORS / name
    if path.exists():
        return json.loads(path.read_text())
    if os.environ.get("CI") == "true":
        raise FileNotFoundError(f"{name} is missing, and CI must run it.")
    return [pytest.param(None, marks=pytest.mark.skip(f"{name} is not on this machine"))]


def named(vector):
    return vector and (vector.get("name") or f"{vector['zone']} {vector['wall']}")


def calendar_of(vector, zone):
    rule = vector["rule"]
    return Calendar(
        zone=zone,
        days=frozenset(rule["days"]),
        start=time.fromisoformat(rule["start"]),
        end=time.fromisoformat(rule["end"]),
        holidays=holidays_of(vector),
    )


def holidays_of(vector):
    listed = vector["rule"]["holidays"]
    if listed == "1000 days":
        first = datetime.fromisoformat(vector["anchor"]).date()
        return frozenset(first + timedelta(days=n) for n in range(1000))
    return frozenset(date.fromisoformat(day) for day in listed)


def touch(vector):
    n, unit = vector["delay"]
    extra = vector["extra"]
    return next_touch(
        datetime.fromisoformat(vector["anchor"]),
        Delay(n=n, unit=unit),
        [calendar_of(vector, zone) for zone in vector["zones"]],
        at=time.fromisoformat(extra["at"]) if "at" in extra else None,
        not_before=datetime.fromisoformat(extra["now"]) if "now" in extra else None,
    )


@pytest.mark.parametrize("vector", vectors("schedule_vectors.json"), ids=named)
def test_the_next_touch_falls_where_the_vector_says(vector):
    if vector["expected"].startswith("NoSlot: "):
        with pytest.raises(NoSlot) as refusal:
            touch(vector)
        assert f"NoSlot: {refusal.value}" == vector["expected"]
    else:
        assert touch(vector) == datetime.fromisoformat(vector["expected"])


@pytest.mark.parametrize("vector", vectors("vectors_tz.json"), ids=named)
def test_a_wall_time_means_the_instant_the_vector_says(vector):
    calendar = Calendar(zone=vector["zone"])

    instant = calendar.instant(datetime.fromisoformat(vector["wall"]))

    assert instant.isoformat() == vector["utc"]
    assert calendar.local(instant).isoformat() == vector["local"]
