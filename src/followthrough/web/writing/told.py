"""What is true of a mail, in words, and what one does about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from followthrough.ledger.models import FollowUp, Member, Message
from followthrough.ledger.outbox import truths
from followthrough.web.writing.going import when_it_goes

Context = dict[str, Any]
OUR_MAIL = ".WeWrote."  # in the name of a fact
# The words, their tone, and the icon beside them.
SAID: dict[str, tuple[Any, str, str]] = {
    truths.STOPPED: (later("Stopped before it left"), "", "x"),
    truths.NOT_SENT: (later("Not sent"), "ember", "circle-alert"),
    truths.NOT_DELIVERED: (later("Not delivered"), "ember", "circle-alert"),
    truths.IN_QUESTION: (later("Nobody knows whether it left"), "honey", "circle-help"),
    truths.NO_SIGN: (later("Sent; no sign of arrival"), "", "send"),
    truths.ARRIVED: (later("Delivered; not opened as far as we can see"), "pine", "circle-check"),
    truths.SEEN: (later("Seen, no answer"), "lake", "circle-check"),
    truths.ANSWERED: (later("Answered"), "pine", "reply"),
}


def said_of(message: Message, truth: str, member: Member, now: datetime) -> Context:
    """As a chip on the line that tells of it."""
    if truth == truths.GOING:
        return {"text": when_it_goes(message, member, now), "tone": "lake", "icon": "send"}
    text, tone, icon = SAID[truth]
    return {"text": str(text), "tone": tone, "icon": icon}


def chips_of(rows: Sequence[FollowUp], member: Member, now: datetime) -> dict[int, Context]:
    """Of those that we wait for: what is true of the mail that they have not answered."""
    named = {row.pk: {row.because, *row.evidence} for row in rows}
    if not any(OUR_MAIL in name for names in named.values() for name in names):
        return {}
    mails = truths.of_parties(member.workspace, {row.party_id for row in rows})
    chips = {}
    for pk, names in named.items():
        mail = next((mails[name] for name in names if name in mails), None)
        if mail is not None:
            said = said_of(mail, truths.truth_of(mail, truths.NOTHING_SINCE), member, now)
            chips[pk] = {"chip": said["text"]}
    return chips


def next_to_do(message: Message, truth: str) -> list[Context]:
    """Each truth has its own next thing: a link and its words."""
    person = reverse("person", args=[message.party_id])
    again = {
        "url": reverse("mail_again", args=[message.pk]),
        "text": _("Send it again"),
        "post": True,
    }
    mend = {
        "url": reverse("mail_again", args=[message.pk]),
        "text": _("Fix the address and send again"),
        "post": True,
    }
    ask = {
        "url": reverse("write_to", args=[message.party_id]),
        "text": _("Ask whether it arrived"),
    }
    found: dict[str, list[Context]] = {
        truths.STOPPED: [again],
        truths.NOT_SENT: [again],
        truths.NOT_DELIVERED: [mend, {"url": person, "text": _("Reach them another way")}],
        truths.NO_SIGN: [ask],
        truths.ARRIVED: [ask | {"text": _("Ask whether they saw it")}],
        truths.SEEN: [{"url": person, "text": _("Call, while it is fresh")}],
        truths.ANSWERED: [{"url": person, "text": _("Read their answer")}],
    }
    return found.get(truth, [])
