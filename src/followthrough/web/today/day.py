"""The day as a whole: how far along, by which ways, what rings, and the lines with their links."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from followthrough.ledger import alarms
from followthrough.ledger.alarms import Bell
from followthrough.ledger.at_risk import SHOWN, at_risk
from followthrough.ledger.books import family_of
from followthrough.ledger.done import Done, Told, done_today, taken_lately
from followthrough.ledger.models import Address, FollowUp, Member, Party
from followthrough.ledger.notices import tells_of_lateness
from followthrough.ledger.order_of_day import BANDS
from followthrough.ledger.statements import select
from followthrough.ledger.today import Row, Today, today
from followthrough.web import say
from followthrough.web.paths import path_to
from followthrough.web.today.first import ways_to
from followthrough.web.today.rows import bands_of, reach_of, taken_row
from followthrough.web.tongue import tell
from followthrough.web.writing.going import chips_of

PER_BAND = 7
MINUTES_EACH, AN_HOUR = 5, 12
SHOWN_BELLS = 5
AFRESH = 600  # seconds: "17 min" is said anew even where nothing else has changed
# What the address says, its word, and the channels behind it.
FILTERS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("calls", later("Calls"), ("call",)),
    ("mail", later("Mail"), ("email",)),
    ("text", later("Text"), ("sms",)),
    ("post", later("Post"), ("card", "post")),
    ("other", later("Other"), ("meeting", "decide", "find")),
)
WAYS = {name: ways for name, _, ways in FILTERS}
ADDRESS = ("party", "kind", "value", "canonical")
Context = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Around:
    """What stands around the list: done, and what rings."""

    done: list[Done]
    bells: list[Bell]


def around(member: Member, now: datetime) -> Around:
    return Around(
        done=done_today(member, now),
        bells=alarms.newest_unseen(member, at=now, most=SHOWN_BELLS * 4),
    )


def pulse_of(list_pulse: str, around: Around, member: Member, now: datetime) -> str:
    """As an ETag: the same as long as the page would say the same."""
    said = [
        list_pulse, [one.pk for one in around.done], [one.pk for one in around.bells],
        *(getattr(member, name, 0) for name in ("found", "leaving")),
        int(now.timestamp()) // AFRESH, get_language(),
    ]  # fmt: skip
    return f'"{blake2b(repr(said).encode(), digest_size=9).hexdigest()}"'


def day_of(member: Member, only: str, now: datetime) -> tuple[Context, Today, list[Address]]:
    """What day.html reads; the questions behind it; and the addresses of all that is shown."""
    found = today(member, now, per_band=PER_BAND, ways=WAYS.get(only, ()))
    beside = around(member, now)
    taken = taken_lately(member, beside.done, now) if not only else []
    addresses = addresses_of(_parties(found), member)
    context = {
        "bands": _bands(found, taken, addresses, member, now),
        "alarms": bells_of(beside.bells, now),
        "filters": _filters(found, only),
        "only": only,
        "today": say.day_line(now, member.own_zone()),
        "risks": risks_of(member, now),
        "found": getattr(member, "found", 0) or 0,
        "pulse": pulse_of(found.pulse, beside, member, now),
        "day_url": reverse("today_day") + (f"?way={only}" if only else ""),
        **_progress(beside.done, found),
    }
    return context, found, addresses


# --- the lines ----------------------------------------------------------------------------


def links_of(
    rows: Sequence[FollowUp], addresses: Sequence[Any], first: FollowUp | None, member: Member
) -> dict[int, Context]:
    """The links that start a contact, by the row's id."""
    reach = reach_by_party([row.party for row in rows], addresses)
    return {row.pk: ways_to(row, reach[row.party_id], first, member) for row in rows}


def _bands(
    found: Today, taken: list[Told], addresses: Sequence[Any], member: Member, now: datetime
) -> list[Context]:
    rows = [row.followup for band in found.bands for row in band.rows]
    ways = links_of(rows, addresses, found.first, member)
    for pk, chip in chips_of(rows, member, now).items():
        ways[pk] |= chip
    gone = {told.followup.pk: taken_row(told, now) for told in taken}
    bands = [
        replace(band, rows=_with(band.rows, [t for t in taken if t.followup.band == band.number]))
        for band in found.bands
    ]
    shown = bands_of(bands, ways, member, now)
    for band in shown:
        band["rows"] = [gone.get(row["id"], row) for row in band["rows"]]
    current = next((row for band in shown for row in band["rows"] if row["id"] not in gone), None)
    if current:
        current["current"] = True
    return shown


