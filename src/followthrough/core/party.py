"""What is about the party as a whole: its owner, its no, and what people let go or put off."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from followthrough.core import facts, running
from followthrough.core.changes import let_go, within_reason
from followthrough.core.facts import Fact
from followthrough.core.followups import key_of

if TYPE_CHECKING:
    from followthrough.core.history import History


def _handed_over(history: "History", fact: facts.HandedOver) -> None:
    history.owner = fact.to
    for matter in history.open_matters():
        matter.owner = fact.to


def _opted_out(history: "History", fact: facts.OptedOut) -> None:
    history.refused.update(fact.channels)
    history.known.said(fact)
    if "*" in fact.channels:
        history.stopped = fact
        running.asked_to_stop((matter.runs for matter in history.matters.values()), fact)
    elif "email" in fact.channels:
        running.refused_mail((matter.runs for matter in history.matters.values()), fact)


def _opted_in(history: "History", fact: facts.OptedIn) -> None:
    history.refused.difference_update(fact.channels)
    history.known.said(fact)
    if "*" in fact.channels:
        history.refused.clear()
        history.stopped = None


def _put_off(history: "History", fact: facts.PutOff) -> None:
    history.put_off[fact.what] = within_reason(fact)


def _waived(history: "History", fact: facts.Waived) -> None:
    history.waived[fact.what] = fact
    rule, _, rest = fact.what.partition("/")
    name, _, occasion = rest.rpartition("/")
    matter = history.matters.get(name)
    if matter is not None and fact.what == key_of(rule, name, occasion):
        let_go(matter, occasion)
        if rule == running.RULE:
            running.let_go(matter.runs, fact)


def _happened(history: "History", fact: facts.Happened) -> None:
    """It wakes each promise that waits for it, in whichever matter it was given."""
    for matter in history.open_matters():
        for name, promise in matter.promises.items():
            if promise.condition and promise.condition == fact.condition:
                matter.happened.setdefault(name, fact.at)
                matter.last = fact


def _noted(history: "History", fact: facts.Noted) -> None:
    """Obliges nobody; kept at hand for the next talk."""
    matter = history.matters.get(fact.matter) if fact.matter else history.talk(fact)
    if matter is not None:
        matter.notes.append(fact.name)
        if fact.did:
            running.done_otherwise(matter.runs, fact)


def _learned(history: "History", fact: facts.Learned) -> None:
    history.known.learned[fact.part] = fact


def _acquainted(history: "History", fact: facts.Acquainted) -> None:
    history.known.acquainted = fact


def _saw(history: "History", fact: facts.TheyOpened | facts.TheyClicked) -> None:
    """Our last word was seen. That is no answer: nobody's turn moves. A plan may ask for it, in the
    talk that was named, else in all that is open."""
    named = history.matters.get(fact.matter)
    if named is not None and named.touch and fact.at >= named.touch.at:
        named.seen = fact
    if fact.uncertain:  # perhaps it was only their mail program
        return
    for matter in [named] if named else history.open_matters():
        running.saw(matter.runs, fact)


def _on_a_list(history: "History", fact: facts.JoinedList | facts.LeftList) -> None:
    history.known.lists[fact.called] = fact


def _merged(history: "History", fact: facts.Merged) -> None:
    history.join(fact)


def _unmerged(history: "History", fact: facts.Unmerged) -> None:
    history.part(fact)


def _told(_history: "History", _fact: Fact) -> None:
    """Stands in the timeline and obliges nobody."""


ABOUT_PARTY: dict[type[Fact], Callable[..., None]] = {
    facts.HandedOver: _handed_over,
    facts.OptedOut: _opted_out,
    facts.OptedIn: _opted_in,
    facts.PutOff: _put_off,
    facts.Waived: _waived,
    facts.Happened: _happened,
    facts.Noted: _noted,
    facts.Learned: _learned,
    facts.Acquainted: _acquainted,
    facts.Moved: _told,
    facts.TheyOpened: _saw,
    facts.TheyClicked: _saw,
    facts.JoinedList: _on_a_list,
    facts.LeftList: _on_a_list,
    facts.SilenceExplained: _told,
    facts.PassedOn: _told,
    facts.NotEnrolled: _told,
    facts.Acknowledged: _told,
    facts.Assigned: _told,
    facts.Merged: _merged,
    facts.Unmerged: _unmerged,
    facts.Retracted: _told,
}
