"""The value library: what is on offer, who has had what, and when it is time to give first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from followthrough.core.facts import KINDS as FACTS
from followthrough.core.facts import THEIRS, unpack
from followthrough.core.giving import PATIENCE, asks_without_value
from followthrough.core.order import in_order
from followthrough.core.saying import says
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Fact, Gift, Giving, Party, Workspace
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import Heard, record_many

KINDS = ("tip", "article", "photo", "sample", "introduction", "other")
# What everybody can give on the first day; kept as rows as soon as anything is changed or given.
STARTERS = (
    (says("A tip"), "tip"),
    (says("A photo"), "photo"),
    (says("Samples"), "sample"),
    (says("An introduction"), "introduction"),
)
FOLLOWED = timedelta(days=14)  # what they say so soon after a gift may follow from it
CAME = [name for name, kind in FACTS.items() if kind.turn == THEIRS]
RECENT = 40  # facts that are looked at: a row of asks is shorter
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What can be given to these people now: nobody gets the same twice."""

    gifts: Sequence[Gift]
    asks: int

    @property
    def give_first(self) -> Sequence[Gift]:
        """Three suggestions where the next ask would be the third without anything given."""
        return self.gifts[:3] if self.asks >= PATIENCE else ()


def shelf_for(party: Party) -> Shelf:
    """What they have not had comes first; of what may be given again, the longest ago."""
    theirs = Giving.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), gone_at=None
    )
    last = dict(theirs.values_list("gift").annotate(last=Max("at")).order_by())
    fresh = [gift for gift in on_offer(party.workspace) if gift.again or gift.pk not in last]
    return Shelf(gifts=sorted(fresh, key=lambda gift: _turn(gift, last)), asks=asks_of(party))


def _turn(gift: Gift, last: dict[int, datetime]) -> tuple[bool, float, int]:
    had = last.get(gift.pk or 0)
    return (gift.again, had.timestamp() if had else 0.0, -(gift.pk or 0) if not gift.again else 0)


def on_offer(workspace: Workspace) -> list[Gift]:
    newest_gone_last = F("retired_at").asc(nulls_first=True)
    rows = list(Gift.objects.filter(workspace=workspace).order_by(newest_gone_last, "pk")[:MOST])
    return [gift for gift in rows if not gift.retired_at] if rows else starters(workspace)


def starters(workspace: Workspace) -> list[Gift]:
    return [
        Gift(workspace=workspace, title=str(title), kind=kind, again=True)
        for title, kind in STARTERS
    ]


def keep_starters(workspace: Workspace, *, at: datetime) -> None:
    """From the first change on, the library is the team's own."""
    if not Gift.objects.filter(workspace=workspace).exists():
        rows = starters(workspace)
        for row in rows:
            row.added_at = at
        Gift.objects.bulk_create(rows, ignore_conflicts=True)


def give(party: Party, titles: Iterable[str], *, fact: str, at: datetime) -> None:
    """These gifts of the library went to them with this fact. Others are only words."""
    wanted = set(titles)
    if not wanted:
        return
    keep_starters(party.workspace, at=at)
    rows = Gift.objects.filter(workspace=party.workspace_id, title__in=wanted)
    Giving.objects.bulk_create(
        [
            Giving(workspace_id=party.workspace_id, party=party, gift=gift, fact=fact, at=at)
            for gift in rows
        ],
        ignore_conflicts=True,
    )


def record_with_gifts(heard: Heard, titles: Iterable[str], *, at: datetime) -> bool:
    """With the gifts that went with the first of these facts. False: nothing of it was news."""
    first = heard.facts[0]
    with transaction.atomic():
        news = record_many([heard], at=at) > 0
        if news and getattr(first, "given", False):
            fact = fact_name(heard.source, type(first).__name__)
            give(heard.party, titles, fact=fact, at=first.at)
    return news


def follow_their_facts(party: Party, names: Iterable[str], *, gone_at: datetime | None) -> None:
    """What was given goes with the fact that told of it, and comes back with it."""
    rows = Giving.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), fact__in=[*names]
    )
    rows.filter(gone_at__isnull=bool(gone_at)).update(gone_at=gone_at)


def asks_of(party: Party) -> int:
    """How often in a row we asked them for something and gave nothing."""
    rows = Fact.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
    newest = rows.order_by("-at", "-pk")[:RECENT]
    told = [unpack(row.kind, {"at": row.at, "name": row.name}, row.own) for row in newest]
    return asks_without_value(in_order(told))


def shelves(workspace: Workspace) -> Sequence[Gift]:
    """All of it, what is on offer first; each with `given`, `people` and `followed`."""
    came = Fact.objects.filter(
        workspace=workspace, party=OuterRef("givings__party"), kind__in=CAME,
        at__gt=OuterRef("givings__at"), at__lte=OuterRef("givings__at") + FOLLOWED,
    )  # fmt: skip
    stands = Q(givings__gone_at=None, givings__isnull=False)
    rows = Gift.objects.filter(workspace=workspace).annotate(
        given=Count("givings", filter=stands),
        people=Count("givings__party", filter=stands, distinct=True),
        followed=Count("givings", filter=stands & Q(Exists(came))),
    )
    found = list(rows.order_by(F("retired_at").asc(nulls_first=True), "pk")[:MOST])
    return found or on_offer(workspace)
