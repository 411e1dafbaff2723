"""How a proposal reads on the page: who, in whose words, since when."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from followthrough.ledger.models import Member, Proposal
from followthrough.web import say
from followthrough.web.tongue import tell

# What stands before the sentence, by kind.
LEADS = {
    "asked": _("Wrote"),
    "promised": _("You wrote"),
    "they_promised": _("Wrote"),
    "quiet": _("You wrote"),
    "phone": _("A number under their mail"),
    "title": _("What they do, under their mail"),
    "away": _("Is away, says an automatic reply:"),
    "personal": _("About themselves:"),
}
TAILS = {
    "promised": _("and there is no sign that you did"),
    "they_promised": _("and you have not heard of it since"),
    "quiet": _("and have not heard back"),
}
TONES = {"upset": (_("Upset"), "ember"), "begs": (_("Asking again and again"), "lake")}
TOTALS = {
    "asked": ngettext_lazy("question without an answer", "questions without an answer"),
    "promised": ngettext_lazy(
        "promise of yours, not kept so far", "promises of yours, not kept so far"
    ),
    "quiet": ngettext_lazy("gone quiet after your mail", "gone quiet after your mail"),
    "bounced": ngettext_lazy("mail that came back", "mails that came back"),
    "they_promised": ngettext_lazy("promise of theirs, open", "promises of theirs, open"),
    "away": ngettext_lazy("absence to rest for", "absences to rest for"),
    "other": ngettext_lazy("more to look at", "more to look at"),
}


def totals(kinds: Counter[str]) -> list[tuple[int, str]]:
    found = []
    for kind, said in TOTALS.items():
        if count := kinds[kind]:
            found.append((count, str(said % count)))
    return found


def by_person(rows: Iterable[Proposal], member: Member, now: datetime) -> list[dict[str, Any]]:
    """People in the order of their first line, each with all that was found of them."""
    rows = list(rows)
    order: dict[int, int] = {}
    for row in rows:
        order.setdefault(row.party_id, len(order))
    rows.sort(key=lambda row: order[row.party_id])
    return [
        {"party": lines[0].party, "lines": [line_of(row, member, now) for row in lines]}
        for lines in (list(some) for _, some in groupby(rows, key=lambda row: row.party_id))
    ]


def line_of(row: Proposal, member: Member, now: datetime) -> dict[str, Any]:
    tone, colour = TONES.get(row.tone, ("", ""))
    matter = row.followup.matter if row.followup else None
    return {
        "row": row,
        "lead": _lead(row),
        "tail": _tail(row, member, now),
        "why_not": tell(row.why_not),
        "tone": tone,
        "colour": colour,
        "money": say.money(matter.value, member.workspace.currency) if matter else "",
        "since": say.ago(row.said_at, now),
        "exactly": say.moment(row.said_at, now, member.own_zone()),
    }


def _lead(row: Proposal) -> str:
    if row.kind in ("bounced", "other") and row.followup:
        return tell(row.followup.reason)
    return str(LEADS.get(row.kind, LEADS["asked"]))


def _tail(row: Proposal, member: Member, now: datetime) -> str:
    if row.kind in ("promised", "they_promised") and row.due and row.due > now:
        return gettext("for {day}").format(day=say.in_words(row.due, now, member.own_zone()))
    if row.kind == "away" and row.due:
        back = say.in_words(row.due, now, member.own_zone())
        return gettext("Rest until {day}?").format(day=back)
    if row.kind == "asked" and row.followup and row.followup.count > 1:
        return gettext("and {n} times in all").format(n=row.followup.count)
    return str(TAILS.get(row.kind, ""))
