"""The last contact, over all colleagues and ways, as the screens say it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from followthrough.ledger.people import LastContact
from followthrough.web import say

# The sides and ways as the books name them.
BY_NAME = {
    name: name
    for name in (
        gettext_noop("us"), gettext_noop("them"), gettext_noop("call"), gettext_noop("mail"),
        gettext_noop("text"), gettext_noop("website"), gettext_noop("visit"),
        gettext_noop("order"), gettext_noop("card"), gettext_noop("meeting"), gettext_noop("post"),
    )
}  # fmt: skip


def last_contact(contact: LastContact | None, now: datetime) -> str:
    """ "last contact 12 days ago (Ben, call)"."""
    if contact is None:
        return _("not reached yet")
    words = [contact.by, contact.what]
    how = ", ".join(_(BY_NAME[word]) if word in BY_NAME else word for word in words if word)
    return _("last contact {ago} ({how})").format(ago=say.back(contact.at, now), how=how)
