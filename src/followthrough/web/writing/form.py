"""What was typed to be mailed, and what there is to say about it before it goes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from followthrough.channels.email.letter import MOST_BYTES, MOST_FILES, File
from followthrough.channels.email.writing import Draft, mailboxes_of, subject_answering
from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import unsent
from followthrough.ledger.models import FollowUp, Mailbox, Unsent, UnsentFile
from followthrough.ledger.outbox.then import stored
from followthrough.ledger.place import id_in
from followthrough.web import say
from followthrough.web.followup.offered import ANSWER
from followthrough.web.followup.touch import ANSWER_THEM, kept
from followthrough.web.when import calendar_of, fixed, reading_of
from followthrough.web.writing.occasion import Occasion

LONGEST_TEXT, LONGEST_SUBJECT, LONGEST_ADDRESS, LONGEST_WHEN = 100_000, 300, 254, 500
# What stands for something that nobody has filled in.
BLANK = re.compile(r"\{\{?\s*[\w .|()\"']{1,40}\s*\}?\}")


@dataclass(kw_only=True)
class Writing:
    """Valid or not; `errors` say what to do. `kept` are files that came with an earlier try."""

    to: str = ""
    mailbox: str = ""
    subject: str = ""
    text: str = ""
    when: str = ""
    kept: list[int] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    too_large: bool = False  # the files that were chosen: they were not even read
    beside: bool = False  # they know that it was done meanwhile
    back: str = ""
    choice: str = ""  # which template the words came from
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: QueryDict, files: "MultiValueDict[str, UploadedFile[bytes]]") -> "Writing":
        return cls(
            to=data.get("to", "").strip()[:LONGEST_ADDRESS],
            mailbox=data.get("mailbox", "")[:20],
            subject=" ".join(data.get("subject", "").split())[:LONGEST_SUBJECT],
            text=data.get("text", "").replace("\r\n", "\n").strip(),
            when=data.get("when", "").strip()[:LONGEST_WHEN],
            kept=[id_in(one) for one in data.getlist("kept")[:MOST_FILES]],
            files=_files(files.getlist("files")),
            too_large=_size_of(files.getlist("files")) > MOST_BYTES,
            beside=data.get("beside") == "yes",
            back=data.get("back", "")[:20],
            choice=data.get("choice", "")[:80],
        )

    @classmethod
    def kept_as(cls, draft: Unsent) -> "Writing":
        return cls(
            to=draft.to, mailbox=str(draft.mailbox_id or ""), subject=draft.subject,
            text=draft.text, when=draft.when, choice=draft.choice,
            kept=list(unsent.files_of(draft).values_list("pk", flat=True)),
        )  # fmt: skip

    @property
    def says_nothing(self) -> bool:
        return not (self.text or self.files or self.kept)

    def keep(self, occasion: Occasion, *, at: datetime) -> Unsent | None:
        """As a draft; nothing at all is none."""
        member, party, row = occasion.member, occasion.party, occasion.row
        if self.says_nothing:
            unsent.drop(member, party, row)
            return None
        draft = unsent.keep(
            member, party, row, at=at, to=self.to, mailbox=self.from_which(occasion),
            subject=self.subject, text=self.text[:LONGEST_TEXT], when=self.when,
            choice=self.choice,
        )  # fmt: skip
        unsent.only_these_files(draft, self.kept)
        if not self.errors.get("files"):
            unsent.add_files(draft, [(one.name, one.kind, one.content) for one in self.files])
        return draft

    # --- whether it can go -------------------------------------------------------------

    def check(self, occasion: Occasion, now: datetime) -> None:
        if not self.text:
            self.errors["text"] = _("Write a few words first.")
        elif len(self.text) > LONGEST_TEXT:
            too_long = _("That is longer than one mail should be: at most {n} letters.")
            self.errors["text"] = too_long.format(n=say.number(LONGEST_TEXT))
        elif blank := BLANK.search(f"{self.subject} {self.text}"):
            fill_in = _("Fill in {blank} first, or take it out.")
            self.errors["text"] = fill_in.format(blank=blank[0])
        if not self.subject:
            self.errors["subject"] = _("Say in a few words what it is about.")
        if not self.to:
            self.errors["to"] = _("Write the address that it goes to.")
        if self.mailbox and self.from_which(occasion) is None:
            self.errors["mailbox"] = _("Choose a mailbox that you may write from.")
        reading = reading_of(self.when, occasion.member, now)
        if self.when and reading.due is None:
            self.errors["when"] = reading.sentence
        self._check_files(occasion)

    def _check_files(self, occasion: Occasion) -> None:
        kept = self._kept_files(occasion)
        if len(self.files) + len(self.kept) > MOST_FILES:
            most = _("At most {n} files go with one mail.")
            self.errors["files"] = most.format(n=MOST_FILES)
        elif self.too_large or self._weight(kept) > MOST_BYTES:
            large = _("The files are too large for a mail: at most {n} MB together.")
            self.errors["files"] = large.format(n=MOST_BYTES >> 20)

    def _kept_files(self, occasion: Occasion) -> QuerySet[UnsentFile]:
        known = unsent.of(occasion.member, occasion.party, occasion.row)
        return unsent.files_of(known).filter(pk__in=self.kept)

    def _weight(self, kept: QuerySet[UnsentFile]) -> int:
        before = sum(kept.values_list("size", flat=True))
        return before + sum(len(one.content) for one in self.files)

    def from_which(self, occasion: Occasion) -> Mailbox | None:
        return mailboxes_of(occasion.member).filter(pk=id_in(self.mailbox)).first()

    # --- as it goes ------------------------------------------------------------------------

    def draft(self, occasion: Occasion, now: datetime) -> Draft:
        """Under another subject than theirs it begins a conversation of its own."""
        head = occasion.head
        files = [
            File(name=one.name, kind=one.kind, content=bytes(one.content))
            for one in self._kept_files(occasion)
        ]
        return Draft(
            party=occasion.party, member=occasion.member, subject=self.subject, text=self.text,
            to=self.to, mailbox=self.from_which(occasion), followup=occasion.followup,
            matter=occasion.matter, files=[*files, *self.files], then=self.then(occasion, now),
            answers=head is not None and self.subject == subject_answering(head),
        )  # fmt: skip

    def then(self, occasion: Occasion, now: datetime) -> list[dict[str, Any]]:
        """What it keeps, and the next step; all of it only once it has left."""
        row = occasion.followup
        common: dict[str, Any] = {
            "at": now, "matter": occasion.matter, "by": str(occasion.member.pk),
            "did": row.key if row else "",
        }  # fmt: skip
        told = _told(row, common) if row else []
        reading = reading_of(self.when, occasion.member, now)
        if reading.due is None:
            return stored(told)
        step = facts.Planned(
            how=reading.how or "call", **fixed(reading.due, calendar_of(occasion.member)),
            **(common | {"did": ""}),
        )  # fmt: skip
        [planned] = stored([step], [(self.when[:120], self.when)])
        return [*stored(told), planned | {"typed": self.when}]


def _told(row: FollowUp, common: dict[str, Any]) -> list[Fact]:
    given = str(ANSWER) if row.what == ANSWER_THEM else ""
    return [facts.WeWrote(given=given, **common), *kept("wrote", row, common, answered=True)]


def _size_of(uploaded: "Sequence[UploadedFile[bytes]]") -> int:
    return sum(one.size or 0 for one in uploaded)


def _files(uploaded: "Sequence[UploadedFile[bytes]]") -> list[File]:
    if _size_of(uploaded) > MOST_BYTES:
        return []
    return [
        File(
            name=str(one.name or "file"), content=one.read(),
            kind=one.content_type or "application/octet-stream",
        )
        for one in uploaded
    ]  # fmt: skip
