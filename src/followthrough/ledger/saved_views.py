"""Ways of looking at the list of people that members keep, for themselves or for the team."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import Max, QuerySet

from followthrough.core.saying import Saying, says
from followthrough.ledger.models import Member, SavedView
from followthrough.ledger.plain import clean
from followthrough.ledger.whole import rows_with
from followthrough.ledger.words import words_of

MOST = 20  # tabs of one member
WORDS, FIRM = "name", "firm"


class CouldNotSave(Exception):
    """`why` says to a person what stands in the way."""

    def __init__(self, why: Saying) -> None:
        super().__init__(why)
        self.why = why


def views_of(member: Member) -> list[SavedView]:
    """Their own in the order that they chose, then what colleagues share."""
    rest = """WHERE own.workspace_id = %s AND own.gone_at IS NULL
   AND (own.member_id = %s OR own.shared) ORDER BY own.place, own.id"""
    found = rows_with(SavedView, ("member",), rest, [member.workspace_id, member.pk])
    return sorted(found, key=lambda view: view.member_id != member.pk)


def save(member: Member, name: str, query: str, *, shared: bool) -> SavedView:
    """Pressed twice, it is there once."""
    name, query = _named(name), query[:500]
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        mine = _kept_by(member)
        if known := mine.filter(name=name, query=query, shared=shared).first():
            return known
        _refuse_too_many(member)
        last = mine.aggregate(last=Max("place"))["last"] or 0
        return SavedView.objects.create(
            workspace_id=member.workspace_id, member=member, name=name, query=query,
            shared=shared, place=last + 1,
        )  # fmt: skip


def _kept_by(member: Member) -> QuerySet[SavedView]:
    return SavedView.objects.filter(workspace=member.workspace_id, member=member, gone_at=None)


def _refuse_too_many(member: Member) -> None:
    if _kept_by(member).count() >= MOST:
        raise CouldNotSave(says("That is as many views as fit. Delete one that you no longer use."))


def rename(view: SavedView, name: str, *, shared: bool) -> None:
    view.name, view.shared = _named(name), shared
    view.save(update_fields=["name", "shared"])


def move(view: SavedView, by: int) -> None:
    """One place to the left (-1) or to the right (1) among those of its member."""
    rows = SavedView.objects.filter(
        workspace=view.workspace_id, member=view.member_id, gone_at=None
    )
    order = list(rows.order_by("place", "pk"))
    at = next(n for n, one in enumerate(order) if one.pk == view.pk)
    order.insert(max(0, at + by), order.pop(at))
    for place, one in enumerate(order, start=1):
        one.place = place
    SavedView.objects.bulk_update(order, ["place"])


def take_away(view: SavedView, *, at: datetime) -> None:
    view.gone_at = at
    view.save(update_fields=["gone_at"])


def bring_back(view: SavedView) -> None:
    if view.gone_at:
        _refuse_too_many(view.member)
    view.gone_at = None
    view.save(update_fields=["gone_at"])


def forget_names(workspace_id: int, names: Iterable[str]) -> None:
    """A view may look for somebody by name: of the forgotten neither it nor its title tells."""
    called = [set(words) for words in map(words_of, names) if words]
    for view in SavedView.objects.filter(workspace=workspace_id):
        asked = dict(parse_qsl(view.query))
        kept = {
            key: value for key, value in asked.items()
            if key not in (WORDS, FIRM) or not _tells(value, called)
        }  # fmt: skip
        name = "Forgotten" if _tells(view.name, called) else view.name
        if (kept, name) != (asked, view.name):
            view.query, view.name = urlencode(kept), name
            view.save(update_fields=["query", "name"])


def _tells(text: str, called: list[set[str]]) -> bool:
    return any(name & set(words_of(text)) for name in called)


def _named(name: str) -> str:
    name = " ".join(clean(name).split())[:40]
    if not name:
        raise CouldNotSave(says("Give the view a name, so that you find it again."))
    return name
