"""What leaves from Bob's mailbox lies among its sent mail: once, and read already."""

from datetime import timedelta
from imaplib import IMAP4

import pytest
from tests.ledger.scene import MONDAY
from tests.web.desk import kinds, text_of
from tests.worker.letters import connected, read, reading_of, states
from tests.worker.sending_scene import answer_to, at, somebody_asked

from followthrough.inlets.servers.places import files_sent_mail
from followthrough.ledger import mailboxes
from followthrough.ledger.models import Mailbox, Message, Reading
from followthrough.ledger.models.outbox import SENT
from followthrough.ledger.models.reading import COPY
from followthrough.ledger.outbox import places
from followthrough.ledger.outbox.filing import LATEST, PAUSE, to_file
from followthrough.ledger.outbox.telling import tell
from followthrough.worker.mailbox.filing import file_copies
from followthrough.worker.mailbox.looking import opened
from followthrough.worker.sending.dispatch import AS_EVER, send_all

MINUTE = timedelta(minutes=1)
SOON = MONDAY + MINUTE


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def mailbox(mail_world, mia, bob, box):
    """Its server files nothing by itself, as was learned."""
    mailbox = connected(mail_world, bob, box, keeps_copies=False)
    read(mailbox)
    assert places.held(bob.workspace, at=MONDAY) is None
    return mailbox


@pytest.fixture
def ann(workspace, mailbox, bob):
    return somebody_asked("Ann", workspace, bob)


def left(message, moment=SOON):
    """As if its server had taken it."""
    Message.objects.filter(pk=message.pk).update(state=SENT, ended_at=moment, told_at=moment)
    return message


def filed(message):
    return Message.objects.get(pk=message.pk).filed_at


def test_what_left_lies_among_the_sent_mail_once_and_is_no_news(mail_world, mailbox, ann, box):
    message = answer_to(ann, mailbox, to=mail_world.mailbox("ann", "customer.test").address)
    with at(SOON):
        send_all(mailbox, AS_EVER)
        tell(mailbox.workspace, at=SOON)
    before = kinds(ann)

    for minutes in (2, 3, 4):
        read(mailbox, at=MONDAY + minutes * MINUTE)

    assert mail_world.count(box, "Sent") == 1
    assert mail_world.dovecot.flags_in(box.address, "Sent") == ["\\Seen \\Recent"]
    fetched = mail_world.dovecot.adm("fetch", "-u", box.address, "text", "mailbox", "Sent", "all")
    assert message.message_id in fetched
    assert filed(message) == MONDAY + 2 * MINUTE
    assert (states(mailbox), kinds(ann)) == ([COPY], before)


def test_what_lies_there_already_is_not_filed_again(mail_world, mailbox, ann, box):
    message = left(answer_to(ann, mailbox))
    mail_world.file(box, bytes(message.raw), "Sent")

    read(mailbox, at=MONDAY + 2 * MINUTE)

    assert mail_world.count(box, "Sent") == 1
    assert filed(message)


def test_a_folder_that_takes_nothing_is_told_on_the_page_and_tried_again(
    mail_world, mailbox, ann, box, bobs
):
    message, page = left(answer_to(ann, mailbox)), f"/settings/mailboxes/{mailbox.pk}/"
    name, _, house = box.address.partition("@")
    inside = mail_world.dovecot.folder / "mail" / house / name / ".Sent" / "tmp"
    inside.chmod(0o500)  # nothing new may be written there

    read(mailbox, at=MONDAY + 2 * MINUTE)
    said = text_of(bobs.get(page))
    assert "could not be filed. It is tried again. The mail server did not take the copy" in said
    mailbox.refresh_from_db()
    assert (filed(message), mailbox.problem) == (None, "")

    inside.chmod(0o700)
    read(mailbox, at=MONDAY + 3 * MINUTE)
    assert filed(message) is None  # not yet

    read(mailbox, at=MONDAY + 3 * MINUTE + PAUSE)
    assert filed(message)
    assert "A copy of what we send is filed among the sent mail" in text_of(bobs.get(page))


