"""The promise itself, over random histories: nothing is ever dropped, nobody is pestered."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.cast import MONDAY, OFFICE, opened, terms, wrote
from tests.core.histories import histories, weird_histories

from followthrough.core import facts
from followthrough.core.decide import RULES, by_the_rules, decide
from followthrough.core.followups import key_of
from followthrough.core.history import History
from followthrough.core.manners import WAYS, WEEK, WEEKLY
from followthrough.core.reconcile import OnTheBooks, digest_of, reconcile
from followthrough.core.rule import Rule

quick = settings(
    max_examples=150,
    deadline=None,
    database=None,
    derandomize=True,  # a red build is red again on the next desk
    suppress_health_check=list(HealthCheck),
)
TERMS = terms()


def open_names(history):
    return {matter.name for matter in history.open_matters()}


@quick
@given(histories)
def test_no_open_matter_is_ever_dropped(happened):
    history = History("ann", happened)

    assert {one.matter for one in decide(history, TERMS)} == open_names(history)


@quick
@given(histories)
def test_somebody_always_speaks_for_an_open_matter(happened):
    """A row with an `until` falls silent then: another one of its matter speaks on for ever."""
    history = History("ann", happened)

    assert {one.matter for one in decide(history, TERMS) if one.until is None} == open_names(
        history
    )


@quick
@given(weird_histories)
def test_nothing_that_anybody_writes_down_stops_us_from_deciding(happened):
    history = History("ann", happened)

    assert {one.matter for one in decide(history, TERMS)} == open_names(history)


@quick
@given(histories, st.randoms(use_true_random=False))
def test_the_order_in_which_we_hear_does_not_matter(happened, chance):
    shuffled = chance.sample(happened, len(happened))

    assert decide(History("ann", shuffled), TERMS) == decide(History("ann", happened), TERMS)


@quick
@given(histories)
def test_deciding_twice_changes_nothing(happened):
    owed = decide(History("ann", happened), TERMS)
    books = {one.key: OnTheBooks(id=n, digest=digest_of(one)) for n, one in enumerate(owed)}

    assert not reconcile(books, decide(History("ann", happened), TERMS))


@quick
@given(weird_histories)
def test_no_debt_stands_twice(happened):
    keys = [one.key for one in decide(History("ann", happened), TERMS)]

    assert len(keys) == len(set(keys))


@quick
@given(weird_histories)
def test_each_debt_says_why_who_and_when(happened):
    history = History("ann", happened)
    names = {fact.name for fact in history.facts}
    for one in decide(history, TERMS):
        assert one.what
        assert one.why
        assert one.because in names
        assert one.who in TERMS.members
        assert one.due.tzinfo is not None
        assert one.due <= history.facts[-1].at + TERMS.bound
        assert one.start <= one.due
        assert one.until is None or one.until > one.due
        assert {alarm.to for alarm in one.alarms} <= set(TERMS.members)
        assert abs(one.rank) < 2**63


@quick
@given(histories)
def test_who_said_stop_is_not_contacted_on_our_initiative(happened):
    stop = facts.OptedOut(at=MONDAY + timedelta(days=400), name="stop")
    history = History("ann", [*happened, stop])

    assert {one.how for one in decide(history, TERMS)} <= {"decide"}


@quick
@given(histories)
def test_we_never_start_more_in_a_week_than_manners_allow(happened):
    history = History("ann", happened)
    ours = [one for one in by_the_rules(history, TERMS) if one.ours_to_start and one.how in WAYS]
    planned = [one.due for one in ours]
    for due in [one.due for one in ours if not one.chosen]:  # a day that a person chose stands
        week = [at for at in history.starts if due - WEEK < at <= due]
        others = [at for at in planned if due - WEEK < at <= due]
        if due >= max(history.starts, default=due):
            assert len(week) + len(others) <= max(WEEKLY.default, len(week))


@quick
@given(histories)
def test_a_matter_that_is_closed_asks_for_nothing(happened):
    history = History("ann", happened)
    closings = [
        facts.Closed(at=MONDAY + timedelta(days=400), matter=name, outcome="spam", name=f"c{name}")
        for name in history.matters
    ]

    assert decide(History("ann", [*happened, *closings]), TERMS) == []


def test_without_the_net_a_matter_falls_through():
    """Why there is a net: here no rule speaks, and the matter is open."""
    history = History.of("ann", [opened(MONDAY, kind="team_commitment")])

    assert by_the_rules(history, TERMS) == []
    assert [one.rule for one in decide(history, TERMS)] == ["net"]


def test_a_rule_that_goes_silent_is_noticed():
    """With a broken `answer_them` the net still holds the matter, but two days late."""
    broken = RULES | {"answer_them": Rule(promise="", owed=lambda history, terms: [])}
    history = History.of("ann", [wrote(MONDAY)])

    [late] = decide(history, TERMS, broken)
    [right] = decide(history, TERMS)

    assert (late.rule, right.rule) == ("net", "answer_them")
    assert late.due - right.due == timedelta(days=2)


@quick
@given(histories)
def test_whoever_writes_last_is_answered_within_a_working_day(happened):
    at = MONDAY + timedelta(days=400)
    history = History("ann", [*happened, facts.TheyWrote(at=at, name="last")])
    answers = [one for one in decide(history, TERMS) if one.rule == "answer_them"]
    answers = [one for one in answers if "last" in one.evidence]

    assert len(answers) == 1
    assert answers[0].due <= OFFICE.working_days_after(at, 1)
    assert answers[0].key.startswith(key_of("answer_them", answers[0].matter, ""))
