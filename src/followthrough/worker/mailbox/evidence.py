"""What a mailbox that we read says of mail that we sent: a copy of it lies among the sent mail."""

from followthrough.inlets.mailbox.headers import ids
from followthrough.ledger.models import Folder, Mailbox, StoredMail
from followthrough.ledger.models.reading import SENT
from followthrough.ledger.names import hashed
from followthrough.ledger.outbox.doubts import Looked


def sent_copy(mailbox: Mailbox, message_id: str) -> Looked | None:
    """Whether the Sent folder holds it, as of when that was read last; None: we do not read it."""
    folders = Folder.objects.filter(
        workspace=mailbox.workspace_id, mailbox=mailbox, role=SENT, read_at__isnull=False
    )
    last = folders.order_by("-read_at").first()
    if last is None or last.read_at is None:
        return None
    bare = next(iter(ids([message_id])), "")
    copies = StoredMail.objects.filter(
        workspace=mailbox.workspace_id, mailbox=mailbox, folder__in=folders, message_id=hashed(bare)
    )
    return Looked(found=copies.exists(), read_at=last.read_at)
