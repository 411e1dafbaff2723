"""The named questions screens and reports ask."""

from django.db.models import Exists, OuterRef, Q

from followthrough.ledger.models import FollowUp, Matter, Member, Party


def open_items_of(member: Member) -> int:
    """Open matters that are this member's or wait for them, and parties that are theirs."""
    here = {"workspace": member.workspace_id}
    owing = FollowUp.objects.filter(**here, matter=OuterRef("pk"), member=member, settled_at=None)
    theirs = Q(owner=member, closed_at=None) | Q(Exists(owing))
    matters = Matter.objects.filter(theirs, **here).count()
    return matters + Party.objects.filter(**here, owner=member).count()
