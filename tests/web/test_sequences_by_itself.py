"""What leaves by itself: chosen in the editor, seen on Today and on their page, held, stopped."""

import pytest
from django.urls import reverse

from followthrough.core.plans import Step
from followthrough.ledger import clock, sequences
from followthrough.ledger.models import FollowUp, Mailbox, Member, Sequence
from followthrough.ledger.outbox import switches
from followthrough.ledger.plans import plan_of
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import text_of, undo_of
from tests.web.test_sequences import send
from tests.worker.steps_scene import answered, begin, plan_of_mails, step_of

pytestmark = pytest.mark.django_db
MAIL = {"how": "email_alone", "words": "Hello {name}"}


@pytest.fixture
def mailbox(mia, bob):
    return Mailbox.objects.create(
        workspace=bob.workspace, member=bob, address="bob@banners.example", username="bob",
        secret="", imap_host="127.0.0.1", smtp_host="127.0.0.1", added_at=MONDAY, read_at=MONDAY,
    )  # fmt: skip


@pytest.fixture
def ann(workspace, mailbox, bob):
    ann = answered("Ann Archer", "ann@home.example", workspace, bob)
    begin(ann, plan_of_mails(workspace), bob)
    return ann


def steps_of(sequence):
    return plan_of(sequences.newest(sequence)).steps


# --- the editor -------------------------------------------------------------------------------


def test_a_mail_that_leaves_by_itself_is_one_of_the_ways(mias, mailbox):
    send(mias, reverse("sequence_new"), MAIL, {"how": "call"})
    sequence = Sequence.objects.get()
    page = mias.get(reverse("sequence", args=[sequence.pk]))

    assert [step.by_itself for step in steps_of(sequence)] == [True, False]
    assert "Mail that leaves by itself" in text_of(page)
    assert '<option value="email_alone" selected>' in page.content.decode()


def test_without_a_mailbox_the_editor_says_what_to_do_and_keeps_what_was_typed(mias):
    page = send(mias, reverse("sequence_new"), MAIL)

    assert page.status_code == 422
    assert "Connect a mailbox first" in text_of(page)
    assert "Hello {name}" in page.content.decode()


def test_where_a_mail_that_comes_back_leads_is_kept_and_moves_along(mias, mailbox):
    ways_on = {"goes_came_back": ["3", "", ""], "goes_looked": ["", "", ""],
               "goes_clicked": ["", "", ""]}  # fmt: skip
    steps = ({"how": "email"}, {"how": "email"}, {"how": "card"})
    send(mias, reverse("sequence_new"), *steps, **ways_on)
    sequence = Sequence.objects.get()
    assert steps_of(sequence)[0].goes == (("came_back", 3),)

    address = reverse("sequence", args=[sequence.pk])
    moved = send(mias, address, *steps, do="up-3", **ways_on)
    gone = send(mias, address, *steps, do="remove-3", **ways_on)

    assert "If it comes back: step 2: Card" in text_of(moved)
    assert "If it comes back: step" not in text_of(gone)


def test_where_an_appointment_leads_is_kept_for_every_way_and_shown_with_the_days_ahead(
    mias, mailbox, ann
):
    leads = {"goes_booked": ["2", "", ""], "goes_came_back": ["2", "", ""]}
    send(mias, reverse("sequence_new"), {"how": "call"}, {"how": "card"}, **leads)
    sequence = Sequence.objects.exclude(name="Three mails").get()

    page = mias.get(reverse("sequence", args=[sequence.pk]), {"who": "Ann"})

    assert steps_of(sequence)[0].goes == (("booked", 2),)
    assert text_of(page).count("If they agree to an appointment: step 2: Card") == 2


def test_what_they_looked_at_is_asked_only_where_anybody_would_know(mias, mailbox):
    send(mias, reverse("sequence_new"), {"how": "email"}, {"how": "card"})

    page = text_of(mias.get(reverse("sequence", args=[Sequence.objects.get().pk])))

    assert "If it comes back" in page
    assert "If they look at it" not in page


def test_other_words_for_half_of_them_are_kept(mias, mailbox):
    two = {"other": ["Good day {name}"], "other_subject": ["Hello"]}
    send(mias, reverse("sequence_new"), MAIL, **two)

    [step] = steps_of(Sequence.objects.get())
    assert (step.other, step.other_subject) == ("Good day {name}", "Hello")


# --- Today, and their page --------------------------------------------------------------------


