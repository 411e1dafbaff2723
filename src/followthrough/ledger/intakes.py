"""Files brought in: kept safe first, read later."""

from datetime import datetime
from typing import IO, Any

from followthrough.ledger.models import Intake, Member, Workspace


class CouldNotReceive(Exception):
    """Said to the person as it stands."""


def receive(  # noqa: PLR0913
    workspace: Workspace,
    member: Member,
    name: str,
    stream: IO[bytes],
    settings: Any,
    *,
    at: datetime,
) -> Intake:
    raise CouldNotReceive("Importing is not wired yet.")
