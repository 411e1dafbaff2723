"""From mails to facts: each is linked to a person, left out by a named rule, or set aside."""

from collections import Counter
from collections.abc import Iterable

from followthrough.inlets.mailbox.desk import Desk
from followthrough.inlets.mailbox.glimpse import of_mail
from followthrough.inlets.mailbox.remembered import Remembered
from followthrough.inlets.noticed import LeftOut, Mail, Noticed, Sorted, Unreadable


def who_are_we(mails: Iterable[Mail | Unreadable]) -> tuple[str, ...]:
    """Our own addresses, the likeliest first; a guess to be shown, for when nobody said."""
    return tuple(_noted(mail for mail in mails if isinstance(mail, Mail)).likely_ours())


def _noted(mails: Iterable[Mail]) -> Remembered:
    known = Remembered()
    for mail in mails:
        known.note(of_mail(mail))
    return known


def conversations(found: Iterable[Mail | Unreadable], ours: frozenset[str] = frozenset()) -> Sorted:
    """Sort every mail; the outcomes add up. A copy of a mail already seen is left out as such."""
    read, unreadable = _apart(found)
    desk = _desk(read, frozenset(one.lower() for one in ours))
    linked: list[Noticed] = []
    ignored: list[LeftOut] = []
    mails_linked = 0
    for mail in read:
        outcome = desk.outcome(mail)
        if isinstance(outcome, Unreadable):
            unreadable.append(outcome)
        elif isinstance(outcome, LeftOut):
            ignored.append(outcome)
        else:
            linked += outcome
            mails_linked += 1
    return Sorted(
        linked=tuple(linked),
        ignored=tuple(ignored),
        unreadable=tuple(unreadable),
        ours=tuple(sorted(desk.ours)),
        mails_linked=mails_linked,
        rules=dict(Counter(one.rule for one in ignored).most_common()),
    )


def _desk(mails: list[Mail], ours: frozenset[str]) -> Desk:
    known = _noted(mails)
    ours = ours or frozenset(known.likely_ours())
    known.settle(ours)
    return Desk(known, ours)


def _apart(found: Iterable[Mail | Unreadable]) -> tuple[list[Mail], list[Unreadable]]:
    read: list[Mail] = []
    unreadable: list[Unreadable] = []
    for one in found:
        if isinstance(one, Mail):
            read.append(one)
        else:
            unreadable.append(one)
    return read, unreadable
