"""What can be kept about somebody by hand, each as a fact."""

from datetime import datetime
from typing import Any

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger.models import Matter, Member, Party
from followthrough.web.when import calendar_of, reading_of


class CouldNotKeep(Exception):
    """Said to the person as it stands."""


def open_matter(party: Party) -> str:
    """The matter that a loose word belongs to: the newest open one, or a new one for it."""
    rows = Matter.objects.filter(workspace=party.workspace_id, party=party, closed_at=None)
    newest = rows.exclude(kind="keep_in_touch").order_by("-opened_at", "-pk").first()
    return newest.key if newest else ""


def note(party: Party, text: str, member: Member, now: datetime) -> list[Fact]:
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


def matter_of_promise(party: Party, name: str) -> str:
    row = party.facts.filter(workspace=party.workspace_id, name=name).first()
    return row.matter if row else ""
