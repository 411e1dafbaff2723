"""The one way in: news once, books that follow, and many at a time just as one by one."""

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.happenings import happening
from tests.ledger.scene import DAY, HOUR, MONDAY, debts, facts_of, obligations, party_named

from followthrough.core.facts import (
    Asked,
    Closed,
    HandedOver,
    PutOff,
    TheyEnquired,
    TheyWrote,
    WeCalled,
    WePromised,
    WeWrote,
)
from followthrough.ledger.models import Alarm, Fact, FollowUp, Matter, Text
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import Heard, record, record_many

ENQUIRED = TheyEnquired(at=MONDAY)
TUESDAY = MONDAY + DAY
FEW = settings(
    max_examples=15, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def test_an_enquiry_obliges_us_to_answer_within_a_working_day(ann, bob):
    assert record(ann, ENQUIRED, source="form:1", at=MONDAY)

    [duty] = FollowUp.objects.all()
    assert (duty.rule, duty.member, duty.due) == ("answer_them", bob, TUESDAY)
    assert (duty.because, duty.settled_at) == (fact_name("form:1", "TheyEnquired"), None)


def test_the_same_news_twice_is_no_news(ann):
    assert record(ann, ENQUIRED, source="form:1", at=MONDAY)
    assert not record(ann, ENQUIRED, source="form:1", at=TUESDAY)

    assert (Fact.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_one_source_may_tell_several_things_each_with_its_words(ann):
    told = [TheyWrote(at=MONDAY), Asked(at=MONDAY), Asked(at=MONDAY)]
    words = [("Our sign", "Two questions."), ("", "How big?"), ("", "")]

    record(ann, *told, source="mail:1", at=MONDAY, words=words)

    assert [fact.ordinal for fact in Fact.objects.filter(kind="Asked").order_by("pk")] == [0, 1]
    assert sorted(Text.objects.values_list("title", "body")) == [("", "How big?"), words[0]]
    assert Matter.objects.get().title == "Our sign"


def test_the_source_and_the_words_stand_nowhere_in_the_facts(ann):
    record(ann, ENQUIRED, source="mail:<1@ann.example>", at=MONDAY, words=[("Hello", "It leaks")])

    row = Fact.objects.values_list("source", "name", "own").get()
    assert "ann.example" not in str(row)
    assert "leaks" not in str(row)


def test_doing_a_duty_settles_it_and_says_by_what(ann):
    record(ann, ENQUIRED, source="form:1", at=MONDAY)
    duty = FollowUp.objects.get()

    record(ann, WeWrote(at=TUESDAY, did=duty.key), source="mail:2", at=TUESDAY)

    duty.refresh_from_db()
    assert (duty.settled_at, duty.settled_by) == (TUESDAY, fact_name("mail:2", "WeWrote"))
    assert [rule for rule, _ in debts(ann)] == ["quiet_after_our_word"]


def test_alarms_are_written_with_the_duty_and_go_with_it(ann, bob, mia):
    record(ann, ENQUIRED, source="form:1", at=MONDAY)
    alarms = Alarm.objects.order_by("at").values_list("member__name", "at")
    assert list(alarms) == [("Bob", TUESDAY), ("Mia", TUESDAY + DAY)]

    record(ann, WeWrote(at=MONDAY + HOUR), source="mail:2", at=MONDAY + HOUR)

    assert not Alarm.objects.exists()


def test_an_alarm_moves_with_its_duty_but_one_that_rang_stays(ann, bob, mia):
    record(ann, WePromised(at=MONDAY, due=TUESDAY, how="call"), ENQUIRED, source="1", at=MONDAY)
    Alarm.objects.filter(followup__rule="answer_them", member=bob).update(told_at=TUESDAY)

    record(ann, HandedOver(at=TUESDAY, to=str(mia.pk)), source="2", at=TUESDAY)

    rung = Alarm.objects.filter(followup__rule="answer_them").order_by("at", "member__name")
    assert list(rung.values_list("member__name", "told_at")) == [
        ("Bob", TUESDAY), ("Mia", None), ("Mia", None),
    ]  # fmt: skip


def test_a_put_off_duty_keeps_its_row_and_rings_on_its_new_day(ann):
    record(ann, ENQUIRED, source="form:1", at=MONDAY)
    duty = FollowUp.objects.get()

    off = PutOff(at=MONDAY, what=duty.key, until=MONDAY + 3 * DAY)
    record(ann, off, source="off:1", at=MONDAY)

    assert FollowUp.objects.get().pk == duty.pk
    assert FollowUp.objects.get().due == MONDAY + 3 * DAY
    assert {alarm.at for alarm in Alarm.objects.all()} == {MONDAY + 3 * DAY}


def test_each_open_row_knows_the_last_contact(ann):
    record(ann, ENQUIRED, source="form:1", at=MONDAY)
    record(ann, WePromised(at=MONDAY, due=MONDAY + 9 * DAY), source="word:1", at=MONDAY)

    record(ann, WeWrote(at=TUESDAY, given="brochure"), source="mail:2", at=TUESDAY)

    rows = FollowUp.objects.filter(settled_at=None)
    assert {(row.contacts, row.last_contact_at, row.given) for row in rows} == {
        (1, TUESDAY, "brochure")
    }
    ann.refresh_from_db()
    assert (ann.contacts, ann.last_contact_at, ann.given) == (1, TUESDAY, "brochure")


def test_a_settled_row_is_never_used_again(ann):
    record(ann, ENQUIRED, source="form:1", at=MONDAY)
    record(ann, Closed(at=TUESDAY, matter="", outcome="lost"), source="close:1", at=TUESDAY)
    [first] = FollowUp.objects.all()

    record(ann, TheyWrote(at=TUESDAY + DAY), source="mail:3", at=TUESDAY + DAY)

    [second] = FollowUp.objects.filter(settled_at=None)
    assert second.pk != first.pk


def test_a_stranger_never_owns_what_is_ours(ann, bob, sid):
    record(ann, ENQUIRED, HandedOver(at=MONDAY, to=str(sid.pk)), source="1", at=MONDAY)

    assert Matter.objects.get().owner.workspace == ann.workspace
    assert FollowUp.objects.get().member == bob


def test_a_new_colleague_counts_from_the_first_moment(ann, workspace):
    from tests.cast import member_named  # noqa: PLC0415 - a colleague who was not there before

    record(ann, ENQUIRED, source="1", at=MONDAY)
    zoe = member_named("Zoe", workspace)
    record(ann, HandedOver(at=MONDAY, to=str(zoe.pk)), source="2", at=MONDAY)

    assert FollowUp.objects.get().member == zoe


def test_recording_asks_a_fixed_number_of_questions(ann, assert_queries):
    record(ann, ENQUIRED, source="form:1", at=MONDAY)

    # one for the matter as lists show it; one for the alarms that move with their duty; the last
    # for mail that has not left yet
    with assert_queries(18):
        record(ann, WeCalled(at=TUESDAY, outcome="message"), source="call:1", at=TUESDAY)


def test_recording_for_many_asks_no_more_than_for_few(workspace, mia, bob, assert_queries):
    parties = [party_named(f"P{n}", workspace) for n in range(60)]

    with assert_queries(20):
        record_many(
            [Heard(party=one, source=f"f:{one.pk}", facts=[ENQUIRED]) for one in parties], at=MONDAY
        )


TOLD = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 16), st.integers(0, 60 * 24 * 30), st.integers(0, 40)
    ),
    max_size=25,
)