def on_its_day(client, ann, address):
    with clock.at(step_of(ann).due):
        return client.get(address)


def press(client, ann, does, **more):
    row = step_of(ann)
    told = {"do": does, "matter": row.matter.key, "token": "t", "back": "today", **more}
    with clock.at(row.due):
        return client.post(reverse("plan", args=[ann.pk]), told, follow=True)


def test_on_today_it_stands_apart_from_what_bob_is_to_do(bobs, ann):
    page = text_of(on_its_day(bobs, ann, reverse("today")))

    assert "Goes out by itself Ann Archer Write · today, 09:00 Stop" in page
    assert "to go" not in page


def test_on_the_list_of_a_colleague_it_does_not_stand(mias, ann):
    assert "Goes out by itself" not in text_of(on_its_day(mias, ann, reverse("today")))


def test_their_page_says_when_it_leaves(bobs, ann):
    page = text_of(on_its_day(bobs, ann, reverse("person", args=[ann.pk])))

    assert "Step 1 of 3 of “Three mails” · goes out by itself today, 09:00" in page
    assert "Do it myself" in page


def test_done_by_hand_it_is_on_the_list_and_undo_gives_it_back(bobs, ann, bob):
    page = press(bobs, ann, "hand")
    assert "It stands on your list now." in text_of(page)
    assert step_of(ann).member == bob

    bobs.post(undo_of(page))
    assert step_of(ann).sender == bob


def test_stopped_the_plan_is_over(bobs, ann):
    page = press(bobs, ann, "stop")

    assert "The plan has ended." in text_of(page)
    assert step_of(ann) is None


# --- what holds it ----------------------------------------------------------------------------


def test_bob_holds_what_leaves_in_his_name(bobs, ann, bob):
    bobs.post(reverse("mails_of_mine"))
    page = text_of(on_its_day(bobs, ann, reverse("today")))
    assert "Held: nothing leaves by itself in your name." in page

    bobs.post(reverse("mails_of_mine"), {"on": "yes"})
    assert Member.objects.get(pk=bob.pk).mails_held_at is None


def test_only_an_administrator_holds_it_for_all(bobs, mias, workspace):
    assert bobs.post(reverse("mails_of_all")).status_code == 403

    page = mias.post(reverse("mails_of_all"), follow=True)
    assert "Nothing leaves by itself now, for the whole team." in text_of(page)
    assert switches.sending_of(workspace).held_at


def test_a_sequence_is_paused_and_taken_back(mias, bobs, ann):
    sequence = Sequence.objects.get()
    address = reverse("sequence_rest", args=[sequence.pk])
    assert bobs.post(address).status_code == 403

    with clock.at(MONDAY + HOUR):
        page = mias.post(address, follow=True)
        assert "It is paused" in text_of(page)
        assert "paused · 3 steps" in text_of(mias.get(reverse("sequences")))
        mias.post(undo_of(page))

    sequence.refresh_from_db()
    assert sequence.paused_at is None


def test_a_paused_sequence_goes_on(mias, ann):
    sequence = Sequence.objects.get()
    address = reverse("sequence_rest", args=[sequence.pk])
    with clock.at(MONDAY + HOUR):
        mias.post(address)
        page = mias.post(address, {"on": "yes"}, follow=True)

    assert "goes on. What fell due meanwhile waits anew" in text_of(page)


# --- who is in it -----------------------------------------------------------------------------


def test_whoever_is_in_it_is_shown_a_page_at_a_time(mias, ann, monkeypatch):
    monkeypatch.setattr("followthrough.web.sequences.people.PAGE", 1)
    pat = answered("Pat", "pat@home.example", ann.workspace, Member.objects.get(name="Bob"))
    sequence = Sequence.objects.get()
    begin(pat, sequence, Member.objects.get(name="Bob"))
    address = reverse("sequence_people", args=[sequence.pk])

    first = mias.get(address)
    rest = mias.get(address, {"after": first.context["after"]})

    assert [[one["name"] for one in page.context["people"]] for page in (first, rest)] == [
        ["Ann Archer"], ["Pat"],
    ]  # fmt: skip
    assert rest.context["after"] == ""
    assert mias.get(address, {"after": "nonsense"}).status_code == 200


def test_a_step_that_is_to_leave_is_not_on_anybodys_list(ann):
    assert not FollowUp.objects.filter(settled_at=None, member__isnull=False).exists()
    assert Step(how="call", alone=True).by_itself is False
