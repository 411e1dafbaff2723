"""What a mailbox writes to itself, for whoever finds it in the inbox."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from followthrough.ledger.models import Mailbox
from followthrough.web.tongue import tongue_for


def words_of(mailbox: Mailbox, _at: datetime) -> tuple[str, str]:
    """Subject and text, in the language of whose mailbox it is."""
    with override(tongue_for(mailbox.member)):
        return _("Followthrough: a test mail to itself"), _(
            "This mailbox writes to itself once a day, so that Followthrough notices if mail does "
            "not leave or does not arrive. You can delete it, or have your mail program file it "
            "away by its subject. To end it, open Settings, Mailboxes."
        )
