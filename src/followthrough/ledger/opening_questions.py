"""The part of `opening` that is about what somebody is asked of a mail: with the permission for
whom it is about."""

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404

from followthrough.ledger.models import Doubt, Member, Topic
from followthrough.ledger.opening import UNKNOWN, party_for

Asked = TypeVar("Asked", Doubt, Topic)


def doubt_for(member: Member, pk: int) -> Doubt:
    return _about_theirs(member, Doubt.objects.filter(workspace=member.workspace_id, pk=pk))


def topic_for(member: Member, pk: int) -> Topic:
    return _about_theirs(member, Topic.objects.filter(workspace=member.workspace_id, pk=pk))


def _about_theirs(member: Member, rows: QuerySet[Asked]) -> Asked:
    found = rows.first()
    if found is None:
        raise Http404(UNKNOWN)
    party_for(member, found.party_id)
    return found
