"""What an Undo carries in its address: signed, aging, and opened by whom it belongs to."""

from typing import Any

from django.core import signing
from django.http import Http404
from django.utils.translation import gettext as _

from followthrough.ledger.models import Member

AGE = 24 * 60 * 60  # seconds; what was done the day before is put right where it stands
ANYBODY = 0  # of the team: what the token names is opened with their own permission


def signed(told: Any, salt: str, whose: Member | None = None) -> str:
    """`told` as JSON holds it. Where it is `whose`, nobody else opens it."""
    return signing.dumps([whose.pk if whose else ANYBODY, told], salt=salt, compress=True)


def opened(token: str, salt: str, member: Member) -> Any:
    try:
        whose, told = signing.loads(token, salt=salt, max_age=AGE)
    except signing.SignatureExpired as late:
        raise Http404(_("That was done too long ago to be taken back with one press.")) from late
    except signing.BadSignature as broken:
        raise Http404(_("This undo is not one of ours.")) from broken
    if whose not in (ANYBODY, member.pk):
        raise Http404(_("This undo is not one of yours."))
    return told
