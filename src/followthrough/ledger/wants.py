"""What people would like to have from us, kept so that it is found when we have it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db import IntegrityError, transaction
from django.db.models import Q

from followthrough.ledger.books import family_of
from followthrough.ledger.locks import speakers_of
from followthrough.ledger.models import Party, Want, Word, Workspace
from followthrough.ledger.plain import clean
from followthrough.ledger.search import LONGEST, begins
from followthrough.ledger.statements import insert_plain
from followthrough.ledger.whole import rows_of
from followthrough.ledger.words import stems_of

KIND, WORD = "want", ("workspace", "party", "want", "kind", "word")
MOST_SHOWN = 200
FIRM = 2  # up to so many words of a question must all be in a want; of more, two thirds


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One want that somebody voiced; `fact` is the name of what it was heard by, "" by hand."""

    party: Party
    text: str
    said_at: datetime
    fact: str = ""


def add(wanted: Wanted) -> Want | None:
    """None: it stands there already, or says nothing."""
    return next(iter(add_many([wanted])), None)


def add_many(wanted: Iterable[Wanted]) -> list[Want]:
    """Those that were news, each once, with the words that they are found by."""
    fresh: dict[tuple[int, str, str], Want] = {}
    for one in wanted:
        text = " ".join(clean(one.text).split())[:300]
        if text:
            fresh[one.party.pk, one.fact, text] = Want(
                workspace_id=one.party.workspace_id, party=one.party, text=text,
                said_at=one.said_at, fact=one.fact,
            )  # fmt: skip
    with transaction.atomic():
        known = _known(fresh.values())
        news = [want for key, want in fresh.items() if key not in known]
        Want.objects.bulk_create(news, batch_size=500)
        insert_plain(Word, WORD, [word for want in news for word in _words(want)])
    return news


def _known(wants: Iterable[Want]) -> set[tuple[int, str, str]]:
    parties = {want.party_id for want in wants}
    rows = Want.objects.filter(
        workspace__in={want.workspace_id for want in wants}, party__in=parties, gone_at=None
    )
    return set(rows.values_list("party", "fact", "text"))


def _words(want: Want) -> list[tuple[int | str, ...]]:
    own = (want.workspace_id, want.party_id, want.pk, KIND)
    return [(*own, word[:LONGEST]) for word in stems_of(want.text)]


def of_party(party: Party) -> list[Want]:
    """What they want, the newest first."""
    theirs = {"workspace": [party.workspace_id], "party": family_of(party)}
    return rows_of(Want, theirs, "AND gone_at IS NULL ORDER BY said_at DESC, id DESC")


def take_away(want: Want, *, at: datetime) -> None:
    want.gone_at = at
    want.save(update_fields=["gone_at"])


def bring_back(want: Want) -> None:
    """Where it was written down anew meanwhile, once is enough."""
    want.gone_at = None
    try:
        with transaction.atomic():
            want.save(update_fields=["gone_at"])
    except IntegrityError:
        want.delete()


def follow_their_facts(party: Party, names: Iterable[str], *, gone_at: datetime | None) -> None:
    """A want goes with the fact that it was heard by, and comes back with it."""
    heard = Want.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), fact__in=[*names]
    ).exclude(fact="")
    heard.filter(gone_at__isnull=bool(gone_at)).update(gone_at=gone_at)


# --- who asked for this? -----------------------------------------------------------------


def who_asked(workspace: Workspace, text: str) -> list[tuple[Party, list[Want]]]:
    """Everybody who asked for it, and in which words; whoever asked last comes first.

    Words that nobody ever used say nothing, and are left out of the question.
    """
    hits = _hits(workspace, stems_of(text))
    needed = len(hits) if len(hits) <= FIRM else ceil(len(hits) * 2 / 3)
    times: dict[int, int] = defaultdict(int)
    for wants in hits:
        for pk in wants:
            times[pk] += 1
    wanted = [pk for pk, count in times.items() if count >= max(needed, 1)]
    rows = Want.objects.filter(workspace=workspace, pk__in=wanted, gone_at=None)
    newest = rows.select_related("party__owner").order_by("-said_at", "-pk")[:MOST_SHOWN]
    return _by_party(newest)


def _hits(workspace: Workspace, stems: Sequence[str]) -> list[set[int]]:
    """Ids of the wants that hold each stem; the last one may be only begun."""
    found = []
    for place, stem in enumerate(stems[:12], start=1):
        word = begins(stem) if place == len(stems) and len(stem) > 2 else Q(word=stem)
        rows = Word.objects.filter(word, workspace=workspace, kind=KIND, want__gone_at=None)
        found.append(set(rows.values_list("want", flat=True)))
    return [wants for wants in found if wants]


def _by_party(wants: Iterable[Want]) -> list[tuple[Party, list[Want]]]:
    wants = list(wants)
    speaks = speakers_of({want.party_id for want in wants})
    parties = Party.objects.select_related("owner", "workspace").in_bulk(set(speaks.values()))
    found: dict[int, list[Want]] = defaultdict(list)
    for want in wants:
        found[speaks[want.party_id]].append(want)
    return [(parties[pk], some) for pk, some in found.items()]
