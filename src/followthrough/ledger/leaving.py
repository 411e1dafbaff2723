"""Whoever presses “no more mail” is left alone at once, for good, and without signing in.

The address holds for ever, and has nothing to be looked up in: it names the party, with a mark that
only we can make. It works for somebody who was forgotten too, and tells nobody whether they were.
"""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from followthrough.core.enrolments import LIVE
from followthrough.core.facts import Fact, OptedOut, Unenrolled
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Matter, Party, Refusal, Workspace
from followthrough.ledger.names import hashed
from followthrough.ledger.record import record
from followthrough.ledger.site import absolute

TOKEN = re.compile(r"(\d{1,18})-([0-9a-f]{32})", re.ASCII)
MAIL, ALL = "email", "*"


def leave_address(party: Party) -> str:
    """Where one press ends mail to them (RFC 8058); as it stands in a mail, with our own host."""
    return absolute(f"/u/{token_of(party)}/")


def token_of(party: Party) -> str:
    return f"{party.pk}-{hashed(f'leave:{party.workspace_id}:{party.pk}')}"


def who_leaves(token: str) -> Party | None:
    """None for an address that we did not make."""
    found = TOKEN.fullmatch(token)
    party = Party.objects.filter(pk=int(found[1])).first() if found else None
    return party if party and token_of(party) == token else None


def leave(party: Party, *, at: datetime) -> None:
    """No more mail to them, and no plan goes on. Pressed again, it is no news, though a plan that
    began meanwhile ends."""
    with transaction.atomic():
        root = lock({party.pk})[party.pk]
        if root.forgotten:
            return
        running = Matter.objects.filter(
            workspace=root.workspace_id, party__in=family_of(root), plan_state__in=LIVE,
            closed_at=None,
        )  # fmt: skip
        refused = {MAIL, ALL} & set(root.refuses)
        told: list[Fact] = [] if refused else [OptedOut(at=at, channels=(MAIL,))]
        told += [Unenrolled(at=at, matter=one.key) for one in running]
        if told:
            record(root, *told, source=f"leave:{root.pk}:{at.isoformat()}", at=at)


# --- when nobody knows them any more ---------------------------------------------------------


def keep_their_no(party: Party, addresses: Iterable[Address]) -> None:
    """Before they are forgotten: whoever asked us not to write is not written to when their address
    comes back by another way."""
    if {MAIL, ALL} & set(party.refuses):
        whom = {_whom(party.workspace_id, one.canonical) for one in addresses if one.kind == MAIL}
        rows = [Refusal(workspace_id=party.workspace_id, whom=one) for one in sorted(whom)]
        Refusal.objects.bulk_create(rows, ignore_conflicts=True)


def said_no_before(workspace: Workspace, new: Collection[int], *, at: datetime) -> set[int]:
    """Which of these new ones had; that stands in the books from their first moment on."""
    if not new or not Refusal.objects.filter(workspace=workspace).exists():
        return set()
    theirs = Address.objects.filter(workspace=workspace, kind=MAIL, party__in=new)
    whose = {_whom(workspace.pk, canonical): pk for pk, canonical in
             theirs.values_list("party", "canonical")}  # fmt: skip
    kept = Refusal.objects.filter(workspace=workspace, whom__in=list(whose))
    found = {whose[one] for one in kept.values_list("whom", flat=True)}
    for party in Party.objects.filter(pk__in=found):
        record(party, OptedOut(at=at, channels=(MAIL,)), source=f"no:{party.pk}", at=at)
    return found


def _whom(workspace: int, canonical: str) -> str:
    return hashed(f"no mail:{workspace}:{canonical}")
