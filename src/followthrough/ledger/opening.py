"""One function per thing that can be opened. Nothing else fetches by an id from outside."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from followthrough.core.matter import PRIVATE
from followthrough.core.saying import says
from followthrough.ledger.circle import of_others
from followthrough.ledger.hidden import not_theirs
from followthrough.ledger.mailboxes import of_member
from followthrough.ledger.models import (
    Address,
    Alarm,
    Change,
    Connection,
    Detail,
    Device,
    FollowUp,
    Gift,
    Intake,
    Likeness,
    Mailbox,
    Matter,
    Member,
    Message,
    Offer,
    Party,
    Proposal,
    Receipt,
    SavedView,
    Sequence,
    StoredMail,
    Want,
)
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.models.reading import UNREADABLE

Row = TypeVar("Row", bound=Model)
UNKNOWN = says("There is nothing here, or it is not yours to open.")


def party_for(member: Member, pk: int) -> Party:
    """The party that speaks under this id; one that was joined answers with its other. What is
    promised to a colleague or to oneself is no matter of these: see `listener_for`."""
    party = listener_for(member, pk)
    if party.kind in UNLISTED:
        raise Http404(UNKNOWN)
    return party


def listener_for(member: Member, pk: int) -> Party:
    """Anybody to whom a word is given, also a colleague, or oneself where it is the member."""
    party = _mine(
        Party.objects.filter(workspace=member.workspace_id, pk=pk).exclude(of_others(member))
    )
    while party.merged_into_id:
        party = Party.objects.select_related("workspace").get(
            workspace=member.workspace_id, pk=party.merged_into_id
        )
    return party


def record_for(member: Member, pk: int) -> Party:
    """The record itself, also where another party speaks for it."""
    rows = Party.objects.filter(workspace=member.workspace_id, pk=pk).exclude(of_others(member))
    return _mine(rows.select_related("workspace", "merged_into"))


def likeness_for(member: Member, pk: int) -> Likeness:
    rows = Likeness.objects.filter(workspace=member.workspace_id, pk=pk)
    return _mine(rows.select_related("first", "second"))


def followup_for(member: Member, pk: int) -> FollowUp:
    rows = FollowUp.objects.filter(not_theirs(member), workspace=member.workspace_id, pk=pk)
    return _mine(rows.select_related("party__workspace", "matter", "member"))


def matter_for(member: Member, pk: int) -> Matter:
    """What is open with somebody outside."""
    matter = any_matter_for(member, pk)
    if matter.party.kind in UNLISTED:
        raise Http404(UNKNOWN)
    return matter


def any_matter_for(member: Member, pk: int) -> Matter:
    """Also among ourselves, and what is private to the member."""
    mine = Q(owner=member) | ~Q(kind=PRIVATE)
    rows = Matter.objects.filter(mine, workspace=member.workspace_id, pk=pk)
    return _mine(rows.select_related("party__workspace", "owner"))


def colleague_for(member: Member, pk: int) -> Member:
    return _mine(Member.objects.filter(workspace=member.workspace_id, pk=pk, active=True))


def intake_for(member: Member, pk: int) -> Intake:
    """Whoever brought it in may look; so may those who manage."""
    rows = Intake.objects.filter(workspace=member.workspace_id, pk=pk)
    return _mine(rows if member.manages else rows.filter(member=member))


def mailbox_for(member: Member, pk: int) -> Mailbox:
    """Their own; a shared one also for who manages, and any for who administers."""
    return _mine(of_member(member).filter(pk=pk).select_related("workspace", "member"))


def removed_mailbox_for(member: Member, pk: int) -> Mailbox:
    rows = Mailbox.objects.filter(workspace=member.workspace_id, pk=pk).exclude(removed_at=None)
    mine = rows if member.administers else rows.filter(member=member)
    shared = rows.filter(shared=True) if member.manages else rows.none()
    return _mine((mine | shared).select_related("workspace"))


def message_for(member: Member, pk: int) -> Message:
    """A mail of ours to somebody whom the member may open: the team sees what was said."""
    rows = Message.objects.filter(workspace=member.workspace_id, pk=pk)
    message = _mine(rows.select_related("workspace", "mailbox", "member", "party", "followup"))
    party_for(member, message.party_id or 0)  # a mailbox to itself is nobody's to open
    return message


def unread_mail_for(member: Member, mailbox: int, pk: int) -> StoredMail:
    """Private mail: only whose mailbox it is may open it, or who manages where it is shared."""
    box = mailbox_for(member, mailbox)
    rows = StoredMail.objects.filter(
        workspace=member.workspace_id, mailbox=box, pk=pk, state=UNREADABLE
    )
    return _mine(rows if box.shared or box.member_id == member.pk else rows.none())


def proposal_for(member: Member, pk: int) -> Proposal:
    """Only whose list it stands on says yes or no."""
    rows = Proposal.objects.filter(workspace=member.workspace_id, member=member, pk=pk)
    return _mine(rows.select_related("party__workspace", "followup__matter", "workspace"))


def alarm_for(member: Member, pk: int) -> Alarm:
    return _mine(Alarm.objects.filter(workspace=member.workspace_id, member=member, pk=pk))


def device_for(member: Member, pk: int) -> Device:
    return _mine(Device.objects.filter(workspace=member.workspace_id, member=member, pk=pk))


def change_for(member: Member, pk: int) -> Change:
    """A change of the team's settings: only administrators are asked about it."""
    rows = Change.objects.filter(workspace=member.workspace_id, pk=pk)
    return _mine((rows if member.administers else rows.none()).select_related("workspace"))


