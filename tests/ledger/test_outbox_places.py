"""A copy of the books sends nothing until somebody says that it is the only one."""

import shutil

import pytest
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import answer_to, mailbox_at, somebody_asked

from followthrough.ledger.models import Alarm, Message, Sending
from followthrough.ledger.outbox import places
from followthrough.ledger.outbox.claiming import claim, hand_over

pytestmark = pytest.mark.django_db


class Nowhere:
    port = 1


@pytest.fixture
def books(workspace, mia, bob):
    """From these one mail was sent, and one is due."""
    mailbox = mailbox_at(Nowhere, bob)
    for name in ("Ann", "Pat"):
        answer_to(somebody_asked(name, workspace, bob), mailbox)
    [mine] = claim(mailbox, token="x", most=1, at=MONDAY + HOUR)
    left, number = hand_over(workspace, [mine.id], token="x", at=MONDAY + HOUR)
    Message.objects.filter(pk__in=left).update(state="sent", ended_at=MONDAY + HOUR)
    row = Sending.objects.get()
    places.note(row.installation, number)
    return row


def test_the_same_machine_goes_on_after_a_restart(workspace, books):
    assert places.held(workspace, at=MONDAY) is None


def test_another_folder_is_another_place(workspace, books, settings, tmp_path, mia):
    copy = tmp_path / "copy"
    shutil.copytree(settings.VAR / "sent", copy / "sent")
    settings.VAR = copy

    assert places.held(workspace, at=MONDAY) == places.MOVED
    assert Alarm.objects.filter(member=mia, what=places.HELD).count() == 1


def test_books_that_are_older_than_what_was_sent_are_a_backup(workspace, books):
    Sending.objects.update(handovers=0)

    assert places.held(workspace, at=MONDAY) == places.RESTORED


def test_a_place_that_forgot_what_it_sent_asks(workspace, books, settings):
    shutil.rmtree(settings.VAR / "sent")

    assert places.held(workspace, at=MONDAY) == places.RESTORED


def test_the_only_copy_sends_again_and_doubts_what_may_have_left_elsewhere(workspace, books):
    Sending.objects.update(handovers=0)
    places.held(workspace, at=MONDAY)

    assert places.waiting(workspace) == [places.RESTORED]
    assert places.this_is_the_only_copy(workspace, at=MONDAY + HOUR) == 1

    assert places.waiting(workspace) == []
    assert places.held(workspace, at=MONDAY + HOUR) is None
    assert sorted(Message.objects.values_list("state", flat=True)) == ["in_doubt", "sent"]


def test_the_administrators_are_told_once(workspace, books):
    Sending.objects.update(handovers=0)

    places.held(workspace, at=MONDAY)
    places.held(workspace, at=MONDAY + HOUR)

    assert Alarm.objects.filter(what=places.HELD).count() == 1


def test_the_file_of_numbers_does_not_grow_for_ever(workspace, books, monkeypatch):
    monkeypatch.setattr(places, "LARGEST", 40)

    for number in range(2, 60):
        places.note(books.installation, number)

    place = places.here(books)
    assert place.seen == 59
    assert place.file.stat().st_size < 60
