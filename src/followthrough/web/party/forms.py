"""What can be kept about somebody by hand, each as a fact."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.history import History
from followthrough.core.matter import BARE_WORDS, Matter
from followthrough.core.saying import says
from followthrough.ledger.books import histories_of, history_of
from followthrough.ledger.models import Member, Party
from followthrough.web.tongue import tell
from followthrough.web.when import calendar_of, fixed, reading_of


class CouldNotKeep(Exception):
    """Said to the person as it stands."""


def open_matter(party: Party) -> str:
    """The matter that a loose word belongs to: the talk as the core reads it, or ""."""
    return open_matters([party])[party.pk]


def open_matters(parties: Iterable[Party]) -> dict[int, str]:
    """The same of several, in as many questions as for one."""
    talks = {party.pk: history.open_talk for party, history in histories_of(parties)}
    return {pk: talk.name if talk else "" for pk, talk in talks.items()}


def happened(text: str, what: str, member: Member, now: datetime) -> list[Fact]:
    """A note, or a talk that there was: by phone, or face to face."""
    if not text:
        raise CouldNotKeep(_("Write a few words first."))
    kind = {"call": facts.WeCalled, "met": facts.Met}.get(what, facts.Noted)
    return [kind(at=now, by=str(member.pk))]


def promise(party: Party, data: dict[str, str], member: Member, now: datetime) -> list[Fact]:
    """Our word or theirs; with a condition it waits for it, and the date is the fallback."""
    if not data["text"]:
        raise CouldNotKeep(_("Say what was promised."))
    reading = reading_of(data["when"], member, now)
    if reading.due is None:
        raise CouldNotKeep(_("By when? {why}").format(why=tell(reading.sentence)))
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
    due = fixed(reading.due, calendar_of(member))
    return [*opened, facts.WePromised(how=how, **due, **common)]


def matter_of_fact(history: History, name: str) -> Matter | None:
    """The matter that a fact of this name belongs to, as the core reads the history."""
    holds = (
        matter
        for matter in history.matters.values()
        if name in (matter.promises | matter.asked | matter.their_promises)
    )
    return next(holds, None)


def asked_by_post(party: Party, name: str) -> bool:
    """What goes by post is asked after: did it arrive?"""
    asked = (fact for fact in history_of(party).facts if fact.name == name)
    return any(isinstance(fact, facts.Asked) and fact.wants == "post" for fact in asked)


def ending(party: Party, name: str, *, released: bool, member: Member, now: datetime) -> list[Fact]:
    """A promise ends. A matter that was nothing but this promise ends with it."""
    matter = matter_of_fact(history_of(party), name)
    if matter is None:
        raise CouldNotKeep(_("That promise is not in the books any more."))
    common: dict[str, Any] = {"at": now, "matter": matter.name, "by": str(member.pk)}
    kind = facts.PromiseReleased if released else facts.PromiseKept
    ends: list[Fact] = [kind(promise=name, **common)]
    if matter.kind in BARE_WORDS and len(matter.promises | matter.their_promises) == 1:
        reason = says("It no longer binds") if released else says("The promise was kept")
        ends.append(facts.Closed(outcome="settled", reason=reason, **common))
    return ends


def giving(party: Party, name: str, data: dict[str, str], member: Member, now: datetime) -> Fact:
    """What they asked for went to them; what was posted is asked after some days later."""
    matter = matter_of_fact(history_of(party), name)
    if matter is None or not data["proof"]:
        raise CouldNotKeep(_("Say how it went to them: the day it was posted, or “told”."))
    posted = data["channel"] == "post" or asked_by_post(party, name)
    channel = "post" if posted else "email"
    return facts.Provided(
        at=now, matter=matter.name, asked=name, proof=data["proof"], channel=channel,
        by=str(member.pk),
    )  # fmt: skip
