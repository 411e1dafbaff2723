"""What somebody writes for: a follow-up, else the person alone."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from followthrough.channels.email.writing import answered_by
from followthrough.ledger.books import history_of
from followthrough.ledger.mail_heads import Head
from followthrough.ledger.models import FollowUp, Member, Party

Context = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """`followup` is the one that the mail does; `matter` what it is about."""

    member: Member
    party: Party
    followup: FollowUp | None = None
    about: FollowUp | None = None  # it was done meanwhile; the mail stands beside it
    matter: str = ""
    head: Head | None = None  # the mail that it answers

    @property
    def row(self) -> FollowUp | None:
        """What it was begun for, done meanwhile or not."""
        return self.followup or self.about

    @property
    def address(self) -> str:
        if self.row is not None:
            return reverse("write", args=[self.row.pk])
        return reverse("write_to", args=[self.party.pk])

    @property
    def keep_address(self) -> str:
        if self.row is not None:
            return reverse("write_keep", args=[self.row.pk])
        return reverse("write_to_keep", args=[self.party.pk])


def of_followup(followup: FollowUp, member: Member) -> Occasion:
    open_now = followup.settled_at is None
    matter = followup.matter.key
    return Occasion(
        member=member, party=followup.party, followup=followup if open_now else None,
        about=None if open_now else followup, matter=matter,
        head=answered_by(followup.party, matter),
    )  # fmt: skip


def of_party(party: Party, member: Member) -> Occasion:
    """It goes on with the talk that is open, if any is."""
    talk = history_of(party).open_talk
    matter = talk.name if talk else ""
    return Occasion(member=member, party=party, matter=matter, head=answered_by(party, matter))
