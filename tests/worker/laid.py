"""Mail that lies in a mailbox of the tests, without a server: stored and thought about."""

from itertools import count

from tests.ledger.scene import MONDAY
from tests.worker.letters import ponder

from followthrough.inlets.servers.postbox import Letter
from followthrough.ledger import mailboxes
from followthrough.ledger.models import Folder, Mailbox, Reading
from followthrough.ledger.models.reading import INBOX
from followthrough.worker.mailbox.storing import Portion, store

numbers = count(1)


def box_of(member, address="bob@banners.test", at=MONDAY, **more):
    """Bob's mailbox, read up to now."""
    mailbox = mailboxes.connect(
        member, "sesame", address=address, username=address, imap_host="127.0.0.1",
        smtp_host="127.0.0.1", smtp_port=25, smtp_security="plain", at=at, **more,
    )  # fmt: skip
    Mailbox.objects.filter(pk=mailbox.pk).update(read_at=at)
    Reading.objects.filter(mailbox=mailbox).update(caught_up_at=at)
    Folder.objects.create(
        workspace=member.workspace, mailbox=mailbox, name="INBOX", role=INBOX, uidvalidity=1,
        caught_up_at=at, read_at=at,
    )  # fmt: skip
    mailbox.refresh_from_db()
    return mailbox


def comes(mailbox, *mails, at=MONDAY, folder=INBOX):
    """These lie there now, and have been read."""
    reading = mailboxes.to_read(mailbox.workspace).get(mailbox=mailbox)
    assert mailboxes.claim(reading, lease=f"test{next(numbers)}", at=at, hinted=True)
    place = Folder.objects.get(mailbox=mailbox, role=folder)
    wholes = {
        place.next_uid + n: mail if isinstance(mail, bytes) else mail.as_bytes()
        for n, mail in enumerate(mails)
    }
    letters = [Letter(uid=uid, size=len(raw), arrived=at) for uid, raw in wholes.items()]
    portion = Portion(letters=letters, wholes=wholes, next_uid=place.next_uid + len(mails))
    store(reading, place, portion, at=at)
    mailboxes.worked(reading, at=at)
    ponder(mailbox, at=at)
