"""Letters of the tests' mail world, and Bob's mailbox there, read as the worker reads it."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from tests.ledger.scene import MONDAY

from followthrough.ledger import mailboxes
from followthrough.ledger.models import Address, Party, Reading, StoredMail
from followthrough.ledger.models.mailboxes import PLAIN
from followthrough.worker.mailbox.looking import look_safely
from followthrough.worker.mailbox.thinking import think

ASKS = "Could you send me a price for ten banners?"


def letter(sender, to, text=ASKS, *, at=MONDAY, subject="Banners", number="", **heads):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(at)
    if number:
        mail["Message-ID"] = f"<{number}@letters.test>"
    for name, value in heads.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def connected(world, member, box, **values):
    """The mailbox, connected; what was read of it is `reading_of` it."""
    servers = {
        "imap_host": "127.0.0.1", "imap_port": world.dovecot.port, "imap_security": PLAIN,
        "smtp_host": "127.0.0.1", "smtp_port": world.postfix.submission, "smtp_security": PLAIN,
    }  # fmt: skip
    return mailboxes.connect(
        member, box.password, address=box.address, username=box.address,
        **{"at": MONDAY, **servers, **values},
    )  # fmt: skip


def reading_of(mailbox):
    return mailboxes.to_read(mailbox.workspace).get(mailbox=mailbox)


def read(mailbox, *, at=MONDAY, seconds=10):
    """One look, and all that it brought thought about; how many mails came."""
    reading = reading_of(mailbox)
    assert mailboxes.claim(reading, lease="test", at=at)
    came = look_safely(reading, at=at, seconds=seconds)
    mailbox.refresh_from_db()
    ponder(mailbox, at=at)
    return came


def ponder(mailbox, *, at=MONDAY):
    for step in range(100):
        if not think(mailbox.workspace, at=at + timedelta(seconds=step)):
            reading = Reading.objects.get(mailbox=mailbox)
            if reading.intake is None or reading.intake.finished_at:
                return


def states(mailbox):
    rows = StoredMail.objects.filter(mailbox=mailbox).order_by("pk")
    return list(rows.values_list("state", flat=True))


def party_of(box):
    return Party.objects.get(pk=Address.objects.get(value=box.address).party_id)


def arrives(world, box, mail, mails):
    world.send(mail, to=box.address)
    world.wait_for(box, mails)