class Picky:
    """A server that takes all but one: it is too large, or has something in it."""

    def __init__(self, postbox, not_this):
        self.holds, self.take, self.not_this = postbox.holds, postbox.file, not_this

    def file(self, name, raw, *, at):
        if raw == bytes(self.not_this.raw):
            raise IMAP4.error("[TOOBIG] Not this one")
        self.take(name, raw, at=at)


def test_one_that_is_not_taken_keeps_back_no_other(mailbox, ann, workspace, bob):
    odd = left(answer_to(ann, mailbox))
    other = left(answer_to(somebody_asked("Pat", workspace, bob), mailbox), SOON + MINUTE)
    reading, now = reading_of(mailbox), MONDAY + 3 * MINUTE
    assert mailboxes.claim(reading, lease="test", at=now, hinted=True)

    with opened(mailbox) as postbox:
        assert file_copies(reading, Picky(postbox, odd), at=now)

    assert (filed(odd), filed(other)) == (None, now)
    assert "[TOOBIG] Not this one" in reading_of(mailbox).filing_problem


def test_whoever_does_not_read_the_mailbox_any_more_files_nothing(mailbox, ann):
    message, reading, now = left(answer_to(ann, mailbox)), reading_of(mailbox), MONDAY + 3 * MINUTE
    assert mailboxes.claim(reading, lease="slow", at=now, hinted=True)
    Reading.objects.filter(pk=reading.pk).update(lease="another")

    with opened(mailbox) as postbox:
        file_copies(reading, postbox, at=now)
        assert not postbox.holds("Sent", message.message_id, since=SOON)

    assert filed(message) is None


def test_where_the_connection_ends_meanwhile_it_is_filed_along_the_next_one(
    mail_world, mailbox, ann, box
):
    message, reading = left(answer_to(ann, mailbox)), reading_of(mailbox)
    assert mailboxes.claim(reading, lease="test", at=MONDAY + 2 * MINUTE, hinted=True)

    with opened(mailbox) as postbox:
        mail_world.dovecot.kick(box.address)
        assert not file_copies(reading, postbox, at=MONDAY + 2 * MINUTE)
    assert filed(message) is None

    read(mailbox, at=MONDAY + 3 * MINUTE + PAUSE)
    assert (bool(filed(message)), mail_world.count(box, "Sent")) == (True, 1)


# --- what is not filed, without a server -------------------------------------------------------


def waiting(mailbox, moment=SOON):
    reading = Reading.objects.select_related("mailbox").get(mailbox=mailbox)
    return to_file(reading, most=10, at=moment)


@pytest.mark.parametrize("keeps", [True, None])
def test_nothing_is_filed_before_it_is_known_that_the_server_does_not(mailbox, ann, keeps):
    Mailbox.objects.update(keeps_copies=keeps)
    left(answer_to(ann, mailbox))

    assert waiting(mailbox) == []


def test_what_nobody_knows_to_have_left_or_left_long_ago_is_not_filed(mailbox, ann):
    answer_to(ann, mailbox)
    assert waiting(mailbox) == []

    message = left(answer_to(ann, mailbox))
    assert [one.message_id for one in waiting(mailbox)] == [message.message_id]
    assert waiting(mailbox, SOON + LATEST + MINUTE) == []


def test_those_who_file_by_themselves_are_left_to_it():
    assert files_sent_mail("gmail", "")
    assert files_sent_mail("", "smtp.office365.com")  # a company's own domain there
    assert not files_sent_mail("gmx", "mail.gmx.net")
    assert not files_sent_mail("", "smtp.banners.example")


def test_a_server_without_a_folder_for_sent_mail_is_told_what_to_do(mailbox, bobs):
    mailbox.folders.filter(role="sent").delete()

    said = text_of(bobs.get(f"/settings/mailboxes/{mailbox.pk}/"))

    assert "Make a folder called Sent in your mail program" in said
