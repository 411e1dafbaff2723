"""The last contact, over all colleagues and ways, as the screens say it."""

from datetime import datetime

from followthrough.ledger.people import LastContact
from followthrough.web import say


def last_contact(contact: LastContact | None, now: datetime) -> str:
    """ "last contact 12 days (Ben, call)"."""
    if contact is None:
        return "no contact yet"
    how = ", ".join(filter(None, [contact.by, contact.what]))
    return f"last contact {say.ago(contact.at, now)} ({how})"
