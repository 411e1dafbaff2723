"""What a file is, before anything of it is in the books: for somebody to look at and put right."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, pgettext

from followthrough.core.rule import knob
from followthrough.core.saying import Saying
from followthrough.inlets.columns import FIELDS, SUBJECTS
from followthrough.ledger.models import Intake, Member
from followthrough.ledger.models.intake import RECEIVED
from followthrough.ledger.spreading import DAILY
from followthrough.ledger.terms import terms_of
from followthrough.web import say
from followthrough.web.intake.place import place_of
from followthrough.web.tongue import tell

SAMPLES = 3
WIDEST = 60  # columns that a person can look through
# What the button says, by what a list is about.
GO = {
    "mails": ngettext_lazy("Read {n} mail", "Read {n} mails"),
    "people": ngettext_lazy("Bring in {n} person", "Bring in {n} people"),
    "deals": ngettext_lazy("Bring in {n} deal", "Bring in {n} deals"),
    "calls": ngettext_lazy("Bring in {n} call", "Bring in {n} calls"),
    "visits": ngettext_lazy("Bring in {n} visit", "Bring in {n} visits"),
    "purchases": ngettext_lazy("Bring in {n} line", "Bring in {n} lines"),
    "messages": ngettext_lazy("Bring in {n} message", "Bring in {n} messages"),
    "rows": ngettext_lazy("Bring in {n} row", "Bring in {n} rows"),
}
SEPARATORS = {
    ",": gettext_lazy("cells parted by commas"),
    ";": gettext_lazy("cells parted by semicolons"),
    "\t": gettext_lazy("cells parted by tabs"),
    "|": gettext_lazy("cells parted by upright strokes"),
}
DATES = {"enquired_at", "won_at", "closed_at", "at", "start", "end", "birthday"}


def preview_of(intake: Intake, member: Member) -> dict[str, Any]:
    seen = intake.preview
    context = {"seen": seen, "looking": intake.phase == RECEIVED, "mails": "addresses" in seen}
    what = "mails" if context["mails"] else seen.get("what", "people")
    said = GO.get(what, GO["rows"]) % intake.total
    context["go"] = str(said).format(n=say.number(intake.total))
    if context["mails"]:
        return context | _of_mails(intake, member)
    return context | {
        "columns": _columns(intake)[:WIDEST],
        "first": [_first(one, member) for one in seen.get("first", ())],
        "narrowed": max(len(seen.get("headers", ())) - WIDEST, 0),
        "fields": list(FIELDS.items()),
        "subjects": list(SUBJECTS.items()),
        "what": intake.settings.get("what") or seen.get("what", ""),
        "in_total": _in_total(intake, member) if what == "people" else "",
        "headings": bool(intake.settings.get("header_row", seen.get("header_row"))),
        "day_first": _day_first(intake),
        "written": _written(seen),
    }


def _in_total(intake: Intake, member: Member) -> str:
    """How a long list stays bearable, told before it comes in."""
    daily = knob(terms_of(member.workspace), "spread.daily", DAILY)
    days = -(-intake.total // daily)
    said = ngettext(
        "{people} people: a first hello for each who is new, on one day",
        "{people} people: a first hello for each who is new, spread over {days} working days",
        days,
    )
    return said.format(people=say.number(intake.total), days=say.number(days))


def _first(one: dict[str, Any], member: Member) -> dict[str, Any]:
    told = [_told(Saying.read(stored), member) for stored in one.get("happens", ())]
    return one | {"where": place_of(one["where"]), "happens": " · ".join(told)}


def _told(said: Saying, member: Member) -> str:
    """Amounts and days as the reader writes them."""
    values = dict(said.values)
    if "amount" in values and "day" in values:
        day = datetime.fromisoformat(values["day"]).astimezone(member.own_zone()).date()
        values["amount"] = say.money(values["amount"], member.workspace.currency)
        values["day"] = say.dated(day, pgettext("date pattern of CLDR", "d MMMM y"))
    return tell(Saying(said.template, said.many, **values))


def _columns(intake: Intake) -> list[dict[str, Any]]:
    """Each with what it means: as somebody said, else as it was guessed."""
    seen, said = intake.preview, intake.settings.get("fields", {})
    return [
        {
            "place": place,
            "header": header or _("Column {n}").format(n=place + 1),
            "field": said.get(str(place), field),
            "samples": _samples(seen.get("samples", ()), place),
        }
        for place, (header, field) in enumerate(
            zip(seen.get("headers", ()), seen.get("mapping", ()), strict=False)
        )
    ]


def _samples(rows: Any, place: int) -> list[str]:
    cells = [row[place].strip() for row in rows if isinstance(row, list) and place < len(row)]
    return [say.shortened(cell, 40) for cell in cells if cell][:SAMPLES]


def _day_first(intake: Intake) -> dict[str, Any] | None:
    """The question, if it is one: dates that could be read both ways, or somebody answered."""
    said = intake.settings.get("day_first")
    open_question = any("day" in doubt for doubt in intake.preview.get("doubts", ()))
    if said is None and not open_question:
        return None
    return {"day": said is not False, "month": said is False}


def _written(seen: dict[str, Any]) -> str:
    """Small print: how the file is written."""
    parts = [seen.get("layout", ""), str(seen.get("charset", "")).upper()]
    separator = SEPARATORS.get(seen.get("separator", ""))
    parts += [str(separator)] if separator else []
    return ", ".join(part for part in parts if part)


def _of_mails(intake: Intake, member: Member) -> dict[str, Any]:
    seen, zone = intake.preview, member.own_zone()
    days = [
        say.dated(local.date(), pgettext("date pattern of CLDR", "d MMMM y"))
        for name in ("from", "until")
        if seen.get(name) and (local := datetime.fromisoformat(seen[name]).astimezone(zone))
    ]
    sure = [one for one in seen.get("ours", []) if one not in seen.get("guessed", [])]
    ours = intake.settings.get("ours") or sure
    offered = dict.fromkeys([*ours, *seen.get("addresses", [])])
    span = list(dict.fromkeys(days))
    between = _("{first} to {last}").format(first=span[0], last=span[-1]) if span else ""
    return {
        "days": between if len(span) > 1 else "".join(span),
        "addresses": [(one, one in ours) for one in offered],
        "nobody": bool(intake.settings.get("nobody")),
    }
