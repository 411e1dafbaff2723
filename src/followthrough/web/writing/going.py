"""What is on its way to somebody, when it goes, and how to stop it; and what is still a draft."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from followthrough.ledger import unsent
from followthrough.ledger.books import family_of
from followthrough.ledger.models import FollowUp, Member, Message, Party, Unsent
from followthrough.ledger.models.outbox import STOPPABLE
from followthrough.ledger.outbox.stopping import going_out
from followthrough.ledger.outbox.truths import came_back
from followthrough.web import say

Context = dict[str, Any]
SOON = timedelta(minutes=2)


def going_for(row: FollowUp | None, member: Member, now: datetime) -> Context:
    message = going_out([row]).get(row.pk) if row else None
    return going(message, member, now) if message else {}


def going(message: Message, member: Member, now: datetime) -> Context:
    """That it leaves in a moment, and how to stop it."""
    return {
        "text": when_it_goes(message, member, now),
        "url": reverse("mail", args=[message.pk]),
        "stop_url": reverse("mail_stop", args=[message.pk]),
        "now_url": reverse("mail_now", args=[message.pk]),
        "stoppable": message.handover_at is None,
    }


def mend_of(followup: FollowUp, reach: Mapping[str, str]) -> Context:
    """Of a mail that came back: the same words to another address, a text, a call (S24)."""
    if followup.rule != unsent.MENDS:
        return {}
    message = came_back(followup)
    if message is None:
        return {}
    return {
        "url": reverse("mail_again", args=[message.pk]), "address": message.recipient,
        "tel": reach.get("tel", ""), "sms": reach.get("sms", ""),
    }  # fmt: skip


def on_the_way(
    party: Party, owed: Iterable[FollowUp], reach: Mapping[str, str], member: Member, now: datetime
) -> Context:
    """Of somebody: mails that have not left, and words that were begun."""
    waits = Message.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), state__in=STOPPABLE
    )
    drafts = unsent.of_party(member, party)
    mends = (mend_of(row, reach) for row in owed)
    return {
        "mend": next(filter(None, mends), None),
        "going": [going(one, member, now) for one in waits.defer("raw").order_by("pk")],
        "drafts": [
            {
                "url": _address(one),
                "text": one.subject or say.shortened(one.text, 60),
                "when": say.in_words(one.saved_at, now, member.own_zone()),
            }
            for one in drafts
        ],
    }


def _address(draft: Unsent) -> str:
    if draft.followup_id:
        return reverse("write", args=[draft.followup_id])
    return reverse("write_to", args=[draft.party_id])


def when_it_goes(message: Message, member: Member, now: datetime) -> str:
    zone, at = member.own_zone(), message.not_before
    if message.handover_at is not None or message.claim:
        return _("Going out now")
    if message.attempt and at > now:
        when = say.in_words(at, now, zone)
        return _("The last try failed, the next is {day}").format(day=when)
    if at.astimezone(zone).date() == now.astimezone(zone).date():
        return _("Going out at {time}").format(time=say.clock_to_the_second(at, zone))
    return _("Going out {day}").format(day=say.in_words(at, now, zone))


def chips_of(rows: Sequence[FollowUp], member: Member, now: datetime) -> dict[int, Context]:
    """Of a list: which of its lines have a mail on its way."""
    if not getattr(member, "writes", False):
        return {}
    return {
        pk: {
            "chip": when_it_goes(message, member, now), "chip_tone": "lake",
            "chip_url": chip_address(message, now),
        }
        for pk, message in going_out(rows).items()
    }  # fmt: skip


def chip_address(message: Message, now: datetime) -> str:
    """Where a line asks how far its mail is; "" for what goes another time, or waits for longer
    than it takes to go: that is told with the rest of the day."""
    soon = abs(message.not_before - now) <= SOON
    return f"{reverse('mail_now', args=[message.pk])}?chip=yes" if soon else ""
