"""What the desk asks about all the other mail, whoever remembers it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol


class Known(Protocol):
    """A whole mailbox that was looked over, or what the books remember of one that is live."""

    def is_news(self, key: str) -> bool:
        """Whether this mail is met for the first time; from now on it is not."""
        ...

    def thread_of(self, message_id: str, references: tuple[str, ...]) -> str:
        """The name of the conversation, or "" where nothing of it is known."""
        ...

    def is_list(self, address: str) -> bool: ...

    def has_written(self, address: str) -> bool: ...

    def was_written_to(self, address: str) -> bool: ...

    def holds(self, message_id: str) -> bool: ...

    def first_of_ours(self, ids: Iterable[str]) -> str:
        """The first of these ids that a mail of ours bears, or ""."""
        ...

    def sent_at(self, message_id: str) -> datetime | None: ...

    def recipients_of(self, message_id: str) -> tuple[str, ...]: ...
