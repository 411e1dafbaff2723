"""All that may happen with a party, picked by numbers, so that a failure can be played again."""

from datetime import timedelta

from tests.ledger.scene import MONDAY

from followthrough.core import facts

MATTERS = ("", "", "", "roof", "sign")
CALLS = ("spoke", "message", "no_answer")
BALLS = ("us", "them", "")
WAYS = ("email", "sms")


def _opened(at, pick):
    return facts.Opened(at=at, matter="roof" if pick % 2 else "sign", value=100 * pick)


def _promised(at, pick):
    return facts.WePromised(at=at, matter="roof", due=at + timedelta(hours=pick), how="call")


PLAYS = (
    lambda at, pick: facts.TheyEnquired(at=at),
    lambda at, pick: facts.TheyWrote(at=at, channel=WAYS[pick % 2], thread=f"t{pick % 4}"),
    lambda at, pick: facts.TheyCalled(at=at, answered=pick % 2 == 0),
    lambda at, pick: facts.WeWrote(at=at, channel=WAYS[pick % 2], given="brochure"),
    lambda at, pick: facts.WeCalled(at=at, outcome=CALLS[pick % 3], ball=BALLS[pick % 4 % 3]),
    lambda at, pick: facts.QuoteSent(at=at, matter=MATTERS[pick % 5], amount=1000 * pick),
    lambda at, pick: facts.Met(at=at, ball="us"),
    lambda at, pick: facts.Asked(at=at, matter=MATTERS[pick % 5], wants="answer"),
    _promised,
    lambda at, pick: facts.TheyPromised(at=at, due=at + timedelta(days=pick % 9)),
    _opened,
    lambda at, pick: facts.Planned(at=at, due=at + timedelta(days=pick % 20)),
    lambda at, pick: facts.NotNow(at=at, until=at + timedelta(days=10 + pick)),
    lambda at, pick: facts.Qualified(at=at, yes=pick % 3 > 0),
    lambda at, pick: facts.OptedOut(at=at, channels=(("*",), ("sms",))[pick % 2]),
    lambda at, pick: facts.Closed(at=at, matter=MATTERS[pick % 5], outcome="lost", reason="price"),
    lambda at, pick: facts.Reopened(at=at, matter=MATTERS[pick % 5]),
)  # fmt: skip


def happening(play, minute, pick):
    """One fact; the same numbers give the same fact."""
    return PLAYS[play % len(PLAYS)](MONDAY + timedelta(minutes=minute), pick)