def _with(rows: list[Row], taken: list[Told]) -> list[Row]:
    """Those that a colleague took stay where they were, for a while."""
    both = [*rows, *(Row(followup=told.followup, said=None) for told in taken)]
    return sorted(both, key=_place) if taken else rows


def _place(row: Row) -> tuple[int, datetime, int]:
    return -row.followup.rank, row.followup.due, row.followup.pk


def _parties(found: Today) -> list[Party]:
    return [row.followup.party for band in found.bands for row in band.rows]


def addresses_of(parties: Iterable[Party], member: Member) -> list[Address]:
    """Of the parties of the page and whom they speak for, in one query as a rule."""
    family = sorted({pk for party in parties for pk in family_of(party)})
    where: dict[str, list[Any]] = {
        "workspace": [member.workspace_id],
        "dead_by": [""],
        "party": family,
    }
    rows = select(Address, ADDRESS, where)
    return [
        Address(party_id=party, kind=kind, value=value, canonical=canonical)
        for party, kind, value, canonical in rows
    ]


def reach_by_party(parties: Iterable[Party], addresses: Iterable[Any]) -> dict[int, dict[str, str]]:
    by_party: dict[int, list[Any]] = defaultdict(list)
    for address in addresses:
        by_party[address.party_id].append(address)
    return {
        party.pk: reach_of(
            [one for pk in sorted(family_of(party)) for one in by_party[pk]], party.refuses
        )
        for party in {party.pk: party for party in parties}.values()
    }


# --- around them ----------------------------------------------------------------------------


def _filters(found: Today, only: str) -> list[Context]:
    """All, and each way in which there is something today; nothing where there is but one."""
    counts = {name: _count(found, ways) for name, _, ways in FILTERS}
    there = [(name, word) for name, word, _ in FILTERS if counts[name] or name == only]
    if len(there) < 2 and not only:
        return []
    home = reverse("today")
    every = {"word": _("All"), "url": home, "count": found.total, "here": not only}
    return [
        every,
        *(
            {"word": word, "url": f"{home}?way={name}", "count": counts[name], "here": name == only}
            for name, word in there
        ),
    ]


def _count(found: Today, ways: tuple[str, ...]) -> str:
    told = [found.by_channel[way] for way in ways if way in found.by_channel]
    if len(told) < 2:
        return "".join(told)
    capped = "+" if any(one.endswith("+") for one in told) else ""
    return f"{sum(int(one.rstrip('+')) for one in told)}{capped}"


def _progress(done: list[Done], found: Today) -> Context:
    line = _("{done} done · {left} to go")
    if 0 < found.due <= AN_HOUR:
        line = _("{done} done · {left} to go · about {minutes} minutes")
    elif found.due:
        line = _("{done} done · {left} to go · an hour does the first twelve")
    text = line.format(
        done=say.number(len(done)), left=found.total, minutes=found.due * MINUTES_EACH
    )
    return {"done": len(done), "total": len(done) + found.due, "progress_text": text}


def bells_of(bells: Iterable[Bell], now: datetime) -> list[Context]:
    """The newest of each duty, a handful: the lines themselves stand below. What rang at the same
    minute for the same reason is one line."""
    newest: dict[int, Bell] = {}
    for bell in bells:
        newest.setdefault(bell.followup or -bell.pk, bell)
    together: dict[tuple[Any, ...], list[Bell]] = defaultdict(list)
    for bell in newest.values():
        together[(bell.what, bell.at) if bell.followup else (bell.pk,)].append(bell)
    return [_bell(some, now) for some in list(together.values())[:SHOWN_BELLS]]


def _bell(some: list[Bell], now: datetime) -> Context:
    bell, others = some[0], len(some) - 1
    more = ngettext("and {n} more", "and {n} more", others).format(n=say.number(others))
    return {
        "pk": bell.pk,
        "what": tell(bell.what),
        "party": {"pk": bell.party, "name": bell.name} if bell.party else None,
        "more": more if others else "",
        "url": reverse("reminders" if tells_of_lateness(bell.what) else "health"),
        "when": say.back(bell.at, now),
    }


def risks_of(member: Member, now: datetime) -> list[Context]:
    """For those who manage: the money behind those who wait too long, and whose they are."""
    if not member.manages:
        return []
    return [
        {
            "money": say.money(row.matter.value, member.workspace.currency),
            "who": row.party.name,
            "url": path_to("person", row.party_id),
            "wait": say.ago(row.since, now),
            "with": row.member.name if row.member and row.member_id != member.pk else "",
        }
        for row in at_risk(member, now)[:SHOWN]
    ]


def numbers_of_bands() -> list[str]:
    return [str(number) for number in BANDS]
