"""Random histories: all kinds of facts, several matters and people, also what makes no sense."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from tests.core.cast import MONDAY

from followthrough.core import facts

MATTERS = ("", "", "roof", "stairs", "rhythm")
MEMBERS = ("", "bob", "mia", "sid")
KINDS = ("enquiry", "deal", "complaint", "keep_in_touch", "promise", "supply")
# Some minutes, so that facts meet at one instant, and up to a year.
MOMENTS = st.one_of(
    st.integers(0, 12).map(lambda n: MONDAY + timedelta(minutes=5 * n)),
    st.integers(0, 365 * 24).map(lambda n: MONDAY + timedelta(hours=n)),
)
ENDS_OF_TIME = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC))
STRANGE = st.datetimes(timezones=st.just(UTC))
WILD = st.one_of(
    MOMENTS,
    STRANGE,
    st.sampled_from(ENDS_OF_TIME),
)
NAMES = st.integers(0, 24).map("f{}".format)
RULES = (
    "ask_again",
    "answer_them",
    "keep_the_plan",
    "quiet_after_our_word",
    "keep_promises",
    "net",
    "not_now",
)
STEPS = st.builds("{}:{}".format, NAMES, st.integers(0, 2))
KEYS = st.builds("{}/{}/{}".format, st.sampled_from(RULES), st.sampled_from(MATTERS), NAMES | STEPS)
FIELDS = {
    "due": MOMENTS,
    "until": MOMENTS,
    "check_by": st.none() | MOMENTS,
    "since": st.none() | MOMENTS,
    "plan": st.sampled_from(["short", "long", "unknown"]),
    "called": st.just("A plan"),
    "run": NAMES,
    "step": st.integers(0, 3),
    "reason": st.just("twice"),
    "channel": st.sampled_from(["email", "sms", "call", "form", "post"]),
    "channels": st.sampled_from([("*",), ("email",), ("call", "sms"), ()]),
    "outcome": st.sampled_from(["spoke", "message", "no_answer", "won", "lost"]),
    "ball": st.sampled_from(["", "us", "them"]),
    "thread": st.sampled_from(["", "a", "b"]),
    "kind": st.sampled_from(KINDS),
    "owner": st.sampled_from(MEMBERS),
    "to": st.sampled_from(MEMBERS),
    "how": st.sampled_from(["", "call", "email", "meeting", "met", "referred"]),
    "part": st.sampled_from(["need", "budget", "price"]),
    "through": st.sampled_from(["", "7"]),
    "condition": st.sampled_from(["", "", "prints"]),
    "wants": st.sampled_from(["answer", "post"]),
    "value": st.integers(-1, 10**9),
    "amount": st.integers(0, 10**9),
    "cart": st.sampled_from(["", "a", "b"]),
    "chance": st.integers(0, 100),
    "days": st.integers(0, 90),
    "promise": NAMES,
    "asked": NAMES,
    "what": NAMES | KEYS,
    "other": st.just("7"),
    "dates": st.lists(st.dates(), max_size=3).map(tuple),
    "shows": st.sampled_from([(), (3, 9)]),
    "proof": st.sampled_from(["", "posted"]),
}  # fmt: skip
WEIRD = FIELDS | {
    "due": WILD,
    "until": WILD,
    "check_by": st.none() | WILD,
    "since": st.none() | WILD,
    "step": st.integers(),
    "value": st.integers(),
    "amount": st.integers(),
    "chance": st.integers(),
    "days": st.integers(),
    "ball": st.text(max_size=3),
    "outcome": st.text(max_size=3),
}


def any_fact(moments=MOMENTS, fields=FIELDS):
    return st.one_of([_kind(kind, moments, fields) for kind in facts.KINDS.values()])


def _kind(kind, moments, fields):
    given = {name: fields[name] for name in kind.__dataclass_fields__ if name in fields}
    for flag in ("upset", "begging", "answered", "yes", "final", "dead", "holds"):
        if flag in kind.__dataclass_fields__:
            given[flag] = st.booleans()
    return st.builds(
        kind,
        at=moments,
        matter=st.sampled_from(MATTERS),
        person=st.sampled_from(["", "ann", "pat"]),
        did=st.just("") | KEYS,
        text=st.sampled_from(["", "5"]),
        name=st.just(""),
        **given,
    )


def named(happened):
    """Each fact its own name, as the ledger gives them."""
    return [replace(fact, name=f"f{n}") for n, fact in enumerate(happened)]


histories = st.lists(any_fact(), max_size=25).map(named)
weird_histories = st.lists(any_fact(WILD, WEIRD), max_size=20).map(named)
