"""Which template a mail came from, kept with the mail, so that it is known which words work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zlib import crc32

from followthrough.ledger.models import Message, Template, WordsUsed
from followthrough.ledger.ready_words import ready_for
from followthrough.ledger.template_changes import taken
from followthrough.ledger.templates import name_of


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a form carries along with words that were proposed: which template, which of its
    subject lines, and how that line read when it was filled in. Below 0 the words are others by
    now, and only its files go with them."""

    template: str
    line: int = 0
    read: int = 0

    def __str__(self) -> str:
        return f"{self.template}~{self.line}~{self.read:x}"

    @classmethod
    def of(cls, template: Template, line: str, filled: str) -> Self:
        at = template.subjects.index(line) if line in template.subjects else 0
        return cls(template=name_of(template), line=at, read=_mark(filled))

    @classmethod
    def parse(cls, said: str) -> Self | None:
        """None: no template was chosen, or somebody changed the form by hand."""
        name, _, rest = said.partition("~")
        line, _, read = rest.partition("~")
        try:
            return cls(template=name, line=int(line), read=int(read, 16)) if name else None
        except ValueError:
            return None


def keep_with(message: Message, said: str, *, at: datetime) -> None:
    """`said` is a `Choice` as the form brought it. A subject that was written anew counts for the
    template and for none of its lines."""
    choice = Choice.parse(said)
    template = _named(message, choice.template) if choice else None
    if choice is None or template is None or choice.line < 0:
        return
    template = taken(template, at=at)
    lines = template.subjects
    same = _mark(message.subject) == choice.read and 0 <= choice.line < len(lines)
    WordsUsed.objects.get_or_create(
        workspace_id=message.workspace_id, message=message,
        defaults={"template": template, "subject": lines[choice.line] if same else ""},
    )  # fmt: skip


def _named(message: Message, name: str) -> Template | None:
    rows = Template.objects.filter(workspace=message.workspace_id)
    if name.isdecimal():
        return rows.filter(pk=name[:18]).first()
    there = rows.filter(ready=name).first()
    ready = (one for one in ready_for(message.mailbox.workspace) if one.ready == name)
    return there or next(ready, None)


def _mark(subject: str) -> int:
    return crc32(" ".join(subject.split()).encode())
