"""A copy of what we sent, laid among the sent mail where no server does that by itself.

It goes along the connection that the mailbox is read by, after the mail has left: sending waits
for no copy, and no copy is laid by two workers, since one of them reads the mailbox.
"""

from datetime import datetime
from imaplib import IMAP4

from followthrough.core.saying import says
from followthrough.inlets.servers.places import files_sent_mail
from followthrough.inlets.servers.postbox import Postbox
from followthrough.inlets.servers.trouble import HUNG_UP
from followthrough.ledger import clock, mailboxes
from followthrough.ledger.models import Folder, Reading
from followthrough.ledger.outbox.filing import Copy, filed, not_filed, sent_folder, to_file

MOST = 20  # at one look: people wait for their mail to be read
NOT_TAKEN = says("The mail server did not take the copy ({why}).")
LONGEST = 120


def file_copies(reading: Reading, box: Postbox, *, at: datetime) -> bool:
    """False: the connection did not live through it. What was not filed is tried again."""
    mailbox = reading.mailbox
    if files_sent_mail(mailbox.provider, mailbox.smtp_host):
        return True
    copies = to_file(reading, most=MOST, at=at)
    folder = sent_folder(reading) if copies else None
    if folder is None:
        return True
    try:
        refused = [why for copy in copies if (why := _file(reading, folder, box, copy, at))]
    except (IMAP4.abort, OSError):
        not_filed(reading, says(HUNG_UP.template, host=mailbox.imap_host), at=at)
        return False
    if refused:
        not_filed(reading, says(NOT_TAKEN.template, why=refused[0][:LONGEST]), at=at)
    return True


def _file(reading: Reading, folder: Folder, box: Postbox, copy: Copy, at: datetime) -> str:
    """Why the server did not take this one: the next may be smaller. Looked for first: an answer
    may have been lost on its way, or somebody filed it before."""
    if not mailboxes.holds(reading, at=clock.now()):  # a slow one takes minutes
        return ""
    try:
        if not box.holds(folder.name, copy.message_id, since=copy.left_at):
            box.file(folder.name, copy.raw, at=copy.left_at)
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        return str(error) or type(error).__name__
    filed(reading, copy, at=at)
    return ""
