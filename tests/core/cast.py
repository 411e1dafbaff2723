"""Days, people and sentences that the core's stories are told in. All times are Berlin's."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from followthrough.core import facts
from followthrough.core.calendar import Calendar
from followthrough.core.decide import RULES, decide
from followthrough.core.history import History
from followthrough.core.terms import Standing, Terms

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(zone="Europe/Berlin")
# A week without holidays: Monday is 8 June 2026.
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (
    datetime(2026, 6, 8 + n, 10, tzinfo=BERLIN) for n in range(5)
)
NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY, NEXT_THURSDAY, NEXT_FRIDAY = (
    day + timedelta(days=7) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MEMBERS = {"bob": Standing(calendar=OFFICE), "mia": Standing(calendar=OFFICE)}
ROOF = "roof"


def terms(**given):
    """Bob sells, Mia manages."""
    usual = {
        "manager": "mia",
        "owner": "bob",
        "members": MEMBERS,
        "team": OFFICE,
        "contact": OFFICE,
        "reaches": frozenset({"call", "email", "sms"}),
    }
    return Terms(**(usual | given))


def berlin(*parts):
    return datetime(*parts, tzinfo=BERLIN)


def nine(day):
    return datetime.combine(day.date(), time(9), BERLIN)


def told(kind):
    """`kind` as a sentence: a day, and what is particular."""

    def tell(at, **particulars):
        return kind(at=at, **({"matter": ROOF} | particulars))

    return tell


enquired, wrote, called_us, visited, ordered, left_a_cart = map(
    told,
    (
        facts.TheyEnquired,
        facts.TheyWrote,
        facts.TheyCalled,
        facts.TheyVisited,
        facts.TheyOrdered,
        facts.TheyLeftACart,
    ),
)
answered, called, quoted, met, posted, sent_it = map(
    told,
    (facts.WeWrote, facts.WeCalled, facts.QuoteSent, facts.Met, facts.CardPosted, facts.Provided),
)
came_back = told(facts.Bounced)
opened, listed, closed, reopened, planned, not_now, qualified, noted = map(
    told,
    (
        facts.Opened, facts.Listed, facts.Closed, facts.Reopened, facts.Planned, facts.NotNow,
        facts.Qualified, facts.Noted,
    ),
)  # fmt: skip
enrolled, skipped, unenrolled = map(told, (facts.Enrolled, facts.StepSkipped, facts.Unenrolled))
asked, promised, they_promised, kept, released = map(
    told,
    (
        facts.Asked, facts.WePromised, facts.TheyPromised, facts.PromiseKept,
        facts.PromiseReleased,
    ),
)  # fmt: skip


def rang_in_vain(at, **particulars):
    return called(at, outcome="no_answer", **particulars)


def stopped(at, *channels, **particulars):
    return facts.OptedOut(at=at, channels=channels or ("*",), **particulars)


def history(*happened):
    return History.of("ann", happened)


def owed(*happened, **given):
    """All that is owed after this happened."""
    return decide(history(*happened), terms(**given))


def only(*happened, **given):
    """The one thing that is owed after this happened."""
    [one] = owed(*happened, **given)
    return one


def by_rule(name, *happened, **given):
    """What one rule says, before manners and the net."""
    return list(RULES[name].owed(history(*happened), terms(**given)))


def rules_of(*happened, **given):
    return sorted(one.rule for one in owed(*happened, **given))
