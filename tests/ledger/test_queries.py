"""The named questions: the right rows, few queries, and the index meant for them."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.ledger.scene import DAY, MONDAY, party_named

from followthrough.core.facts import Opened, TheyEnquired, TheyWrote, WePromised, WeWrote
from followthrough.ledger import queries
from followthrough.ledger.fitting import Looking
from followthrough.ledger.looking import Turn, look
from followthrough.ledger.models import FollowUp, Matter, Member
from followthrough.ledger.order_of_day import MANY, heads
from followthrough.ledger.record import Heard, record, record_many
from followthrough.ledger.statements import insert
from followthrough.ledger.today import due_rows, look_of

NOW = MONDAY + timedelta(hours=2)


def me(member):
    return Member.objects.select_related("workspace").get(pk=member.pk)


def many_enquiries(workspace, owner, count, at=MONDAY):
    parties = [party_named(f"P{n:03}", workspace, owner=owner) for n in range(count)]
    record_many(
        [
            Heard(
                party=party,
                source=f"form:{party.pk}",
                facts=[Opened(at=at, matter="m", value=100 * n), TheyEnquired(at=at, matter="m")],
                words=[(f"Sign {n}", ""), ("", f"Hello {n}")],
            )
            for n, party in enumerate(parties)
        ],
        at=at,
    )
    return parties


def crowd(duty, count):
    """`count` copies of a duty, one of two due today and the others in a year."""
    rows = []
    for n in range(count):
        row = FollowUp.objects.get(pk=duty.pk) if n == 0 else row_like(rows[0])
        row.occasion, row.band, row.rank = f"copy-{n}", 1 + n % 4, n
        row.show_at = MONDAY if n % 2 else MONDAY + 365 * DAY
        rows.append(row)
    insert(rows)


def row_like(row):
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return FollowUp(**{name: getattr(row, name) for name in names})


def test_today_shows_the_head_of_each_band_in_order(workspace, mia, bob, assert_queries):
    many_enquiries(workspace, bob, 10)
    member = me(bob)

    with assert_queries(4):
        today = queries.today(member, NOW)
        lines = [
            (row.followup.party.name, row.followup.matter.title, row.said.body)
            for band in today.bands
            for row in band.rows
        ]

    assert lines == [(f"P00{n}", f"Sign {n}", f"Hello {n}") for n in range(9, 2, -1)]
    assert [(band.number, band.more) for band in today.bands] == [
        (1, True), (2, False), (3, False), (4, False),
    ]  # fmt: skip
    assert (today.total, today.by_channel) == ("10", {"call": "10"})


def test_today_leaves_out_what_is_others_later_or_spoken_for(workspace, ann, pat, bob):
    record(pat, TheyEnquired(at=MONDAY), source="1", at=MONDAY)
    record(ann, WePromised(at=MONDAY, due=MONDAY, how="call"), source="2", at=MONDAY)
    record(ann, WeWrote(at=MONDAY), source="3", at=MONDAY)

    shown = [row.followup.rule for band in queries.today(me(bob), NOW).bands for row in band.rows]

    assert shown == ["repair_broken_promises"]


def test_with_very_many_due_the_counting_stops_and_the_order_stays(
    workspace, ann, bob, assert_queries
):
    record(ann, TheyEnquired(at=MONDAY), source="1", at=MONDAY)
    crowd(FollowUp.objects.get(), 2 * MANY + 200)
    member = me(bob)

    with assert_queries(4):
        today = queries.today(member, NOW)

    assert today.total == "99+"
    for band in today.bands:
        ranks = [row.followup.rank for row in band.rows]
        assert ranks == sorted(ranks, reverse=True)
        assert [row.followup.show_at <= NOW for row in band.rows] == [True] * len(ranks)
    assert (
        sum(len(band.rows) for band in today.bands) == 15
    )  # of bands 2 and 4, and the one they were copied from


def test_the_indexes_are_used(workspace, ann, bob):
    record(ann, TheyEnquired(at=MONDAY), source="1", at=MONDAY)
    crowd(FollowUp.objects.get(), 3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_followup")
    member = me(bob)

    by_day = due_rows(member, NOW).values_list("id")[:MANY].explain()
    head = due_rows(member, NOW).filter(band=2).order_by(*queries_order()).values("pk")[:8]

    assert "followup_by_day" in by_day
    assert "followup_in_order_of_day" in head.explain()
    assert len(heads(look_of(member, NOW), 8)) == 17


def queries_order():
    from followthrough.ledger.today import ORDER  # noqa: PLC0415 - beside its only use

    return ORDER


def test_who_is_waiting_is_counted_up_to_a_hundred(workspace, ann, bob, assert_queries):
    record(ann, TheyEnquired(at=MONDAY), source="1", at=MONDAY)
    assert queries.waiting_count(me(bob), NOW) == 1

    crowd(FollowUp.objects.get(), 1000)
    FollowUp.objects.update(show_at=MONDAY)
    member = me(bob)
    with assert_queries(2):
        assert queries.waiting_count(member, NOW) == 100


def test_what_was_done_today_is_a_list(workspace, ann, bob, assert_queries):
    record(ann, TheyEnquired(at=MONDAY), source="1", at=MONDAY)
    record(ann, WeWrote(at=NOW), source="2", at=NOW)
    member = me(bob)

    with assert_queries(2):
        [done] = queries.done_today(member, NOW.date())
        assert (done.rule, done.party.name) == ("answer_them", "Ann")
    assert queries.done_today(member, NOW.date() - DAY) == []


def test_the_timeline_is_read_page_by_page(workspace, ann, assert_queries):
    facts = [TheyWrote(at=MONDAY + timedelta(minutes=n // 2)) for n in range(25)]
    record(ann, *facts, source="mails", at=MONDAY)
    pages, before = [], None

    while True:
        with assert_queries(1):
            page = queries.timeline(ann, before=before, limit=10)
        if not page:
            break
        pages.append(page)
        before = (page[-1].at, page[-1].pk)

    assert [len(page) for page in pages] == [10, 10, 5]
    whole = [fact.pk for page in pages for fact in page]
    assert whole == [fact.pk for fact in queries.timeline(ann)]


def test_a_persons_page_asks_seven_questions(workspace, ann, bob, assert_queries):
    record(ann, TheyEnquired(at=MONDAY), source="1", at=MONDAY, words=[("Sign", "Hello")])
    record(ann, TheyWrote(at=NOW), source="2", at=NOW)

    with assert_queries(7):
        page = queries.person_page(ann)
        said = [str(fact.text or "") for fact in page.timeline]
        owed = [(row.member.name, row.matter.title) for row in page.followups]

    assert (said, owed) == (["", "Sign"], [("Bob", "Sign")])
    assert ([one.name for one in page.people], len(page.addresses)) == (["Ann"], 2)


def test_people_are_listed_by_name_page_by_page(workspace, bob, sid, assert_queries):
    for name in ("Ann", "Anna", "Ben", "Ann"):
        party = party_named(name, workspace)
        party.addresses.all().delete()
    party_named("Ann", sid.workspace)

    with assert_queries(2):
        first = look(workspace, Looking(), now=NOW, limit=2)
    rest = look(workspace, Looking(), now=NOW, turn=Turn(place=first.after))
    again = look(workspace, Looking(), now=NOW, turn=Turn(place=rest.before, back=True), limit=1)

    assert [one.name for one in first.people] == ["Ann", "Ann"]
    assert [one.name for one in rest.people] == ["Anna", "Ben"]
    assert [one.pk for one in again.people] == [first.people[1].pk]


@pytest.mark.parametrize("question", ["today", "waiting_count"])
def test_a_stranger_sees_nothing_of_ours(workspace, ann, sid, question):
    record(ann, TheyEnquired(at=MONDAY), source="1", at=MONDAY)

    answer = getattr(queries, question)(me(sid), NOW)

    assert (answer if question == "waiting_count" else answer.due) == 0


def test_uncovered_matters_come_with_their_party(workspace, ann, assert_queries):
    record(ann, TheyEnquired(at=MONDAY), source="1", at=MONDAY)
    FollowUp.objects.update(settled_at=NOW)

    [matter] = queries.uncovered(workspace, NOW)

    assert (matter.party, matter) == (ann, Matter.objects.get())
