"""What can be kept about somebody by hand, each as a fact."""

from datetime import datetime
from typing import Any

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Matter, Member, Party
from followthrough.web.when import calendar_of, reading_of


class CouldNotKeep(Exception):
    """Said to the person as it stands."""


def open_matter(party: Party) -> str:
    """The matter that a loose word belongs to: the newest open one, or a new one for it."""
    rows = Matter.objects.filter(workspace=party.workspace_id, party=party, closed_at=None)
    newest = rows.exclude(kind="keep_in_touch").order_by("-opened_at", "-pk").first()
    return newest.key if newest else ""


def note(text: str, member: Member, now: datetime) -> list[Fact]:
    if not text:
        raise CouldNotKeep("Write a few words first.")
    return [facts.Noted(at=now, by=str(member.pk))]


def promise(party: Party, data: dict[str, str], member: Member, now: datetime) -> list[Fact]:
    """Our word or theirs; with a condition it waits for it, and the date is the fallback."""
    if not data["text"]:
        raise CouldNotKeep("Say what was promised.")
    reading = reading_of(data["when"], member, now)
    if reading.due is None:
        raise CouldNotKeep(f"By when? {reading.sentence}")
    common: dict[str, Any] = {"at": now, "matter": open_matter(party), "by": str(member.pk)}
    opened: list[Fact] = []
    if not common["matter"]:
        common["matter"] = f"promise-{now:%Y%m%d%H%M%S%f}"
        opened = [facts.Opened(kind="promise", owner=str(member.pk), **common)]
    how = reading.how or ""
    if data["side"] == "theirs":
        return [*opened, facts.TheyPromised(due=reading.due, how=how, **common)]
    if data["condition"]:
        return [
            *opened,
            facts.WePromised(
                condition=data["condition"][:120], check_by=reading.due, how=how, **common
            ),
        ]
    wall = calendar_of(member).local(reading.due).strftime("%Y-%m-%d %H:%M")
    zone = calendar_of(member).zone
    return [*opened, facts.WePromised(due=reading.due, how=how, wall=wall, zone=zone, **common)]


def matter_of_fact(party: Party, name: str) -> str:
    """The matter that a fact of this name belongs to, as the core reads the history."""
    history = history_of(party)
    holds = (
        m.name
        for m in history.matters.values()
        if name in (m.promises | m.asked | m.their_promises)
    )
    return next(holds, "")


def asked_by_post(party: Party, name: str) -> bool:
    """What goes by post is asked after: did it arrive?"""
    asked = (fact for fact in history_of(party).facts if fact.name == name)
    return any(isinstance(fact, facts.Asked) and fact.wants == "post" for fact in asked)


def ending(party: Party, name: str, *, released: bool, member: Member, now: datetime) -> list[Fact]:
    """A promise ends. A matter that was nothing but this promise ends with it."""
    matter = matter_of_fact(party, name)
    if not matter:
        raise CouldNotKeep("That promise is not in the books any more.")
    common: dict[str, Any] = {"at": now, "matter": matter, "by": str(member.pk)}
    kind = facts.PromiseReleased if released else facts.PromiseKept
    ends: list[Fact] = [kind(promise=name, **common)]
    stand = history_of(party).matters[matter]
    if stand.kind == "promise" and len(stand.promises | stand.their_promises) == 1:
        reason = "It no longer binds" if released else "The promise was kept"
        ends.append(facts.Closed(outcome="settled", reason=reason, **common))
    return ends
