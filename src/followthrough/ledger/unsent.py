"""Words that were begun and not sent: kept, and there again when their mail was stopped."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet

from followthrough.ledger.books import family_of
from followthrough.ledger.models import FollowUp, Member, Message, Party, Unsent, UnsentFile

MENDS = "mend_the_bounce"  # the rule by which what came back is owed anew
LONGEST_NAME, LONGEST_KIND = 120, 100


AFile = tuple[str, str, bytes]  # its name, its kind, and what is in it


def of(member: Member, party: Party, followup: FollowUp | None) -> Unsent | None:
    """What the member began to write for this."""
    return _rows(member, party, followup).select_related("mailbox").first()


def of_party(member: Member, party: Party) -> list[Unsent]:
    """All that the member began to write to somebody, the newest first."""
    rows = Unsent.objects.filter(
        workspace=member.workspace_id, member=member, party__in=family_of(party)
    )
    return list(rows.select_related("followup").order_by("-saved_at"))


def keep(
    member: Member, party: Party, followup: FollowUp | None, *, at: datetime, **values: Any
) -> Unsent:
    """As it stands now, in the place of what stood there before."""
    whose: dict[str, Any] = {"workspace": member.workspace, "member": member, "followup": followup}
    if followup is None:
        whose["party"] = party
    row, _new = Unsent.objects.update_or_create(
        **whose, defaults={"party": party, "saved_at": at, **values}
    )
    return row


def add_files(unsent: Unsent, files: Iterable[AFile]) -> None:
    UnsentFile.objects.bulk_create(
        UnsentFile(
            workspace_id=unsent.workspace_id, unsent=unsent, name=name[-LONGEST_NAME:],
            kind=kind[:LONGEST_KIND], size=len(content), content=content,
        )
        for name, kind, content in files
    )  # fmt: skip


def files_of(unsent: Unsent | None) -> QuerySet[UnsentFile]:
    if unsent is None:
        return UnsentFile.objects.none()
    return UnsentFile.objects.filter(workspace=unsent.workspace_id, unsent=unsent).order_by("pk")


def only_these_files(unsent: Unsent, ids: Iterable[int]) -> None:
    files_of(unsent).exclude(pk__in=[*ids]).delete()


def drop(member: Member, party: Party, followup: FollowUp | None) -> None:
    _rows(member, party, followup).delete()


def bring_back(message: Message, *, at: datetime) -> Unsent:
    """A mail that was stopped is a draft of whoever wrote it, with all that went with it."""
    followup = message.followup if message.followup and not message.followup.settled_at else None
    return _as_draft(message, message.member, followup, at)


def begin_again(message: Message, member: Member, *, at: datetime) -> Unsent:
    """The same words for what stands in its place by now: that it came back, as a rule."""
    owed = FollowUp.objects.filter(
        workspace=message.workspace_id, party__in=family_of(message.party), settled_at=None,
        matter__key=message.matter,
    )  # fmt: skip
    mends = sorted(
        owed, key=lambda row: (row.rule != MENDS, row.pk != message.followup_id, row.due)
    )
    return _as_draft(message, member, next(iter(mends), None), at)


def _as_draft(message: Message, member: Member, followup: FollowUp | None, at: datetime) -> Unsent:
    typed = [one["typed"] for one in message.then if one.get("typed")]
    with transaction.atomic():
        row = keep(
            member, message.party, followup, at=at, mailbox=message.mailbox,
            to="" if message.dead else message.recipient, subject=message.subject,
            text=message.words, when=typed[0] if typed else "",
        )  # fmt: skip
        only_these_files(row, ())
        add_files(row, _attachments(bytes(message.raw)))
    return row


def _attachments(raw: bytes) -> Iterator[AFile]:
    mail = message_from_bytes(raw, policy=policy.default)
    for part in mail.iter_attachments():
        content = part.get_payload(decode=True)
        yield part.get_filename() or "file", part.get_content_type(), cast("bytes", content or b"")


def _rows(member: Member, party: Party, followup: FollowUp | None) -> QuerySet[Unsent]:
    rows = Unsent.objects.filter(workspace=member.workspace_id, member=member)
    if followup is not None:
        return rows.filter(followup=followup)
    return rows.filter(followup=None, party__in=family_of(party))
