"""Who asked so often in vain that nothing of our own starts before they are answered (S48)."""

from typing import Any

from django.utils.translation import gettext as _

from followthrough.core.followups import QUIET, WARM
from followthrough.ledger.doubting import RULE
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.models.parties import UNLISTED
from followthrough.web import say
from followthrough.web.paths import path_to
from followthrough.web.whether.asked import asked_of

NOTHING: dict[str, Any] = {"tel": "", "mailto": "", "sms": "", "text_too": ""}


def comes_after(followup: FollowUp, first: FollowUp) -> bool:
    """What we start ourselves, with somebody else. Saying what was done is never barred."""
    return followup.band in (QUIET, WARM) and followup.party_id != first.party_id


def ways_to(
    followup: FollowUp, reach: dict[str, str], first: FollowUp | None, member: Member
) -> dict[str, Any]:
    """The links that start a contact; or to whom one goes first; or where a number is added.
    `sms` is the way that the follow-up wants, `text_too` another way that is possible. A mail is
    written here, where the member has a mailbox for it."""
    if first is not None and comes_after(followup, first):
        who = say.first_name(first.party.name)
        there = path_to("person", first.party_id)
        line = _("{who} wrote {n} times: answer {who} first")
        text = line.format(who=who, n=say.number(first.count))
        return NOTHING | {"first": {"url": there, "text": text}}
    if followup.rule == RULE:
        there = path_to("whether", followup.pk)
        ask = {"url": there, "text": _("Is it their answer?")}
        return NOTHING | {"first": ask, "whether": asked_of(followup)}
    reached = reach or followup.party.refuses or followup.how == "decide"
    return {
        "tel": reach.get("tel", ""),
        "mailto": _mail_to(followup, reach, member),
        "sms": reach.get("sms", "") if followup.how == "sms" else "",
        "text_too": reach.get("sms", "") if followup.how != "sms" else "",
        "add_url": "" if reached else path_to("details", followup.party_id),
    }


def _mail_to(followup: FollowUp, reach: dict[str, str], member: Member) -> str:
    here = "" if followup.party.kind in UNLISTED else path_to("write", followup.pk)
    return mail_to(reach, member, here)


def mail_to(reach: dict[str, str], member: Member, here: str) -> str:
    """`here` is where the mail is written; without a mailbox it is the member's own program."""
    by_program = reach.get("mailto", "")
    return here if here and by_program and getattr(member, "writes", False) else by_program
