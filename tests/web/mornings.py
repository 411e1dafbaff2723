"""The morning’s mails, as they are found in somebody’s mailbox."""

import re

from django.core import mail

from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.worker.ticking import turn

NINE = MONDAY + DAY - HOUR  # Tuesday in London


def morning(at=NINE):
    """The mails of that minute, by whom they are for."""
    mail.outbox.clear()
    turn(at)
    return {
        one.to[0].partition("@")[0]: one for one in mail.outbox if "minut" in one.subject.lower()
    }


def html_of(one):
    return one.alternatives[0][0]


def links(one, words):
    return re.findall(rf"{words}: (http\S+)", one.body)


def path(link):
    return "/" + link.split("/", 3)[3]