def connection_for(member: Member, pk: int, *, gone: bool = False) -> Connection:
    """A form, a shop or a telephone, also one that is `gone`: only administrators see its key."""
    rows = Connection.objects.filter(workspace=member.workspace_id, pk=pk)
    rows = rows if gone else rows.filter(removed_at=None)
    return _mine((rows if member.administers else rows.none()).select_related("workspace", "owner"))


def receipt_for(member: Member, pk: int) -> Receipt:
    rows = Receipt.objects.filter(workspace=member.workspace_id, pk=pk)
    rows = rows if member.administers else rows.none()
    return _mine(rows.select_related("connection__workspace", "connection__owner", "party"))


def want_for(member: Member, pk: int) -> Want:
    rows = Want.objects.filter(workspace=member.workspace_id, pk=pk)
    return _mine(rows.select_related("party__workspace"))


def wants_for(member: Member, pks: Iterable[int]) -> list[Want]:
    """Those of them that still stand, one for each party that speaks."""
    rows = Want.objects.filter(workspace=member.workspace_id, pk__in=[*pks], gone_at=None)
    found: dict[int, Want] = {}
    for want in rows.select_related("party__workspace").order_by("pk"):
        want.party = party_for(member, want.party_id)
        found.setdefault(want.party.pk, want)
    return list(found.values())


def view_for(member: Member, pk: int) -> SavedView:
    """Whoever saved it changes it."""
    return _mine(_views_of(member).filter(pk=pk, gone_at=None))


def gone_view_for(member: Member, pk: int) -> SavedView:
    """One that they deleted, to bring it back."""
    return _mine(_views_of(member).filter(pk=pk).exclude(gone_at=None))


def _views_of(member: Member) -> QuerySet[SavedView]:
    return SavedView.objects.filter(workspace=member.workspace_id, member=member)


def parties_for(member: Member, pks: Iterable[int]) -> list[Party]:
    """Those that stand in the member's books, each as it speaks now, in their order of name."""
    rows = Party.objects.filter(
        workspace=member.workspace_id, pk__in=[*pks], merged_into=None, forgotten=False
    ).exclude(kind__in=UNLISTED)
    return list(rows.select_related("workspace", "owner").order_by("name", "pk"))


def followups_for(member: Member, pks: Iterable[int]) -> list[FollowUp]:
    """Those of them that still stand."""
    rows = FollowUp.objects.filter(
        not_theirs(member), workspace=member.workspace_id, pk__in=[*pks], settled_at=None
    )
    return list(rows.select_related("party__workspace", "matter", "member").order_by("pk"))


def detail_for(member: Member, pk: int) -> Detail:
    rows = Detail.objects.filter(workspace=member.workspace_id, pk=pk)
    return _mine(rows.select_related("party__workspace"))


def address_for(member: Member, pk: int) -> Address:
    rows = Address.objects.filter(workspace=member.workspace_id, pk=pk)
    return _mine(rows.select_related("party__workspace"))


def gift_for(member: Member, pk: int) -> Gift:
    return _mine(Gift.objects.filter(workspace=member.workspace_id, pk=pk))


def offer_for(member: Member, pk: int) -> Offer:
    """One that is made to anybody in the member's books."""
    rows = Offer.objects.filter(workspace=member.workspace_id, pk=pk, gone_at=None)
    return _mine(rows.exclude(party__kind__in=UNLISTED).select_related("party__workspace"))


def sequence_for(member: Member, pk: int) -> Sequence:
    rows = Sequence.objects.filter(workspace=member.workspace_id, pk=pk)
    return _mine(rows.select_related("workspace"))


def _mine(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404(UNKNOWN)
    return found
