"""Why what somebody asked was not answered at once by itself: beside their words, and among the
reasons of what it obliges to."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from followthrough.ledger import at_once
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Fact, FollowUp
from followthrough.web.tongue import tell

ASKS = ("TheyEnquired", "TheyWrote")


def letters_that_did_not_leave(rows: Iterable[Fact]) -> dict[str, str]:
    """By the names of the facts that asked for one."""
    asked = [row for row in rows if row.kind in ASKS]
    if not asked:
        return {}
    found = at_once.why_none(asked[0].workspace_id, [row.source for row in asked])
    said = {
        source: _("Not answered at once: {why}").format(why=tell(why))
        for source, why in found.items()
    }
    return {row.name: said[row.source] for row in asked if row.source in said}


def no_letter_to(followup: FollowUp) -> list[str]:
    rows = Fact.objects.filter(
        workspace=followup.workspace_id, party__in=family_of(followup.party),
        name__in={followup.because, *followup.evidence},
    )  # fmt: skip
    return list(dict.fromkeys(letters_that_did_not_leave(rows.order_by("pk")).values()))
