"""S3: An angry mail from somebody we dropped is a complaint, with its gap on show."""

from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, first_owed, hear, text_of

from followthrough.core.facts import TheyWrote, WeWrote
from followthrough.ledger import alarms, clock
from followthrough.ledger.models import Matter
from followthrough.ledger.record import record
from followthrough.ledger.undo import undo

POST = "I have written about you: https://blog.example/never-again"


def angry(party, at=MONDAY, said=POST):
    hear(party, TheyWrote(at=at, upset=True, shows=(0, len(said))), words=[("Shame", said)])


def look(client, there="/", at=MONDAY + HOUR / 6):
    with clock.at(at):
        return client.get(there)


def test_s03_the_angry_mail_makes_a_complaint_of_what_was_dropped(ann, bobs, mia):
    enquired(ann, MONDAY - 31 * DAY, said="Do you do signs?")

    angry(ann)

    [matter] = Matter.objects.all()
    assert matter.kind == "complaint"
    [row] = look(bobs).context["bands"][0]["rows"]
    assert (row["chip"], row["tag"]) == ("Complaint", "Upset")
    assert row["gap"] == "Last word from us: none, 31 days"
    assert row["quote"] == POST
    told = [alarm.what for alarm in alarms.unseen(mia, at=MONDAY + HOUR / 6)]
    assert "Somebody is upset with us" in told


def test_s03_where_there_was_a_word_the_gap_is_counted_from_it(ann, bobs):
    enquired(ann, MONDAY - 40 * DAY)
    hear(ann, WeWrote(at=MONDAY - 31 * DAY, matter="roof"))

    angry(ann)

    page = look(bobs)
    assert page.context["gap"] == "Last word from us: 31 days ago"
    assert "Last word from us: 31 days ago" in text_of(look(bobs, reverse("person", args=[ann.pk])))


def test_s03_who_is_hurt_comes_before_who_begs_and_before_money(workspace, ann, pat, bob, bobs):
    from_pat = TheyWrote(at=MONDAY - HOUR, begging=True)
    hear(pat, from_pat)
    angry(ann)

    assert first_owed(ann).rank > first_owed(pat).rank


def test_s03_of_somebody_with_nothing_open_it_opens_a_complaint(ann):
    angry(ann)

    assert Matter.objects.get(closed_at=None).kind == "complaint"


def test_s03_taken_back_it_is_what_it_was(ann, bob):
    enquired(ann, MONDAY - 31 * DAY)
    record(ann, TheyWrote(at=MONDAY, upset=True), source="angry", at=MONDAY)

    undo(ann, source="angry", by=bob, at=MONDAY + HOUR)

    assert Matter.objects.get().kind == "enquiry"
