"""A mail is written on a page, waits ten seconds, and does what it was for."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from followthrough.core.facts import Acknowledged, TheyWrote
from followthrough.ledger import unsent
from followthrough.ledger.models import Address, Fact, FollowUp, Message, Unsent, UnsentFile
from followthrough.ledger.models.outbox import CANCELLED, QUEUED, SENT
from followthrough.ledger.outbox.telling import tell
from followthrough.ledger.record import record
from followthrough.web.offline.sending import key_of
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import somebody_asked

LATER = MONDAY + HOUR


@pytest.fixture
def owed(ann):
    return FollowUp.objects.get(party=ann, settled_at=None)


def typed(owed, mailbox, **more):
    values = {
        "token": "t", "to": "ann@home.example", "mailbox": mailbox.pk, "subject": "Your sign",
        "text": "Hello Ann,\n\nwith pleasure.",
    }  # fmt: skip
    return values | more


def write_at(owed):
    return f"/followups/{owed.pk}/mail/"


def left(message, at=LATER):
    """As the worker leaves it."""
    Message.objects.filter(pk=message.pk).update(
        state=SENT, handover_at=at, ended_at=at, answer="250 Ok", evidence="answer"
    )
    tell(message.workspace, at=at)


def test_the_words_that_are_suggested_stand_in_the_form(bobs, owed, mailbox):
    page = bobs.get(write_at(owed)).content.decode()

    assert 'value="ann@home.example"' in page
    assert "Hello Ann," in page
    assert "Best wishes\nBob" in page
    assert "bob@banners.example" in page


def test_today_leads_to_it_where_there_is_a_mailbox(bobs, owed):
    page = bobs.get("/").content.decode()

    assert f'href="{write_at(owed)}"' in page
    assert "mailto:" not in page


def test_without_a_mailbox_mail_is_written_in_ones_own_program(bobs, owed, mailbox):
    mailbox.removed_at = MONDAY
    mailbox.save()

    assert "mailto:ann@home.example" in bobs.get("/").content.decode()
    assert "/settings/mailboxes/" in bobs.get(write_at(owed)).content.decode()


def test_above_stands_what_they_said_last_and_not_what_a_machine_of_ours_answered(bobs, ann):
    heard = (TheyWrote(at=MONDAY), "We need a sign."), (Acknowledged(at=LATER), "It has arrived.")
    for fact, words in heard:
        record(ann, fact, source=words, at=LATER, words=[("", words)])
    owed = FollowUp.objects.get(party=ann, settled_at=None)

    page = bobs.get(write_at(owed)).content.decode()

    assert "We need a sign." in page
    assert "It has arrived." not in page


def test_it_waits_ten_seconds_and_says_so(bobs, owed, mailbox):
    answer = bobs.post(write_at(owed), typed(owed, mailbox), follow=True)

    [message] = Message.objects.all()
    assert (message.state, message.not_before) == (QUEUED, LATER + timedelta(seconds=10))
    assert (message.followup, message.member, message.recipient) == (
        owed, owed.member, "ann@home.example",
    )  # fmt: skip
    page = answer.content.decode()
    assert "Going out at 11:00:10" in page
    assert f"/mails/{message.pk}/stop/" in page


def test_pressing_twice_is_one_mail(bobs, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox))
    bobs.post(write_at(owed), typed(owed, mailbox))

    assert Message.objects.count() == 1


def test_stop_makes_it_a_draft_again_with_all_that_went_with_it(bobs, owed, mailbox):
    file = SimpleUploadedFile("price.pdf", b"%PDF", "application/pdf")
    bobs.post(write_at(owed), typed(owed, mailbox, when="call 10 March 10am", files=[file]))
    [message] = Message.objects.all()

    answer = bobs.post(f"/mails/{message.pk}/stop/")

    message.refresh_from_db()
    [draft] = Unsent.objects.all()
    assert answer.url == write_at(owed)
    assert message.state == CANCELLED
    assert (draft.followup, draft.text, draft.when) == (
        owed, "Hello Ann,\n\nwith pleasure.", "call 10 March 10am",
    )  # fmt: skip
    assert [(one.name, bytes(one.content)) for one in UnsentFile.objects.all()] == [
        ("price.pdf", b"%PDF")
    ]


def test_what_was_stopped_can_be_sent_after_all(bobs, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox))
    bobs.post(f"/mails/{Message.objects.get().pk}/stop/")

    bobs.post(write_at(owed), typed(owed, mailbox))

    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == [
        CANCELLED, QUEUED,
    ]  # fmt: skip
    assert not Unsent.objects.exists()


def test_once_it_has_left_the_followup_is_done_and_the_next_step_stands(bobs, ann, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox, when="call 10 March 10am"))
    left(Message.objects.get())

    owed.refresh_from_db()
    [step] = FollowUp.objects.filter(party=ann, settled_at=None)
    wrote = Fact.objects.get(kind="WeWrote")
    assert owed.settled_by == wrote.name
    assert (step.how, step.due.isoformat()) == ("call", "2026-03-10T10:00:00+00:00")


def test_as_long_as_it_has_not_left_nothing_is_done(bobs, ann, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox, when="call 10 March 10am"))

    assert list(FollowUp.objects.filter(party=ann, settled_at=None)) == [owed]


REFUSED = [
    ({"text": ""}, "Write a few words first"),
    ({"text": "Hello {name}"}, "Fill in {name} first"),
    ({"subject": " "}, "Say in a few words what it is about"),
    ({"to": ""}, "Write the address"),
    ({"to": "ann"}, "is no mail address"),
    ({"when": "qwertz"}, "When?"),
]


@pytest.mark.parametrize(("wrong", "said"), REFUSED)
def test_what_cannot_go_is_said_and_nothing_typed_is_lost(bobs, owed, mailbox, wrong, said):
    file = SimpleUploadedFile("price.pdf", b"%PDF", "application/pdf")
    words = {"text": "With pleasure."} | wrong

    answer = bobs.post(write_at(owed), typed(owed, mailbox, files=[file], **words))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Message.objects.exists()
    assert words["text"] in page
    assert "price.pdf" in page
    if said != "When?":
        assert said in page


def test_a_file_that_came_with_a_refused_try_goes_along(bobs, owed, mailbox):
    file = SimpleUploadedFile("price.pdf", b"%PDF", "application/pdf")
    bobs.post(write_at(owed), typed(owed, mailbox, files=[file], subject=""))
    kept = UnsentFile.objects.get()

    bobs.post(write_at(owed), typed(owed, mailbox, kept=[kept.pk]))

    assert [one["name"] for one in Message.objects.get().attached] == ["price.pdf"]
    assert not UnsentFile.objects.exists()


def test_what_is_kept_as_a_draft_stands_there_again(bobs, ann, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox, text="Half a", keep="yes"))

    assert "Half a" in bobs.get(write_at(owed)).content.decode()
    assert "Still a draft" in bobs.get(f"/people/{ann.pk}/").content.decode()
    assert not Message.objects.exists()


def test_it_is_kept_while_it_is_written(bobs, owed, mailbox, bob):
    answer = bobs.post(f"{write_at(owed)}draft/", typed(owed, mailbox, text="Half"))

    assert answer.status_code == 204
    assert unsent.of(bob, owed.party, owed).text == "Half"


def test_what_is_kept_on_the_way_does_not_outlive_the_press_of_send(bobs, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox))

    bobs.post(f"{write_at(owed)}draft/", typed(owed, mailbox, text="Half"))

    assert not Unsent.objects.exists()


def test_what_was_pressed_without_network_waits_as_a_draft(bobs, owed, mailbox, bob):
    kept = typed(owed, mailbox, typed_at=MONDAY.isoformat())

    answer = bobs.post(write_at(owed), kept, HTTP_X_KEPT=key_of(bob))

    assert answer.status_code == 201
    assert "It waits as a draft" in answer.content.decode()
    assert unsent.of(bob, owed.party, owed).text == "Hello Ann,\n\nwith pleasure."
    assert not Message.objects.exists()


def test_a_new_address_is_theirs_from_now_on(bobs, ann, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox, to="ann@new.example"))

    assert Address.objects.get(value="ann@new.example").party == ann


def test_an_address_of_somebody_else_is_not_taken(bobs, workspace, bob, owed, mailbox):
    somebody_asked("Pat", workspace, bob)

    answer = bobs.post(write_at(owed), typed(owed, mailbox, to="pat@home.example"))

    assert "belongs to Pat already" in answer.content.decode()
    assert not Message.objects.exists()


def test_what_was_done_meanwhile_is_said_and_can_go_beside_it(bobs, ann, owed, mailbox):
    FollowUp.objects.filter(pk=owed.pk).update(settled_at=LATER, settled_by="x")

    first = bobs.post(write_at(owed), typed(owed, mailbox))
    bobs.post(write_at(owed), typed(owed, mailbox, beside="yes"))

    assert "done while you wrote" in first.content.decode()
    assert Message.objects.get().followup is None


def test_somebody_is_written_to_without_any_followup(bobs, ann, mailbox):
    answer = bobs.post(f"/people/{ann.pk}/mail/", typed(None, mailbox))

    assert answer.url == f"/people/{ann.pk}/"
    assert Message.objects.get().followup is None
    assert "Going out at" in bobs.get(answer.url).content.decode()


def test_nobody_of_another_team_sees_any_of_it(sids, bobs, ann, owed, mailbox):
    bobs.post(write_at(owed), typed(owed, mailbox))
    message = Message.objects.get()

    for address in (write_at(owed), f"/people/{ann.pk}/mail/", f"/mails/{message.pk}/"):
        assert sids.get(address).status_code == 404
    assert sids.post(f"/mails/{message.pk}/stop/").status_code == 404
    assert Message.objects.get().state == QUEUED