@FEW
@given(told=TOLD)
def test_many_at_a_time_leave_the_same_books_as_one_by_one(db, told):
    one, many = _workspaces()
    happened = [(name, happening(*rest), n) for n, (name, *rest) in enumerate(told)]

    for name, fact, n in happened:
        record(one[name], fact, source=f"s:{n}", at=MONDAY)
    record_many(
        [Heard(party=many[name], source=f"s:{n}", facts=[f]) for name, f, n in happened], at=MONDAY
    )

    assert facts_of(many[0].workspace) == facts_of(one[0].workspace)
    assert obligations(many[0].workspace) == obligations(one[0].workspace)


def test_the_order_of_hearing_and_hearing_twice_change_nothing(db):
    chance = random.Random(7)
    minutes = sorted(chance.sample(range(60 * 24 * 40), 24))
    happened = [happening(chance.randrange(17), minute, n) for n, minute in enumerate(minutes)]
    seen = set()

    for _ in range(200):
        ann = _workspaces(1)[0][0]
        order = [*enumerate(happened), *chance.sample(list(enumerate(happened)), 6)]
        chance.shuffle(order)
        for n, fact in order:
            record(ann, replace(fact), source=f"s:{n}", at=MONDAY)
        seen.add(repr(obligations(ann.workspace)))

    assert len(seen) == 1


def _workspaces(count=2):
    """Each a sign shop of its own with three parties of the same names."""
    from tests.cast import member_named  # noqa: PLC0415

    from followthrough.ledger.models import User, Workspace  # noqa: PLC0415

    shops = []
    for _ in range(count):
        shop = Workspace.objects.create(name=f"Shop{User.objects.count()}", zone="Europe/London")
        member_named("Mia", shop, "administrator")
        bob = member_named("Bob", shop)
        shops.append([party_named(name, shop, owner=bob) for name in ("Ann", "Pat", "Joe")])
    return shops
