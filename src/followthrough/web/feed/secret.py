"""The address of a member's calendar: nobody can guess it, and a copy of the books tells nothing.

It is made of the server's key and of a number drawn when it was renewed; a new one ends the one
before.
"""

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from followthrough.ledger.models import Member
from followthrough.ledger.place import id_in
from followthrough.web.site import absolute

SALT = "followthrough.feed"
LENGTH = 40


def secret_of(member: Member) -> str:
    """ "" where they have made none."""
    if not member.feed:
        return ""
    made_of = f"{member.workspace_id}:{member.pk}:{member.feed}"
    return f"{member.pk}-{salted_hmac(SALT, made_of, algorithm='sha256').hexdigest()[:LENGTH]}"


def address_of(member: Member) -> str:
    secret = secret_of(member)
    return absolute(reverse("feed", args=[secret])) if secret else ""


def whose(secret: str) -> Member | None:
    rows = Member.objects.filter(active=True, user__is_active=True, feed__gt=0)
    named = id_in(secret.partition("-")[0])
    member = rows.select_related("workspace", "user").filter(pk=named).first()
    if member is None or not constant_time_compare(secret_of(member), secret):
        return None
    return member
