"""S31: The load of the next 14 days is seen, and moved; what was promised never moves silently."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import enquired, hear, numbers, owed_to, text_of, undo_of

from followthrough.core.facts import Opened, Planned, WePromised, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.circle import private_party
from followthrough.ledger.models import Fact, FollowUp

THURSDAY, FRIDAY = date(2026, 3, 5), date(2026, 3, 6)


def look(client, at=MONDAY, **asked):
    with clock.at(at):
        return client.get(reverse("week"), asked)


def send(client, there, at=MONDAY + HOUR, **given):
    with clock.at(at):
        given = {"token": f"token-{next(numbers)}"} | given
        return client.post(there, given, follow=True)


def counts(page):
    return {day["value"]: day["count"] for day in page.context["days"]}


def standing(day):
    rows = FollowUp.objects.filter(settled_at=None, show_at__date=day)
    return sorted(rows.values_list("party__name", flat=True))


def call_on(party, day, hour=10):
    due = datetime(day.year, day.month, day.day, hour, tzinfo=MONDAY.tzinfo)
    hear(party, Opened(at=MONDAY, matter="roof"), Planned(at=MONDAY, matter="roof", due=due))


def we_promise(party, day):
    due = datetime(day.year, day.month, day.day, 15, tzinfo=MONDAY.tzinfo)
    hear(
        party, WePromised(at=MONDAY, matter="roof", due=due, how="call"),
        words=[("The drawing", "I ring you about the drawing.")],
    )  # fmt: skip


@pytest.fixture
def crowded(workspace, mia, bob):
    """Twenty-three calls of Bob’s on one Thursday."""
    parties = [party_named(f"Ann{n:02}", workspace, owner=bob) for n in range(23)]
    for party in parties:
        call_on(party, THURSDAY)
    return parties


def test_s31_the_week_shows_23_calls_on_thursday(crowded, bobs):
    page = look(bobs)

    assert len(page.context["days"]) == 14
    assert counts(page)[str(THURSDAY)] == "23"
    assert "23 calls on Thursday." in text_of(page)
    assert len(page.context["rows"]) == 23


def test_s31_eight_move_to_friday_and_back_again(crowded, bob, bobs):
    eight = [owed_to(party)[0].pk for party in crowded[:8]]

    page = send(bobs, reverse("week_moves"), followup=eight, day=str(THURSDAY), to=str(FRIDAY))

    assert "8 moved to Fri 6 Mar." in text_of(page)
    assert (len(standing(THURSDAY)), len(standing(FRIDAY))) == (15, 8)
    assert {row.due.hour for row in FollowUp.objects.filter(pk__in=eight)} == {10}

    send(bobs, undo_of(page))

    assert (len(standing(THURSDAY)), len(standing(FRIDAY))) == (23, 0)


def test_s31_a_promise_is_asked_about_and_moves_only_with_their_knowing(ann, pat, bob, bobs):
    call_on(pat, THURSDAY)
    we_promise(ann, THURSDAY)
    rows = [row for row in (*owed_to(ann), *owed_to(pat)) if row.rule != "repair_broken_promises"]
    [promised] = [row for row in rows if row.party_id == ann.pk]

    page = send(
        bobs, reverse("week_moves"), followup=[row.pk for row in rows if row.member_id == bob.pk],
        day=str(THURSDAY), to=str(FRIDAY),
    )  # fmt: skip

    assert "You gave Ann your word for Thursday: tell them?" in text_of(page)
    assert "Ann" in standing(THURSDAY)

    told = reverse("week_told", args=[promised.pk])
    silent = send(bobs, told, to=str(FRIDAY), day=str(THURSDAY), note="")
    assert "Write what you told them" in text_of(silent)
    untold = send(bobs, told, to=str(FRIDAY), day=str(THURSDAY), note="Friday, the glue dries.")
    assert "Then say how" in text_of(untold)
    assert "Ann" in standing(THURSDAY)

    page = send(
        bobs, told, to=str(FRIDAY), day=str(THURSDAY), note="I said Friday, the glue dries.",
        told="called",
    )  # fmt: skip
    anew = next(row for row in owed_to(ann) if row.rule == "call_when_we_said")
    assert (anew.due.date(), anew.due.hour) == (FRIDAY, 15)
    assert Fact.objects.get(name=anew.because).text.body == "I ring you about the drawing."

    send(bobs, undo_of(page))
    assert "Ann" in standing(THURSDAY)


def test_s31_whoever_waits_for_us_is_not_moved_silently(ann, bobs):
    enquired(ann, said="A price?")
    [row] = owed_to(ann)

    page = send(bobs, reverse("week_moves"), followup=[row.pk], to=str(FRIDAY))

    assert "Ann is waiting for your answer: tell them?" in text_of(page)
    assert owed_to(ann)[0].due == row.due


def ask_on_thursday(workspace, bob, count):
    """We wrote a week before: silence brings them back on that Thursday."""
    parties = [party_named(f"Ben{n:02}", workspace, owner=bob) for n in range(count)]
    for party in parties:
        hear(party, WeWrote(at=MONDAY - timedelta(days=4), matter="roof"))
    return parties


def test_s31_the_machine_spreads_a_day_and_no_due_date_moves(workspace, mia, bob, bobs):
    parties = ask_on_thursday(workspace, bob, 12)
    day = owed_to(parties[0])[0].show_at.date()
    before = dict(FollowUp.objects.values_list("pk", "due"))

    preview = look(bobs, day=str(day), spread="yes")
    done = send(bobs, reverse("week_spread"), day=str(day))

    assert preview.context["plan"].moves > 6
    assert FollowUp.objects.filter(show_at__date=day).count() == 12 - preview.context["plan"].moves
    assert dict(FollowUp.objects.values_list("pk", "due")) == before

    [back] = set(re.findall(r'action="(/week/unspread/[^"]+)"', done.content.decode()))
    send(bobs, back)
    assert FollowUp.objects.filter(show_at__date=day).count() == 12


def test_s31_a_day_that_a_person_chose_is_never_spread(crowded, bobs):
    page = look(bobs, day=str(THURSDAY), spread="yes")

    assert page.context["plan"].moves == 0


def test_s31_a_manager_sees_the_whole_team_and_others_only_themselves(crowded, bob, bobs, mias):
    team = look(mias)
    bobs_week = look(mias, member=bob.pk)

    assert [one["name"] for one in team.context["team"]] == ["Mia", "Bob"]
    assert counts(bobs_week)[str(THURSDAY)] == "23"
    assert look(bobs, member=team.context["who"].pk).context["who"] == bob


def test_s31_what_is_private_counts_for_its_owner_alone(bob, mia, bobs, mias):
    call_on(private_party(bob, at=MONDAY), THURSDAY)
    FollowUp.objects.first().matter.__class__.objects.update(kind="private")

    assert counts(look(bobs))[str(THURSDAY)] == "1"
    theirs = look(mias, member=bob.pk, day=str(THURSDAY))
    assert counts(theirs)[str(THURSDAY)] == "0"
    assert [row["who"] for row in theirs.context["rows"]] == ["Busy"]


def test_s31_a_stranger_moves_nothing_of_ours(crowded, sid):
    row = owed_to(crowded[0])[0]

    send(client_of(sid), reverse("week_moves"), followup=[row.pk], to=str(FRIDAY))

    assert owed_to(crowded[0])[0].due == row.due


def test_s31_holidays_and_absences_stand_on_their_days(workspace, mia, bob, bobs):
    bob.away_from, bob.away_until, bob.stand_in = date(2026, 4, 1), date(2026, 4, 2), mia
    bob.save()

    page = look(bobs, at=MONDAY + timedelta(days=29))

    notes = {day["value"]: day["note"] for day in page.context["days"]}
    assert (notes["2026-04-01"], notes["2026-04-03"]) == ("away", "Good Friday")


def test_s31_the_week_asks_few_questions(crowded, bobs, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        look(bobs)


@pytest.mark.parametrize(
    "asked",
    [{"day": "2026-02-31"}, {"member": "x"}, {"asks": "1,x,9999", "to": "2026-03-06"}, {"to": "?"},
     {"day": "9999-12-31", "spread": "yes"}],
)  # fmt: skip
def test_s31_an_absurd_address_shows_the_week(ann, bobs, asked):
    assert look(bobs, **asked).status_code == 200


@pytest.mark.parametrize("to", ["", "yesterday", "2026-03-01", "2026-02-31"])
def test_s31_nothing_moves_to_no_day(crowded, bobs, to):
    row = owed_to(crowded[0])[0]

    page = send(bobs, reverse("week_moves"), followup=[row.pk], to=to)

    assert "Choose a day from today on." in text_of(page)
    assert owed_to(crowded[0])[0].due == row.due


def test_a_word_that_was_not_kept_stands_in_the_week_as_it_stands_on_today(bobs, workspace, bob):
    ann = party_named("Ann", workspace, owner=bob)
    hear(
        ann, WePromised(at=MONDAY, matter="roof", due=MONDAY + HOUR, how="call"),
        words=[("The drawing", "I ring you about the drawing.")],
    )  # fmt: skip
    broken = MONDAY + 3 * HOUR

    with clock.at(broken):
        lines = bobs.get("/").content.decode().count("data-row")

    assert lines == 1
    assert counts(look(bobs, broken))[MONDAY.date().isoformat()] == "1"
