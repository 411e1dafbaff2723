"""What stands below the words of a mail; of one that leaves to many, also where we are found."""

from followthrough.ledger.models import Mailbox
from followthrough.ledger.models.outbox import MARKETING


def below_the_words(mailbox: Mailbox, purpose: str) -> str:
    """Many countries ask for a postal address in mail that nobody asked for."""
    postal = mailbox.workspace.postal if purpose == MARKETING else ""
    return "\n\n".join(part.strip() for part in (mailbox.signature, postal) if part.strip())
